"""Least squares against numpy's lstsq, with each mistake built into the data or the system."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen.exact import approximate, array, entries
from examgen.families.regression.normal_equations import NormalEquations
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "normal-equations"

Floats = Any


class Data:
    """A problem's numbers as floats."""

    def __init__(self, givens: NormalEquations) -> None:
        self.x, self.y = givens.x.astype(float), givens.y.astype(float)
        self.points = len(self.y)
        self.ridge = float(Fraction(str(givens.ridge)))
        self.scale = {"mean": 1 / self.points, "sum": 1.0, "half": 0.5}[givens.loss]

    def fit(self, ridge: float | None = None, scale: float | None = None) -> Floats:
        """Least squares with the penalty written as rows of data: √(λ/c)·w = 0."""
        added = (self.ridge if ridge is None else ridge) / (self.scale if scale is None else scale)
        rows = np.vstack([self.x, np.sqrt(added) * np.eye(2)])
        return np.linalg.lstsq(rows, np.concatenate([self.y, [0, 0]]))[0]

    @property
    def system(self) -> Floats:
        return self.x.T @ self.x + self.ridge / self.scale * np.eye(2)

    @property
    def right_side(self) -> Floats:
        return np.einsum("ij,i->j", self.x, self.y)

    def inverted(self, order: list[int], signs: list[int]) -> Floats:
        """The 2 × 2 rule for an inverse: which of a, b, c, d stand where, with which signs."""
        flat = self.system.ravel()
        adjugate = (flat[order] * signs).reshape(2, 2)
        return adjugate @ self.right_side / np.linalg.det(self.system)


WRONG: dict[str, Callable[[Data], Floats]] = {
    "stops_at_the_right_side": lambda it: it.right_side,
    "forgets_the_inverse": lambda it: it.x.T @ it.x @ it.right_side,
    "takes_the_ratio_of_sums": lambda it: it.y.sum() / it.x.sum(axis=0),
    "takes_the_mean_of_ratios": lambda it: (it.y[:, None] / it.x).mean(axis=0),
    "forgets_to_square": lambda it: it.right_side / it.x.sum(axis=0),
    "swaps_the_columns": lambda it: it.right_side / (it.x**2).sum(axis=0)[::-1],
    "divides_by_the_points": lambda it: it.right_side / it.points,
    "adds_an_intercept": lambda it: np.linalg.lstsq(np.insert(it.x, 0, 1, axis=1), it.y)[0][1:],
    "solves_the_first_rows": lambda it: np.linalg.solve(it.x[:2], it.y[:2]),
    "ignores_the_off_diagonal": lambda it: it.right_side / np.diag(it.system),
    "forgets_the_determinant": lambda it: np.linalg.det(it.system) * it.fit(),
    "forgets_the_signs": lambda it: it.inverted([3, 1, 2, 0], [1, 1, 1, 1]),
    "forgets_to_swap": lambda it: it.inverted([0, 1, 2, 3], [1, -1, -1, 1]),
    "ignores_the_penalty": lambda it: it.fit(ridge=0),
    "subtracts_the_penalty": lambda it: np.linalg.solve(
        2 * it.x.T @ it.x - it.system, it.right_side
    ),
    "adds_to_every_entry": lambda it: np.linalg.solve(
        it.x.T @ it.x + it.ridge / it.scale, it.right_side
    ),
    "adds_to_the_right_side": lambda it: np.linalg.solve(
        it.x.T @ it.x, it.right_side + it.ridge / it.scale
    ),
    "forgets_the_mean": lambda it: it.fit(scale=1),
    "averages_unasked": lambda it: it.fit(scale=1 / it.points),
}


def floats(values: Any) -> list[float]:
    return [float(approximate(each, 15)) for each in entries(values)]


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_lstsq(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        data = Data(drawn.givens)
        assert floats(drawn.answer_key["weights"]) == pytest.approx(data.fit()), seed
        for misconception, wrong in drawn.mistakes["weights"]:
            expected = WRONG[misconception.name](data)
            message = (seed, misconception.name)
            assert floats(wrong) == pytest.approx(expected, rel=1e-6, abs=1e-9), message


@pytest.mark.parametrize("level", LEVELS)
def test_the_loss_is_least_there(level: Level) -> None:
    for seed in range(50):
        drawn = problem(FAMILY, level, seed)
        data, best = Data(drawn.givens), np.array(floats(drawn.answer_key["weights"]))

        def loss(w: Floats, it: Data = data) -> float:
            return float(it.scale * ((it.x @ w - it.y) ** 2).sum() + it.ridge * (w**2).sum())

        for off in ([0.1, 0], [-0.1, 0], [0, 0.1], [0, -0.1], [0.1, 0.1], [0.1, -0.1]):
            assert loss(best) < loss(best + np.array(off)), seed


def test_by_hand() -> None:
    """XᵀX = [[2, 1], [1, 2]] + 3 · 1/3 · I = [[3, 1], [1, 3]], det 8; Xᵀy = (4, 2)."""
    x = array([[1, 0], [0, 1], [1, 1]])
    drawn = Problem.of(NormalEquations(x, array([3, 1, 1]), "mean", Fraction(1, 3)), "hard")
    assert drawn.answer_key["weights"].tolist() == [Fraction(5, 4), Fraction(1, 4)]
    found = {each.name: wrong.tolist() for each, wrong in drawn.mistakes["weights"]}
    assert found["ignores_the_penalty"] == [2, 0]
    assert found["ignores_the_off_diagonal"] == [Fraction(4, 3), Fraction(2, 3)]
    assert found["forgets_the_determinant"] == [10, 2]
    assert "averages_unasked" not in found


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        upright, oblique, penalised = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert upright.is_diagonal and not oblique.is_diagonal and not penalised.is_diagonal
        assert upright.ridge == oblique.ridge == 0 < penalised.ridge
        assert 3 <= oblique.determinant <= 14
    assert {problem(FAMILY, "hard", seed).givens.loss for seed in range(20)} == {"mean", "sum"}
