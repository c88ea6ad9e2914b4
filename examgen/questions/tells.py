"""What might tell the right option to somebody who does not do the work: size, length, likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key
from itertools import combinations, product
from math import prod
from typing import Any

import numpy as np

from examgen import answers
from examgen.exact import Closed, Shape, canonical, compare, equal

SIGN = re.compile(r"\\[A-Za-z]+|[^\s{}]")
PIECE = re.compile(r"\\?[A-Za-z]+|\d+|[^\s{}]")


def compare_options(left: Any, right: Any) -> int:
    """Return -1, 0 or 1, for what looks small or large of two options.

    Numbers go by value, shapes by how many entries they have room for, index sets by how many
    members they hold, texts and formulas by length.
    """
    if isinstance(left, Shape):
        return compare((prod(left), *left), (prod(right), *right))
    if isinstance(left, frozenset):
        return compare((len(left), *sorted(left)), (len(right), *sorted(right)))
    if isinstance(left, answers.Formula):
        return compare_options(left.text, right.text)
    if isinstance(left, str):
        return compare((len(left), *map(ord, left)), (len(right), *map(ord, right)))
    return compare(left, right)


def sizes(values: Sequence[Any]) -> list[int]:
    """The place of each value in the order of them all, from 0."""

    def by_size(one: int, other: int) -> int:
        return compare_options(values[one], values[other])

    order = sorted(range(len(values)), key=cmp_to_key(by_size))
    return [order.index(each) for each in range(len(values))]


def distances(values: Sequence[Any]) -> list[int]:
    """The place of each number in the order of their distances from 0.

    Equal distances have equal places. Where something is no number, all are 0.
    """
    numbers = [each for each in values if isinstance(each, int | Fraction | Closed)]
    if len(numbers) < len(values):
        return [0] * len(values)
    sizes = [each if compare(each, 0) >= 0 else canonical(-each) for each in numbers]
    order = sorted(sizes, key=cmp_to_key(compare))
    return [next(at for at, other in enumerate(order) if equal(each, other)) for each in sizes]


@dataclass(frozen=True)
class Appearance:
    """How an option looks to somebody who does not understand it."""

    length: int
    """About how many characters are printed."""
    pieces: Counter[Hashable]
    """What it can have in common with others: entries in a place, members, words, signs."""

    @classmethod
    def of(cls, value: Any) -> Appearance:
        """How a value looks."""
        text = value if isinstance(value, str) else answers.latex(value)
        return cls(len(SIGN.findall(text)), Counter(pieces(value, text)))


def pieces(value: Any, text: str) -> Iterable[Hashable]:
    """The pieces of a value that is written as *text*."""
    if isinstance(value, Shape):
        return enumerate(value)
    if isinstance(value, np.ndarray):
        places = product(*map(range, value.shape))
        return zip(places, map(answers.plain, value.ravel().tolist()), strict=True)
    if isinstance(value, frozenset):
        return value
    return text.split() if isinstance(value, str) else PIECE.findall(text)


class Likeness:
    """How much two looks have in common, found once for each pair."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}

    def __call__(self, one: Appearance, other: Appearance) -> int:
        """The number of pieces that both have."""
        pair = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
        found = self._known.get(pair)
        if found is None:
            found = self._known[pair] = (one.pieces & other.pieces).total()
        return found


def likenesses(looks: Sequence[Appearance], alike: Likeness | None = None) -> list[int]:
    """What each option has in common with the others, piece by piece.

    Nearly every wrong option is wrong in one place; so the right one would have most in common with
    the others, and could be found by counting.
    """
    alike = alike or Likeness()
    sums = [0] * len(looks)
    for i, j in combinations(range(len(looks)), 2):
        shared = alike(looks[i], looks[j])
        sums[i] += shared
        sums[j] += shared
    return sums


def lengths_of(values: Sequence[Any]) -> list[int]:
    """How much there is to read of each value."""
    return [Appearance.of(each).length for each in values]


def likenesses_of(values: Sequence[Any]) -> list[int]:
    """What each value has in common with the others."""
    return likenesses([Appearance.of(each) for each in values])


def negated(score: Callable[[Sequence[Any]], list[int]]) -> Callable[[Sequence[Any]], list[int]]:
    """The scores with the lowest made the highest."""
    return lambda values: [-each for each in score(values)]


TELLS: dict[str, Callable[[Sequence[Any]], list[int]]] = {
    "the largest": sizes,
    "the smallest": negated(sizes),
    "the farthest from 0": distances,
    "the nearest to 0": negated(distances),
    "the longest": lengths_of,
    "the shortest": negated(lengths_of),
    "most like the others": likenesses_of,
    "least like the others": negated(likenesses_of),
}
"""Ways to guess: the option with the highest score."""
SAME_IF_POSITIVE = {"the farthest from 0": "the largest", "the nearest to 0": "the smallest"}
"""Ways that are one where no option is ever negative."""


def chance(scores: Sequence[int], right: int) -> float:
    """How often a guess at the highest score meets the option at the place *right*."""
    best = [index for index, score in enumerate(scores) if score == max(scores)]
    return (right in best) / len(best)
