"""Graded sheets as the gradebook has them, one at a time: memory does not grow with the class."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence

from examgen.faults import visible
from examgen.grading.gradebook.standing import marked
from examgen.grading.gradebook.submissions import with_prints
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
        found = (each for each, _ in with_prints(self._book, self._numbers))
        return (sheet for _, sheet in marked(self._book, found))

    def __contains__(self, sheet: object) -> bool:
        """Whether a sheet is among them."""
        return any(each == sheet for each in self)


def marked_labels(book: sqlite3.Connection, numbers: Sequence[int]) -> tuple[str, ...]:
    """The labels of the marks of some submissions."""
    wanted = set(numbers)
    first = book.execute("SELECT label, min(submission), max(submission) FROM mark GROUP BY label")
    return tuple(
        label
        for label, least, most in first.fetchall()
        if not wanted.isdisjoint((least, most)) or is_marked(book, label, wanted)
    )


def is_marked(book: sqlite3.Connection, label: str, numbers: Collection[int]) -> bool:
    """Whether one of some submissions has a mark of this label."""
    rows = book.execute("SELECT submission FROM mark WHERE label = ?", (label,))
    return any(number in numbers for (number,) in rows)


def doubles(book: sqlite3.Connection, numbers: Sequence[int]) -> Iterator[str]:
    """A line for every student of whom there are several sheets: all are graded."""
    rows = book.execute(
        "SELECT student FROM submission GROUP BY student COLLATE NOCASE HAVING count(*) > 1"
    )
    several_times = {student.casefold() for (student,) in rows}
    files: dict[tuple[str, bool], tuple[str, list[str]]] = {}
    for each, _ in with_prints(book, numbers) if several_times else ():
        if each.owner in several_times:
            found = files.setdefault((each.owner, bool(each.written_id)), (each.student, []))
            found[1].append(each.file)
    for (_, has_id), (student, several) in files.items():
        if len(several) > 1:
            listed = ", ".join(visible(short(file)) for file in several[:10])
            if has_id:
                yield f"id {visible(student)!r} is on {len(several)} sheets, all graded: {listed}"
            else:
                yield (
                    f"{visible(student)!r} is on {len(several)} sheets without an id, taken for "
                    f"attempts of one student: {listed}"
                )
