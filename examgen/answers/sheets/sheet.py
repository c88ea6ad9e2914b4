"""What an answer sheet says, and gathering it from lines, cells or rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from examgen.answers.sheets.patterns import named_labels, number_of
from examgen.answers.visible import clipped, quoted

MOST_LABELS = 1_000
MOST_WARNINGS = 50
MOST_NAMED = 60
"""Labels that one warning names."""


class SheetFault(ValueError):
    """A file that is no answer sheet; the message says why."""


class Response(NamedTuple):
    """The raw text under a label, and the number of the line with the label (0: no such line).

    In a notebook cells are numbered, in a table the lines at which rows begin.
    """

    text: str
    line: int


@dataclass(frozen=True)
class Sheet:
    """What one student's sheet says; `responses` has every label of the exam.

    `hints`: what the sheet's own comments say on how the answer to a label is written.
    `number`: which sheet of its file it is, from 1; 0 where a file is one sheet.
    """

    headers: Mapping[str, str]
    responses: Mapping[str, Response]
    warnings: tuple[str, ...]
    hints: Mapping[str, str] = field(default_factory=dict)
    number: int = 0


def listed(labels: Sequence[str]) -> str:
    """Some labels in words, not all of very many."""
    more = f", … ({len(labels)} in all)" if len(labels) > MOST_NAMED else ""
    return f"label{'' if len(labels) == 1 else 's'} {', '.join(labels[:MOST_NAMED])}{more}"


@lru_cache(maxsize=16)
def items_with_parts(labels: tuple[str, ...]) -> frozenset[str]:
    """The numbers of the items with parts, in an exam with these labels."""
    return frozenset(number_of(label) for label in labels if not label.isdecimal())


@dataclass
class Gathered:
    """What has been found of a sheet so far; *unit* is what is numbered (line, cell, row).

    Where the exam's labels are not known (None), the sheet's own ones are taken.
    """

    known: Sequence[str] | None
    unit: str = "line"
    headers: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[Response]] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    labels: dict[str, None] = field(init=False)
    items: frozenset[str] = field(init=False)
    """The numbers of the items with parts."""

    def __post_init__(self) -> None:
        """Begin with the exam's labels."""
        self.labels = dict.fromkeys(self.known or ())
        self.items = items_with_parts(tuple(self.labels))

    @property
    def is_open(self) -> bool:
        """Whether the exam's labels are not known."""
        return self.known is None

    def admit(self, label: str) -> bool:
        """Whether there is this label in the exam; a sheet of an unknown exam may introduce it."""
        if self.is_open and label not in self.labels and len(self.labels) < MOST_LABELS:
            self.labels[label] = None
        return label in self.labels

    def named(self, text: str) -> str:
        """The label that a heading, a key or a tag names, "" for none."""
        found = named_labels(text)
        if self.is_open:
            return found[0] if found and self.admit(found[0]) else ""
        return next((label for label in found if label in self.labels), "")

    def answer(self, label: str, text: str, number: int) -> None:
        """Take in an answer; an empty one gives way to the next."""
        given = self.answers.setdefault(label, [])
        if given and not given[-1].text:
            given.pop()
        given.append(Response(text.strip(), number))

    def note_header(self, number: int, name: str, text: str) -> None:
        """Take in whose answers these are, or for which exam."""
        if self.headers.get(name, text) not in ("", text) and text:
            self.warn(number, f"{name} stands here a second time; the last one counts")
        if text or name not in self.headers:
            self.headers[name] = text

    def warn(self, number: int, said: str) -> None:
        """Note what the instructor should look at."""
        if len(self.warnings) < MOST_WARNINGS:
            self.warnings.append(f"{self.unit} {number}: {said}" if number else said)
        elif len(self.warnings) == MOST_WARNINGS:
            self.warnings.append("there is more of this kind, which is not listed")

    def warn_foreign(self, number: int, label: str) -> None:
        """Note an answer to what was not asked."""
        self.warn(number, f"there is no answer {quoted(label)} in this exam")

    def doubt_what_is_not_hinted(self) -> None:
        """Note the labels that the hints do not name."""
        for label in self.labels:
            if label not in self.hints:
                given = self.answers.get(label)
                said = f"no hint names {label}: it may not be a label of this exam"
                self.warn(given[-1].line if given else 0, said)

    def responses(self) -> dict[str, Response]:
        """The last answer under each label that is not blank; one for every label."""
        found: dict[str, Response] = {}
        missing = []
        for label in self.labels:
            given = self.answers.get(label, [])
            filled = [response for response in given if response.text]
            if len(filled) > 1:
                numbers = ", ".join(str(response.line) for response in filled[-5:])
                where = f" ({self.unit}s {numbers})" if filled[-1].line else ""
                said = f"{label} is answered more than once{where}; the last one counts"
                self.warn(filled[-1].line, said)
            if not given:
                missing.append(label)
            found[label] = (filled or given or [Response("", 0)])[-1]
        if missing:
            self.warnings.append(f"no {self.unit} has the {listed(missing)}")
        return found

    def sheet(self, number: int = 0) -> Sheet:
        """The sheet; SheetFault where nothing was found, unless the file has other sheets.

        Lines that are no answers are something: to say only whose they are would earn nothing.
        """
        if not number and not self.answers and (self.warnings or not self.headers):
            exam = "" if self.is_open else " of this exam"
            such = f", such as {self.known[0]}:" if self.known and self.unit == "line" else ""
            raise SheetFault(f"no {self.unit} has a label{exam}{such}")
        if self.is_open and self.hints:
            self.doubt_what_is_not_hinted()
        responses = self.responses()
        headers = {name: clipped(text, 200) for name, text in self.headers.items()}
        return Sheet(headers, responses, tuple(self.warnings), self.hints, number)
