"""What is seen of a response without reading or judging it in full: most answers need no more.

Whatever is said here, the readers and judges of `answers` say as well, and slower; everything else
is left to them.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from examgen import answers
from examgen.answers import Reading
from examgen.exact import Shape
from examgen.exams.exam import ExamPart
from examgen.grading.recorded import options_of

LONGEST = 200
"""Characters of a response that is remembered."""
LETTERS = "ABCD"
"""An E may be Euler's number."""
NUMBER = r"-?[0-9]{1,15}(?:/[0-9]{1,15})?"
PLAIN = {
    "integer": re.compile(r"-?[0-9]{1,15}", re.ASCII),
    "rational": re.compile(NUMBER, re.ASCII),
    "closed": re.compile(NUMBER, re.ASCII),
    "shape": re.compile(r"\([0-9]{1,15}(?:,|(?:, [0-9]{1,15}){1,7})\)", re.ASCII),
    "indices": re.compile(r"\{[0-9]{1,4}(?:, [0-9]{1,4}){0,30}\}", re.ASCII),
    "array": re.compile(
        rf"\[(?:{NUMBER}(?:, {NUMBER}){{0,30}}"
        rf"|\[{NUMBER}(?:, {NUMBER}){{0,30}}\](?:, \[{NUMBER}(?:, {NUMBER}){{0,30}}\]){{0,30}})\]",
        re.ASCII,
    ),
}
"""Notations of which each text says one value; of a recorded answer, that it reads as itself."""


def is_key(part: ExamPart, text: str) -> bool:
    """Whether a response is the recorded answer to the letter, and beyond doubt."""
    if text.strip() != part.answer:
        return False
    if part.options:
        return is_letter(part, part.answer)
    found = PLAIN.get(part.kind)
    return found is not None and found.fullmatch(part.answer) is not None


def is_letter(part: ExamPart, text: str) -> bool:
    """Whether a response is the letter of an option and can say no option's text."""
    return (
        len(text) == 1
        and text in LETTERS
        and any(each.letter == text for each in part.options)
        and all(len(each.answer) > 1 or not each.answer.isalpha() for each in part.options)
    )


def read(part: ExamPart, text: str) -> Reading:
    """The reading of a response; what others wrote as well is read once."""
    bare = text.strip()
    if part.options and is_letter(part, bare):
        return Reading("read", bare, bare)
    if part.options or len(text) > LONGEST:
        return answers.kind(part.kind).read(text, options=options_of(part))
    return recalled(part.kind, text)


@lru_cache(maxsize=4096)
def recalled(kind: str, text: str) -> Reading:
    """The reading of a text where there are no options; readings are never changed."""
    return answers.kind(kind).read(text)


def is_another(value: Any, reading: Reading) -> bool:
    """Whether a response surely does not say this value: both are exact, and they differ."""
    if reading.state != "read" or reading.alternatives or any(map(is_loose, reading.written)):
        return False
    return differ(value, reading.value)


def says_other(kind: str, text: str, reading: Reading) -> bool:
    """Whether a response surely does not say what a text in plain notation does.

    Of arrays it is not enough that the texts differ: a column may be written as a row.
    """
    if kind == "array" or reading.state != "read" or reading.alternatives:
        return False
    found = PLAIN.get(kind)
    return (
        found is not None
        and not any(map(is_loose, reading.written))
        and isinstance(reading.value, int | Fraction | Shape | frozenset)
        and text != reading.shown
        and found.fullmatch(text) is not None
    )


def is_loose(written: Any) -> bool:
    """Whether a number was written so that it may stand for another, as a rounding does."""
    return bool(written.percent or written.open_ended or written.places is not None)


def differ(one: Any, other: Any) -> bool:
    """Whether two values of the same sort differ; of other sorts nothing is said."""
    if isinstance(one, int | Fraction):
        return isinstance(other, int | Fraction) and one != other
    if isinstance(one, Shape):
        return isinstance(other, Shape) and one != other
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        return one.size != other.size or any(map(differ, one.flat, other.flat))
    return False
