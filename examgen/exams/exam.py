"""An exam: its items, their parts, and the key; all that is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from examgen.exams.blueprint import Blueprint
from examgen.questions.levels import Level
from examgen.questions.problem import Problem

KEPT_ITEMS = 2048
"""Items that a process keeps: the variants that the forms of a class are dealt, and some more."""


@dataclass(frozen=True)
class Mistake:
    """A misconception as it shows in one part: what it reaches here and what to say of it."""

    name: str
    answer: str
    feedback: str
    credit: Fraction


@dataclass(frozen=True)
class PrintedOption:
    """An option of a closed part; the right one has no misconceptions."""

    letter: str
    answer: str
    misconceptions: tuple[str, ...]


@dataclass(frozen=True)
class ExamPart:
    """A part as it is printed and marked. Answers stand in the plain notation of students."""

    label: str
    name: str
    kind: str
    points: int
    answer: str
    misconceptions: tuple[Mistake, ...]
    options: tuple[PrintedOption, ...] = ()


@dataclass(frozen=True)
class Item:
    """A numbered question."""

    number: int
    family: str
    level: Level
    givens: Mapping[str, Any]
    parts: tuple[ExamPart, ...]
    definition: Mapping[str, Any] | None = None
    """The bank's table that declares it, so that it can be graded without the bank."""
    problem: Problem | None = field(default=None, compare=False, repr=False)
    """What the givens are to the installed code; None where it no longer knows them."""

    @cached_property
    def points(self) -> int:
        """The points of all its parts."""
        return sum(part.points for part in self.parts)


@dataclass(frozen=True)
class Exam:
    """One form of an exam."""

    tool: str
    id: str
    form: str
    seed: str
    blueprint: Blueprint
    items: tuple[Item, ...]

    @property
    def points(self) -> int:
        """The points of all items."""
        return sum(item.points for item in self.items)

    @property
    def parts(self) -> tuple[ExamPart, ...]:
        """All parts in printed order."""
        return tuple(part for item in self.items for part in item.parts)
