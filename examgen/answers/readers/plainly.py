"""Numbers, shapes and nested lists in our own plain notation, which need no tokens.

Whatever is read here, `read_scalar`, `read_shape` and `read_array` read in the same way from the
tokens, and slower; everything else is left to them.
"""

import json
import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from examgen.answers.arithmetic.values import Number
from examgen.answers.limits import AXES
from examgen.answers.readers.typeset import (
    BLANKS,
    as_lists,
    is_masked,
    plain_fraction,
    rows_of,
    without_dollars,
)
from examgen.answers.reading import PLAIN, Written
from examgen.exact import NEG_INF, Array, Exact, Shape, array, canonical
from examgen.exact.arrays import shaped
from examgen.exact.powers import quotient_of_powers

LONGEST = 1_000
"""Characters; no limit for students can be met within them, nor their budget be used up."""
LONGEST_KEY = 4_000
"""Characters of what we wrote ourselves: that is not held to the limits for students."""

INTEGER = re.compile(r"-?[0-9]{1,15}", re.ASCII)
RATIONAL = re.compile(r"(-?[0-9]{1,15})(?: ?/ ?([0-9]{1,15})|\.([0-9]{1,15}))", re.ASCII)

POWER = (
    r"(?:e(?:(?:\^|\*\*)(?:-?[0-9]{1,3}|\(-?[0-9]{1,3}\)|\{-?[0-9]{1,3}\}))?|exp\(-?[0-9]{1,3}\))"
)
TERM = rf"(?:[0-9]{{1,9}}(?:(?: ?\* ?| ){POWER})?|{POWER})"
SUM = rf"-?{TERM}(?: ?[+-] ?{TERM}){{0,30}}"
QUOTIENT = re.compile(
    rf"(?:({SUM})|(?:(-?{TERM})|(-?)\(({SUM})\)) ?/ ?(?:([0-9]{{1,9}}|{POWER})|\(({SUM})\)))"
)
PIECE = re.compile(
    r" ?([+-]?) ?(?:([0-9]+)(?:(?: ?\* ?| )(?=e))?)?"
    r"(e(?:(?:[*^]{1,2}[({]?|xp\()(-?[0-9]+)[)}]?)?)?"
)
"""The sign, the coefficient, a power of e and its exponent; of a text that is a `SUM`."""

SIZES = r"(?:0|[1-9][0-9]{0,14})"
SHAPE = re.compile(rf"\({SIZES}(?:,|(?:, {SIZES}){{1,{AXES - 1}}})\)", re.ASCII)

INTEGERS = re.compile(r"(?:[\[\], \t\n]|-?(?<![0-9])[0-9]{1,15})+", re.ASCII)
"""Nested lists of integers, or what looks like them."""
ROWS = 64
"""Brackets inside one another, at most: no harm to `json`."""
ENTRY = re.compile(r"[^\[\], \t][^\[\],]*")
"""What stands between the brackets and commas of nested lists."""


def plain_number(text: str, longest: int = LONGEST) -> Number | None:
    """An integer, a decimal, a fraction or a quotient of sums of powers of e, else None."""
    if len(text) > longest:
        return None
    text = text.strip(BLANKS)
    if "$" in text or "\\" in text:
        text = plain_fraction(without_dollars(text))
    if INTEGER.fullmatch(text):
        return Number(int(text))
    if match := RATIONAL.fullmatch(text):
        if match[3]:
            return Number(canonical(Fraction(text)), Written(len(match[3])))
        below = int(match[2])
        return Number(canonical(Fraction(int(match[1]), below))) if below else None
    if "e" not in text:
        return None
    value = exponentials(text)
    return None if value is None else Number(value)


@lru_cache(maxsize=2048)
def exponentials(text: str) -> Exact | None:
    """A sum of powers of e, or the quotient of two, such as `e^2/(1+e^2)`.

    Remembered: a class writes the same values, and a matrix has the same entries in many places.
    """
    match = QUOTIENT.fullmatch(text)
    if match is None:
        return None
    whole, term, minus, total, factor, below = match.groups()
    numerator = terms_of(whole or term or total)
    denominator = terms_of(factor or below or "1")
    if not denominator:
        return None
    value = quotient_of_powers(numerator, denominator)
    return -value if minus else value


