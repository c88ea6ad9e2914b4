"""Submissions in and out of the gradebook, and their marks into it."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import PurePath
from typing import Any

from examgen.grading.gradebook.schema import transaction
from examgen.grading.marks import Mark
from examgen.kept import kept_with

Row = tuple[str | int, ...]
"""A mark as the table has it, but for its submission and its place."""
PIECE = 500
"""Submissions that are read at a time."""
NUMBER = re.compile(r"#[0-9]+$")
"""Which sheet of its file one is."""
NOTHING = "[]"
"""An empty list in JSON."""
COLUMNS = "id, exam, form, student, written_id, name, file, responses, warnings, received"


@dataclass(frozen=True)
class Handed:
    """A sheet as it was handed in and matched to a form."""

    exam: str
    form: str
    student: str
    written_id: str
    name: str
    file: str
    raw: bytes
    responses: Mapping[str, str]
    warnings: tuple[str, ...] = ()
    received: str = ""

    @property
    def sha256(self) -> str:
        """What tells it from another attempt."""
        return hashlib.sha256(self.raw).hexdigest()


@dataclass(frozen=True)
class Submission:
    """A sheet in the gradebook."""

    id: int
    exam: str
    form: str
    student: str
    written_id: str
    name: str
    file: str
    responses: Mapping[str, str]
    warnings: tuple[str, ...]
    received: str

    @property
    def owner(self) -> str:
        """Whose it is: an id is the same in small letters."""
        return self.student.casefold()


def hand_in(book: sqlite3.Connection, sheets: Iterable[Handed]) -> list[tuple[int, bool]]:
    """Take sheets in, in one transaction; the ids of their submissions, and which are new."""
    with transaction(book):
        return [take(book, each) for each in sheets]


def withdraw(book: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Take submissions out again that nobody has marked."""
    with transaction(book):
        book.executemany(
            "DELETE FROM submission WHERE id = ? AND marked_with IS NULL",
            ((each,) for each in numbers),
        )


def take(book: sqlite3.Connection, sheet: Handed) -> tuple[int, bool]:
    """Take one sheet in; the same content from the same student is no new attempt.

    A row of a table is the same wherever it stands: an export is sorted, and grows in its middle.
    """
    base, digest = NUMBER.sub("", PurePath(sheet.file).name), sheet.sha256
    identity = (sheet.exam, sheet.student, base, digest)
    added = book.execute(
        "INSERT OR IGNORE INTO submission (exam, form, student, written_id, name, file, base,"
        " sha256, raw, responses, warnings, received) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(sheet.exam, sheet.form, sheet.student, sheet.written_id, sheet.name, sheet.file),
            *(base, digest, sheet.raw, dump(sheet.responses), dump(sheet.warnings)),
            sheet.received,
        ),
    )
    (found,) = book.execute(
        "SELECT id FROM submission WHERE exam = ? AND student = ? AND base = ? AND sha256 = ?",
        identity,
    ).fetchone()
    if added.rowcount == 0:
        take_again(book, int(found), sheet)
    return int(found), added.rowcount == 1


def take_again(book: sqlite3.Connection, number: int, sheet: Handed) -> None:
    """Note where a sheet lies now, and how it is read: the roster, or the reader, may be another.

    What is read otherwise than before is marked again, and what has another number: feedback is
    named after it, and there lies that on another sheet.
    """
    before = file_of(book, number)
    if before != sheet.file:
        book.execute("UPDATE submission SET file = ? WHERE id = ?", (sheet.file, number))
    if NUMBER.findall(before) != NUMBER.findall(sheet.file):
        book.execute("UPDATE submission SET marked_with = NULL WHERE id = ?", (number,))
    said = (sheet.name, dump(sheet.responses), dump(sheet.warnings))
    book.execute(
        "UPDATE submission SET name = ?, responses = ?, warnings = ?, marked_with = NULL"
        " WHERE id = ? AND (name, responses, warnings) IS NOT (?, ?, ?)",
        (*said, number, *said),
    )


def file_of(book: sqlite3.Connection, number: int) -> str:
    """The path of a submission, as it was handed in."""
    (file,) = book.execute("SELECT file FROM submission WHERE id = ?", (number,)).fetchone()
    return str(file)


def with_prints(
    book: sqlite3.Connection, numbers: Iterable[int]
) -> Iterator[tuple[Submission, str | None]]:
    """The submissions with these ids, and the fingerprint of what each was marked with.

    None before it is marked. So many are read at a time that memory does not grow with the class.
    """
    left = iter(numbers)
    while piece := list(islice(left, PIECE)):
        rows = book.execute(
            f"SELECT {COLUMNS}, marked_with FROM submission WHERE id IN ({placeholders(piece)})",
            piece,
        )
        by_number = {row[0]: row for row in rows}
        for number in piece:
            *row, marked_with = by_number[number]
            yield as_submission(row), marked_with


def submissions(book: sqlite3.Connection) -> Iterator[Submission]:
    """All submissions, a student's attempts one after the other in the order they came."""
    rows = book.execute(
        f"SELECT {COLUMNS} FROM submission ORDER BY student COLLATE NOCASE, received, id"
    )
    return map(as_submission, rows)


def of_several(book: sqlite3.Connection) -> Iterator[Submission]:
    """The submissions of those who handed in several times, in the same order."""
    rows = book.execute(
        f"SELECT {COLUMNS} FROM submission WHERE lower(student) IN"
        " (SELECT lower(student) FROM submission GROUP BY lower(student) HAVING count(*) > 1)"
        " ORDER BY student COLLATE NOCASE, received, id"
    )
    return map(as_submission, rows)


def as_submission(row: Sequence[Any]) -> Submission:
    """A row as a record."""
    number, exam, form, student, written_id, name, file, responses, warnings, received = row
    return Submission(
        id=number,
        exam=exam,
        form=form,
        student=student,
        written_id=written_id,
        name=name,
        file=file,
        responses=json.loads(responses),
        warnings=tuple(json.loads(warnings)),
        received=received,
    )


def keep_marks(book: sqlite3.Connection, marked: Sequence[tuple[int, Sequence[Row], str]]) -> None:
    """Write the marks of some submissions down, in one transaction.

    They come as rows, and with each the fingerprint of what it was marked with.
    """
    with transaction(book):
        book.executemany(
            "DELETE FROM mark WHERE submission = ?", [(number,) for number, _, _ in marked]
        )
        book.executemany(
            "INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(number, place, *row) for number, rows, _ in marked for place, row in enumerate(rows)],
        )
        book.executemany(
            "UPDATE submission SET marked_with = ? WHERE id = ?",
            [(fingerprint, number) for number, _, fingerprint in marked],
        )


@kept_with
def row_of(mark: Mark) -> Row:
    """A mark as a row; the response stands with its submission, a dropped part with the rulings."""
    named = dump(mark.misconceptions) if mark.misconceptions else NOTHING
    return (
        *(mark.label, mark.verdict.value, str(mark.points), mark.possible, mark.read, mark.reason),
        *(named, mark.feedback, mark.going_on),
    )


def placeholders(piece: Sequence[object]) -> str:
    """What stands for so many values in a statement."""
    return ", ".join("?" * len(piece))


def dump(data: object) -> str:
    """Data as JSON on one line."""
    return json.dumps(dict(data) if isinstance(data, Mapping) else data, ensure_ascii=False)
