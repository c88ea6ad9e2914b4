"""Read one number: its sides, its pieces, and all that an ambiguous text can mean."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from examgen.answers.balls import same
from examgen.answers.conventions import Encounter, every_reading
from examgen.answers.evaluate import evaluate
from examgen.answers.grammar import Grammar
from examgen.answers.lexer import Lexer
from examgen.answers.normal import Normal
from examgen.answers.parser import parse
from examgen.answers.preparing import ABOUT, blank_prefix, is_blank, is_name, prepare, split_sides
from examgen.answers.reading import BLANK, PLAIN, Reading, Several, Unreadable, Written, unreadable
from examgen.answers.rounding import is_rounding
from examgen.answers.tokens import Token
from examgen.answers.values import Computable, Number
from examgen.answers.visible import clipped
from examgen.exact import Undefined


@dataclass(frozen=True)
class Side:
    """What stands on one side of `=` or `≈`."""

    start: int
    end: int
    relation: str


def read_scalar(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as one number; never raises."""
    try:
        normal = prepare(text, grammar.limits)
        if is_blank(normal.text):
            return BLANK
        found = every_reading(lambda encounter: understand(normal, grammar, encounter))
        return gathered(found)
    except Unreadable as fault:
        return unreadable(fault)


def gathered(found: Sequence[tuple[Number | Several, str]]) -> Reading:
    """One reading, the others that differ from it as its alternatives."""
    distinct: list[tuple[Number | Several, str]] = []
    for number, convention in found:
        if not any(alike(number, known) for known, _ in distinct):
            distinct.append((number, convention))
    first, *others = (reading_of(number, convention) for number, convention in distinct)
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


def alike(one: Number | Several, other: Number | Several) -> bool:
    """Whether two readings come to the same."""
    if isinstance(one, Several) or isinstance(other, Several):
        return one == other
    return one.written == other.written and same(one.value, other.value) is True


def reading_of(number: Number | Several, convention: str) -> Reading:
    """The reading of what was understood."""
    if isinstance(number, Several):
        shown = clipped(" and ".join(number.shown))
        return Reading("read", number, shown, convention=convention)
    return Reading(
        "read",
        number.value,
        clipped(number.shown),
        convention=convention,
        written=(number.written,),
    )


def understand(normal: Normal, grammar: Grammar, encounter: Encounter) -> Number | Several:
    """What all sides of the text say together."""
    sides = [Side(*side) for side in split_sides(normal.text)]
    if len(sides) > 1 and not normal.text[sides[0].start : sides[0].end].strip():
        del sides[0]
    pieces: list[Number] = []
    for index, side in enumerate(sides):
        try:
            found = read_side(normal, side, grammar, encounter)
        except Unreadable:
            if index + 1 < len(sides) and is_name(normal.text[side.start : side.end]):
                continue
            raise
        pieces.extend(found)
    return settle(pieces)


def settle(pieces: Sequence[Number]) -> Number | Several:
    """The one number that all pieces say: an exact one and perhaps its roundings."""
    exact = next((piece for piece in pieces if piece.written == PLAIN), pieces[0])
    for piece in pieces:
        if not agrees(piece, exact):
            return Several(tuple(each.shown for each in pieces))
    return exact


def agrees(piece: Number, exact: Number) -> bool:
    """Whether a piece is the same number or its rounding."""
    if same(piece.value, exact.value):
        return True
    places = piece.written.places
    if places is None or isinstance(exact.value, Computable):
        return False
    return is_rounding(exact.value, piece.value, places)


def read_side(normal: Normal, side: Side, grammar: Grammar, encounter: Encounter) -> list[Number]:
    """The numbers on one side: one, or several with a separator between them."""
    text = normal.text[side.start : side.end]
    about = len(text) - len(blank_prefix(text, ABOUT).lstrip())
    start = side.start + (about if ABOUT.match(text) else 0)
    tokens = Lexer(normal, grammar, encounter, start, side.end).tokens()
    pieces = split_pieces(tokens)
    open_ended = side.relation == "≈" or start > side.start
    return [read_piece(piece, normal, encounter, open_ended) for piece in pieces]


def split_pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens between separators outside of brackets, each list with an end of its own."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.sort == "open") - (token.sort == "close")
        if depth == 0 and (token.sort in ("separator", "joiner")):
            pieces.append([])
        elif token.sort not in ("unit", "separator") or (depth and token.text != "\n"):
            pieces[-1].append(token)
    end = tokens[-1]
    pieces[-1].pop()
    kept = [[*piece, end] for piece in pieces if piece]
    return kept or [[end]]


def read_piece(
    tokens: Sequence[Token], normal: Normal, encounter: Encounter, open_ended: bool
) -> Number:
    """One number."""
    program = parse(tokens, encounter)
    written = form(tokens, open_ended)
    try:
        value: Any = evaluate(program)
    except Undefined:
        value = Computable(program, spelled(tokens, normal))
    if value is None or type(value).__name__ == "PlusInfinity":
        raise Unreadable("infinity is no number", tokens[0].at)
    return Number(value, written)


def spelled(tokens: Sequence[Token], normal: Normal) -> str:
    """The tokens as they were typed."""
    return clipped(normal.raw[tokens[0].at : tokens[-1].at].strip())


def form(tokens: Sequence[Token], open_ended: bool) -> Written:
    """How a lone number was written; `PLAIN` for any expression."""
    bare = [token for token in tokens[:-1] if token.sort != "op" or token.text not in "+-%"]
    percent = any(token.sort == "op" and token.text == "%" for token in tokens)
    if len(bare) != 1 or bare[0].sort != "number":
        return Written(percent=True) if percent else PLAIN
    places = bare[0].written.places
    if percent:
        return Written((places or 0) + 2, percent=True)
    if places is None:
        return PLAIN
    return Written(places, open_ended=open_ended or bare[0].written.open_ended)
