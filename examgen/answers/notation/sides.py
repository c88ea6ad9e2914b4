"""The sides of `=` and `≈`, and which of them only names what was asked."""

import re
from typing import NamedTuple

from examgen.answers.limits import PIECES
from examgen.answers.notation.names import look_up
from examgen.answers.notation.normal import Normal
from examgen.answers.reading import Unreadable

RELATION = re.compile(r"[()\[\]{}]|:?=+|≈|~|\\(?:approx|simeq|sim)(?![a-zA-Z])")
HINT = re.compile(r"[=≈~]|\\[as]")
"""Without any of these there is no relation."""
WORD = r"\\?[A-Za-zα-ωΔ∂∇][A-Za-z0-9α-ω_^'|.∂∇Δ\\]*\*?"
NAME = re.compile(rf"\s*{WORD}(?:\s+{WORD})*\s*")
SLOPE = r"(?:d|∂|\\partial) ?\S{0,30}"
COMBINED = re.compile(rf"\s*-?\s*{WORD}(?:\s*[-+*/·⋅]\s*{WORD})+\s*")
DERIVATIVE = re.compile(rf"\s*(?:{SLOPE} ?/ ?{SLOPE}|∇\S{{0,30}})\s*")
FRACTION = re.compile(r"\s*\\[dtc]?frac ?\{ ?(?:\\partial|∂|d[ A-Z])")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
BRACKETS_IN_BRACKETS = 4


class Side(NamedTuple):
    """Where a side begins and ends, and the sign before it ("" for the first)."""

    start: int
    end: int
    sign: str


def sides_of(normal: Normal) -> list[Side]:
    """The sides of a text; an empty first one (`= 3`) is left out."""
    if not HINT.search(normal.text):
        return [Side(0, len(normal.text), "")]
    sides, depth, start, sign = [], 0, 0, ""
    for match in RELATION.finditer(normal.text):
        piece = match[0]
        if piece in "([{":
            depth += 1
        elif piece in ")]}":
            depth -= 1
        elif depth <= 0:
            sides.append(Side(start, match.start(), sign))
            start, sign = match.end(), "=" if "=" in piece else "≈"
        if len(sides) == PIECES:
            raise Unreadable(
                f"more than {PIECES} sides of equations are not read", normal.at(start)
            )
    sides.append(Side(start, len(normal.text), sign))
    if len(sides) > 1 and not normal.text[: sides[0].end].strip(" \t\n$"):
        del sides[0]
    return sides


def answer_sides(normal: Normal) -> list[Side]:
    """The sides without those that name what was asked (`W = [[1, 2], [3, 4]]`)."""
    sides = sides_of(normal)
    while len(sides) > 1 and is_name(normal.text[sides[0].start : sides[0].end]):
        del sides[0]
    return sides


def is_name(text: str) -> bool:
    """Whether a side names what was asked: `x`, `w*`, `y[1,2]`, `softmax(z)`, `dL/dw`, `p - y`."""
    text = text.replace("$", " ")
    if FRACTION.match(text):
        return True
    for _ in range(BRACKETS_IN_BRACKETS):
        shorter = BRACKETS.sub("", text)
        if shorter == text:
            break
        text = shorter
    if DERIVATIVE.fullmatch(text):
        return True
    if COMBINED.fullmatch(text):
        return any(look_up(word) is None for word in re.findall(WORD, text))
    return bool(NAME.fullmatch(text)) and "\\frac" not in text
