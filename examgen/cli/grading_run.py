"""One run of grading: what is not marked is marked, and what is missing of feedback is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from examgen.cli.exam_folder import ExamFolder
from examgen.cli.feedback_files import feedback_names
from examgen.cli.folders import sweep
from examgen.cli.marking_pool import Done, Feedback, Todo, tasks, work
from examgen.cli.pools import Workers, spread
from examgen.cli.taking_in import TakenIn
from examgen.grading.gradebook.decisions import (
    fingerprint,
    in_force,
    marks_by_hand,
    rulings,
    told_with,
)
from examgen.grading.gradebook.standing import lateness, terms_of
from examgen.grading.gradebook.stored import StoredSheets, doubles, marked_labels
from examgen.grading.gradebook.stored_marks import marks_of
from examgen.grading.gradebook.submissions import file_of, keep_marks, with_prints
from examgen.grading.marks import Grades, RefusedSheet

EVERY = 100
"""Submissions whose marks are written down at a time."""


@dataclass(frozen=True)
class Run:
    """One call of `grade`, or of what grades again."""

    folder: ExamFolder
    output: Path
    feedback: Feedback
    recorded_key: bool = False
    anew: bool = False
    jobs: int = 1


def grade(
    book: sqlite3.Connection, run: Run, taken: TakenIn, workers: Workers | None = None
) -> Grades:
    """Mark the submissions that are not marked with the current key, and tell their students.

    Marks are written down a hundred at a time: a run that is killed has lost no submission, and
    the next one goes on from there.
    """
    sweep(run.output)
    files = [file_of(book, number) for number in taken.submissions]
    names = dict(zip(taken.submissions, feedback_names(files), strict=True))
    todo = to_do(book, run, names)
    refused = list(taken.refused)
    with workers or Workers(run.jobs) as at_work:
        pieces = tasks(todo, run.feedback, recorded_key=run.recorded_key)
        finished = chain.from_iterable(spread(work, pieces, at_work.enough(len(names))))
        for number, reason in keep(book, finished):
            refused.append(RefusedSheet(file_of(book, number), reason))
            del names[number]
    return Grades(
        exam=run.folder.id,
        possible=run.folder.any_form.points,
        sheets=StoredSheets(book, list(names)),
        refused=tuple(refused),
        warnings=tuple(doubles(book, list(names))),
        labels=marked_labels(book, list(names)),
    )


def to_do(book: sqlite3.Connection, run: Run, names: Mapping[int, str]) -> Iterator[Todo]:
    """The submissions that are to be marked, or whose feedback is missing."""
    decided, hands = rulings(book), marks_by_hand(book)
    terms = terms_of(decided)
    # Workers may stand in another folder.
    output = run.output.resolve()
    prints: dict[str, str] = {}
    for found, marked_with in with_prints(book, list(names)):
        record = run.folder.record_of(found.form)
        if found.form not in prints:
            told = (run.feedback.key, str(run.recorded_key))
            prints[found.form] = fingerprint(record.read_bytes(), decided, found.form, *told)
        by_hand = hands(found)
        late = lateness(found, terms)
        wanted = told_with(prints[found.form], by_hand, late)
        is_marked = marked_with == wanted and not run.anew
        target = output / names[found.id]
        if is_marked and all(Path(f"{target}.{each}").exists() for each in run.feedback.formats):
            continue
        yield Todo(
            submission=found,
            record=record,
            rulings=in_force(decided, found.form),
            by_hand=by_hand,
            late=late,
            fingerprint=wanted,
            form=prints[found.form],
            target=target,
            marks=marks_of(book, found) if is_marked else (),
        )


def keep(book: sqlite3.Connection, finished: Iterator[Done]) -> Iterator[tuple[int, str]]:
    """Write marks down, whose feedback is written; the submissions that could not be marked."""
    while batch := list(islice(finished, EVERY)):
        yield from ((each.submission, each.refused) for each in batch if each.refused)
        keep_marks(
            book,
            [(each.submission, each.rows, each.fingerprint) for each in batch if not each.refused],
        )
