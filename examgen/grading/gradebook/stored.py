"""Graded sheets as the gradebook has them, one at a time: memory does not grow with the class."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence

from examgen.faults import visible
from examgen.grading.gradebook.standing import marked, read_terms, superseded
from examgen.grading.gradebook.submissions import Submission, of_several, with_prints
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
    """A line for every student of whom there are several sheets: all are graded, one counts."""
    wanted, instead = set(numbers), superseded(book, read_terms(book))
    submissions_of: dict[tuple[str, bool], list[Submission]] = {}
    for each in of_several(book):
        if each.id in wanted:
            submissions_of.setdefault((each.owner, bool(each.written_id)), []).append(each)
    for several in submissions_of.values():
        others = (instead[each.id] for each in several if each.id in instead)
        yield from attempts(several, next(others, ""))


def attempts(several: Sequence[Submission], counts: str) -> Iterator[str]:
    """What is said of some sheets of a student, and of the one that *counts* instead of others."""
    first, count = several[0], len(several)
    if count > 1:
        who = visible(first.student)
        listed = ", ".join(visible(short(each.file)) for each in several[:10])
        if first.written_id:
            said = f"id {who!r} is on {count} sheets, all graded: {listed}"
        else:
            said = (
                f"{who!r} is on {count} sheets without an id, taken for attempts of one student: "
                f"{listed}"
            )
        yield f"{said}; {visible(short(counts))} counts" if counts else said
    elif counts:
        one = visible(short(first.file))
        yield f"{one} does not count: {visible(short(counts))} of the same student does"
