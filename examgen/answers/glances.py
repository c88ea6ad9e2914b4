"""What is seen of a response without reading or judging it in full: most answers need no more.

Whatever is said here, the readers and judges say as well, and slower; everything else is left to
them.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from examgen.answers.kinds import KINDS
from examgen.answers.reading import Reading
from examgen.exact import Shape

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


class Printed(Protocol):
    """An option of a closed question as it is printed."""

    @property
    def letter(self) -> str:
        """The letter before it."""

    @property
    def answer(self) -> str:
        """What it says, in plain notation."""


def is_key(kind: str, key: str, text: str, options: Sequence[Printed] = ()) -> bool:
    """Whether a response is the key, in plain notation, to the letter, and beyond doubt."""
    if text.strip() != key:
        return False
    return is_letter(key, options) if options else is_plain(kind, key)


def is_letter(text: str, options: Sequence[Printed]) -> bool:
    """Whether a response is the letter of an option and can say no option's text."""
    return (
        len(text) == 1
        and text in LETTERS
        and any(each.letter == text for each in options)
        and all(len(each.answer) > 1 or not each.answer.isalpha() for each in options)
    )


def is_plain(kind: str, text: str) -> bool:
    """Whether a text says one value of its kind, and surely no other."""
    found = PLAIN.get(kind)
    return found is not None and found.fullmatch(text) is not None


def read(kind: str, text: str) -> Reading:
    """The reading of a response without options; what others wrote as well is read once."""
    return KINDS[kind].read(text) if len(text) > LONGEST else recalled(kind, text)


@lru_cache(maxsize=4096)
def recalled(kind: str, text: str) -> Reading:
    """The reading of a text; readings are never changed."""
    return KINDS[kind].read(text)


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
    return (
        isinstance(reading.value, int | Fraction | Shape | frozenset)
        and not any(map(is_loose, reading.written))
        and text != reading.shown
        and is_plain(kind, text)
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
