"""Sheets in a table: a row for each student, or a row for each answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from examgen.answers.sheets.columns import ANSWER, QUESTION, owner_columns, plain_name
from examgen.answers.sheets.decoding import plain_signs
from examgen.answers.sheets.patterns import label_of
from examgen.answers.sheets.records import cells_of, records
from examgen.answers.sheets.sheet import Gathered, Sheet, SheetFault
from examgen.answers.visible import quoted

DELIMITERS = ",;\t"
DELIMITER = re.compile(r'"?sep=."?\s?')
"""What tells Excel the delimiter, on a line before the heading."""
MOST_SHEETS = 5_000
MOST_COLUMNS = 1_000
EXPORTED = re.compile(r"\s{0,4}[0-9]{4,}\s{0,4}:\s{0,4}(?P<text>.*)", re.S)
"""A column as Canvas exports it: the question's number there, then its text."""


@dataclass(frozen=True)
class Columns:
    """Where in a table things stand."""

    owner: dict[str, int]
    """For each header of a sheet its column."""
    labels: dict[int, str]
    """For each column with answers its label."""
    question: int = -1
    answer: int = -1
    has_heading: bool = True

    @property
    def is_long(self) -> bool:
        """Whether each row has one answer."""
        return self.question >= 0 and self.answer >= 0

    @property
    def is_plain(self) -> bool:
        """Whether this is a table without doubt: a row says whose it is, or what is answered."""
        return bool(self.is_long and self.has_heading) or bool(self.owner and self.labels)

    @property
    def count(self) -> int:
        """How many columns mean something."""
        return len(self.owner) + len(self.labels) + 2 * self.is_long


@dataclass(frozen=True)
class Table:
    """A table: its lines, what is between its cells, and its columns."""

    lines: Sequence[str]
    delimiter: str
    heading: Sequence[str]
    columns: Columns

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the heading."""
        for number, cells in records(self.lines, self.delimiter, len(self.heading)):
            if number > 1 or not self.columns.has_heading:
                yield number, [plain_signs(cell).strip() for cell in cells]


def find_table(text: str, labels: Sequence[str] | None) -> Table | None:
    """The table that a text is, None if it is none."""
    lines = text.strip("\ufeff").split("\n")
    if len(lines) > 1 and DELIMITER.fullmatch(lines[0]):
        del lines[0]
    found = []
    for delimiter in DELIMITERS:
        heading = cells_of(lines[0], delimiter)
        if 1 < len(heading) <= MOST_COLUMNS:
            below = cells_of(lines[1], delimiter) if len(lines) > 1 else []
            columns = columns_of(heading, below, labels)
            found.append(Table(lines, delimiter, heading, columns))
    best = max(found, key=lambda table: table.columns.count, default=None)
    return best if best and best.columns.count else None


def columns_of(heading: list[str], below: list[str], labels: Sequence[str] | None) -> Columns:
    """What the columns under a heading are; *below* is the second row."""
    probe = Gathered(labels)
    names = [plain_name(each) for each in heading]
    question = next((names.index(each) for each in QUESTION if each in names), -1)
    answer = next((names.index(each) for each in ANSWER if each in names), -1)
    owner = owner_columns(heading)
    if question >= 0 and answer >= 0:
        return Columns(owner, {}, question, answer)
    if not owner and is_pair(heading, probe) and (not below or is_pair(below, probe)):
        return Columns({}, {}, 0, 1, has_heading=False)
    answered = {
        column: label
        for column, cell in enumerate(heading)
        if column not in owner.values() and (label := label_of_column(cell, probe))
    }
    return Columns(owner, answered or in_order(heading, labels))


def is_pair(cells: list[str], probe: Gathered) -> bool:
    """Whether a row is a label and its answer."""
    return len(cells) == 2 and label_of(cells[0]) is None and bool(probe.named(cells[0]))


def label_of_column(cell: str, probe: Gathered) -> str:
    """The label that a column's heading names, "" for none."""
    match = EXPORTED.fullmatch(cell[:200])
    return probe.named(match["text"] if match else cell)


def in_order(heading: list[str], labels: Sequence[str] | None) -> dict[int, str]:
    """The exported columns in the order of the labels, if there are as many."""
    columns = [column for column, cell in enumerate(heading) if EXPORTED.fullmatch(cell[:200])]
    if labels is None or len(columns) != len(labels):
        return {}
    return dict(zip(columns, labels, strict=True))


def read_table(table: Table, labels: Sequence[str] | None) -> list[Sheet]:
    """The sheets of a table, numbered from 1; one alone has no number."""
    columns = table.columns
    if not columns.is_long and not columns.labels:
        raise SheetFault("the file is a table, but no column is headed by a label of this exam")
    gathered = gather_long(table, labels) if columns.is_long else gather_wide(table, labels)
    if not gathered:
        raise SheetFault("the table has no rows")
    is_one = columns.is_long and not columns.owner
    return [each.sheet(0 if is_one else number) for number, each in enumerate(gathered, 1)]


def gather_wide(table: Table, labels: Sequence[str] | None) -> list[Gathered]:
    """What stands in each row."""
    gathered: list[Gathered] = []
    for number, cells in table.rows():
        found = begun(gathered, table, labels, cells, number)
        if len(cells) != len(table.heading):
            found.warn(number, f"{len(cells)} cells where the heading has {len(table.heading)}")
        for column, label in table.columns.labels.items():
            if found.admit(label):
                found.answer(label, cell_at(cells, column), number)
    return gathered


def gather_long(table: Table, labels: Sequence[str] | None) -> list[Gathered]:
    """What stands in the rows of each student."""
    columns = table.columns
    gathered: list[Gathered] = []
    students: dict[tuple[str, ...], Gathered] = {}
    for number, cells in table.rows():
        owner = tuple(cell_at(cells, column) for column in columns.owner.values())
        if owner not in students:
            students[owner] = begun(gathered, table, labels, cells, number)
        found, asked = students[owner], cell_at(cells, columns.question)
        if label := found.named(asked):
            found.answer(label, cell_at(cells, columns.answer), number)
        else:
            found.warn(number, f"there is no answer {quoted(asked)} in this exam")
        if len(cells) != len(table.heading):
            found.warn(number, f"{len(cells)} cells where the heading has {len(table.heading)}")
    return gathered


def begun(
    gathered: list[Gathered],
    table: Table,
    labels: Sequence[str] | None,
    cells: list[str],
    number: int,
) -> Gathered:
    """A new student's sheet with its headers."""
    if len(gathered) == MOST_SHEETS:
        raise SheetFault(f"more than {MOST_SHEETS} students in one file")
    found = Gathered(labels, unit="line")
    gathered.append(found)
    for header, column in table.columns.owner.items():
        found.note_header(number, header, cell_at(cells, column))
    return found


def cell_at(cells: list[str], column: int) -> str:
    """The text of a cell, empty where the row is too short."""
    return cells[column] if column < len(cells) else ""
