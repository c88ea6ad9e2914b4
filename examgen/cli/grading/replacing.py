"""Files that feedback and tables would replace though `grade` did not write them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from examgen.cli.grading.feedback_files import beginning, is_feedback
from examgen.cli.grading.grading_run import Run, names_of
from examgen.cli.grading.taking_in import TakenIn
from examgen.documents.grades_table import FIXED
from examgen.faults import Fault

SHOWN = 5
"""How many files a message names."""


def check_replaced(book: sqlite3.Connection, run: Run, taken: TakenIn, *, is_usual: bool) -> None:
    """Refuse to replace what a run did not write.

    *is_usual* says whether the last run wrote there, too: then what was marked before has its
    feedback there, however that looks.
    """
    names = [each.name for each in strangers(book, run, taken, is_usual=is_usual)]
    if names:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        raise Fault(
            str(run.output),
            f"{', '.join(names[:SHOWN])}{more} would be replaced, which `grade` did not write",
            "another folder for -o, or move that away",
        )


def strangers(
    book: sqlite3.Connection, run: Run, taken: TakenIn, *, is_usual: bool
) -> Iterator[Path]:
    """The files that would be replaced and are not this exam's feedback or grades."""
    if not run.output.is_dir():
        return
    grades = run.output / "grades.csv"
    if grades.exists() and not beginning(grades).startswith(",".join(FIXED)):
        yield grades
    rows = book.execute("SELECT id, marked_with FROM submission")
    new = {number for number, marked in rows if not (is_usual and marked)}
    if new.isdisjoint(taken.submissions):
        return
    # A row of a table may stand where another student's stood before.
    exams = {exam for (exam,) in book.execute("SELECT DISTINCT exam FROM submission")}
    for number, name in names_of(book, taken.submissions).items():
        for suffix in run.feedback.formats if number in new else ():
            target = run.output / f"{name}.{suffix}"
            if target.exists() and not is_feedback(target, exams):
                yield target
