"""Answers that stand a line too low or too high on the sheet, each beside the next one's label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from examgen.answers import Verdict
from examgen.exams.exam import Exam, ExamPart
from examgen.grading.marks import Mark
from examgen.grading.recorded import read_response

FEWEST = 3
"""How many answers in a row are no coincidence, unless they are all alike."""


def line_slips(exam: Exam, marks: Sequence[Mark]) -> Iterator[str]:
    """A sentence about each row of answers that earned nothing where they stand.

    Options are left out: of four letters one in four is a neighbour's.
    """
    wrong = {mark.label: mark for mark in marks if earned_nothing(mark)}
    if len(wrong) < FEWEST:
        return
    open_parts = [part for part in exam.parts if not part.options]
    written = [wrong.get(part.label) for part in open_parts]
    if not any(each and len(list(row)) >= FEWEST for each, row in groupby(written, bool)):
        return  # the usual case, and to compare neighbours takes longer
    for step, where, whose in ((-1, "low", "before"), (1, "high", "after")):
        neighbours = [
            open_parts[place + step] if 0 <= place + step < len(open_parts) else None
            for place in range(len(open_parts))
        ]
        for first, last in rows(written, neighbours):
            yield (
                f"the answers from {first} to {last} look as if each stood one line too {where}: "
                f"they answer the questions {whose}"
            )


def rows(
    written: Sequence[Mark | None], neighbours: Sequence[ExamPart | None]
) -> Iterator[tuple[str, str]]:
    """The first and last labels of rows of answers that are their neighbours'.

    *written* are those that earned nothing.
    """
    pairs = zip(written, neighbours, strict=True)
    for slipped, group in groupby(pairs, lambda pair: answers_it(*pair)):
        row = [mark for mark, _ in group if mark]
        if slipped and len(row) >= FEWEST and len({mark.response for mark in row}) > 1:
            yield row[0].label, row[-1].label


def answers_it(mark: Mark | None, part: ExamPart | None) -> bool:
    """Whether an answer that earned nothing is the right one to this part."""
    if mark is None or part is None:
        return False
    if digits(mark.response) != digits(part.answer):  # nearly always, and reading takes long
        return False
    reading = read_response(part, mark.response)
    return reading.shown == part.answer and not reading.alternatives


def earned_nothing(mark: Mark) -> bool:
    """Whether there is an answer that earned nothing."""
    # Most are right, and a verdict is looked at sooner than a fraction.
    return mark.verdict is not Verdict.CORRECT and not mark.points and bool(mark.response.strip())


def digits(text: str) -> list[str]:
    """The digits of a text."""
    return [each for each in text if each.isdecimal()]
