"""Points: what an item is worth, and its whole points shared among its parts by their weights."""

from __future__ import annotations

from collections.abc import Sequence

from examgen.exams.blueprint import Section
from examgen.questions.family import Family

POINTS, LONG_POINTS = 5, 20
"""What a short and a long item are worth where nobody says."""


def worth_of(section: Section, family: Family) -> int:
    """The points of an item: the section's, else its own, else what is usual."""
    return section.points or own_worth(family)


def own_worth(family: Family) -> int:
    """The points of an item where a section does not say: its own, else what is usual."""
    return family.points or (LONG_POINTS if family.is_long else POINTS)


def apportion(points: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share *points* out in whole points by the method of largest remainders (Hamilton).

    Equal remainders go to the earlier part. Where that leaves a part without points although there
    are enough, each has one before the rest is shared out.
    """
    shares = by_largest_remainders(points, weights)
    if 0 in shares and points >= len(weights):
        rest = by_largest_remainders(points - len(weights), weights)
        return tuple(1 + each for each in rest)
    return shares


def by_largest_remainders(points: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Whole shares of *points*, each less than one from its quota."""
    total = sum(weights)
    shares = [points * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(points * weights[i] % total), i))
    for index in by_remainder[: points - sum(shares)]:
        shares[index] += 1
    return tuple(shares)
