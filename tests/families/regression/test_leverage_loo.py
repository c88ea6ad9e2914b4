"""Leverages from numpy's pseudoinverse, and predictions from fits without the point."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.regression.leverage_loo import LeverageLoo
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "leverage-loo"


class Fit:
    """The problem in floats."""

    def __init__(self, givens: LeverageLoo) -> None:
        self.x, self.i, self.predicts = givens.x.astype(float), givens.point - 1, givens.predicts
        self.y = givens.y.astype(float) if givens.predicts else np.zeros(len(self.x))
        self.own, self.target = self.x[self.i], float(self.y[self.i])
        self.sizes = abs(self.x[:, 0])

    @property
    def leverage(self) -> float:
        return float((self.x @ np.linalg.pinv(self.x))[self.i, self.i])

    @property
    def prediction(self) -> float:
        return float(self.own @ np.linalg.lstsq(self.x, self.y)[0])

    @property
    def without(self) -> float:
        others = np.delete(self.x, self.i, axis=0), np.delete(self.y, self.i)
        return float(self.own @ np.linalg.lstsq(*others)[0])

    def right(self) -> float:
        return self.without if self.predicts else self.leverage

    def with_leverage(self, leverage: Any) -> float:
        """The p that is pulled to the prediction by this share of the target: ℓy + (1 − ℓ)p = ŷ."""
        share = float(leverage)
        if not self.predicts:
            return share
        return float(np.roots([1 - share, share * self.target - self.prediction])[0])

    def scaled(self, above: float) -> float:
        return above / (1 - self.leverage)


WRONG: dict[str, Callable[[Fit], float]] = {
    "forgets_to_square": lambda it: it.with_leverage(it.sizes[it.i] / it.sizes.sum()),
    "squares_above_only": lambda it: float(it.sizes[it.i] ** 2 / it.sizes.sum()),
    "squares_below_only": lambda it: float(it.sizes[it.i] / (it.sizes**2).sum()),
    "leaves_itself_out": lambda it: it.with_leverage(
        it.sizes[it.i] ** 2 / (np.delete(it.sizes, it.i) ** 2).sum()
    ),
    "takes_the_mean_leverage": lambda it: it.with_leverage(
        np.diag(it.x @ np.linalg.pinv(it.x)).mean()
    ),
    "divides_by_the_largest": lambda it: it.with_leverage((it.sizes[it.i] / it.sizes.max()) ** 2),
    "ignores_the_off_diagonal": lambda it: it.with_leverage(
        (it.own**2 / (it.x**2).sum(axis=0)).sum()
    ),
    "inverts_the_leverage": lambda it: 1 / it.leverage,
    "takes_the_rest": lambda it: 1 - it.leverage,
    "forgets_the_inverse": lambda it: float(((it.x @ it.own) ** 2).sum()),
    "keeps_the_prediction": lambda it: it.prediction,
    "forgets_to_divide": lambda it: it.without * (1 - it.leverage),
    "adds_the_share": lambda it: it.scaled(it.prediction + it.leverage * it.target),
    "multiplies_by_the_rest": lambda it: it.without * (1 - it.leverage) ** 2,
    "divides_by_the_leverage": lambda it: it.without * (1 - it.leverage) / it.leverage,
    "gives_the_error": lambda it: it.target - it.without,
    "swaps_prediction_and_target": lambda it: it.scaled(it.target - it.leverage * it.prediction),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_refits(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        fit = Fit(drawn.givens)
        right = pytest.approx(fit.right(), abs=1e-9)
        assert float(drawn.answer_key["number"]) == right, seed
        for misconception, wrong in drawn.mistakes["number"]:
            expected = pytest.approx(WRONG[misconception.name](fit), abs=1e-9)
            assert float(wrong) == expected, (seed, misconception.name)


def test_by_hand() -> None:
    """x = 1, 2, 3: ℓ₃ = 9/14. Without it w = (1 + 2 · 0)/5 and 3w = 3/5."""
    x, y = array([[1], [2], [3]]), array([1, 0, 4])
    leverage = Problem.of(LeverageLoo(x, array([]), 3, False), "easy")
    assert leverage.answer_key == {"number": Fraction(9, 14)}
    prediction = Problem.of(LeverageLoo(x, y, 3, True), "medium")
    assert prediction.answer_key == {"number": Fraction(3, 5)}
    found = {each.name: wrong for each, wrong in prediction.mistakes["number"]}
    assert found["keeps_the_prediction"] == Fraction(39, 14)
    assert found["gives_the_error"] == Fraction(17, 5)


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        leverage, one, two = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert not leverage.predicts and one.predicts and two.predicts
        assert leverage.is_scalar and one.is_scalar and not two.is_scalar
        assert all(isinstance(each, int) for each in two.weights)
