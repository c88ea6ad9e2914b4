"""Weights after a change of the scores against torch's softmax."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import rational
from examgen.families.attention.softmax_invariance import SoftmaxInvariance
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "softmax-invariance"

Tensor = Any


class Row:
    """Scores before and after the change."""

    def __init__(self, torch: ModuleType, givens: SoftmaxInvariance) -> None:
        self.torch, self.givens = torch, givens
        self.old = torch.tensor(givens.powers, dtype=torch.double).log() + 1.7
        self.factor, self.at = float(rational(givens.factor)), givens.asked - 1
        self.raise_by = torch.zeros_like(self.old)
        if givens.raised:
            self.raise_by[givens.raised - 1] = torch.tensor(float(givens.raised_by)).log()

    def weight(self, scores: Tensor) -> float:
        return float(scores.softmax(0)[self.at])

    def after(self, factor: float | None = None, raised: float = 1.0) -> float:
        factor = self.factor if factor is None else factor
        scores = self.old * factor + self.givens.shift + raised * self.raise_by
        return self.weight(scores)

    @property
    def before(self) -> float:
        return self.weight(self.old)

    def of_powers(self, change: Callable[[Tensor], None]) -> float:
        powers = (self.old - 1.7).exp()
        change(powers)
        return float(powers[self.at] / powers.sum())

    def reversed(self) -> float:
        return self.after(raised=-1.0) if self.givens.raised else self.after(-self.factor)


def added(it: Row) -> float:
    def change(powers: Tensor) -> None:
        powers[it.givens.raised - 1] += it.givens.raised_by

    return it.of_powers(change)


def own(it: Row) -> float:
    def change(powers: Tensor) -> None:
        powers[it.at] = powers[it.at] ** it.factor

    return it.of_powers(change)


WRONG: dict[str, Callable[[Row], float]] = {
    "expects_invariance": lambda it: it.before,
    "forgets_to_normalise": lambda it: it.before**it.factor * float(it.raise_by[it.at].exp()),
    "reverses_the_change": Row.reversed,
    "multiplies_the_weight": lambda it: it.factor * it.before,
    "adds_to_the_power": added,
    "changes_twice": lambda it: it.after(it.factor**2),
    "doubles_once": lambda it: it.after(2.0),
    "changes_the_asked_key_only": own,
    "gives_the_rest": lambda it: 1 - it.after(),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        row = Row(torch, drawn.givens)
        assert float(drawn.answer_key["weight"]) == pytest.approx(row.after(), rel=1e-6), seed
        for each, wrong in drawn.mistakes["weight"]:
            expected = pytest.approx(WRONG[each.name](row), rel=1e-6)
            assert float(wrong) == expected, (seed, each.name)


@pytest.mark.parametrize(
    ("givens", "weight"),
    [
        # 1 : 2 : 3 becomes 1 : 6 : 3
        (SoftmaxInvariance((1, 2, 3), 2, 5, raised=2, raised_by=3), Fraction(3, 5)),
        # 1 : 4 : 9, and 3 : 2 : 1 of 9 : 4 : 1
        (SoftmaxInvariance((1, 2, 3), 3, 2, 2), Fraction(9, 14)),
        (SoftmaxInvariance((9, 4, 1), 1, 2, Fraction(1, 2)), Fraction(1, 2)),
        # 1 : 16 : 81, and 36 : 9 : 4
        (SoftmaxInvariance((1, 2, 3), 2, 2, 4), Fraction(8, 49)),
        (SoftmaxInvariance((1, 2, 3), 1, 2, -2), Fraction(36, 49)),
    ],
)
def test_by_hand(givens: SoftmaxInvariance, weight: Fraction) -> None:
    assert Problem.of(givens, "hard").answer_key == {"weight": weight}


@pytest.mark.parametrize("level", LEVELS)
def test_powers_differ_and_their_sum_is_small(level: Level) -> None:
    for seed in range(200):
        given = problem(FAMILY, level, seed).givens
        assert len({*given.powers}) > 1
        if given.factor > 0:
            raised = [float(each) ** float(given.factor) for each in given.powers]
            if given.raised:
                raised[given.raised - 1] *= given.raised_by
            assert sum(raised) < 98.5
