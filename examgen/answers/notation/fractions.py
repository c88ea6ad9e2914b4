"""Fractions that are not written with a slash alone: mixed numbers and LaTeX's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from examgen.answers.notation.tokens import Token
from examgen.answers.reading import Unreadable
from examgen.answers.visible import quoted

if TYPE_CHECKING:
    from examgen.answers.notation.parser import Parser

MIXED = {"number": ("n/n",), "frac": ("fn", "fnn", "f(n)(n)", "f(n)n", "fn(n)")}
"""The fractions that can belong to a mixed number, by their first token; see `follows`."""


def is_mixed(parser: Parser, whole: Token) -> bool:
    """Whether an integer and the fraction after it can be one number, as in `2 1/2`."""
    below = parser.index > 1 and parser.tokens[parser.index - 2].text == "/"
    if below or not isinstance(whole.value, int):
        return False
    return any(follows(parser, shape) for shape in MIXED.get(parser.token.sort, ()))


def follows(parser: Parser, shape: str) -> bool:
    """Whether what follows has this shape, and nothing that binds tighter follows it.

    One letter stands for a token: n an integer, f a fraction, parentheses any brackets.
    """
    following = parser.tokens[parser.index : parser.index + len(shape) + 1]
    if len(following) <= len(shape) or following[-1].text in ("^", "!", "%"):
        return False
    return all(fits(letter, token) for letter, token in zip(shape, following, strict=False))


def fits(letter: str, token: Token) -> bool:
    """Whether a token is what a letter of a shape stands for."""
    match letter:
        case "n":
            return token.sort == "number" and isinstance(token.value, int)
        case "f":
            return token.sort == "frac"
        case "/":
            return token.sort == "op" and token.text == "/"
    return token.sort == ("open" if letter == "(" else "close")


def read_fraction(parser: Parser) -> None:
    """The fraction of a mixed number."""
    if parser.token.sort == "frac":
        fraction(parser, parser.take())
        return
    above, line, below = parser.take(), parser.take(), parser.take()
    parser.push(above)
    parser.push(below)
    parser.emit("divide", line)


def fraction(parser: Parser, token: Token) -> None:
    r"""The two arguments of `\frac`; `\frac12` takes a digit each."""
    digits = parser.token
    if digits.sort == "number" and len(digits.text) > 1:
        if len(digits.text) > 2 or not isinstance(digits.value, int):
            raise Unreadable(f"write {{}} around the parts of {quoted(token.text)}", digits.at)
        parser.take()
        for digit in digits.text:
            parser.push(digits._replace(text=digit, value=int(digit)))
    else:
        parser.atom()
        if parser.token.sort == "number" and len(parser.token.text) > 1:
            raise Unreadable(f"write {{}} around {quoted(parser.token.text)}", parser.token.at)
        parser.atom()
    parser.emit("divide", token)
