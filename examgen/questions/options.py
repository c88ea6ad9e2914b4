"""Options of a closed part: the right answer among wrong ones that students really reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from operator import eq
from random import Random
from string import ascii_uppercase
from typing import Any

from examgen.exact import Shape, compare, equal
from examgen.questions.problem import Part, Problem

SETS_OF_SHAPES = 12
"""So many sets of wrong shapes are drawn, of which one is chosen."""


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
    """Draw *count* options, so that neither place nor size nor likeness tells the right one.

    The rank of the right answer among the values is drawn first, as far as the mistakes reach;
    then distractors below and above it; then the printed order. Of shapes several sets are drawn,
    see `likeness_off`.
    """
    right = problem.answer_key[part.name]
    wrong = sorted(distractors(problem, part), key=cmp_to_key(by_value))
    below = [each for each in wrong if compare(each.value, right) < 0]
    above = [each for each in wrong if compare(each.value, right) > 0]
    lowest = max(0, count - 1 - len(above))
    rank = rng.randint(lowest, min(count - 1, len(below)))
    tries = SETS_OF_SHAPES if isinstance(right, Shape) else 1
    more_alike = rng.randint(0, count - 1) if tries > 1 else 0
    sets = (rng.sample(below, rank) + rng.sample(above, count - 1 - rank) for _ in range(tries))
    chosen = min(sets, key=lambda each: likeness_off(right, each, more_alike))
    shuffled = [*chosen, Distractor(right, ())]
    rng.shuffle(shuffled)
    return tuple(
        Option(letter, each.value, each.misconceptions)
        for letter, each in zip(ascii_uppercase, shuffled, strict=False)
    )


def likeness_off(right: Any, wrong: Sequence[Distractor], more_alike: int) -> int:
    """By how much not just so many options, *more_alike*, are more like the others than the right.

    Nearly every wrong shape is wrong in one place. The right one would nearly always have the size
    that most options have along each axis, and could be found by counting.
    """
    if not isinstance(right, Shape):
        return 0
    shapes = [right, *(each.value for each in wrong)]
    own, *others = (likeness(each, shapes) for each in shapes)
    least = sum(other > own for other in others)
    most = sum(other >= own for other in others)
    return max(least - more_alike, more_alike - most, 0)


def likeness(shape: Shape, shapes: Iterable[Shape]) -> int:
    """How many sizes of *shapes* are the same as those of *shape* along the same axis."""
    return sum(sum(map(eq, shape, other)) for other in shapes)


def by_value(left: Distractor, right: Distractor) -> int:
    """Order two distractors by their values."""
    return compare(left.value, right.value)
