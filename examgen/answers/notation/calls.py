"""Functions and their arguments, with and without brackets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.answers.notation.tokens import FACTORS, GROUPS, Token, unexpected
from examgen.answers.reading import Unreadable

if TYPE_CHECKING:
    from examgen.answers.notation.parser import Parser

TWO_ARGUMENTS = frozenset({"max", "min", "binom"})


def function(parser: Parser, token: Token) -> None:
    """A function and its arguments, in brackets or not; `ln^2(3)` is (ln 3)^2."""
    if token.text == "log":
        token = token._replace(text="log10" if parser.encounter.meet("common_log") else "ln")
    power = function_power(parser, token)
    if token.text == "root" and parser.token.text == "[" and parser.token.sort == "open":
        root(parser, token)
    elif parser.token.sort == "open" and parser.token.text in GROUPS:
        parser.emit("call", token, arguments(parser, token))
    elif token.text in TWO_ARGUMENTS:
        raise Unreadable(f"please write {token.text}(..., ...)", token.at)
    else:
        bare_argument(parser, token)
        parser.emit("call", token, 1)
    if power is not None:
        parser.push(power)
        parser.emit("power", power)


def function_power(parser: Parser, token: Token) -> Token | None:
    """The exponent between a function and its argument."""
    if not parser.operator("^"):
        return None
    opened = parser.take() if parser.token.sort == "open" else None
    power = parser.take()
    if power.sort != "number":
        raise Unreadable(f"write {token.text}(...)^n for a power", power.at)
    if opened and parser.take().sort != "close":
        raise Unreadable(f"write {token.text}(...)^n for a power", power.at)
    return power


def root(parser: Parser, token: Token) -> None:
    r"""`\sqrt[3]{8}`."""
    parser.group(parser.take())
    opened = parser.take()
    if opened.sort != "open":
        raise unexpected(opened)
    parser.group(opened)
    parser.emit("call", token._replace(text="nth_root"), 2)


def arguments(parser: Parser, token: Token) -> int:
    """The arguments in brackets; their number."""
    opened = parser.take()
    count = 0
    while True:
        parser.sum()
        count += 1
        closing = parser.take()
        if closing.sort == "close":
            break
        if closing.text != "," or token.text not in TWO_ARGUMENTS:
            raise unexpected(closing)
    if token.text == "binom" and parser.token.text == "{" and count == 1:
        parser.group(parser.take())
        count = 2
    if count > 2 or (token.text in TWO_ARGUMENTS and count != 2):
        raise Unreadable(f"{token.text} of {count} numbers", opened.at)
    return count


def bare_argument(parser: Parser, name: Token) -> None:
    """The argument without brackets: a power, or everything up to the next + or -."""
    gap = parser.token.gap
    parser.factor()
    while may_reach(parser, name, gap) and parser.encounter.meet("wide"):
        sign = parser.operator("*/")
        parser.factor()
        parser.emit("divide" if sign and sign.text == "/" else "multiply", sign or name)


def may_reach(parser: Parser, name: Token, gap: int) -> bool:
    """Whether the eye may take what follows for a part of the argument."""
    token = parser.token
    if token.sort == "op" and token.text in "*/":
        if parser.tokens[parser.index + 1].sort == "function":
            return False
        return name.text != "root" and gap > 0 and token.gap == 0
    return token.sort in FACTORS and token.sort != "function" and gap >= token.gap
