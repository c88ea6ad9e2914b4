"""The item analysis for other programs: one JSON document, or a CSV table of the questions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from examgen.answers import Verdict
from examgen.documents.tables import Cell, table
from examgen.grading.analysis.analyse import Analysis
from examgen.grading.analysis.mistakes import Choice
from examgen.grading.analysis.questions import Statistics

HEADING = (
    *("label", "students", "points", "difficulty", "deviation", "discrimination", "upper_lower"),
    *(str(verdict) for verdict in Verdict),
)


def as_data(found: Analysis, exam_id: str) -> dict[str, Any]:
    """Everything that was found, in plain data; what is not defined is null."""
    return {
        "exam": exam_id,
        "overview": asdict(found.overview),
        "items": [question(each) for each in found.items],
        "parts": [
            {"item": part.item, "name": part.name, **question(each)} for part, each in found.parts
        ],
        "options": [option(each) for each in found.choices],
        "misconceptions": [asdict(each) for each in found.misconceptions],
        "forms": [asdict(each) for each in found.forms],
        "work_correlation": found.work_correlation,
        "dropped": [asdict(each) for each in found.dropped],
        "flags": [asdict(each) for each in found.flags],
    }


def option(found: Choice) -> dict[str, Any]:
    """One option of a closed question."""
    data = asdict(found)
    is_right = data.pop("is_right")
    return {**data, "share": found.share, "right": is_right}


def question(found: Statistics) -> dict[str, Any]:
    """One question."""
    counts = {str(verdict): found.verdicts.get(verdict, 0) for verdict in Verdict}
    return {
        "label": found.label,
        "students": found.count,
        "points": found.possible,
        "difficulty": found.difficulty,
        "deviation": found.deviation,
        "discrimination": found.discrimination,
        "upper_lower": found.upper_lower,
        "verdicts": counts,
    }


def as_csv(found: Analysis) -> str:
    """A row for each item and for each part of an item with several."""
    alone = {each.label for each in found.items}
    parts = (each for _, each in found.parts if each.label not in alone)
    return table(HEADING, (cells(each) for each in (*found.items, *parts)))


def cells(found: Statistics) -> list[Cell]:
    """One row; empty where a figure is not defined."""
    data = question(found)
    counts: dict[str, int] = data.pop("verdicts")
    return ["" if each is None else each for each in (*data.values(), *counts.values())]
