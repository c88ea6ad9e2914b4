"""The sides of `=` and `≈`, and which of them only names what was asked."""

import re
import unicodedata
from collections.abc import Callable
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
BARS = re.compile(r"\s{0,3}(?:\\[lr]?[Vv]ert(?![A-Za-z])|\\?[|‖∥])\s{0,3}")
TUPLE = re.compile(
    rf"\s*[(\[]\s*{WORD}(?:\s*,\s*{WORD})+\s*[)\]]\s*(?:\^\s*\{{?\\?(?:T|top)\}}?\s*)?"
)
INTRODUCED = re.compile(rf"\s*(?:{WORD}(?:\s+{WORD})*\s*(?::(?!=)|[→⇒⟹]|[-=]>)|[→⇒⟹∴]|=>)")
"""`loss: 3`, `w → 3`, `⇒ 3`."""
SLOPE = r"(?:d|∂|\\partial) ?\S{0,30}"
COMBINED = re.compile(rf"\s*-?\s*{WORD}(?:\s*[-+*/·⋅]\s*{WORD})+\s*")
SYMBOLIC = re.compile(r"[A-Za-zα-ωΔ∂∇0-9_^'*/+·⋅(){}\[\],. \t\\|-]+")
SYMBOL = re.compile(r"(?<![A-Za-z\\])(?!(?<=[0-9])[xX][0-9])[A-Za-zα-ωΔ]+(?:_?[0-9]{1,3})?")
"""A name; in `6x1x3` an x is a sign."""
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
    introduced = INTRODUCED.match(normal.text)
    begin = introduced.end() if introduced else 0
    if not HINT.search(normal.text, begin):
        return [Side(begin, len(normal.text), "")]
    sides, depth, start, sign = [], 0, begin, ""
    for match in RELATION.finditer(normal.text, begin):
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
    if len(sides) > 1 and not normal.text[begin : sides[0].end].strip(" \t\n$"):
        del sides[0]
    return sides


def is_name(text: str) -> bool:
    """Whether a side names what was asked: `x`, `w*`, `y[1,2]`, `softmax(z)`, `dL/dw`, `p - y`."""
    text = without_marks(text.replace("$", " "))
    if FRACTION.match(text):
        return True
    if TUPLE.fullmatch(text):
        known = map(look_up, re.findall(WORD, text))
        return any(each is None or each[0] == "unit" for each in known)
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


def leads_to_value(text: str) -> bool:
    """Whether a side before another one is no value: a name, or a formula that is worked out."""
    return is_name(text) or is_formula(text)


def is_formula(text: str) -> bool:
    """Whether a side is a formula that the next one works out: `-ln(1-p)`, `2/4 X^T(Xw - y)`.

    It has two names at least, and one that stands for no number: `2x = 6` is an equation.
    """
    if not SYMBOLIC.fullmatch(text):
        return False
    names = {name: look_up(name) for name in SYMBOL.findall(text) if name != "T"}
    counted = [each for each in names.values() if each is None or each[0] == "function"]
    return len(counted) > 1 and None in counted


def answer_sides(normal: Normal, is_none: Callable[[str], bool] = leads_to_value) -> list[Side]:
    """The sides without those before them that are no value (`W = [[1, 2], [3, 4]]`)."""
    sides = sides_of(normal)
    while len(sides) > 1 and is_none(normal.text[sides[0].start : sides[0].end]):
        del sides[0]
    return sides


def without_marks(text: str) -> str:
    """The text without bars of a norm and marks on letters: `ŷ`, `x̄`, `‖w‖`."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFD", text)
        text = "".join(each for each in decomposed if not unicodedata.combining(each))
    return BARS.sub("", text)
