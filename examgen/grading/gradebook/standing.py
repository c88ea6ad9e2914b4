"""Which attempt of a student counts, and for how much."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from fractions import Fraction
from itertools import groupby
from typing import Generic, Literal, Protocol, TypeVar

from examgen.grading.gradebook.decisions import (
    Ruling,
    any_by_hand,
    manual_marks_finder,
    rulings,
    with_manual,
)
from examgen.grading.gradebook.stored_marks import earned, graded
from examgen.grading.gradebook.submissions import Submission, of_several, submissions
from examgen.grading.marks import GradedSheet, Late, added, moment

Counting = Literal["latest", "best"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Terms:
    """Which attempt counts, and what lateness costs."""

    counting: Counting = "latest"
    due: str = ""
    """ISO 8601, UTC where it names no other zone; empty for none."""
    late: Fraction = Fraction(0)
    """The share of the points that is taken off for each day begun."""
    extensions: Mapping[str, str] = field(default_factory=dict)
    """When it was due for single students, by their ids in small letters."""

    def due_for(self, student: str) -> str:
        """When it was due for a student."""
        return self.extensions.get(student.casefold(), self.due)


class Worth(Protocol):
    """What is known of a marked sheet: all of it, or its points alone."""

    @property
    def points(self) -> Fraction:
        """The points earned, exactly."""


W = TypeVar("W", bound=Worth)


@dataclass(frozen=True)
class Earned:
    """The points of a sheet."""

    by_label: Mapping[str, Fraction]

    @property
    def points(self) -> Fraction:
        """All of them."""
        return added(self.by_label.values())


@dataclass(frozen=True)
class Standing(Generic[W]):
    """What one student has: the sheet that counts, and what it is worth."""

    submission: Submission
    sheet: W
    attempts: int
    days_late: int
    points: Fraction
    """After the deduction for lateness."""
    deduction: Fraction


def read_terms(book: sqlite3.Connection) -> Terms:
    """The terms in force."""
    return terms_of(rulings(book))


def terms_of(decided: Iterable[Ruling]) -> Terms:
    """The terms that decisions come to: the last of each kind."""
    last = {(each.kind, each.student.casefold()): each.answer for each in decided}
    counting: Counting = "best" if last.get(("counting", "")) == "best" else "latest"
    extensions = {who: due for (kind, who), due in last.items() if kind == "due" and who}
    late = Fraction(last.get(("late", ""), "0"))
    return Terms(counting, last.get(("due", ""), ""), late, extensions)


def standings(book: sqlite3.Connection, terms: Terms) -> Iterator[Standing[GradedSheet]]:
    """Every student's standing, one after the other; unmarked submissions do not count."""
    attempts = marked(book, submissions(book))
    return standings_of(((each, sheet) for each, sheet in attempts if sheet.marks), terms)


def totals(book: sqlite3.Connection, terms: Terms) -> Iterator[Standing[Earned]]:
    """The same with points alone: of a large class they are read in a fraction of the time."""
    attempts = points_of(book, submissions(book))
    return standings_of(((each, Earned(points)) for each, points in attempts if points), terms)


def standings_of(attempts: Iterable[tuple[Submission, W]], terms: Terms) -> Iterator[Standing[W]]:
    """The standings that attempts come to; those of a student follow one another."""
    for _, group in groupby(attempts, key=lambda pair: pair[0].owner):
        usable = [standing(each, sheet, terms) for each, sheet in group]
        yield replace(counted(usable, terms), attempts=len(usable))


def superseded(book: sqlite3.Connection, terms: Terms) -> dict[int, str]:
    """The marked submissions that do not count, and the file of the same student's that does."""
    counting_files: dict[int, str] = {}
    for _, group in groupby(points_of(book, of_several(book)), key=lambda pair: pair[0].owner):
        usable = [standing(each, Earned(points), terms) for each, points in group if points]
        counts = counted(usable, terms).submission if usable else None
        for each in usable:
            if counts and each.submission.id != counts.id:
                counting_files[each.submission.id] = counts.file
    return counting_files


def counted(attempts: Sequence[Standing[W]], terms: Terms) -> Standing[W]:
    """The attempt that counts; of equally good ones the later."""
    if terms.counting == "latest":
        return attempts[-1]
    return max(enumerate(attempts), key=lambda pair: (pair[1].points, pair[0]))[1]


def marked(
    book: sqlite3.Connection, attempts: Iterable[Submission]
) -> Iterator[tuple[Submission, GradedSheet]]:
    """Submissions with their marks, those by hand put in."""
    find_manual = manual_marks_finder(book)
    for each, sheet in graded(book, attempts):
        if given := find_manual(each):
            marks = tuple(with_manual(mark, given.get(mark.label)) for mark in sheet.marks)
            yield each, replace(sheet, marks=marks)
        else:
            yield each, sheet


def points_of(
    book: sqlite3.Connection, attempts: Iterable[Submission]
) -> Iterator[tuple[Submission, Mapping[str, Fraction]]]:
    """Submissions with the points of their parts, by label, those by hand put in."""
    if not any_by_hand(book):
        return earned(book, attempts)
    sheets = marked(book, attempts)
    return ((each, {mark.label: mark.points for mark in sheet.marks}) for each, sheet in sheets)


def standing(submission: Submission, sheet: W, terms: Terms) -> Standing[W]:
    """What one attempt is worth."""
    days = days_late(submission.received, terms.due_for(submission.student))
    late, points = lateness(submission, terms), sheet.points
    deduction = late.share * points if late else Fraction(0)
    return Standing(submission, sheet, 1, days, points - deduction, deduction)


def lateness(submission: Submission, terms: Terms) -> Late | None:
    """Why points are taken off a submission; None if none are."""
    if not terms.late:  # the usual case
        return None
    due = terms.due_for(submission.student)
    days = days_late(submission.received, due)
    return Late(submission.received, due, days, terms.late) if days else None


def days_late(received: str, due: str) -> int:
    """The days begun between the two; 0 where it was in time or nothing tells."""
    if not received or not due:
        return 0
    over = moment(received) - moment(due)
    return max(0, -(-over // DAY))
