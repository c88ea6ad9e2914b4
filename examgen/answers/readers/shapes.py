"""Read a shape."""

from dataclasses import dataclass
from functools import partial
from math import prod
from typing import TypeAlias

from examgen.answers.arithmetic.evaluate import evaluate
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.lexer import Lexer
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.parser import parse
from examgen.answers.notation.sides import answer_sides
from examgen.answers.notation.tokens import Token, cut, enumerated
from examgen.answers.readers.gathering import check_count, one_of, read_text
from examgen.answers.readers.plainly import plain_shape
from examgen.answers.readers.shape_words import tidied, without_batch
from examgen.answers.reading import Batched, Reading, Unordered, Unreadable
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain
from examgen.exact import Shape

Tokens: TypeAlias = list[Token]
CROSSES = frozenset("×⨯✕✖⨉\\")
"""Signs, also of LaTeX, that stand between factors and between sizes."""


def read_shape(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as a shape; never raises."""
    if (shape := plain_shape(text)) is not None:
        return Reading("read", shape, clipped(plain(shape)))
    return read_tokens_of(text, grammar)


def read_tokens_of(text: str, grammar: Grammar) -> Reading:
    """The reading of any text as a shape."""
    return read_text(text, grammar.limits, partial(understand, grammar))


def understand(grammar: Grammar, normal: Normal, encounter: Encounter) -> Reading:
    """The shape after a name (`shape = ...`), or several."""
    normal = tidied(normal)
    sides = answer_sides(normal)
    computed = len(sides) > 1 and normal.text[sides[-1].start : sides[-1].end].strip().isdecimal()
    reader = Reader(normal, encounter, computed)
    found = []
    for side in sides:
        bare, batch = without_batch(normal, side.start, side.end)
        tokens = Lexer(bare, grammar, encounter, side.start, side.end).tokens()
        kept = [token for token in tokens[:-1] if token.sort != "unit" and token.text != "\n"]
        if not any(token.sort == "op" for token in kept):
            kept = enumerated(kept)
        pieces = [piece for piece in cut(kept, lambda token: token.sort == "joiner") if piece]
        check_count(pieces)
        readings = [read_piece(piece, tokens[-1], reader) for piece in pieces or [[]]]
        found += [batched(each, batch) for each in readings] if batch else readings
    return one_of(without_product(found) if computed else found)


def without_product(readings: list[Reading]) -> list[Reading]:
    """The readings without the last if it is only how many entries there are (`3x7x10 = 210`)."""
    first, last = readings[0].value, readings[-1].value
    sizes = isinstance(first, Shape) and len(first) > 1 and last == Shape((prod(first),))
    return readings[:-1] if sizes else readings


def batched(reading: Reading, name: str) -> Reading:
    """The reading with a batch axis of unknown size in front."""
    if not isinstance(reading.value, Shape):
        return reading
    shown = clipped(f"({', '.join([name, *map(str, reading.value)])})")
    return Reading("read", Batched(name, reading.value), shown)


@dataclass(frozen=True)
class Reader:
    """What the reading of one shape depends on; `computed`: a product is followed by its value."""

    normal: Normal
    encounter: Encounter
    computed: bool

    def is_one_axis(self, signs: Tokens) -> bool:
        """Whether the factors between these signs are multiplied; only `*` can mean that alone."""
        if not signs:
            return False
        if any(self.normal.raw[sign.at] != "*" for sign in signs):
            return self.computed and self.encounter.meet("one_axis")
        return self.computed or self.encounter.meet("one_axis")

    def is_between_axes(self, token: Token) -> bool:
        """Whether a multiplication sign among commas separates: `3, 7x10` are three axes.

        A star multiplies, a cross can be either.
        """
        if token.sort != "op" or token.text != "*":
            return False
        sign = self.normal.raw[token.at]
        return sign in "xXb" or (sign in CROSSES and not self.encounter.meet("one_axis"))


def read_piece(tokens: Tokens, end: Token, reader: Reader) -> Reading:
    """One shape, with or without brackets."""
    bracketed = False
    while tokens and (inner := unwrapped(tokens)) is not None:
        if tokens[0].text == "{":
            shown = clipped("".join(token.text for token in tokens))
            return Reading("read", Unordered(shown), shown)
        tokens, bracketed = inner, bracketed or tokens[0].sort == "open"
    if not tokens and not bracketed:
        raise Unreadable("something is missing at the end", end.at)
    shape = Shape(size(piece, end, reader.encounter) for piece in axes(tokens, reader))
    return Reading("read", shape, clipped(plain(shape)))


def unwrapped(tokens: Tokens) -> Tokens | None:
    """The tokens within a wrapper or a bracket around all of them, None if there is none."""
    if tokens[0].sort == "wrapper":
        return tokens[1:]
    if tokens[0].sort != "open":
        return None
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.sort == "open") - (token.sort == "close")
        if depth == 0:
            return tokens[1:-1] if index == len(tokens) - 1 else None
    return None


def axes(tokens: Tokens, reader: Reader) -> list[Tokens]:
    """The tokens of each axis: between commas, else multiplication signs, else white space."""
    pieces = cut(tokens, lambda token: token.sort == "separator")
    if len(pieces) > 1:
        kept = pieces if pieces[-1] else pieces[:-1]
        return [axis for each in kept for axis in cut(each, reader.is_between_axes)]
    if all(token.sort == "number" for token in tokens):
        return [[token] for token in tokens]
    if reader.is_one_axis([token for token in tokens if token.text == "*"]):
        return [tokens]
    return cut(tokens, lambda token: token.sort == "op" and token.text == "*")


def size(tokens: Tokens, end: Token, encounter: Encounter) -> int:
    """The length of one axis."""
    if not tokens:
        raise Unreadable("a size is missing", end.at)
    first = tokens[0]
    for token in tokens:
        if token.sort == "number" and len(token.text) > 1 and token.text.startswith("0"):
            raise Unreadable(f"{quoted(token.text)}: please write sizes without a comma", token.at)
    value = evaluate(parse([*tokens, end], encounter))
    if type(value) is not int or value < 0:
        shown = "this" if value is None else quoted(plain(value))
        are = "not negative" if type(value) is int else "whole numbers"
        raise Unreadable(f"{shown} is not a size: sizes are {are}", first.at)
    return value
