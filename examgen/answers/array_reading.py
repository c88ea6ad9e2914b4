"""Read an array of exact entries."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from examgen.answers.balls import same
from examgen.answers.conventions import Encounter, every_reading
from examgen.answers.evaluate import divide, multiply
from examgen.answers.grammar import Grammar
from examgen.answers.layout import Braces, Layout, Nested, flattened, shape_of
from examgen.answers.lexer import Lexer
from examgen.answers.normal import Normal
from examgen.answers.preparing import is_blank, is_name, prepare, split_sides
from examgen.answers.program import Instruction
from examgen.answers.reading import (
    BLANK,
    Reading,
    Several,
    Unordered,
    Unreadable,
    Written,
    unreadable,
)
from examgen.answers.scalars import read_piece
from examgen.answers.tokens import Token
from examgen.answers.values import Computable, Number, Table
from examgen.answers.visible import clipped
from examgen.answers.writing import plain
from examgen.exact import NegativeInfinity, array

STEP = Instruction("multiply", "*", 0)


def read_array(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as an array; never raises."""
    try:
        normal = prepare(text, grammar.limits)
        if is_blank(normal.text):
            return BLANK
        found = every_reading(lambda encounter: understand(normal, grammar, encounter))
    except Unreadable as fault:
        return unreadable(fault)
    distinct: list[Reading] = []
    for reading, convention in found:
        if not any(alike(reading, known) for known in distinct):
            distinct.append(
                Reading(
                    "read",
                    reading.value,
                    reading.shown,
                    convention=convention,
                    written=reading.written,
                )
            )
    first, *others = distinct
    if not others:
        return Reading("read", first.value, first.shown, written=first.written)
    return Reading(
        "read",
        first.value,
        first.shown,
        alternatives=tuple(others),
        convention=first.convention,
        written=first.written,
    )


def alike(one: Reading, other: Reading) -> bool:
    """Whether two readings come to the same array."""
    if isinstance(one.value, Several | Unordered) or isinstance(other.value, Several | Unordered):
        return one.value == other.value
    (shape, left), (other_shape, right) = parts_of(one.value), parts_of(other.value)
    if shape != other_shape or one.written != other.written:
        return False
    return all(same(a, b) for a, b in zip(left, right, strict=True))


def parts_of(value: Any) -> tuple[tuple[int, ...], Sequence[Any]]:
    """Shape and entries of an array or a table."""
    if isinstance(value, Table):
        return value.shape, value.entries
    return value.shape, list(value.ravel())


def understand(normal: Normal, grammar: Grammar, encounter: Encounter) -> Reading:
    """The array on the last side that is not a name."""
    sides = split_sides(normal.text)
    while len(sides) > 1 and is_name_or_empty(normal.text[sides[0][0] : sides[0][1]]):
        del sides[0]
    readings = [read_side(normal, (a, b), grammar, encounter) for a, b, _ in sides]
    if any(not alike(each, readings[0]) for each in readings):
        return several(readings)
    return readings[0]


def is_name_or_empty(text: str) -> bool:
    """Whether a left side names what was asked."""
    return not text.strip() or is_name(text)


def several(readings: Sequence[Reading]) -> Reading:
    """More than one array."""
    shown = tuple(each.shown for each in readings)
    return Reading("read", Several(shown), clipped(" and ".join(shown)))


def read_side(
    normal: Normal, span: tuple[int, int], grammar: Grammar, encounter: Encounter
) -> Reading:
    """One array, or several with `or` between them."""
    tokens = Lexer(normal, grammar, encounter, *span).tokens()
    pieces: list[list[Token]] = [[]]
    for token in tokens[:-1]:
        if token.sort == "joiner":
            pieces.append([])
        else:
            pieces[-1].append(token)
    readings = [
        read_tokens([*piece, tokens[-1]], normal, grammar, encounter) for piece in pieces if piece
    ]
    if not readings:
        raise Unreadable("something is missing at the end", tokens[-1].at)
    if any(not alike(each, readings[0]) for each in readings):
        return several(readings)
    return readings[0]


def read_tokens(
    tokens: Sequence[Token], normal: Normal, grammar: Grammar, encounter: Encounter
) -> Reading:
    """One array."""
    end = tokens[-1]

    def read_entry(piece: Sequence[Token]) -> Number:
        return read_piece(
            [*piece, piece[-1]._replace(sort="end", gap=1) if piece else end],
            normal,
            encounter,
            open_ended=False,
        )

    layout = Layout(tokens, read_entry, scaled, grammar.limits.entries)
    try:
        nested = layout.whole()
    except Braces:
        return Reading("read", Unordered(clipped(normal.raw)), clipped(normal.raw.strip()))
    if not isinstance(nested, Nested):
        nested = Nested([nested])
    return reading_of(nested, tokens[0].at)


def scaled(number: Number, factor: Number, sign: str) -> Number:
    """An entry times or over a factor that stands outside of the brackets."""
    if isinstance(number.value, Computable) or isinstance(factor.value, Computable):
        raise Unreadable("please write the factor into the entries")
    if isinstance(number.value, NegativeInfinity):
        return number
    operation = multiply if sign == "*" else divide
    return Number(operation(number.value, factor.value, STEP))


def reading_of(nested: Nested, at: int) -> Reading:
    """The reading of nested lists of numbers."""
    shape = shape_of(nested, at)
    numbers: list[Number] = flattened(nested)
    written: tuple[Written, ...] = tuple(each.written for each in numbers)
    values = [each.value for each in numbers]
    shown = clipped(written_out(shape, [each.shown for each in numbers]))
    if any(isinstance(value, Computable) for value in values):
        return Reading("read", Table(shape, tuple(values)), shown, written=written)
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return Reading("read", array(made.reshape(shape)), shown, written=written)


def written_out(shape: tuple[int, ...], shown: list[str]) -> str:
    """Nested lists of what is shown of the entries."""
    if len(shape) == 1:
        return f"[{', '.join(shown)}]"
    step = len(shown) // shape[0] if shape[0] else 0
    rows = [written_out(shape[1:], shown[i * step : (i + 1) * step]) for i in range(shape[0])]
    return f"[{', '.join(rows)}]"


__all__ = ["parts_of", "plain", "read_array"]
