"""The item analysis for other programs: one JSON document, or a CSV table of the questions."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from examgen.answers import Verdict
from examgen.documents.tables import Cell, table
from examgen.grading.analysis.analyse import Analysis
from examgen.grading.analysis.mistakes import OptionStatistics
from examgen.grading.analysis.questions import Statistics

HEADING = (
    *("label", "students", "points", "difficulty", "deviation", "discrimination", "upper_lower"),
    *(str(verdict) for verdict in Verdict),
)


def as_data(analysis: Analysis, exam_id: str) -> dict[str, Any]:
    """Everything that was found, in plain data; what is not defined is null."""
    return {
        "exam": exam_id,
        "overview": asdict(analysis.overview),
        "items": [question(each) for each in analysis.items],
        "parts": [
            {"item": part.item, "name": part.name, **question(each)}
            for part, each in analysis.parts
        ],
        "options": [option(each) for each in analysis.choices],
        "misconceptions": [asdict(each) for each in analysis.misconceptions],
        "forms": [asdict(each) for each in analysis.forms],
        "work_correlation": analysis.work_correlation,
        "dropped": [asdict(each) for each in analysis.dropped],
        "flags": [asdict(each) for each in analysis.flags],
    }


def option(choice: OptionStatistics) -> dict[str, Any]:
    """One option of a closed question."""
    data = asdict(choice)
    is_right = data.pop("is_right")
    return {**data, "share": choice.share, "right": is_right}


def question(statistics: Statistics) -> dict[str, Any]:
    """One question."""
    counts = {str(verdict): statistics.verdicts.get(verdict, 0) for verdict in Verdict}
    return {
        "label": statistics.label,
        "students": statistics.count,
        "points": statistics.possible,
        "difficulty": statistics.difficulty,
        "deviation": statistics.deviation,
        "discrimination": statistics.discrimination,
        "upper_lower": statistics.upper_lower,
        "verdicts": counts,
    }


def as_csv(analysis: Analysis) -> str:
    """A row for each item and for each part of an item with several."""
    alone = {each.label for each in analysis.items}
    parts = (each for _, each in analysis.parts if each.label not in alone)
    return table(HEADING, (cells(each) for each in (*analysis.items, *parts)))


def cells(statistics: Statistics) -> list[Cell]:
    """One row; empty where a figure is not defined."""
    data = question(statistics)
    counts: dict[str, int] = data.pop("verdicts")
    return ["" if each is None else each for each in (*data.values(), *counts.values())]
