"""Options of a closed part: the right answer among wrong ones that students really reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cmp_to_key, lru_cache
from random import Random
from string import ascii_uppercase
from typing import Any

import numpy as np

from examgen import answers
from examgen.questions.problem import Part, Problem
from examgen.questions.tells import Appearance, Likeness, compare_options, likenesses

SETS = 24
"""Sets of wrong options that are drawn, of which one is chosen."""


@dataclass(frozen=True)
class Distractor:
    """A wrong value, and the mistakes that reach it (two that tie are named together)."""

    value: Any
    misconceptions: tuple[str, ...]
    typical: bool = False


@dataclass(frozen=True)
class DrawnOption:
    """An option as it was drawn, with its value; the right one has no misconceptions."""

    letter: str
    value: Any
    misconceptions: tuple[str, ...]


@lru_cache(maxsize=32)
def distractors(problem: Problem, part: Part) -> tuple[Distractor, ...]:
    """The wrong answers of *part* that differ by value, in the order of their declaration.

    Where the givens have a method `plausible`, none that it rejects: what cannot be the answer,
    whatever the numbers are, would leave fewer options to guess among.
    """
    offered: list[Distractor] = []
    plausible = getattr(problem.givens, "plausible", None)
    for misconception, wrong in problem.wrong_answers(part):
        if plausible is not None and not plausible(wrong):
            continue
        for index, known in enumerate(offered):
            if answers.same(known.value, wrong):
                names = (*known.misconceptions, misconception.name)
                typical = known.typical or misconception.typical
                offered[index] = Distractor(known.value, names, typical)
                break
        else:
            offered.append(Distractor(wrong, (misconception.name,), misconception.typical))
    return tuple(offered)


@lru_cache(maxsize=32)
def sides(problem: Problem, part: Part) -> tuple[list[Distractor], list[Distractor]]:
    """The distractors that are smaller than the right answer, and those that are larger."""
    right = problem.answer_key[part.name]
    below: list[Distractor] = []
    above: list[Distractor] = []
    for each in distractors(problem, part):
        order = compare_options(each.value, right)
        if order:
            (below if order < 0 else above).append(each)
    return below, above


def places(problem: Problem, part: Part, count: int) -> range:
    """Which places, from 0, the right answer can have among *count* options in order of size."""
    below, above = sides(problem, part)
    return range(max(0, count - 1 - len(above)), min(count - 1, len(below)) + 1)


def choose_options(
    problem: Problem, part: Part, count: int, rng: Random, place: int | None = None
) -> tuple[DrawnOption, ...]:
    """Draw *count* options, so that neither place nor size, length or likeness tells the right one.

    In order of size the right answer has the *place*, from 0, if it can, else one that it can have.
    Its length and its likeness to the others have places drawn for them, too: of several sets of
    wrong options the one is chosen that comes nearest to these, as far as `preferred` leaves a
    choice. Then the printed order is drawn.
    """
    right = problem.answer_key[part.name]
    below, above = (sorted(side, key=cmp_to_key(by_size)) for side in sides(problem, part))
    possible = places(problem, part, count)
    rank = place if place is not None and place in possible else rng.choice(possible)
    aims = rng.randint(0, count - 1), rng.randint(0, count - 1)
    taken = [(side, size) for side, size in ((below, rank), (above, count - 1 - rank)) if size]
    sets = [[each for side in taken for each in rng.sample(*side)] for _ in range(SETS)]
    shuffled = [*least_telling(right, preferred(right, sets), *aims), Distractor(right, ())]
    rng.shuffle(shuffled)
    return tuple(
        DrawnOption(letter, each.value, each.misconceptions)
        for letter, each in zip(ascii_uppercase, shuffled, strict=False)
    )


def preferred(right: Any, sets: Sequence[Sequence[Distractor]]) -> list[Sequence[Distractor]]:
    """The sets of wrong options that go before the others, the better ones first.

    Those with a typical mistake, if there are any; of these the ones in which no more than one
    option has another shape than the right one, if that can be: else the shape tells too much. A
    set is better the fewer of its options several mistakes lead to: a letter should say which was
    made.
    """
    typical = [each for each in sets if any(one.typical for one in each)] or sets
    most = max(1, min(misshapen(right, each) for each in typical))
    return sorted((each for each in typical if misshapen(right, each) <= most), key=shared)


def misshapen(right: Any, chosen: Sequence[Distractor]) -> int:
    """How many of the distractors are arrays of another shape than the right one."""
    if not isinstance(right, np.ndarray):
        return 0
    return sum(each.value.shape != right.shape for each in chosen)


def shared(chosen: Sequence[Distractor]) -> int:
    """How many of the distractors several mistakes lead to."""
    return sum(len(each.misconceptions) > 1 for each in chosen)


def least_telling(
    right: Any, sets: Sequence[Sequence[Distractor]], longer: int, more_alike: int
) -> Sequence[Distractor]:
    """The first set in which *longer* options are longer than the right one, or the nearest to it.

    And in which *more_alike* of them have more in common with the others than the right one has.
    """
    drawn = {id(each): each for chosen in sets for each in chosen}
    looks = {name: Appearance.of(each.value) for name, each in drawn.items()}
    own, alike = Appearance.of(right), Likeness()
    best, least = sets[0], len(sets) + 2 * len(sets[0])
    for chosen in sets:
        seen = [own, *(looks[id(each)] for each in chosen)]
        off = places_off([each.length for each in seen], longer)
        if off < least:
            off += places_off(likenesses(seen, alike), more_alike)
        if off < least:
            best, least = chosen, off
        if least == 0:
            break
    return best


def places_off(scores: Sequence[int], before: int) -> int:
    """How far the number of scores that are higher than the first is from *before*.

    Equal scores may stand in either order: nobody can tell them apart.
    """
    own, *others = scores
    least = sum(other > own for other in others)
    most = sum(other >= own for other in others)
    return max(least - before, before - most, 0)


def by_size(left: Distractor, right: Distractor) -> int:
    """Order two distractors by their values."""
    return compare_options(left.value, right.value)