@lru_cache(maxsize=2048)
def terms_of(text: str) -> dict[int, int]:
    """The coefficients of the powers of e, none zero, by exponent; never to be changed."""
    total: dict[int, int] = {}
    for sign, count, power, exponent in PIECE.findall(text):
        if not count and not power:
            continue
        coefficient = int(count) if count else 1
        place = int(exponent or 1) if power else 0
        total[place] = total.get(place, 0) + (-coefficient if sign == "-" else coefficient)
    if 0 in total.values():
        return {place: coefficient for place, coefficient in total.items() if coefficient}
    return total


class Lists(NamedTuple):
    """Nested lists as an array, how they are shown and how each entry was written."""

    value: Array
    shown: str
    written: tuple[Written, ...]


def plain_shape(text: str) -> Shape | None:
    """A shape in our own notation, `(3, 4)` or `(3,)`, else None."""
    text = text.strip(BLANKS) if len(text) <= LONGEST else ""
    return Shape(map(int, text[1:-1].rstrip(",").split(","))) if SHAPE.fullmatch(text) else None


def plain_lists(text: str, longest: int = LONGEST) -> Lists | None:
    """Nested lists, or a LaTeX matrix, of plain numbers, else None."""
    text = text.strip(BLANKS) if len(text) <= longest else ""
    if "\\" in text:
        return typeset_matrix(without_dollars(text))
    if text[:1] != "[" or "\n" in text:
        return None
    if found := integer_lists(text):
        return found
    shape = shape_of_lists(ENTRY.sub("0", text))
    if shape is None:
        return None
    entries = ENTRY.findall(text)
    # In a row without commas a blank may separate entries.
    if shape[-1] == 1 and any(" " in entry for entry in entries):
        return None
    return lists_of(shape, entries)


def integer_lists(text: str) -> Lists | None:
    """Nested lists of integers, which JSON has in the same notation, else None."""
    if text.count("[") > ROWS or not INTEGERS.fullmatch(text):
        return None
    try:
        nested = json.loads(text)
        value = array(nested)
    except ValueError:
        return None
    if value.ndim > AXES or not value.size:
        return None
    return Lists(value, str(nested), (PLAIN,) * value.size)


def typeset_matrix(text: str) -> Lists | None:
    """A LaTeX matrix of plain numbers, else None."""
    if found := integer_lists(as_lists(text)):
        return found
    rows = rows_of(text)
    if rows is None:
        return None
    cells = [cell.strip(BLANKS) for row in rows for cell in row]
    width = len(rows[0])
    shape = (len(rows), width) if len(rows) > 1 else (width,)
    return lists_of(shape, ["-inf" if is_masked(cell) else cell for cell in cells])


def lists_of(shape: tuple[int, ...], entries: Sequence[str]) -> Lists | None:
    """Plain numbers, or `-inf`, in a shape, else None."""
    numbers: list[Number] = []
    for entry in entries:
        number = Number(NEG_INF) if entry == "-inf" else plain_number(entry)
        if number is None:
            return None
        numbers.append(number)
    values, written = zip(*numbers, strict=True)
    shown = shown_lists(shape, [each.shown for each in numbers])
    return Lists(shaped(values, shape), shown, written)


@lru_cache(maxsize=256)
def shape_of_lists(text: str) -> tuple[int, ...] | None:
    """The shape of nested lists of zeros, None for anything else, ragged or empty lists."""
    if max(accumulate((sign == "[") - (sign == "]") for sign in text)) > AXES:
        return None
    try:
        shape: tuple[int, ...] = array(json.loads(text)).shape
    except ValueError:
        return None
    return shape if 0 not in shape else None


def shown_lists(shape: tuple[int, ...], shown: Sequence[str]) -> str:
    """Nested lists of what is shown of the entries."""
    if len(shape) == 1:
        return f"[{', '.join(shown)}]"
    step = len(shown) // shape[0] if shape[0] else 0
    rows: Any = (shown_lists(shape[1:], shown[i * step : (i + 1) * step]) for i in range(shape[0]))
    return f"[{', '.join(rows)}]"
