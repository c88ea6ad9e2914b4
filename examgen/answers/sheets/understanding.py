"""What a sheet says without its exam: the kinds are those of its hints, else as it is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from string import ascii_uppercase
from typing import Any

import numpy as np

from examgen.answers.arithmetic.values import Table
from examgen.answers.kind import MASKED, Kind
from examgen.answers.kinds import KINDS
from examgen.answers.reading import BLANK, Option, Reading, Several, Unordered
from examgen.answers.sheets.sheet import Sheet
from examgen.exact import Closed, Shape

LETTERS = re.compile(r"one letter \(A[–-]([A-Z])\)")
LETTER = re.compile(r"\W{0,4}(?:(?:option|choice|letter)\W{1,3})?[A-H]\W{0,4}", re.I)
LISTED = re.compile(r"[\[;\n&]")
NUMBERS = re.compile(r"[0-9]+(?:\s*,\s*[0-9]+)+")
SIZES = re.compile(r"\(?[0-9]+(?:\s*[x×]\s*[0-9]+)+\)?")
WORDS = re.compile(r"[^\W\d_]+(?:[\s,.;:'-]+[^\W\d_]+)*[.!]?")
HINTED = {hint.text: kind for kind in KINDS.values() for hint in kind.hints}
WRITTEN_AS = {
    "integer": "integer",
    "rational": "fraction",
    "closed": "closed form",
    "expression": "expression",
    "array": "matrix or vector",
    "shape": "shape",
    "indices": "set of numbers",
    "choice": "letter",
    "text": "text",
}


@dataclass(frozen=True)
class Understood:
    """A response, its kind ("" where no hint tells it and there is nothing), and its reading."""

    label: str
    line: int
    response: str
    kind: str
    reading: Reading

    @property
    def sort(self) -> str:
        """What was read, in words: `integer`, `matrix 2×3`, `shape with 3 axes`."""
        return sort_of(self.reading.value, self.kind) if self.reading.state == "read" else ""


def understand(sheet: Sheet) -> Iterator[Understood]:
    """Every response of a sheet as grading would read it."""
    for label, response in sheet.responses.items():
        kind, options = hinted(sheet.hints.get(label, ""))
        if kind is None:
            kind, reading = inferred(response.text)
        else:
            reading = kind.read(response.text, options=options)
        name = kind.name if kind else ""
        yield Understood(label, response.line, response.text, name, reading)


def hinted(hint: str) -> tuple[Kind | None, tuple[Option, ...]]:
    """The kind that a hint of answers.txt is for, and the letters to choose from."""
    if match := LETTERS.fullmatch(hint):
        letters = ascii_uppercase[: ascii_uppercase.index(match[1]) + 1]
        return KINDS["choice"], tuple(Option(each, each) for each in letters)
    return HINTED.get(hint.removesuffix(MASKED)), ()


def inferred(text: str) -> tuple[Kind | None, Reading]:
    """The kind that a response looks like, and its reading as that."""
    if KINDS["text"].read(text).state == "blank":
        return None, BLANK
    likely = [KINDS[name] for name in likely_kinds(text.strip())]
    readings = [(kind, kind.read(text)) for kind in likely]
    return next((each for each in readings if each[1].state == "read"), readings[0])


def likely_kinds(text: str) -> tuple[str, ...]:
    """The kinds that a response may be of, the likeliest first."""
    if LETTER.fullmatch(text) and text != "e":
        return ("choice",)
    if WORDS.fullmatch(text):
        return ("closed", "text")
    if LISTED.search(text):
        return ("array", "closed", "shape")
    if SIZES.fullmatch(text):
        return ("shape",)
    if text.startswith("{") or NUMBERS.fullmatch(text):
        return ("indices", "closed")
    has_names = any(character.isalpha() for character in text)
    return ("closed", "shape", *(("expression",) if has_names else ()), "array", "indices")


def sort_of(value: Any, kind: str) -> str:
    """What a value is, in words."""
    if isinstance(value, Several):
        return f"{len(value.shown)} answers"
    if isinstance(value, Unordered):
        return "set"
    if isinstance(value, np.ndarray | Table):
        return array_sort(value.shape)
    if isinstance(value, Shape):
        return "shape with 1 axis" if len(value) == 1 else f"shape with {len(value)} axes"
    if isinstance(value, frozenset):
        return f"set of {len(value)}"
    if isinstance(value, int | Fraction | Closed):
        return {int: "integer", Fraction: "fraction"}.get(type(value), "closed form")
    return WRITTEN_AS.get(kind, kind)


def array_sort(shape: tuple[int, ...]) -> str:
    """What an array of this shape is called."""
    if len(shape) == 1:
        return f"vector of {shape[0]}"
    sizes = "×".join(map(str, shape))
    return f"matrix {sizes}" if len(shape) == 2 else f"array {sizes}"
