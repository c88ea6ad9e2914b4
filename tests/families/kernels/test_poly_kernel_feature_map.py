"""Polynomial kernels multiplied out word by word, with each mistake built into the words."""

from collections import Counter
from collections.abc import Callable
from functools import lru_cache
from itertools import combinations, combinations_with_replacement, permutations, product
from math import sqrt
from typing import Any

import numpy as np
import pytest

from examgen.exact import Exact, approximate, array
from examgen.exact import sqrt as exact_sqrt
from examgen.families.kernels.poly_kernel_feature_map import PolyKernelFeatureMap
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "poly-kernel-feature-map"


@lru_cache
def words(variables: int, power: int, ones: bool = True) -> Counter[tuple[int, ...]]:
    """How many words of so many letters give each monomial; letter 0 is the 1."""
    letters = range(0 if ones else 1, variables + 1)
    return Counter(
        tuple(word.count(letter) for letter in range(1, variables + 1))
        for word in product(letters, repeat=power)
    )


class Expansion:
    """A problem's kernel, as the sum of its words."""

    def __init__(self, givens: PolyKernelFeatureMap) -> None:
        self.d, self.p, self.asked = givens.variables, givens.power, givens.asked
        self.x, self.y = givens.x.astype(float), givens.other.astype(float)
        self.exponents = givens.exponents

    @property
    def monomial(self) -> float:
        return float(np.prod(self.x ** np.array(self.exponents)))

    def letters(self, label_variables: bool, label_ones: bool) -> int:
        """The orders of the monomial's letters, where some of them are told apart."""
        letters: list[Any] = [(0, at if label_ones else 0) for at in range(self.p)]
        letters = letters[: self.p - sum(self.exponents)]
        for variable, count in enumerate(self.exponents, start=1):
            letters += [(variable, at if label_variables else 0) for at in range(count)]
        return len({*permutations(letters)})

    def entry(self, ways: float) -> float:
        return sqrt(ways) * self.monomial

    def right(self) -> float:
        if self.asked == "value":
            return sum(
                count * float(np.prod((self.x * self.y) ** np.array(exponents)))
                for exponents, count in words(self.d, self.p).items()
            )
        if self.asked == "count":
            return len(words(self.d, self.p))
        return self.entry(words(self.d, self.p)[self.exponents])

    def dot(self) -> float:
        return float(self.x @ self.y)

    def monomials(self, keep: Callable[[tuple[int, ...]], bool]) -> int:
        return sum(map(keep, words(self.d, self.p)))


def without_one(it: Expansion) -> float:
    if it.asked == "value":
        return it.dot() ** it.p
    if it.asked == "count":
        return len(words(it.d, it.p, ones=False))
    return it.entry(words(it.d, sum(it.exponents), ones=False)[it.exponents])


def entrywise(it: Expansion) -> float:
    if it.asked == "count":
        return it.monomials(lambda exponents: sum(each > 0 for each in exponents) <= 1)
    return float(((it.x * it.y) ** it.p).sum()) + 1


def picks_in_order(it: Expansion) -> float:
    if it.asked == "count":
        return len([*permutations(range(it.d + it.p), it.p)])
    return it.entry(it.letters(label_variables=True, label_ones=True))


WRONG: dict[str, Callable[[Expansion], float]] = {
    "forgets_the_one": without_one,
    "adds_the_one_afterwards": lambda it: it.dot() ** it.p + 1,
    "multiplies_by_the_exponent": lambda it: (it.dot() + 1) * it.p,
    "takes_entrywise_powers": entrywise,
    "adds_the_one_to_each": lambda it: float((it.x * it.y + 1).sum() ** it.p),
    "forgets_the_power": lambda it: it.dot() + 1,
    "counts_ordered_products": lambda it: words(it.d, it.p).total(),
    "counts_ordered_products_of_full_degree": lambda it: words(it.d, it.p, ones=False).total(),
    "counts_picks_in_order": picks_in_order,
    "counts_both_points": lambda it: len(
        [*combinations_with_replacement(range(2 * it.d + 1), it.p)]
    ),
    "forgets_the_repeated": lambda it: it.monomials(lambda exponents: max(exponents) <= 1),
    "forgets_the_constant": lambda it: it.monomials(any),
    "forgets_the_root": lambda it: words(it.d, it.p)[it.exponents] * it.monomial,
    "takes_the_root_of_the_power": lambda it: it.entry(it.p),
    "forgets_the_choices_of_the_one": lambda it: it.entry(it.letters(False, True)),
    "counts_repeated_factors_in_order": lambda it: it.entry(it.letters(True, False)),
    "counts_by_degree": lambda it: it.entry(len([*combinations(range(it.p), sum(it.exponents))])),
    "takes_the_root_of_the_monomial": lambda it: it.right() / sqrt(abs(it.monomial)),
    "counts_a_factor_too_many": lambda it: it.entry(words(it.d, it.p + 1)[it.exponents]),
    "counts_a_factor_too_few": lambda it: it.entry(words(it.d, it.p - 1)[it.exponents]),
    "forgets_the_coefficient": lambda it: it.monomial,
}


def number(value: Exact) -> float:
    return float(approximate(value, 15))


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_the_words(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        expansion = Expansion(drawn.givens)
        assert number(drawn.answer_key["number"]) == pytest.approx(expansion.right()), seed
        for misconception, wrong in drawn.mistakes["number"]:
            expected = WRONG[misconception.name](expansion)
            assert number(wrong) == pytest.approx(expected), (seed, misconception.name)


def test_by_hand() -> None:
    """(2 · 1 − 3 · 2 + 1)² = 9; C(5, 2) = 10; √(3!/(1!1!1!)) · 2 · 3 = 6√6."""
    none = array([])
    value = PolyKernelFeatureMap("value", 2, 2, array([2, -3]), array([1, 2]), ())
    assert Problem.of(value, "easy").answer_key == {"number": 9}
    count = PolyKernelFeatureMap("count", 2, 3, none, none, ())
    assert Problem.of(count, "medium").answer_key == {"number": 10}
    entry = PolyKernelFeatureMap("entry", 3, 2, array([2, 3]), none, (1, 1))
    drawn = Problem.of(entry, "hard")
    assert drawn.answer_key == {"number": 6 * exact_sqrt(6)}
    found = {each.name: wrong for each, wrong in drawn.mistakes["number"]}
    assert found["counts_by_degree"] == 6 * exact_sqrt(3)
    assert found["forgets_the_one"] == 6 * exact_sqrt(2)


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        value, count, entry = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert (value.asked, count.asked, entry.asked) == ("value", "count", "entry")
        assert count.variables != count.power
        assert sum(each > 0 for each in entry.exponents) >= 2
