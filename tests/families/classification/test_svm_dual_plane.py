"""The plane of the widest margin from scipy's optimiser, and mistakes in numpy."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from scipy.optimize import minimize

from examgen.exact import array
from examgen.families.classification.svm_dual_plane import SvmDualPlane
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem, share_of_the_nearest

FAMILY = "svm-dual-plane"

Floats = Any


class Machine:
    """The problem in floats."""

    def __init__(self, givens: SvmDualPlane) -> None:
        self.x, self.y, self.alphas = (
            each.astype(float) for each in (givens.x, givens.y, givens.alphas)
        )
        self.new = givens.new.astype(float) if givens.asks_value else None
        self.at = int(np.argmax(self.y == -np.sign(self.y.sum())))
        self.normal = self.weights(self.alphas * self.y)

    def weights(self, factors: Floats) -> Floats:
        return factors @ self.x

    def offset(self, w: Floats, at: int | None = None, label: float = 1) -> float:
        at = self.at if at is None else at
        return float(self.x[at] @ w - label * self.y[at])

    def answer(self, w: Floats, b: float) -> float:
        return b if self.new is None else float(w @ self.new - b)

    def with_weights(self, factors: Floats) -> float:
        w = self.weights(factors)
        return self.answer(w, self.offset(w))

    def with_offset(self, b: float) -> float:
        return self.answer(self.normal, b)

    def optimum(self) -> float:
        """The answer from the widest margin itself, without the multipliers."""
        found = minimize(
            lambda plane: 0.5 * plane[:2] @ plane[:2],
            np.append(self.normal, self.offset(self.normal)) + 0.1,
            jac=lambda plane: np.array([*plane[:2], 0]),
            constraints={
                "type": "ineq",
                "fun": lambda plane: self.y * (self.x @ plane[:2] - plane[2]) - 1,
                "jac": lambda _: np.column_stack([self.y[:, None] * self.x, -self.y]),
            },
            options={"ftol": 1e-12},
        )
        return self.answer(found.x[:2], float(found.x[2]))

    @property
    def plane(self) -> tuple[Floats, float]:
        return self.normal, self.offset(self.normal)

    def value(self) -> float:
        return self.answer(*self.plane)

    def middle(self) -> float:
        projected = self.x @ self.normal
        return float(np.mean([projected[self.y == label].mean() for label in (1, -1)]))


def plus_b(it: Machine) -> float:
    w, b = it.plane
    return -b if it.new is None else float(w @ it.new + b)


WRONG: dict[str, Callable[[Machine], float]] = {
    "forgets_the_labels": lambda it: it.with_weights(it.alphas),
    "forgets_the_multipliers": lambda it: it.with_weights((it.alphas > 0) * it.y),
    "adds_the_offset": plus_b,
    "takes_any_point": lambda it: it.with_offset(it.offset(it.normal, int(np.argmin(it.alphas)))),
    "forgets_the_margin": lambda it: it.with_offset(it.offset(it.normal, label=0)),
    "reverses_the_label": lambda it: it.with_offset(it.offset(it.normal, label=-1)),
    "forgets_the_offset": lambda it: it.with_offset(0),
    "reverses_the_sign": lambda it: -it.value(),
    "divides_by_the_squared_norm": lambda it: it.value() / float(it.normal @ it.normal),
    "averages_the_classes": lambda it: it.with_offset(it.middle()),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_an_optimiser(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        machine = Machine(drawn.givens)
        right = float(drawn.answer_key["number"])
        assert right == pytest.approx(machine.optimum(), abs=1e-4), seed
        for misconception, wrong in drawn.mistakes["number"]:
            expected = pytest.approx(WRONG[misconception.name](machine), abs=1e-12)
            assert float(wrong) == expected, (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_the_multipliers_are_optimal(level: Level) -> None:
    """Karush–Kuhn–Tucker: positive only on the lines of the margin, and balanced."""
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        machine = Machine(drawn.givens)
        w, b = machine.plane
        margins = machine.y * (machine.x @ w - b)
        assert margins.min() == pytest.approx(1), seed
        assert machine.alphas @ (margins - 1) == pytest.approx(0), seed
        assert machine.alphas @ machine.y == pytest.approx(0), seed
        assert machine.alphas.min() == 0, seed
        assert (machine.alphas > 0).sum() == (2 if level == "easy" else 3), seed


@pytest.mark.parametrize("level", LEVELS)
def test_the_right_answer_is_seldom_the_nearest_to_zero(level: Level) -> None:
    assert share_of_the_nearest(FAMILY, level, 300) < 0.37


def test_of_two_points_in_each_class_the_first_support_vector_is_taken() -> None:
    """No draw has them, but a bank may: w = (1, 0), b = 1."""
    x, y = array([[2, 0], [0, 0], [3, 1], [-1, 1]]), array([1, -1, 1, -1])
    alphas = array([Fraction(1, 2), Fraction(1, 2), 0, 0])
    chosen = SvmDualPlane(x, y, alphas, array([]))
    assert Problem.of(chosen, "easy").answer_key == {"number": 1}


def test_by_hand() -> None:
    """w = ½(2, 0) − ½(0, 0) = (1, 0), b = 2 − 1 = 1."""
    x, y = array([[2, 0], [0, 0], [3, 1]]), array([1, -1, 1])
    alphas = array([Fraction(1, 2), Fraction(1, 2), 0])
    drawn = Problem.of(SvmDualPlane(x, y, alphas, array([])), "easy")
    assert drawn.answer_key == {"number": 1}
    value = Problem.of(SvmDualPlane(x, y, alphas, array([5, 2])), "hard")
    assert value.answer_key == {"number": 4}
    found = {each.name: wrong for each, wrong in value.mistakes["number"]}
    assert found["takes_any_point"] == 3
    assert found["forgets_the_multipliers"] == 10 - 1
