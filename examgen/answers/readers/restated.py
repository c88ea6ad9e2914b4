"""Brackets behind a value: said once more, `5/12 (0.417)`, or a remark, `64 (no biases)`."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from examgen.answers.notation.names import look_up
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.preparing import ABOUT
from examgen.answers.notation.tokens import FACTORS, Token
from examgen.answers.notation.words import TELLING

SIGNED = re.compile(r"\\approx(?![A-Za-z])|[=≈~]")
BEHIND = re.compile(r"(?<=\S)\s{0,9}(\()([^()]*(?:\([^()]*\)[^()]*){0,9})(\))\s{0,9}\.?\s{0,9}$")


REMARK = re.compile(r"\s?[A-Za-z][A-Za-z ,;:'./-]{1,150}")


class Restated(NamedTuple):
    """The tokens of a value and of what is said in the brackets behind it, each with an end."""

    value: list[Token]
    again: list[Token]


def without_brackets(normal: Normal) -> Normal:
    """The text with `(≈ 0.417)` or `(about 2.7)` at its end as a side, and without a remark."""
    text = normal.text
    match = BEHIND.search(text) if text.rstrip(" .\n").endswith(")") else None
    if match is None:
        return normal
    if is_remark(match[2]):
        return Normal(text[: match.start(1)], normal.places, normal.raw)
    about = ABOUT.match(match[2])
    if about is None and not SIGNED.match(match[2].lstrip()):
        return normal
    opening = "≈" if about else " "
    text = text[: match.start(1)] + opening + match[2] + " " + text[match.end(3) :]
    return Normal(text, normal.places, normal.raw)


def is_remark(text: str) -> bool:
    """Whether a text has words that say no value, and nothing else."""
    if not REMARK.fullmatch(text):
        return False
    words = re.findall(r"[a-z]+", text.lower())
    known = (look_up(word) for word in words)
    return (
        all(len(word) > 1 or word in "ai" for word in words)
        and TELLING.isdisjoint(words)
        and not any(
            each and each[0] in ("constant", "infinite", "masked", "none") for each in known
        )
    )


def restated(tokens: Sequence[Token]) -> Restated | None:
    """What stands before and in a last bracket that white space sets apart, else None.

    A bracket behind a bracket, `(3) (3)`, is a factor.
    """
    end = tokens[-1]
    opening = opening_of(tokens)
    if opening is None or opening == 0 or tokens[opening].gap == 0:
        return None
    before = tokens[opening - 1]
    if before.sort not in FACTORS | {"close", "unit"} or before.sort in (
        "function",
        "frac",
        "open",
    ):
        return None
    value = [token for token in tokens[:opening] if token.sort != "unit"]
    if not value or opening_of([*value, end]) == 0:
        return None
    return Restated([*value, end], [*tokens[opening + 1 : -2], end])


def opening_of(tokens: Sequence[Token]) -> int | None:
    """Where the round bracket opens that closes last, None if the tokens end otherwise."""
    depth = 0
    for index in range(len(tokens) - 2, -1, -1):
        token = tokens[index]
        depth += (token.sort == "close") - (token.sort == "open")
        if depth == 0:
            return index if token.text == "(" else None
    return None
