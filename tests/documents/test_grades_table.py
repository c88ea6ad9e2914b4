"""The table of grades."""

import csv
from dataclasses import replace
from fractions import Fraction

import pytest

from examgen.answers import Verdict
from examgen.documents.grades_table import write_csv
from examgen.grading.marks import GradedSheet, Grades
from tests.documents.exams import HOSTILE, mark, sheet, small_exam


def grades(*sheets: GradedSheet) -> Grades:
    exam = small_exam()
    return Grades(exam.id, exam.points, sheets, ())


def test_a_row_for_each_sheet_and_a_column_for_each_label() -> None:
    exam = small_exam()
    labels = [part.label for part in exam.parts]
    third = mark("2a", Verdict.PARTIAL, points=Fraction(2, 3))
    table = list(csv.reader(write_csv(grades(sheet(exam, third), sheet(exam)), exam)))
    assert table[0] == ["id", "name", "file", "points", "possible", *labels]
    assert table[1][:7] == ["", "Ada", "ada.txt", "23.67", "25", "5", "0.67"]
    assert table[2][3:] == ["25", "25", *(str(part.points) for part in exam.parts)]


def test_no_sheets_no_rows() -> None:
    assert len(list(write_csv(grades(), small_exam()))) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_foreign_cells_are_no_formulas_and_no_new_rows(text: str) -> None:
    exam = small_exam()
    written = "".join(write_csv(grades(replace(sheet(exam, name=text, file=text), id=text)), exam))
    assert written.count("\n") == 2
    _, row = csv.reader(written.splitlines())
    assert all(cell[:1] not in tuple("=+-@\t\r") for cell in row if cell)
    assert row[3:5] == ["25", "25"]
