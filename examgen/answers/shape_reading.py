"""Read a shape."""

from collections.abc import Sequence

from examgen.answers.conventions import Encounter, every_reading
from examgen.answers.evaluate import evaluate
from examgen.answers.grammar import Grammar
from examgen.answers.lexer import Lexer
from examgen.answers.normal import Normal
from examgen.answers.parser import parse
from examgen.answers.preparing import is_blank, is_name, prepare, split_sides
from examgen.answers.reading import BLANK, Reading, Several, Unordered, Unreadable, unreadable
from examgen.answers.tokens import Token
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain
from examgen.exact import Shape, Undefined

ROUND = frozenset("([")


def read_shape(text: str, grammar: Grammar) -> Reading:
    """The reading of a text as a shape; never raises."""
    try:
        normal = prepare(text, grammar.limits)
        if is_blank(normal.text):
            return BLANK
        found = every_reading(lambda encounter: understand(normal, grammar, encounter))
        return found[0][0]
    except Unreadable as fault:
        return unreadable(fault)


def understand(normal: Normal, grammar: Grammar, encounter: Encounter) -> Reading:
    """The shape behind a name, or several."""
    sides = split_sides(normal.text)
    while len(sides) > 1 and names_shape(normal.text[sides[0][0] : sides[0][1]]):
        del sides[0]
    found = [
        shape
        for start, end, _ in sides
        for shape in shapes_in(Lexer(normal, grammar, encounter, start, end).tokens(), encounter)
    ]
    if any(isinstance(shape, Unordered) for shape in found):
        return Reading("read", found[0], clipped(normal.raw.strip()))
    if any(shape != found[0] for shape in found):
        shown = tuple(map(plain, found))
        return Reading("read", Several(shown), clipped(" and ".join(shown)))
    return Reading("read", found[0], clipped(plain(found[0])))


def names_shape(text: str) -> bool:
    """Whether a left side names what was asked."""
    return not text.strip() or is_name(text)


def shapes_in(tokens: Sequence[Token], encounter: Encounter) -> list[Shape | Unordered]:
    """The shapes between `or` and `and`."""
    pieces: list[list[Token]] = [[]]
    for token in tokens[:-1]:
        if token.sort == "joiner":
            pieces.append([])
        elif token.text != "\n" and token.sort != "unit":
            pieces[-1].append(token)
    return [shape_in(piece, tokens[-1], encounter) for piece in pieces if piece] or [
        shape_in([], tokens[-1], encounter)
    ]


def shape_in(tokens: list[Token], end: Token, encounter: Encounter) -> Shape | Unordered:
    """One shape, with or without brackets."""
    bracketed = False
    while tokens and (inner := unwrapped(tokens)) is not None:
        if tokens[0].text == "{":
            return Unordered("".join(token.text for token in tokens))
        tokens, bracketed = inner, bracketed or tokens[0].sort == "open"
    if not tokens:
        if bracketed:
            return Shape()
        raise Unreadable("something is missing at the end", end.at)
    return Shape(size(piece, end, encounter) for piece in axes(tokens))


def unwrapped(tokens: list[Token]) -> list[Token] | None:
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


def axes(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of each axis: between commas, else multiplication signs, else white space."""
    for separates in (is_comma, is_times):
        pieces = cut(tokens, separates)
        if len(pieces) > 1:
            if not pieces[-1] and separates is is_comma:
                pieces.pop()
            return pieces
    if all(token.sort == "number" for token in tokens):
        return [[token] for token in tokens]
    return [tokens]


def is_comma(token: Token) -> bool:
    """Whether a token separates the entries of a list."""
    return token.sort == "separator"


def is_times(token: Token) -> bool:
    """Whether a token is a multiplication sign."""
    return token.sort == "op" and token.text == "*"


def cut(tokens: list[Token], separates: object) -> list[list[Token]]:
    """The pieces between separators outside of brackets."""
    assert callable(separates)
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.sort == "open") - (token.sort == "close")
        if depth == 0 and separates(token):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def size(tokens: list[Token], end: Token, encounter: Encounter) -> int:
    """The length of one axis."""
    if not tokens:
        raise Unreadable("a size is missing", end.at)
    first = tokens[0]
    if first.sort == "number" and len(first.text) > 1 and first.text.startswith("0"):
        raise Unreadable(f"{quoted(first.text)}: write large sizes without a comma", first.at)
    try:
        value = evaluate(parse([*tokens, end], encounter))
    except Undefined as fault:
        raise Unreadable(f"{fault}", first.at) from None
    if not isinstance(value, int) or value < 0:
        shown = plain(value) if not hasattr(value, "__slots__") or value else "infinity"
        raise Unreadable(f"{quoted(shown)} is no size: sizes are whole numbers", first.at)
    return value
