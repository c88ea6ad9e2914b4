"""Options of a closed part: the right answer among wrong ones that students really reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cmp_to_key
from random import Random
from string import ascii_uppercase
from typing import Any

import numpy as np

from examgen.exact import Shape, compare, equal
from examgen.questions.problem import Part, Problem
from examgen.questions.tells import in_common, pieces

SETS = 12
"""So many sets of wrong shapes or arrays are drawn, of which one is chosen."""


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
    then distractors below and above it; then the printed order. Of shapes and arrays several sets
    are drawn, see `likeness_off`.
    """
    right = problem.answer_key[part.name]
    wrong = sorted(distractors(problem, part), key=cmp_to_key(by_value))
    below = [each for each in wrong if compare(each.value, right) < 0]
    above = [each for each in wrong if compare(each.value, right) > 0]
    lowest = max(0, count - 1 - len(above))
    rank = rng.randint(lowest, min(count - 1, len(below)))

    def draw_set() -> list[Distractor]:
        return rng.sample(below, rank) + rng.sample(above, count - 1 - rank)

    if isinstance(right, Shape | np.ndarray):
        chosen = hide_by_likeness(right, wrong, rng.randint(0, count - 1), draw_set)
    else:
        chosen = draw_set()
    shuffled = [*chosen, Distractor(right, ())]
    rng.shuffle(shuffled)
    return tuple(
        Option(letter, each.value, each.misconceptions)
        for letter, each in zip(ascii_uppercase, shuffled, strict=False)
    )


def hide_by_likeness(
    right: Any,
    wrong: Sequence[Distractor],
    more_alike: int,
    draw_set: Callable[[], list[Distractor]],
) -> list[Distractor]:
    """Of several sets the one in which likeness tells least, see `likeness_off`."""
    own = Counter(pieces(right))
    others = {id(each): Counter(pieces(each.value)) for each in wrong}
    sets = (draw_set() for _ in range(SETS))
    return min(sets, key=lambda each: likeness_off(own, [others[id(d)] for d in each], more_alike))


def likeness_off(
    right: Counter[Hashable], wrong: Sequence[Counter[Hashable]], more_alike: int
) -> int:
    """By how much not just so many options, *more_alike*, are more like the others than the right.

    Nearly every wrong shape or array is wrong in some places only. The right one would nearly
    always have what most options have in each place, and could be found by counting.
    """
    own, *others = in_common([right, *wrong])
    least = sum(other > own for other in others)
    most = sum(other >= own for other in others)
    return max(least - more_alike, more_alike - most, 0)


def by_value(left: Distractor, right: Distractor) -> int:
    """Order two distractors by their values."""
    return compare(left.value, right.value)
