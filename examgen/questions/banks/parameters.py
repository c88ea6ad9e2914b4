"""Parameters of an item: what may be drawn for each, level by level."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from random import Random
from typing import Any

from examgen.answers.notation.names import look_up
from examgen.answers.reading import Unreadable
from examgen.exact import Array, Exact, Undefined, array
from examgen.questions.banks.expressions import read_expression
from examgen.questions.banks.passages import TAGS, Form, a_line
from examgen.questions.levels import LEVELS, Level
from examgen.tables.fields import Fields

NAME = re.compile(r"[A-Za-z][A-Za-z0-9]{0,29}(?:_[A-Za-z][A-Za-z0-9]{0,29}){0,5}")
EULER = re.compile(r"e[_0-9]")
"""What begins so would be read as the number e."""
TAKEN = """
    answer mistake row element loop values_by_name draw worth_asking stem work figure parts family
    level true false none self
"""
RESERVED = frozenset(TAKEN.split())
FREE = ("unit", "wrapper")
"""Words that mean something around numbers only (`pixels`, `size`), and may be names here."""
LARGEST = 1_000_000
MOST_PARAMETERS, MOST_VALUES, MOST_ENTRIES = 30, 200, 36
ALLOWED = (
    "[2, 3, 5], { from = 1, to = 9 }, either with shape = [2, 3], { words = […] }, "
    "or one of these for each level"
)


@dataclass(frozen=True)
class Parameter:
    """A name and what may be drawn for it."""

    name: str
    type: Any
    shape: tuple[int, ...]
    pools: Mapping[Level, Sequence[Any]]

    @property
    def form(self) -> Form:
        """What templates may do with it."""
        return None if self.type is str else self.shape

    @property
    def numbers(self) -> dict[str, tuple[int, ...]]:
        """The names that expressions may use, each with its place in an array."""
        if self.type is str:
            return {}
        places = product(*(range(1, length + 1) for length in self.shape))
        return {"_".join([self.name, *map(str, place)]): place for place in places}

    def draw(self, rng: Random, level: Level) -> Any:
        """A value at this level."""
        pool = self.pools[level]
        if not self.shape:
            return rng.choice(pool)
        entries = [rng.choice(pool) for _ in range(prod(self.shape))]
        width = self.shape[-1]
        if len(self.shape) == 1:
            return array(entries)
        return array([entries[start : start + width] for start in range(0, len(entries), width)])


def read_parameters(fields: Fields, levels: Sequence[Level]) -> tuple[Parameter, ...]:
    """The table [item.parameters], in the order in which they are drawn."""
    parameters: list[Parameter] = []
    if len(fields.data) > MOST_PARAMETERS:
        fields.refuse(None, f"{len(fields.data)} parameters", f"at most {MOST_PARAMETERS}")
    for name in list(fields.data)[:MOST_PARAMETERS]:
        fault = fault_of_name(name)
        if fault:
            fields.refuse(name, f"a parameter {name[:60]!r}: {fault}", "another name")
        read = fields.take(name, reader_of(name, levels), ALLOWED, None)
        if read is not None and not fault:
            parameters.append(read)
    return tuple(parameters)


def reader_of(name: str, levels: Sequence[Level]) -> Callable[[Any], Parameter | None]:
    """What reads the parameter of this name."""
    return lambda value: a_parameter(name, value, levels)


def fault_of_name(name: str) -> str:
    """Why a name may not stand for a number; empty if it may."""
    if not NAME.fullmatch(name):
        return "letters, digits and underscores; digits not alone behind an underscore"
    if name in RESERVED or keyword.iskeyword(name):
        return "the word has another meaning in a bank"
    meaning = look_up(name)
    if (meaning and meaning[0] not in FREE) or EULER.match(name):
        return "the word has a meaning in formulas"
    return ""


def a_parameter(name: str, value: Any, levels: Sequence[Level]) -> Parameter:
    """What may be drawn for one name; raises ValueError."""
    by_level = isinstance(value, dict) and bool(value.keys() & set(LEVELS))
    if by_level:
        unknown = value.keys() - set(LEVELS)
        missing = set(levels) - value.keys()
        if unknown or missing:
            raise ValueError(f"levels: {', '.join(sorted(unknown or missing))}")
    pools: dict[Level, Sequence[Any]] = {}
    shapes: set[tuple[int, ...]] = set()
    for level in levels:
        pools[level], shape = a_pool(value[level] if by_level else value)
        shapes.add(shape)
    if len(shapes) > 1:
        raise ValueError("a list has one length at all levels")
    (shape,) = shapes
    return Parameter(name, type_of(pools, shape), shape, pools)


def type_of(pools: Mapping[Level, Sequence[Any]], shape: tuple[int, ...]) -> Any:
    """The type of the values."""
    types = {type(value) for pool in pools.values() for value in pool[:MOST_VALUES]}
    if str in types and (len(types) > 1 or shape):
        raise ValueError("words and numbers, or a list of words")
    if str in types:
        return str
    if shape:
        return Array
    return int if types == {int} else Exact


def a_pool(value: Any) -> tuple[Sequence[Any], tuple[int, ...]]:
    """The values to choose from, and the shape of a list of such."""
    if not isinstance(value, dict):
        return some_values(value if isinstance(value, list) else [value], a_number), ()
    known = {"from", "to", "step", "shape", "values", "words"}
    if value.keys() - known:
        raise ValueError(f"unknown: {', '.join(sorted(value.keys() - known))[:60]}")
    shape = a_shape(value.get("shape", []))
    if "words" in value:
        return some_values(value["words"], a_word), shape
    if "values" in value:
        return some_values(value["values"], a_number), shape
    return a_range(value), shape


def some_values(value: Any, read: Any) -> Sequence[Any]:
    """A list of values, each once."""
    if not isinstance(value, list) or not 0 < len(value) <= MOST_VALUES:
        raise ValueError(f"1 to {MOST_VALUES} values")
    return [read(each) for each in value]


def a_range(value: Mapping[str, Any]) -> range:
    """All numbers from one to another."""
    low, high = an_integer(value.get("from")), an_integer(value.get("to"))
    step = an_integer(value.get("step", 1))
    found = range(low, high + 1, max(step, 1))
    if not found or step < 1:
        raise ValueError("from is above to, or the step is not positive")
    return found


def an_integer(value: Any) -> int:
    """A whole number that is not huge."""
    if type(value) is not int or abs(value) > LARGEST:
        raise ValueError(f"a whole number up to {LARGEST}")
    return value


def a_number(value: Any) -> Any:
    """A whole number, or the text of an exact one such as "1/2" or "ln(3)"."""
    if type(value) is int:
        return an_integer(value)
    if not isinstance(value, str):
        raise ValueError('whole numbers, or texts such as "1/2"')
    try:
        return read_expression(value, "closed", ()).value({})
    except (Unreadable, Undefined) as error:
        raise ValueError(str(error)) from None


def a_word(value: Any) -> str:
    """Words that stand in a text."""
    word = a_line(value)
    if len(word) > 80 or any(tag in word for tag in TAGS):
        raise ValueError
    return word


def a_shape(value: Any) -> tuple[int, ...]:
    """The lengths of a list or a matrix."""
    if not isinstance(value, list) or len(value) > 2:
        raise ValueError("shape = [n] or [rows, columns]")
    shape = tuple(an_integer(each) for each in value)
    if any(each < 1 for each in shape) or prod(shape) > MOST_ENTRIES:
        raise ValueError(f"1 to {MOST_ENTRIES} numbers")
    return shape
