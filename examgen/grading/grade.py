"""Grading: the sheets handed in for one exam become its grades."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from pathlib import PurePath

from examgen.answers.sheets import Sheet, SheetFault, read_sheets
from examgen.exams.exam import Exam
from examgen.faults import visible
from examgen.grading.marking import mark_item
from examgen.grading.marks import GradedSheet, Grades, RefusedSheet, short

SheetFile = tuple[str, bytes]
"""A file handed in: its path as it was found, and its content."""


def grade(
    exam: Exam, files: Iterable[SheetFile], *, by_record: Collection[str] = frozenset()
) -> Grades:
    """Mark every sheet of *exam* among the files; the others are refused, with the reason.

    The parts labelled in *by_record* are marked by the record alone.
    """
    labels = [part.label for part in exam.parts]
    sheets: list[GradedSheet] = []
    refused: list[RefusedSheet] = []
    for file, content in files:
        try:
            found = read_sheets(content, labels, file)
        except SheetFault as fault:
            refused.append(RefusedSheet(file, str(fault)))
            continue
        for sheet in found:
            name = name_of(file, sheet)
            try:
                check_belongs(sheet, exam)
            except SheetFault as fault:
                refused.append(RefusedSheet(name, str(fault)))
            else:
                sheets.append(grade_sheet(exam, name, sheet, by_record=by_record))
    return Grades(exam.id, exam.points, tuple(sheets), tuple(refused), tuple(doubles(sheets)))


def name_of(file: str, sheet: Sheet) -> str:
    """What a sheet is called: as its file, with its number where the file has several."""
    return f"{file}#{sheet.number}" if sheet.number else file


def check_belongs(sheet: Sheet, exam: Exam) -> None:
    """Refuse a sheet of another exam, or of another form of it."""
    for name, written, expected in (
        ("exam", sheet.headers.get("exam", ""), exam.id),
        ("form", sheet.headers.get("form", ""), exam.form),
    ):
        if written and written.casefold() != expected.casefold():
            raise SheetFault(f"it is for {name} {visible(written)[:60]!r}, this is {expected!r}")


def grade_sheet(exam: Exam, file: str, sheet: Sheet, *, by_record: Collection[str]) -> GradedSheet:
    """Mark one sheet."""
    responses = {label: response.text for label, response in sheet.responses.items()}
    policy = exam.blueprint.policy
    marks = tuple(
        mark
        for item in exam.items
        for mark in mark_item(item, responses, policy, by_record=by_record)
    )
    written = {name: sheet.headers.get(name, "") for name in ("id", "name")}
    if not any(written.values()):
        stem = PurePath(file).stem
        written["name"] = f"{stem} {sheet.number}" if sheet.number else stem
    warnings = sheet.warnings
    if not sheet.headers.get("exam", ""):
        warnings = ("no line `exam:`; taken to be for this exam", *warnings)
    return GradedSheet(file, written["id"], written["name"], marks, warnings)


def doubles(sheets: Iterable[GradedSheet]) -> Iterable[str]:
    """A line for every id that more than one sheet bears: both are graded."""
    sheets = list(sheets)
    for written, count in Counter(sheet.id for sheet in sheets if sheet.id).items():
        if count > 1:
            files = ", ".join(visible(short(sheet.file)) for sheet in sheets if sheet.id == written)
            yield f"id {visible(written)!r} is on {count} sheets, all graded: {files}"
