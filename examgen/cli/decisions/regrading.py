"""What decisions would change, before anything is written; and writing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby

from examgen.cli.exam_folder import ExamFolder
from examgen.cli.grading.grading_run import Run, grade
from examgen.cli.grading.marking_pool import marked_by
from examgen.cli.grading.taking_in import everything
from examgen.cli.pools import Workers
from examgen.grading.gradebook.decisions import (
    Ruling,
    TakenBack,
    in_force,
    manual_marks,
    rule,
    take_back,
    with_manual,
)
from examgen.grading.gradebook.schema import transaction
from examgen.grading.gradebook.standing import (
    Standing,
    counted,
    read_terms,
    standing,
    terms_of,
    totals,
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


@dataclass(frozen=True)
class Step:
    """What is newly decided, and what is then in force."""

    new: tuple[Ruling, ...]
    gone: tuple[TakenBack, ...]
    then: tuple[Ruling, ...]

    @classmethod
    def of(
        cls, decided: Sequence[Ruling], new: Sequence[Ruling], gone: Sequence[TakenBack]
    ) -> Step:
        """The step from the decisions in force; what is so already is not decided again."""
        left = {each.ruling.number for each in gone}
        kept = [each for each in decided if each.number not in left]
        news = [each for each in new if not is_so(each, kept)]
        return cls(tuple(news), tuple(gone), (*kept, *news))


def is_so(new: Ruling, decided: Sequence[Ruling]) -> bool:
    """Whether this is decided already; of decisions that replace each other, the last counts."""
    alike = [each for each in decided if about(each) == about(new)]
    add_up = new.kind in ("drop", "accept")
    return any(
        (each.answer, each.may_lose) == (new.answer, new.may_lose)
        for each in (alike if add_up else alike[-1:])
    )


def about(ruling: Ruling) -> tuple[str, ...]:
    """What a decision is about."""
    return ruling.kind, ruling.label, ruling.form, ruling.student


def changes(book: sqlite3.Connection, folder: ExamFolder, step: Step) -> Iterator[Change]:
    """The students whose points a step changes, in the gradebook's order."""
    before = totals(book, read_terms(book))
    after = anew(book, folder, step.then)
    for old, changed in zip(before, after, strict=True):
        if old.points != changed.points:
            submission = old.submission
            yield Change(submission.student, submission.name, old.points, changed.points)


def anew(
    book: sqlite3.Connection, folder: ExamFolder, decided: Sequence[Ruling]
) -> Iterator[Standing[GradedSheet]]:
    """Every student's standing as these decisions would have it; nothing is written."""
    terms = terms_of(decided)
    marked = {row[0] for row in book.execute("SELECT DISTINCT submission FROM mark")}
    for _, group in groupby(submissions(book), key=lambda each: each.owner):
        attempts = [
            standing(each, marked_anew(book, folder, each, decided), terms)
            for each in group
            if each.id in marked
        ]
        if attempts:
            yield replace(counted(attempts, terms), attempts=len(attempts))


def marked_anew(
    book: sqlite3.Connection, folder: ExamFolder, submission: Submission, decided: Sequence[Ruling]
) -> GradedSheet:
    """A submission marked with these decisions, a person's marks put in."""
    told = in_force(decided, submission.form)
    marks = marked_by(folder.record_of(submission.form), told, submission)
    by_hand = manual_marks(book, submission)
    whole = tuple(with_manual(mark, by_hand.get(mark.label)) for mark in marks)
    return GradedSheet(
        submission.file, submission.written_id, submission.name, whole, submission.warnings
    )


def put_in_force(book: sqlite3.Connection, run: Run, step: Step) -> Grades:
    """Write a step down, and mark all that it concerns."""
    with transaction(book):
        take_back(book, step.gone)
        rule(book, step.new)
    return grade_all(book, run)


def grade_all(book: sqlite3.Connection, run: Run) -> Grades:
    """Bring every submission in the gradebook, and what its student is told, up to date."""
    with Workers(run.jobs) as workers:
        return grade(book, run, everything(book), workers)
