"""Grades as other tools read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from examgen.grading.marks import GradedSheet, Grades, Mark, rounded


def report(grades: Grades) -> Iterator[str]:
    """The grades as one JSON document, piece by piece: a class may be large."""
    yield f'{{"exam": {dump(grades.exam)}, "possible": {dump(grades.possible)}, "sheets": ['
    for number, sheet in enumerate(grades.sheets):
        yield f"{', ' if number else ''}{dump(sheet_report(sheet))}"
    refused = [{"file": each.file, "reason": each.reason} for each in grades.refused]
    yield f'], "refused": {dump(refused)}}}'


def dump(data: Any) -> str:
    """Data as JSON."""
    return json.dumps(data, ensure_ascii=False)


def sheet_report(sheet: GradedSheet) -> dict[str, Any]:
    """One sheet."""
    return {
        "file": sheet.file,
        "id": sheet.id,
        "name": sheet.name,
        "points": rounded(sheet.points),
        "marks": [mark_report(mark) for mark in sheet.marks],
    }


def mark_report(mark: Mark) -> dict[str, Any]:
    """One mark; mistakes that tie are named together."""
    return {
        "label": mark.label,
        "verdict": str(mark.verdict),
        "points": rounded(mark.points),
        "read": mark.read,
        "misconception": ", ".join(mark.misconceptions) or None,
        "feedback": mark.feedback or mark.reason,
    }
