"""Whether a record can be marked: only a hand that edited it can have made it unsound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from string import ascii_lowercase
from typing import Any

from examgen import answers
from examgen.exams.exam import Exam, ExamPart, Item
from examgen.faults import Fault

AS_WRITTEN = "an exam.json as `generate` wrote it"
MOST_POINTS = 1_000_000
"""For a part; no blueprint gives an item more."""


def are_labels(number: int, found: Sequence[str]) -> bool:
    """Whether these are the labels of the item of this number."""
    letters = ascii_lowercase[: len(found)]
    return [*found] == [str(number)] or (
        len(found) > 0 and [*found] == [f"{number}{letter}" for letter in letters]
    )


def exam_faults(exam: Exam) -> Iterator[str]:
    """What is wrong with an exam besides its items."""
    numbers = [item.number for item in exam.items]
    if numbers != [*range(1, len(numbers) + 1)]:
        yield f"the items are numbered {', '.join(map(str, numbers))}, not 1, 2, …"


def item_faults(item: Item) -> Iterator[str]:
    """What is wrong with an item; parts are named by their labels.

    Whether its answers can be read is seen where they are read: `recorded_value`.
    """
    labels = [part.label for part in item.parts]
    if not are_labels(item.number, labels):
        yield f"item {item.number} has the labels {', '.join(map(repr, labels)) or 'of no part'}"
    for part in item.parts:
        for fault in part_faults(part):
            yield f"{part.label}: {fault}"


def part_faults(part: ExamPart) -> Iterator[str]:
    """What is wrong with a part."""
    try:
        answers.kind(part.kind)
    except KeyError as error:
        yield error.args[0]
    if not 0 <= part.points <= MOST_POINTS:
        yield f"found {part.points} points, allowed are 0 to {MOST_POINTS}"
    if part.options and part.answer not in [each.letter for each in part.options]:
        yield f"found the answer {part.answer!r}, which is the letter of no option"
    for each in part.misconceptions:
        if not 0 <= each.credit <= 1:
            yield f"found the credit {each.credit} of {each.name}, allowed are shares from 0 to 1"


def recorded_value(part: ExamPart, text: str) -> Any:
    """The value of an answer that is recorded for a part, the key's or a mistake's.

    Raises `Fault` for what is none of the part's kind.
    """
    try:
        return answers.kind(part.kind).parse(text)
    except ValueError as error:
        found = f"the recorded answer {text!r:.80} cannot be read as {part.kind} ({error})"
        raise Fault(f"exam.json: {part.label}", found, AS_WRITTEN) from error
