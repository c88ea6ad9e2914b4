"""How a part is asked where a machine marks it, and the answers that the machine knows.

A platform compares numbers within a tolerance and words letter by letter; it computes nothing. So
a closed form is asked for as a decimal, a matrix entry by entry, and what only a reader of formulas
can judge is left to a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from examgen.answers import plain
from examgen.answers.kinds import kind
from examgen.documents.layout import OptionLine, PartPage, Prose
from examgen.exact import Array, NegativeInfinity, Shape, approximate
from examgen.exams.exam import ExamPart, Mistake

PLACES = 3
"""The decimal places that are asked of a number that need not be whole."""
TOLERANCE = Decimal("0.0006")
"""A little more than half a unit of the last place, so that no rounding is at the edge."""
DIGITS = 6
"""The decimal places of a number in the file."""
ROUNDED = f"As a decimal, rounded to {PLACES} places."
ENTRIES = f"Fill in every entry; round decimals to {PLACES} places."
ASCENDING = "Write the numbers in ascending order, with commas between, or none."


@dataclass(frozen=True)
class Known:
    """An answer that is told from all others: its spellings, its share, and what to say of it."""

    spellings: tuple[str, ...]
    share: Fraction
    feedback: Prose


@dataclass(frozen=True)
class Number:
    """A number; where one is read, its only spelling in each answer is a decimal."""

    answers: tuple[Known, ...]
    tolerance: Decimal
    exact: str
    """The right one as a student types it on an answer sheet."""
    note: str = ""

    @property
    def value(self) -> str:
        """The right one."""
        return self.answers[0].spellings[0]


@dataclass(frozen=True)
class Words:
    """A text that is compared letter by letter, but for capitals."""

    answers: tuple[Known, ...]
    note: str = ""


Cell: TypeAlias = Number | Words


@dataclass(frozen=True)
class Grid:
    """The entries of an array: its matrices, their rows, their cells."""

    matrices: tuple[tuple[tuple[Cell, ...], ...], ...]
    note: str = ENTRIES

    @property
    def cells(self) -> Iterator[Cell]:
        """All entries, row by row."""
        return (cell for matrix in self.matrices for row in matrix for cell in row)


@dataclass(frozen=True)
class Choice:
    """The printed options, each with what to say to a student who chooses it."""

    options: tuple[tuple[OptionLine, Prose], ...]


@dataclass(frozen=True)
class Person:
    """What a person marks, by this."""

    key: str


Response: TypeAlias = Number | Words | Grid | Choice | Person
RIGHT = Prose("Right.")


def response(part: ExamPart, page: PartPage) -> Response:
    """How a part is asked; *page* is the part with its key."""
    if part.options:
        return choice(part, page)
    if part.kind in ("integer", "rational", "closed"):
        return number(part)
    if part.kind in ("shape", "indices"):
        return words(part)
    if part.kind == "array":
        return grid(kind("array").parse(part.answer))
    return Person(part.answer)


def choice(part: ExamPart, page: PartPage) -> Choice:
    """A closed part."""
    said = {each.name: each.feedback for each in part.misconceptions}
    feedback = {
        option.letter: Prose("\n\n".join(said[name] for name in option.misconceptions))
        for option in part.options
    }
    return Choice(
        tuple((line, RIGHT if line.right else feedback[line.letter]) for line in page.options)
    )


def number(part: ExamPart) -> Number:
    """A number, with the mistakes that are neither taken for it nor for each other."""
    parse = kind(part.kind).parse
    whole = part.kind == "integer"
    answers = [Known((decimal(parse(part.answer)),), Fraction(1), RIGHT)]
    apart = Decimal(0) if whole else 2 * TOLERANCE
    for mistake in part.misconceptions:
        value = Decimal(decimal(parse(mistake.answer)))
        if all(abs(value - Decimal(each.spellings[0])) > apart for each in answers):
            answers.append(known((str(value),), mistake))
    tolerance = Decimal(0) if whole else TOLERANCE
    return Number(tuple(answers), tolerance, part.answer, "" if whole else ROUNDED)


def known(spellings: tuple[str, ...], mistake: Mistake) -> Known:
    """A mistake that is recognised."""
    return Known(spellings, mistake.credit, Prose(mistake.feedback))


def decimal(value: Any) -> str:
    """A number as a decimal."""
    return str(value) if isinstance(value, int) else approximate(value, DIGITS)


def words(part: ExamPart) -> Words:
    """A shape or a set of numbers, in the usual spellings."""
    asked = kind(part.kind)
    answers = {
        asked.parse(part.answer): Known(spellings(asked.parse(part.answer)), Fraction(1), RIGHT)
    }
    for each in part.misconceptions:
        value = asked.parse(each.answer)
        answers.setdefault(value, known(spellings(value), each))
    note = ASCENDING if part.kind == "indices" else f"Write {asked.hints[-1].text}."
    return Words(tuple(answers.values()), note)


def spellings(value: Shape | frozenset[int]) -> tuple[str, ...]:
    """How it may be written, the clearest spelling first."""
    if isinstance(value, Shape):
        return tuple(dict.fromkeys(of_shape([str(size) for size in value])))
    if not value:
        return ("none", "{}")
    return tuple(dict.fromkeys(of_set(sorted(value))))


def of_shape(sizes: list[str]) -> Iterator[str]:
    """The spellings of a shape."""
    for pattern in ("({})", "{}", "[{}]"):
        for between in (", ", ",", " x ", "x", " × ", "×", " "):
            yield pattern.format(between.join(sizes))
    if len(sizes) == 1:
        yield f"({sizes[0]},)"


def of_set(numbers: list[int]) -> Iterator[str]:
    """The spellings of a set."""
    for pattern in ("{}", "{{{}}}", "({})", "[{}]"):
        for between in (", ", ",", " "):
            yield pattern.format(between.join(map(str, numbers)))


def grid(values: Array) -> Grid:
    """The entries of an array, of a vector as a single row."""
    matrices = values.reshape((-1, *(1, *values.shape)[-2:]))
    return Grid(
        tuple(tuple(tuple(map(cell, row)) for row in matrix) for matrix in matrices.tolist())
    )


def cell(value: Any) -> Cell:
    """One entry."""
    if isinstance(value, NegativeInfinity):
        return Words((Known(("-inf", "-infinity", "-∞", "−∞"), Fraction(1), RIGHT),))
    tolerance = Decimal(0) if isinstance(value, int) else TOLERANCE
    return Number((Known((decimal(value),), Fraction(1), RIGHT),), tolerance, plain(value))
