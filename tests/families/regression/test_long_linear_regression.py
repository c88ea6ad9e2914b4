"""Linear regression by hand against numpy and autograd, with each mistake built in."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.regression.long_linear_regression import LongLinearRegression
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem

FAMILY = "long-linear-regression"


class Fit:
    """numpy's fit of a problem; every step can be taken from other answers."""

    def __init__(self, givens: LongLinearRegression) -> None:
        self.x, self.y = givens.x.astype(float), givens.y.astype(float)
        self.rate, self.at = float(givens.rate), givens.point - 1  # type: ignore[arg-type]
        self.n = len(self.y)
        self.w = np.linalg.lstsq(self.x, self.y, rcond=None)[0]

    @property
    def predictions(self) -> Any:
        return self.x @ self.w

    @property
    def errors(self) -> Any:
        return self.predictions - self.y

    @property
    def diagonal(self) -> Any:
        return (self.x**2).sum(axis=0)

    @property
    def slope(self) -> Any:
        """The gradient at 0, by central differences."""
        loss = np.vectorize(
            lambda *w: np.mean((self.x @ np.array(w) - self.y) ** 2), signature="(),()->()"
        )
        return np.array([(loss(*h) - loss(*-h)) / 2 for h in np.eye(2)])

    @property
    def leverage(self) -> float:
        """How the point's prediction follows its target."""
        return float((self.x @ np.linalg.pinv(self.x))[self.at, self.at])

    @property
    def left_out(self) -> float:
        others = np.arange(self.n) != self.at
        w = np.linalg.lstsq(self.x[others], self.y[others], rcond=None)[0]
        return float(self.x[self.at] @ w)

    def swapped(self) -> float:
        """The prediction left out, with predictions and targets exchanged."""
        prediction, target = self.predictions[self.at], self.y[self.at]
        return float((target - self.leverage * prediction) / (1 - self.leverage))


RIGHT: dict[str, Callable[[Fit], Any]] = {
    "gram": lambda fit: np.einsum("ij,ik->jk", fit.x, fit.x),
    "correlations": lambda fit: np.einsum("ij,i->j", fit.x, fit.y),
    "weights": lambda fit: fit.w,
    "predictions": lambda fit: fit.predictions,
    "mean_squared_error": lambda fit: np.linalg.norm(fit.errors) ** 2 / fit.n,
    "gradient": lambda fit: fit.slope,
    "first_step": lambda fit: -fit.rate * fit.slope,
    "extended": lambda fit: np.column_stack([fit.x, fit.x.prod(axis=1)]),
    "leverage": lambda fit: fit.leverage,
    "left_out": lambda fit: fit.left_out,
}
WRONG: dict[tuple[str, str], Callable[[Fit], Any]] = {
    ("gram", "multiplies_in_the_other_order"): lambda fit: np.einsum("ij,kj->ik", fit.x, fit.x),
    ("gram", "multiplies_the_sums"): lambda fit: np.outer(fit.x.sum(axis=0), fit.x.sum(axis=0)),
    ("gram", "ignores_the_off_diagonal"): lambda fit: np.diag(fit.diagonal),
    ("correlations", "multiplies_the_sums"): lambda fit: fit.x.sum(axis=0) * fit.y.sum(),
    ("correlations", "forgets_the_inputs"): lambda fit: np.ones_like(fit.x).T @ fit.y,
    ("weights", "forgets_the_inverse"): lambda fit: fit.x.T @ fit.x @ fit.x.T @ fit.y,
    ("weights", "stops_at_the_right_side"): lambda fit: fit.x.T @ fit.y,
    ("weights", "forgets_the_determinant"): lambda fit: fit.w * np.linalg.det(fit.x.T @ fit.x),
    ("weights", "ignores_the_off_diagonal"): lambda fit: fit.x.T @ fit.y / fit.diagonal,
    ("predictions", "swaps_the_weights"): lambda fit: fit.x[:, ::-1] @ fit.w,
    ("predictions", "looks_at_the_first_feature_only"): lambda fit: fit.x @ (fit.w * [1, 0]),
    ("mean_squared_error", "forgets_the_mean"): lambda fit: np.linalg.norm(fit.errors) ** 2,
    ("mean_squared_error", "forgets_to_square"): lambda fit: np.abs(fit.errors).mean(),
    ("mean_squared_error", "forgets_the_predictions"): lambda fit: (fit.y**2).mean(),
    ("gradient", "forgets_the_mean"): lambda fit: fit.slope * fit.n,
    ("gradient", "forgets_the_two"): lambda fit: fit.slope / 2,
    ("gradient", "forgets_the_constant"): lambda fit: fit.slope * fit.n / 2,
    ("gradient", "reverses_the_sign"): lambda fit: -fit.slope,
    ("first_step", "goes_uphill"): lambda fit: fit.rate * fit.slope,
    ("first_step", "forgets_the_step_size"): lambda fit: -fit.slope,
    ("extended", "adds_the_features"): lambda fit: np.column_stack([fit.x, fit.x.sum(axis=1)]),
    ("extended", "drops_the_old_features"): lambda fit: fit.x.prod(axis=1, keepdims=True),
    ("leverage", "forgets_the_inverse"): lambda fit: (np.abs(fit.x @ fit.x[fit.at]) ** 2).sum(),
    ("leverage", "ignores_the_off_diagonal"): lambda fit: (fit.x[fit.at] ** 2 / fit.diagonal).sum(),
    ("left_out", "forgets_to_divide"): lambda fit: fit.left_out * (1 - fit.leverage),
    ("left_out", "swaps_prediction_and_target"): lambda fit: fit.swapped(),
}


