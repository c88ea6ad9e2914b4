"""Marks: what a sheet earned, part by part, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import lcm
from pathlib import PurePath
from typing import NamedTuple

from examgen.answers import Verdict


class MarkFields(NamedTuple):
    """What a mark says: a tuple, because a large class has millions of them."""

    label: str
    verdict: Verdict
    points: Fraction
    possible: int
    response: str
    """What stood on the sheet, as it stood there: hostile until escaped."""
    read: str
    """What was understood, in plain notation; empty if nothing was."""
    reason: str
    """Why it is not simply right: a sentence in plain text; it may quote the response."""
    misconceptions: tuple[str, ...] = ()
    """The known mistakes that lead to this answer; two that tie are named together."""
    feedback: str = ""
    """What to tell the student about the mistake, in Markdown."""
    going_on: str = ""
    """What would have been right on the student's own earlier answers, where they are not the
    key's and the response is neither; in plain notation."""
    is_dropped: bool = False
    """Whether everybody has the points of this part, whatever was answered."""


class Mark(MarkFields):
    """One part of one sheet, marked. As a subclass it has a `__dict__`, which `kept_with` needs."""


@dataclass(frozen=True)
class Late:
    """Why points are taken off a sheet: it came after it was due. Moments are ISO 8601."""

    received: str
    due: str
    days: int
    """Days begun after it was due."""
    each: Fraction
    """The share of the points that is taken off for each of them."""

    @property
    def share(self) -> Fraction:
        """What is taken off in all."""
        return min(Fraction(1), self.days * self.each)


@dataclass(frozen=True)
class GradedSheet:
    """One sheet, marked."""

    file: str
    """The sheet's path as it was found."""
    id: str
    name: str
    marks: tuple[Mark, ...]
    warnings: tuple[str, ...] = ()
    """Lines that could not be placed and the like, with their numbers."""
    late: Late | None = None
    """Why less counts than the answers earned, where that is so."""
    instead: str = ""
    """The file of the sheet that counts, where that is another one of the same student."""

    @property
    def points(self) -> Fraction:
        """The points earned, exactly."""
        return added(mark.points for mark in self.marks)

    @property
    def deduction(self) -> Fraction:
        """What is taken off the points."""
        return self.late.share * self.points if self.late else Fraction(0)


@dataclass(frozen=True)
class RefusedSheet:
    """A file that is no sheet of this exam, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class Grades:
    """All sheets handed in for one exam, or for all its forms."""

    exam: str
    possible: int
    sheets: Collection[GradedSheet]
    """Of a large class they are read from the gradebook, one at a time, as often as asked."""
    refused: tuple[RefusedSheet, ...]
    warnings: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """What was marked, where it was found out without going through the sheets; in any order."""


def short(file: str) -> str:
    """A file's name and its folder's: what a line for people needs of a long path."""
    return "/".join(PurePath(file).parts[-2:])


class Sum:
    """An exact sum of points, an integer for each denominator: ten times as fast as fractions."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        """Begin with none."""
        self.parts: dict[int, int] = {}

    def add(self, points: Fraction) -> None:
        """Add some."""
        numerator, denominator = points.as_integer_ratio()
        self.parts[denominator] = self.parts.get(denominator, 0) + numerator

    @property
    def total(self) -> Fraction:
        """All of them."""
        common = lcm(*self.parts)
        return Fraction(sum(common // each * count for each, count in self.parts.items()), common)


def added(points: Iterable[Fraction]) -> Fraction:
    """The exact sum of some points."""
    running = Sum()
    for each in points:
        running.add(each)
    return running.total


def rounded(points: Fraction) -> int | float:
    """Points as they are shown: rounded half up to hundredths, whole ones without a fraction."""
    numerator, denominator = points.as_integer_ratio()
    if denominator == 1:
        return numerator
    hundredths = (200 * numerator + denominator) // (2 * denominator)
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def half_up(value: float, places: int = 0, *, hundredfold: bool = False) -> str:
    """A figure that is no points, as it is shown: rounded half up like these, not to even."""
    exact = Decimal(repr(float(value))).scaleb(2 if hundredfold else 0)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def moment(text: str) -> datetime:
    """The moment that a text in ISO 8601 names, in UTC unless it says otherwise."""
    parsed = datetime.fromisoformat(text)
    return parsed if parsed.tzinfo else datetime.fromisoformat(f"{text}+00:00")


def written(text: str, like: str = "") -> str:
    """A moment as a person writes it; in the zone of another moment, to be compared with it."""
    local = moment(text).astimezone(moment(like or text).tzinfo)
    return f"{local:%Y-%m-%d %H:%M} {local.tzname() or 'UTC'}"
