"""Marks out of the gradebook, as the machine gave them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import Any

from examgen.answers import Verdict
from examgen.grading.gradebook.decisions import in_force, rulings
from examgen.grading.gradebook.submissions import Submission, placeholders
from examgen.grading.marks import GradedSheet, Mark

PIECE = 100
"""Submissions that are read at a time."""
COLUMNS = (
    "submission, label, verdict, points, possible, read, reason, misconceptions, feedback, going_on"
)
VERDICTS = {each.value: each for each in Verdict}
exact = lru_cache(maxsize=1024)(Fraction)
"""The points that a text says."""


def marks_of(book: sqlite3.Connection, submission: Submission) -> tuple[Mark, ...]:
    """The marks of a submission, in printed order; none before it is marked."""
    ((_, sheet),) = graded(book, [submission])
    return sheet.marks


def graded(
    book: sqlite3.Connection, submissions: Iterable[Submission]
) -> Iterator[tuple[Submission, GradedSheet]]:
    """Submissions with their marks, as the machine gave them; read piece by piece."""
    decided = rulings(book)
    left = iter(submissions)
    while piece := list(islice(left, PIECE)):
        rows = book.execute(
            f"SELECT {COLUMNS} FROM mark WHERE submission IN ({placeholders(piece)})"
            " ORDER BY submission, position",
            [each.id for each in piece],
        )
        marks: dict[int, list[Mark]] = {each.id: [] for each in piece}
        sheets = {each.id: (each.responses, in_force(decided, each.form).dropped) for each in piece}
        for row in rows:
            marks[row[0]].append(as_mark(row, *sheets[row[0]]))
        for each in piece:
            told = tuple(marks[each.id])
            yield each, GradedSheet(each.file, each.written_id, each.name, told, each.warnings)


def earned(
    book: sqlite3.Connection, submissions: Iterable[Submission]
) -> Iterator[tuple[Submission, dict[str, Fraction]]]:
    """Submissions with the points of their parts, by label, as the machine gave them.

    SQLite puts those of a submission together: to read every mark takes ten times as long.
    """
    left = iter(submissions)
    while piece := list(islice(left, PIECE)):
        rows = book.execute(
            "SELECT submission, json_group_object(label, points) FROM mark"
            f" WHERE submission IN ({placeholders(piece)}) GROUP BY submission",
            [each.id for each in piece],
        )
        points = dict(rows)
        for each in piece:
            by_label = json.loads(points.get(each.id, "{}"))
            yield each, {label: exact(text) for label, text in by_label.items()}


def as_mark(row: Sequence[Any], responses: Mapping[str, str], dropped: Container[str]) -> Mark:
    """A row as a record; the labels of its form that were *dropped* are known from the rulings."""
    _, label, verdict, points, possible, read, reason, misconceptions, feedback, going_on = row
    return Mark(
        label,
        VERDICTS[verdict],
        exact(points),
        possible,
        responses.get(label, ""),
        read,
        reason,
        names_in(misconceptions),
        feedback,
        going_on,
        label in dropped,
    )


@lru_cache(maxsize=1024)
def names_in(listed: str) -> tuple[str, ...]:
    """The mistakes that a list in JSON names."""
    return tuple(json.loads(listed))
