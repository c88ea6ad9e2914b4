"""Graded sheets as the gradebook has them, one at a time: memory does not grow with the class."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from examgen.faults import visible
from examgen.grading.gradebook.standing import marked
from examgen.grading.gradebook.submissions import submission
from examgen.grading.marks import GradedSheet, short


class StoredSheets(Collection[GradedSheet]):
    """Some submissions with their marks, read anew each time they are gone through."""

    def __init__(self, book: sqlite3.Connection, numbers: Sequence[int]) -> None:
        self._book = book
        self._numbers = tuple(numbers)

    def __len__(self) -> int:
        """How many there are."""
        return len(self._numbers)

    def __iter__(self) -> Iterator[GradedSheet]:
        """The sheets, with a person's marks put in."""
        return (marked(self._book, submission(self._book, each)) for each in self._numbers)

    def __contains__(self, sheet: object) -> bool:
        """Whether a sheet is among them."""
        return any(each == sheet for each in self)


def doubles(book: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[str]:
    """A line for every student of whom there are several sheets: all are graded."""
    files: dict[str, list[str]] = defaultdict(list)
    for number in numbers:
        id_, file = book.execute(
            "SELECT written_id, file FROM submission WHERE id = ?", (number,)
        ).fetchone()
        if id_:
            files[id_].append(file)
    for id_, several in files.items():
        if len(several) > 1:
            listed = ", ".join(visible(short(file)) for file in several[:10])
            yield f"id {visible(id_)!r} is on {len(several)} sheets, all graded: {listed}"
