"""Tokens: the pieces of a text, numbers, known names, operators, brackets, separators."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple

from examgen.answers.reading import PLAIN, Unreadable, Written
from examgen.answers.visible import quoted

PAIRS = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "begin": "end", "bare": "end"}
CLOSERS = frozenset(PAIRS.values())
GROUPS = frozenset({"(", "[", "{"})
"""Brackets that only group, in a number."""
FACTORS = frozenset({"number", "constant", "variable", "function", "frac", "open", "infinite"})
"""Sorts of tokens with which a factor begins."""


class Token(NamedTuple):
    """A piece of a text.

    `sort`: number, function, constant, variable, infinite, masked, none, wrapper, joiner, unit,
    frac, op, open, close, separator, transpose, empty or end; `text`: its canonical spelling;
    `at`: its place in the raw text; `gap`: how much white space stands before it.
    """

    sort: str
    text: str
    at: int
    gap: int = 0
    value: int | Fraction = 0
    written: Written = PLAIN


def cut(tokens: Sequence[Token], separates: Callable[[Token], bool]) -> list[list[Token]]:
    """The pieces between separators outside of brackets."""
    pieces: list[list[Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.sort == "open") - (token.sort == "close")
        if depth == 0 and separates(token):
            pieces.append([])
        else:
            pieces[-1].append(token)
    return pieces


def enumerated(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with commas for `and` where it ends a plain list: `3, 24 and 24`.

    Between lists in brackets, or rows, it joins two answers.
    """
    joiners = [token.text for token in tokens if token.sort == "joiner"]
    if not joiners or set(joiners) != {"and"} or not is_flat(tokens):
        return list(tokens)
    found: list[Token] = []
    for token in tokens:
        if token.sort != "joiner":
            found.append(token)
        elif found and found[-1].sort != "separator":
            found.append(token._replace(sort="separator", text=","))
    return found


def is_flat(tokens: Sequence[Token]) -> bool:
    """Whether tokens are one row, with no list in brackets among them."""
    depth = 0
    for token in tokens:
        depth += (token.sort == "open") - (token.sort == "close")
        if token.sort == "open" and token.text not in ("(", "{"):
            return False
        if token.sort == "wrapper" or (token.sort == "separator" and (depth or token.text != ",")):
            return False
    return True


def check_pair(opened: Token | None, closing: Token) -> None:
    """Refuse a bracket that closes nothing, or another one than the last opened."""
    if opened is None:
        raise Unreadable(f"{quoted(closing.text)} closes nothing", closing.at)
    if PAIRS[opened.text] != closing.text:
        raise Unreadable(f"{quoted(opened.text)} is closed by {quoted(closing.text)}", closing.at)


def unexpected(token: Token) -> Unreadable:
    """The refusal of a token where something else must stand."""
    if token.sort == "end":
        return Unreadable("something is missing at the end", token.at)
    if token.sort == "separator":
        return Unreadable(f"{quoted(token.text)} where one number is asked", token.at)
    if token.sort == "none":
        return Unreadable(f"{quoted(token.text)} is not a number", token.at)
    return Unreadable(f"{quoted(token.text)} cannot stand here", token.at)
