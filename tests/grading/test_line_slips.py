"""Answers beside the wrong labels: seen where they are too many for a coincidence."""

from dataclasses import replace

import pytest

from examgen.answers import Policy
from examgen.exams.exam import Exam
from examgen.grading.line_slips import line_slips
from examgen.grading.marking import mark_item
from tests.golden.exam import EXAM
from tests.grading.sums import sums

ITEM = sums(1, 2, 3, 4)
EXAM_OF_SUMS = replace(EXAM, items=(ITEM,))
KEY = ["[2, 3, 4, 5]", "14", "1/14", "5", "[4, 6, 8, 10]"]


def found(*responses: str, exam: Exam = EXAM_OF_SUMS) -> list[str]:
    """What is said of somebody who wrote these, from the first label on."""
    labels = [part.label for part in exam.parts]
    labelled = dict(zip(labels, responses, strict=False))
    return list(line_slips(exam, mark_item(exam.items[0], labelled, Policy())))


def test_the_right_answers_stand_where_they_belong() -> None:
    assert found(*KEY) == []


def test_a_line_too_low() -> None:
    (said,) = found("", *KEY[:4])
    assert said.startswith("the answers from 1b to 1e look as if each stood one line too low")


def test_a_line_too_high_in_another_notation() -> None:
    (said,) = found("14", "1 / 14", "5", "4 6 8 10")
    assert said.startswith("the answers from 1a to 1d look as if each stood one line too high")


@pytest.mark.parametrize(
    "responses",
    [
        ("", "2 3 4 5", "14"),  # two may be a coincidence
        ("", "", "", "", ""),
        ("7", "8", "9", "10", "11"),
    ],
)
def test_nothing_is_said_without_a_row_of_them(responses: tuple[str, ...]) -> None:
    assert found(*responses) == []


def test_a_row_of_the_same_number_is_none() -> None:
    same = tuple(replace(part, answer="7") for part in ITEM.parts)
    exam = replace(EXAM_OF_SUMS, items=(replace(ITEM, parts=same, problem=None),))
    assert found("7", "7", "7", "7", exam=exam) == []


def test_what_earned_something_has_not_slipped() -> None:
    """0, 1, 2, 3 is a typical mistake and earns its share: it ends the row."""
    assert found("", "2 3 4 5", "14", "1/14", "5")
    assert found("", "15", "14", "1/14", "[0, 1]") == []
