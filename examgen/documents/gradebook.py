"""The table of grades, for a spreadsheet or a learning management system."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from examgen.documents.escaping import cells
from examgen.exams.exam import Exam
from examgen.grading.marks import GradedSheet, Grades, rounded

FIXED = ("id", "name", "file", "points", "possible")


def write_csv(grades: Grades, exam: Exam) -> str:
    """A row for each sheet: whose it is, its points, and those of each label."""
    labels = [part.label for part in exam.parts]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*FIXED, *labels])
    for sheet in grades.sheets:
        table.writerow([*row(sheet, grades.possible), *points(sheet, labels)])
    return text.getvalue()


def row(sheet: GradedSheet, possible: int) -> list[str | int | float]:
    """The columns that do not depend on the exam."""
    owner = (cells.escape(text) for text in (sheet.id, sheet.name, sheet.file))
    return [*owner, rounded(sheet.points), possible]


def points(sheet: GradedSheet, labels: list[str]) -> Iterator[int | float | str]:
    """The points of each label; nothing where the sheet was not marked there."""
    earned = {mark.label: rounded(mark.points) for mark in sheet.marks}
    for label in labels:
        yield earned.get(label, "")
