"""Read an array of exact entries."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any

from examgen.answers.arithmetic.balls import alike
from examgen.answers.arithmetic.evaluate import binary
from examgen.answers.arithmetic.values import Computable, Number, Table
from examgen.answers.effort import Allowance
from examgen.answers.limits import RESERVE
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.layout import Braces, Layout
from examgen.answers.notation.lexer import Lexer
from examgen.answers.notation.nested import Nested, flattened, shape_of
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.program import Instruction
from examgen.answers.notation.sides import Side, answer_sides, leads_to_value
from examgen.answers.notation.tokens import Token, cut, enumerated
from examgen.answers.readers.array_words import is_dashed, tidied, undashed, with_rows
from examgen.answers.readers.gathering import check_count, gathered, read_text, several
from examgen.answers.readers.plainly import plain_lists, shown_lists
from examgen.answers.readers.restated import without_brackets
from examgen.answers.readers.scalars import agrees, is_equation, read_piece
from examgen.answers.reading import Reading, Unordered, Unreadable, unreadable
from examgen.answers.visible import clipped
from examgen.exact import NegativeInfinity
from examgen.exact.arrays import shaped

AS_SIGNS, AS_MARKS = "dashes as minus signs", "dashes as the marks of a list"

PRODUCT = re.compile(r"[\])]\s?[-+*@·]?\s?[\[(]|[\])]\s?[-+]")
"""Arrays that are multiplied or added: a step on the way, which the next side works out."""


def read_array(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as an array; never raises."""
    if lists := plain_lists(text):
        return Reading("read", lists.value, clipped(lists.shown), written=lists.written)
    return read_tokens_of(text, grammar)


def read_tokens_of(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as an array in any notation.

    Where every line begins with a dash and a blank, these may also be the marks of a list.
    """
    signed = read_text(text, grammar.limits, partial(understand, grammar))
    if signed.state != "read" or not is_dashed(text):
        return signed
    listed = read_text(undashed(text), grammar.limits, partial(understand, grammar))
    if listed.state != "read":
        return signed
    found = [*assuming(AS_SIGNS, signed), *assuming(AS_MARKS, listed)]
    try:
        with Allowance(grammar.limits.effort, RESERVE):
            return gathered(found)
    except Unreadable as fault:
        return unreadable(fault)


def assuming(said: str, reading: Reading) -> Iterator[tuple[Reading, str]]:
    """All that a reading may be, each with what was assumed, *said* first."""
    for each in (reading._replace(alternatives=()), *reading.alternatives):
        yield each, f"{said}, {each.convention}" if each.convention else said


def understand(grammar: Grammar, normal: Normal, encounter: Encounter) -> Reading:
    """The array after a name (`W = ...`), or several."""
    normal = without_brackets(tidied(normal))
    in_rows = with_rows(normal)
    if in_rows and encounter.meet("slashes"):
        normal = in_rows
    found: list[list[Reading]] = []
    sides = answer_sides(normal)
    for index, side in enumerate(sides):
        try:
            found.append(read_side(normal, side, grammar, encounter))
        except Unreadable:
            text = normal.text[side.start : side.end]
            if index + 1 == len(sides) or not (leads_to_value(text) or PRODUCT.search(text)):
                raise
    return settled(found)


def read_side(normal: Normal, side: Side, grammar: Grammar, encounter: Encounter) -> list[Reading]:
    """The arrays on one side: one, or several with `or` between them."""
    tokens = Lexer(normal, grammar, encounter, side.start, side.end).tokens()
    pieces = cut(enumerated(tokens[:-1]), lambda token: token.sort == "joiner")
    kept = [piece for piece in pieces if piece] or [[]]
    check_count(kept)
    return [read_tokens([*piece, tokens[-1]], grammar, encounter) for piece in kept]


def settled(sides: Sequence[Sequence[Reading]]) -> Reading:
    """The array that all sides say: an exact one and perhaps its roundings; else *several*."""
    readings = list(chain.from_iterable(sides))
    for exact in readings:
        if all(says(each, exact) for each in readings):
            return exact
    return several([each.shown for each in readings], is_equation(sides))


def says(reading: Reading, exact: Reading) -> bool:
    """Whether a side is the same array or, entry by entry, its rounding."""
    if alike(reading.value, exact.value):
        return True
    sides = [each.value for each in (reading, exact)]
    if any(isinstance(each, Unordered) for each in sides):
        return False
    (shape, entries), (other, others) = map(parts_of, sides)
    pairs = zip(entries, reading.written, others, exact.written, strict=False)
    return shape == other and all(agrees(Number(a, b), Number(c, d)) for a, b, c, d in pairs)


def read_tokens(tokens: Sequence[Token], grammar: Grammar, encounter: Encounter) -> Reading:
    """One array."""
    end = tokens[-1]

    def read_entry(piece: Sequence[Token]) -> Number:
        return read_piece([*piece, end], encounter)

    def scaled(number: Number, factor: Number, step: Instruction) -> Number:
        return times(number, factor, step)

    try:
        nested = Layout(tokens, read_entry, scaled, grammar.limits.entries).whole()
    except Braces:
        shown = clipped("".join(token.text for token in tokens))
        return Reading("read", Unordered(shown), shown)
    return reading_of(nested if isinstance(nested, Nested) else Nested([nested]), tokens[0].at)


def times(number: Number, factor: Number, step: Instruction) -> Number:
    """An entry times, or over, a factor outside of the brackets; -inf stays under positive ones."""
    held = not isinstance(number.value, Computable) and not isinstance(factor.value, Computable)
    if isinstance(number.value, NegativeInfinity) and held and factor.value > 0:
        return number
    value = binary(step, number.value, factor.value) if held else None
    if value is None:
        raise Unreadable("please write the factor into the entries", step.at)
    return Number(value)


def reading_of(nested: Nested, at: int) -> Reading:
    """The reading of nested lists of numbers."""
    return table(shape_of(nested, at), flattened(nested))


def table(shape: tuple[int, ...], numbers: Sequence[Number]) -> Reading:
    """The reading of entries in a shape."""
    values = [each.value for each in numbers]
    shown = clipped(shown_lists(shape, [each.shown for each in numbers]))
    written = tuple(each.written for each in numbers)
    if any(isinstance(value, Computable) for value in values):
        return Reading("read", Table(shape, tuple(values)), shown, written=written)
    return Reading("read", shaped(values, shape), shown, written=written)


def parts_of(value: Any) -> tuple[tuple[int, ...], Sequence[Any]]:
    """Shape and entries of an array or a table."""
    if isinstance(value, Table):
        return value.shape, value.entries
    return value.shape, list(value.ravel())
