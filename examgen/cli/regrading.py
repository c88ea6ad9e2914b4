"""What decisions would change, before anything is written; and writing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from examgen.cli.exam_folder import ExamFolder
from examgen.cli.grading_run import Run, grade
from examgen.cli.handing_in import everything
from examgen.cli.marking_pool import marked_by
from examgen.grading.gradebook.decisions import (
    Ruling,
    in_force,
    manual_marks,
    rule,
    rulings,
    with_manual,
)
from examgen.grading.gradebook.standing import (
    Standing,
    Terms,
    counted,
    read_terms,
    standing,
    standings,
    write_terms,
)
from examgen.grading.gradebook.submissions import Submission, submissions
from examgen.grading.marks import GradedSheet, Grades


@dataclass(frozen=True)
class Change:
    """One student whose points change."""

    student: str
    name: str
    before: Fraction
    after: Fraction


def changes(
    book: sqlite3.Connection, folder: ExamFolder, new: Sequence[Ruling], terms: Terms
) -> Iterator[Change]:
    """The students whose points change by new decisions and terms, in the gradebook's order."""
    before = standings(book, read_terms(book))
    after = anew(book, folder, (*rulings(book), *new), terms)
    for old, changed in zip(before, after, strict=True):
        if old.points != changed.points:
            found = old.submission
            yield Change(found.student, found.name, old.points, changed.points)


def anew(
    book: sqlite3.Connection, folder: ExamFolder, decided: Sequence[Ruling], terms: Terms
) -> Iterator[Standing]:
    """Every student's standing as these decisions and terms would have it; nothing is written."""
    marked = {row[0] for row in book.execute("SELECT DISTINCT submission FROM mark")}
    for _, group in groupby(submissions(book), key=lambda each: each.student):
        attempts = [
            standing(each, marked_anew(book, folder, each, decided), terms)
            for each in group
            if each.id in marked
        ]
        if attempts:
            yield replace(counted(attempts, terms), attempts=len(attempts))


def marked_anew(
    book: sqlite3.Connection, folder: ExamFolder, found: Submission, decided: Sequence[Ruling]
) -> GradedSheet:
    """A submission marked with these decisions, a person's marks put in."""
    told = in_force(decided, found.form)
    marks = marked_by(folder.record_of(found.form), told, found)
    by_hand = manual_marks(book, found)
    whole = tuple(with_manual(mark, by_hand.get(mark.label)) for mark in marks)
    return GradedSheet(found.file, found.written_id, found.name, whole, found.warnings)


def put_in_force(book: sqlite3.Connection, run: Run, new: Sequence[Ruling], terms: Terms) -> Grades:
    """Write decisions and terms down, and mark all that they concern."""
    rule(book, new)
    write_terms(book, terms)
    return grade_all(book, run)


def grade_all(book: sqlite3.Connection, run: Run) -> Grades:
    """Bring every submission in the gradebook, and what its student is told, up to date."""
    return grade(book, run, everything(book))
