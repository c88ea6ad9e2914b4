"""One run of grading: mark what is not marked yet, and write the feedback that is missing."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from examgen.cli.exam_folder import ExamFolder
from examgen.cli.folders import sweep
from examgen.cli.grading.feedback_files import feedback_names, is_feedback, stem_of
from examgen.cli.grading.marking_pool import Done, Feedback, Todo, tasks, work
from examgen.cli.grading.taking_in import TakenIn
from examgen.cli.pools import Workers, spread
from examgen.faults import Fault
from examgen.grading.gradebook.decisions import (
    fingerprint,
    in_force,
    manual_marks_finder,
    rulings,
    told_with,
)
from examgen.grading.gradebook.standing import lateness, superseded, terms_of
from examgen.grading.gradebook.stored import StoredSheets, doubles, marked_labels
from examgen.grading.gradebook.stored_marks import marks_of
from examgen.grading.gradebook.submissions import (
    Submission,
    file_of,
    keep_marks,
    of_several,
    with_prints,
)
from examgen.grading.marks import Grades, RefusedSheet, short

EVERY = 100
"""Submissions whose marks are written down at a time."""


@dataclass(frozen=True)
class Run:
    """One call of `grade`, or of another command that grades again."""

    folder: ExamFolder
    output: Path
    feedback: Feedback
    recorded_key: bool = False
    anew: bool = False
    jobs: int = 1


def grade(book: sqlite3.Connection, run: Run, taken: TakenIn, workers: Workers) -> Grades:
    """Mark the submissions that are not marked with the current key, and tell their students.

    Marks are written down a hundred at a time: a run that is killed has lost no submission, and
    the next one goes on from there.
    """
    sweep(run.output)
    names = names_of(book, taken.submissions)
    refused = list(taken.refused)
    slips: list[str] = []
    for each in mark(book, run, names, workers):
        file = file_of(book, each.submission)
        slips += [f"{short(file)}: {slip}" for slip in each.slips]
        if each.refused:
            refused.append(RefusedSheet(file, each.refused))
            del names[each.submission]
    # Only now is it known which of several sheets counts: other feedback is written again.
    again = told_of_several(book, run, names)
    deque(mark(book, replace(run, anew=False), again, workers), maxlen=0)
    return Grades(
        exam=run.folder.id,
        possible=run.folder.any_form.points,
        sheets=StoredSheets(book, list(names)),
        refused=tuple(refused),
        warnings=(*doubles(book, list(names)), *slips),
        labels=marked_labels(book, list(names)),
    )


def names_of(book: sqlite3.Connection, numbers: Sequence[int]) -> dict[int, str]:
    """The names of the feedback on some submissions.

    Of sheets with the same name from one student, only the last is named after its file alone: its
    feedback replaces that on the one before.
    """
    files = [file_of(book, number) for number in numbers]
    earlier = replaced(book, set(numbers))
    places = {place for place, number in enumerate(numbers) if number in earlier}
    return dict(zip(numbers, feedback_names(files, places), strict=True))


def told_of_several(book: sqlite3.Connection, run: Run, names: Mapping[int, str]) -> dict[int, str]:
    """The names of the feedback on all sheets of those who handed in several times.

    Of those in this run, and of earlier ones whose feedback still lies there.
    """
    several = {each.id: each for each in of_several(book)}
    taken = {name.casefold() for name in names.values()}
    names_of_several = {number: names[number] for number in several if number in names}
    for number, name in names_of(book, [each for each in several if each not in names]).items():
        files = [run.output / f"{name}.{each}" for each in run.feedback.formats]
        lies_there = all(is_feedback(each, {several[number].exam}) for each in files)
        if lies_there and name.casefold() not in taken:
            names_of_several[number] = name
    return names_of_several


def replaced(book: sqlite3.Connection, numbers: Set[int]) -> set[int]:
    """The submissions among these that were followed by another of the same student and name."""
    last: dict[tuple[str, str], int] = {}
    earlier: set[int] = set()
    for each in of_several(book):
        if each.id in numbers:
            place = each.owner, stem_of(each.file).casefold()
            earlier.update({last[place]} if place in last else ())
            last[place] = each.id
    return earlier


def mark(
    book: sqlite3.Connection, run: Run, names: Mapping[int, str], workers: Workers
) -> Iterator[Done]:
    """Mark what has to be marked and write its feedback; yield those to speak of."""
    pieces = tasks(to_do(book, run, names), run.feedback, recorded_key=run.recorded_key)
    finished = chain.from_iterable(spread(work, pieces, workers.enough(len(names))))
    return keep(book, finished)


def to_do(book: sqlite3.Connection, run: Run, names: Mapping[int, str]) -> Iterator[Todo]:
    """The submissions that are to be marked, or whose feedback is missing."""
    decided, find_manual = rulings(book), manual_marks_finder(book)
    terms = terms_of(decided)
    others = superseded(book, terms)
    # Workers may run in another folder.
    output = run.output.resolve()
    prints: dict[str, str] = {}
    for submission, marked_with in with_prints(book, list(names)):
        record = run.folder.record_of(submission.form)
        if submission.form not in prints:
            told = (run.feedback.key, str(run.recorded_key))
            content = content_of(record, submission)
            prints[submission.form] = fingerprint(content, decided, submission.form, *told)
        by_hand = find_manual(submission)
        late = lateness(submission, terms)
        instead = others.get(submission.id, "")
        wanted = told_with(prints[submission.form], by_hand, late, instead)
        is_marked = marked_with == wanted and not run.anew
        target = output / names[submission.id]
        if is_marked and all(Path(f"{target}.{each}").exists() for each in run.feedback.formats):
            continue
        yield Todo(
            submission=submission,
            record=record,
            rulings=in_force(decided, submission.form),
            by_hand=by_hand,
            late=late,
            instead=instead,
            fingerprint=wanted,
            form=prints[submission.form],
            target=target,
            marks=marks_of(book, submission) if is_marked else (),
        )


def content_of(record: Path, submission: Submission) -> bytes:
    """What the record of a form says; raises `Fault` where it was taken away meanwhile."""
    try:
        return record.read_bytes()
    except OSError as error:
        found = f"it cannot be read ({error.strerror}), and {short(submission.file)} needs it"
        raise Fault(str(record), found, "put it back: that sheet is in the gradebook") from error


def keep(book: sqlite3.Connection, finished: Iterator[Done]) -> Iterator[Done]:
    """Store the marks of finished work; yield what could not be marked, or has slipped answers."""
    while batch := list(islice(finished, EVERY)):
        yield from (each for each in batch if each.refused or each.slips)
        keep_marks(
            book,
            [(each.submission, each.rows, each.fingerprint) for each in batch if not each.refused],
        )
