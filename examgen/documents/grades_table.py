"""grades.csv: a row for each sheet, for a spreadsheet or a learning management system."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from examgen.documents.tables import Cell, lines
from examgen.exams.exam import Exam
from examgen.grading.marks import GradedSheet, Grades, rounded

FIXED = ("id", "name", "file", "points", "possible")


def write_csv(
    grades: Grades, exam: Exam, seen: Callable[[GradedSheet], None] = lambda _: None
) -> Iterator[str]:
    """The lines of the table, a row for each sheet: whose it is, its points and those of labels.

    *exam* is one of the forms. *seen* is called with each sheet, so that nobody need read all of a
    class for a second time.
    """
    found = labels(grades, exam)
    return lines([*FIXED, *found], rows(grades, found, seen))


def rows(
    grades: Grades, labels: list[str], seen: Callable[[GradedSheet], None]
) -> Iterator[list[Cell]]:
    """A row for each sheet."""
    for sheet in grades.sheets:
        seen(sheet)
        yield [*row(sheet, grades.possible), *points(sheet, labels)]


def labels(grades: Grades, exam: Exam) -> list[str]:
    """The labels of all forms, in printed order; they may differ in the rows of a table."""
    printed = {part.label for part in exam.parts}
    marked = grades.labels or (mark.label for sheet in grades.sheets for mark in sheet.marks)
    printed.update(marked)
    return sorted(printed, key=place)


def place(label: str) -> tuple[int, str]:
    """Where a label stands: 2 before 10, 7a before 7b."""
    number = label.rstrip("abcdefghijklmnopqrstuvwxyz")
    return int(number or 0), label[len(number) :]


def row(sheet: GradedSheet, possible: int) -> list[Cell]:
    """The columns that do not depend on the exam."""
    return [sheet.id, sheet.name, sheet.file, rounded(sheet.points), possible]


def points(sheet: GradedSheet, labels: list[str]) -> Iterator[Cell]:
    """The points of each label; nothing where the sheet was not marked there."""
    earned = {mark.label: rounded(mark.points) for mark in sheet.marks}
    for label in labels:
        yield earned.get(label, "")
