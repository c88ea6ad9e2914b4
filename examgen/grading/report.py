"""Grades as other tools read them."""

from __future__ import annotations

from typing import Any

from examgen.grading.marks import GradedSheet, Grades, Mark, rounded


def report(grades: Grades) -> dict[str, Any]:
    """The grades as one JSON document."""
    return {
        "exam": grades.exam,
        "possible": grades.possible,
        "sheets": [sheet_report(sheet) for sheet in grades.sheets],
        "refused": [{"file": each.file, "reason": each.reason} for each in grades.refused],
    }


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
