"""Read a shape."""

from typing import TypeAlias

from examgen.answers.arithmetic.evaluate import evaluate
from examgen.answers.notation.conventions import Encounter
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.lexer import Lexer
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.parser import parse
from examgen.answers.notation.sides import answer_sides
from examgen.answers.notation.tokens import Token, cut
from examgen.answers.readers.gathering import one_of, read_text
from examgen.answers.reading import Reading, Unordered, Unreadable
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain
from examgen.exact import Shape

Tokens: TypeAlias = list[Token]


def read_shape(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as a shape; never raises."""
    return read_text(
        text,
        grammar.limits,
        lambda normal, encounter: understand(normal, grammar, encounter),
    )


def understand(normal: Normal, grammar: Grammar, encounter: Encounter) -> Reading:
    """The shape behind a name (`shape = ...`), or several."""
    found = []
    for side in answer_sides(normal):
        tokens = Lexer(normal, grammar, encounter, side.start, side.end).tokens()
        kept = [token for token in tokens[:-1] if token.sort != "unit" and token.text != "\n"]
        pieces = [piece for piece in cut(kept, lambda token: token.sort == "joiner") if piece]
        found += [read_piece(piece, tokens[-1], encounter) for piece in pieces or [[]]]
    return one_of(found)


def read_piece(tokens: Tokens, end: Token, encounter: Encounter) -> Reading:
    """One shape, with or without brackets."""
    bracketed = False
    while tokens and (inner := unwrapped(tokens)) is not None:
        if tokens[0].text == "{":
            shown = clipped("".join(token.text for token in tokens))
            return Reading("read", Unordered(shown), shown)
        tokens, bracketed = inner, bracketed or tokens[0].sort == "open"
    if not tokens and not bracketed:
        raise Unreadable("something is missing at the end", end.at)
    shape = Shape(size(piece, end, encounter) for piece in axes(tokens))
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


def axes(tokens: Tokens) -> list[Tokens]:
    """The tokens of each axis: between commas, else multiplication signs, else white space."""
    pieces = cut(tokens, lambda token: token.sort == "separator")
    if len(pieces) > 1:
        return pieces if pieces[-1] else pieces[:-1]
    if all(token.sort == "number" for token in tokens):
        return [[token] for token in tokens]
    return cut(tokens, lambda token: token.sort == "op" and token.text == "*")


def size(tokens: Tokens, end: Token, encounter: Encounter) -> int:
    """The length of one axis."""
    if not tokens:
        raise Unreadable("a size is missing", end.at)
    first = tokens[0]
    if first.sort == "number" and len(first.text) > 1 and first.text.startswith("0"):
        raise Unreadable(f"{quoted(first.text)}: please write sizes without a comma", first.at)
    value = evaluate(parse([*tokens, end], encounter), encounter.work)
    if type(value) is not int or value < 0:
        shown = "this" if value is None else quoted(plain(value))
        raise Unreadable(f"{shown} is no size: sizes are whole numbers", first.at)
    return value
