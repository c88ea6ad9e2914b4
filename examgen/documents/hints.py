"""The hints of the answer sheet: their examples are no answers of the exam."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Any

import numpy as np

from examgen import answers
from examgen.answers import MASKED, Kind, Reading, Verdict
from examgen.documents.items import right_value
from examgen.exact import NEG_INF, Closed, Shape, Undefined, entries, equal
from examgen.exams.exam import Exam
from examgen.questions.streams import stream

NUMBERS = ("integer", "rational", "closed")
EXACT = (int, Fraction, Closed, Shape)


def hints_of(exam: Exam) -> Mapping[str, str]:
    """For every kind of answer that the exam asks for, by its name, how one is written.

    One hint serves all answers of its kind, and the first tried is drawn: so it does not tell for
    which answer another was passed over.
    """
    return {
        name: choose(answers.kind(name), found, exam.id) + (MASKED if has_masked(found) else "")
        for name, found in different_keys(exam).items()
    }


def has_masked(keys: Collection[Any]) -> bool:
    """Whether an entry of an answer is −∞; the question that asks for it says so, too."""
    arrays = (key for key in keys if isinstance(key, np.ndarray))
    return any(each is NEG_INF for key in arrays for each in entries(key))


def different_keys(exam: Exam) -> dict[str, Collection[Any]]:
    """The right answers without options, by their kind; those that are written alike once."""
    keys: dict[str, dict[str, Any]] = defaultdict(dict)
    for item in exam.items:
        for part in item.parts:
            if not part.options and part.answer not in keys[part.kind]:
                kind = answers.kind(part.kind)
                value = right_value(kind, part.answer, item.problem, part.name)
                keys[part.kind][part.answer] = value
    return {kind: by_answer.values() for kind, by_answer in keys.items()}


def choose(kind: Kind, keys: Collection[Any], name: str) -> str:
    """The first hint, from a place that *name* decides, of which no example is among the keys."""
    *shown, plain = kind.hints
    start = stream("hints", name, kind.name).randint(0, max(len(shown) - 1, 0))
    for hint in shown[start:] + shown[:start]:
        if not any(gives_away(kind, example, key) for example in hint.examples for key in keys):
            return hint.text
    return plain.text


def gives_away(kind: Kind, example: str, key: Any) -> bool:
    """Whether an example is a right answer, or, of a number, its negative."""
    reading = reading_of(kind.name, example)
    if type(key) is type(reading.value) is int and abs(key) != abs(reading.value):
        return False  # as most are, and told at once
    near = [key, -key] if kind.name in NUMBERS else [key]
    return any(
        kind.judge(each, reading).verdict is Verdict.CORRECT
        for each in near
        if not differ(each, reading.value)
    )


def differ(key: Any, value: Any) -> bool:
    """Whether an example is surely not the key; quicker told than what a judge has to say of it."""
    try:
        if isinstance(key, np.ndarray):
            return not equal(key, answers.fit(value, key.shape))
        return isinstance(key, EXACT) and not equal(key, value)
    except Undefined:
        return False


@lru_cache(maxsize=256)
def reading_of(kind: str, example: str) -> Reading:
    """How an example is read; there are few, the same for all exams."""
    return answers.kind(kind).read(example)