def close(expected: Any) -> Any:
    return pytest.approx(np.asarray(expected).tolist(), rel=1e-9, abs=1e-9)


def numbers(value: Any) -> Any:
    return value.astype(float).tolist() if isinstance(value, np.ndarray) else float(value)


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_numpy(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        fit = Fit(drawn.givens)
        for name, answer in drawn.answer_key.items():
            for got, expected in zip(
                np.ravel(numbers(answer)), np.ravel(RIGHT[name](fit)), strict=True
            ):
                assert got == close(expected), (seed, name)
        for name, mistakes in drawn.mistakes.items():
            for mistake, wrong in mistakes:
                expected = WRONG[name, mistake.name](fit)
                assert np.shape(numbers(wrong)) == np.shape(expected)
                assert np.ravel(numbers(wrong)).tolist() == close(np.ravel(expected)), (seed, name)


@pytest.mark.parametrize("level", LEVELS)
def test_the_gradient_is_autograds(torch: ModuleType, level: Level) -> None:
    for seed in range(50):
        drawn = problem(FAMILY, level, seed)
        fit = Fit(drawn.givens)
        w = torch.zeros(2, dtype=torch.double, requires_grad=True)
        loss = torch.nn.functional.mse_loss(torch.tensor(fit.x) @ w, torch.tensor(fit.y))
        loss.backward()
        assert numbers(drawn.answer_key["gradient"]) == close(w.grad.numpy()), seed


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(100):
        drawn = problem(FAMILY, level, seed)
        assert drawn.givens.is_diagonal == (level == "easy")
        assert len(drawn.givens.y) == (4 if level == "hard" else 3)
        assert ("extended" in drawn.answer_key) == (level == "medium")
        assert ("left_out" in drawn.answer_key) == (level == "hard")
        assert all(type(each) is int for each in drawn.answer_key["weights"])


def test_two_divisions_weigh_less_than_two_equations() -> None:
    """Where XᵀX is diagonal nothing has to be inverted: as many points as for the predictions."""
    worth = {}
    for level in LEVELS:
        points = {part.name: part.points for part in item(FAMILY, level, 0).parts}
        worth[level] = points["weights"] - points["predictions"]
        assert sum(points.values()) == 20
    assert worth["easy"] <= 0 < min(worth["medium"], worth["hard"])


def test_by_hand() -> None:
    """XᵀX = [[2, 1], [1, 2]], Xᵀy = (5, 7): w = (1, 3), and the errors are 1, 1 and −1."""
    x, y = array([[1, 0], [0, 1], [1, 1]]), array([0, 2, 5])
    key = Problem.of(LongLinearRegression(x, y, Fraction(1, 2), 3), "hard").answer_key
    assert key["gram"].tolist() == [[2, 1], [1, 2]]
    assert key["weights"].tolist() == [1, 3]
    assert key["predictions"].tolist() == [1, 3, 4]
    assert key["mean_squared_error"] == 1
    assert key["gradient"].tolist() == [Fraction(-10, 3), Fraction(-14, 3)]
    assert key["first_step"].tolist() == [Fraction(5, 3), Fraction(7, 3)]
    # (1, 1)ᵀ (XᵀX)⁻¹ (1, 1) = (2 − 1 − 1 + 2)/3; through (1, 0, 0) and (0, 1, 2) goes 0 + 2
    assert key["leverage"] == Fraction(2, 3)
    assert key["left_out"] == 2
