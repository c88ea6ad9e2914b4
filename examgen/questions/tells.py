"""What might tell the right option to somebody who does not do the work: size, length, likeness."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from functools import cmp_to_key
from typing import Any

import numpy as np

from examgen import answers
from examgen.exact import Shape, compare

SIGN = re.compile(r"\\[A-Za-z]+|[^\s{}]")
PIECE = re.compile(r"\\?[A-Za-z]+|\d+|[^\s{}]")


def compare_options(left: Any, right: Any) -> int:
    """Return -1, 0 or 1: numbers by value, index sets by how many they hold, texts by length."""
    if isinstance(left, frozenset):
        return compare((len(left), *sorted(left)), (len(right), *sorted(right)))
    if isinstance(left, str):
        return compare((len(left), *map(ord, left)), (len(right), *map(ord, right)))
    return compare(left, right)


def sizes(values: Sequence[Any]) -> list[int]:
    """The place of each value in the order of them all, from 0."""

    def by_size(one: int, other: int) -> int:
        return compare_options(values[one], values[other])

    order = sorted(range(len(values)), key=cmp_to_key(by_size))
    return [order.index(each) for each in range(len(values))]


def lengths(values: Sequence[Any]) -> list[int]:
    """How much there is to read: about so many characters are printed."""
    texts = [each if isinstance(each, str) else answers.latex(each) for each in values]
    return [len(SIGN.findall(text)) for text in texts]


def likenesses(values: Sequence[Any]) -> list[int]:
    """What each value has in common with the others, piece by piece.

    Nearly every wrong option is wrong in one place; so the right one would have most in common with
    the others, and could be found by counting.
    """
    return in_common([Counter(pieces(each)) for each in values])


def in_common(counted: Sequence[Counter[Hashable]]) -> list[int]:
    """How many of its pieces each shares with the others."""
    return [
        sum((own & other).total() for j, other in enumerate(counted) if j != i)
        for i, own in enumerate(counted)
    ]


def pieces(value: Any) -> list[Hashable]:
    """What two options can have in common: entries in the same place, members, words, signs."""
    if isinstance(value, Shape):
        return [*enumerate(value)]
    if isinstance(value, np.ndarray):
        return [(index, answers.plain(each)) for index, each in np.ndenumerate(value)]
    if isinstance(value, frozenset):
        return [*value]
    return [*value.split()] if isinstance(value, str) else latex_pieces(value)


def latex_pieces(value: Any) -> list[Hashable]:
    """The numbers, names and signs of a value's LaTeX."""
    return [*PIECE.findall(answers.latex(value))]


def negated(score: Callable[[Sequence[Any]], list[int]]) -> Callable[[Sequence[Any]], list[int]]:
    """The score by which the last is first."""
    return lambda values: [-each for each in score(values)]


TELLS: dict[str, Callable[[Sequence[Any]], list[int]]] = {
    "the largest": sizes,
    "the smallest": negated(sizes),
    "the longest": lengths,
    "the shortest": negated(lengths),
    "most like the others": likenesses,
    "least like the others": negated(likenesses),
}
"""Ways to guess: the option with the highest score."""


def chance(scores: Sequence[int], right: int) -> float:
    """How often a guess at the highest score meets the option at the place *right*."""
    best = [index for index, score in enumerate(scores) if score == max(scores)]
    return (right in best) / len(best)
