"""Grading: what stands on a sheet becomes its marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from examgen.exams.exam import Exam
from examgen.grading.marking import mark_item
from examgen.grading.marks import Mark
from examgen.grading.rulings import NONE, Rulings


def mark_responses(
    exam: Exam,
    responses: Mapping[str, str],
    *,
    by_record: Collection[str] = frozenset(),
    rulings: Rulings = NONE,
) -> tuple[Mark, ...]:
    """Mark the responses to an exam, by label; what is not answered is blank.

    The parts labelled in *by_record* are marked by the record alone.
    """
    policy = exam.blueprint.policy
    return tuple(
        mark
        for item in exam.items
        for mark in mark_item(item, responses, policy, by_record=by_record, rulings=rulings)
    )
