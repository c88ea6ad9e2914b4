"""The table of grades, for a spreadsheet or a learning management system."""

from __future__ import annotations

from collections.abc import Iterator

from examgen.documents.tables import table
from examgen.exams.exam import Exam
from examgen.grading.marks import GradedSheet, Grades, rounded

FIXED = ("id", "name", "file", "points", "possible")


def write_csv(grades: Grades, exam: Exam) -> str:
    """A row for each sheet: whose it is, its points, and those of each label."""
    labels = [part.label for part in exam.parts]
    rows = ([*row(sheet, grades.possible), *points(sheet, labels)] for sheet in grades.sheets)
    return table([*FIXED, *labels], rows)


def row(sheet: GradedSheet, possible: int) -> list[str | int | float]:
    """The columns that do not depend on the exam."""
    return [sheet.id, sheet.name, sheet.file, rounded(sheet.points), possible]


def points(sheet: GradedSheet, labels: list[str]) -> Iterator[int | float | str]:
    """The points of each label; nothing where the sheet was not marked there."""
    earned = {mark.label: rounded(mark.points) for mark in sheet.marks}
    for label in labels:
        yield earned.get(label, "")
