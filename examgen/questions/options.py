"""Options of a closed part: the right answer among wrong ones that students really reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cmp_to_key
from random import Random
from string import ascii_uppercase
from typing import Any

from examgen.exact import compare, equal
from examgen.questions.problem import Part, Problem


@dataclass(frozen=True)
class Distractor:
    """A wrong value, and the mistakes that reach it (two that tie are named together)."""

    value: Any
    misconceptions: tuple[str, ...]


@dataclass(frozen=True)
class Option:
    """One printed option; the right one has no misconceptions."""

    letter: str
    value: Any
    misconceptions: tuple[str, ...]


def distractors(problem: Problem, part: Part) -> tuple[Distractor, ...]:
    """The wrong answers of *part* that differ by value, in the order of their declaration."""
    found: list[Distractor] = []
    for misconception, wrong in problem.wrong_answers(part):
        for index, known in enumerate(found):
            if equal(known.value, wrong):
                names = (*known.misconceptions, misconception.name)
                found[index] = Distractor(known.value, names)
                break
        else:
            found.append(Distractor(wrong, (misconception.name,)))
    return tuple(found)


def choose_options(problem: Problem, part: Part, count: int, rng: Random) -> tuple[Option, ...]:
    """Draw *count* options, so that neither place nor size tells the right one.

    The rank of the right answer among the values is drawn first, as far as the mistakes reach;
    then distractors below and above it; then the printed order.
    """
    right = problem.answer_key[part.name]
    wrong = sorted(distractors(problem, part), key=cmp_to_key(by_value))
    below = [each for each in wrong if compare(each.value, right) < 0]
    above = [each for each in wrong if compare(each.value, right) > 0]
    lowest = max(0, count - 1 - len(above))
    rank = rng.randint(lowest, min(count - 1, len(below)))
    chosen = rng.sample(below, rank) + rng.sample(above, count - 1 - rank)
    shuffled = [*chosen, Distractor(right, ())]
    rng.shuffle(shuffled)
    return tuple(
        Option(letter, each.value, each.misconceptions)
        for letter, each in zip(ascii_uppercase, shuffled, strict=False)
    )


def by_value(left: Distractor, right: Distractor) -> int:
    """Order two distractors by their values."""
    return compare(left.value, right.value)
