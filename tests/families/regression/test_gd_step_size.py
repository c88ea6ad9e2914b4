"""Step sizes against numpy's eigenvalues of autograd's Hessian, and against descent itself."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.regression.gd_step_size import GdStepSize
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "gd-step-size"


class Landscape:
    """The problem's loss, and what its Hessian's eigenvalues say about step sizes."""

    def __init__(self, torch: ModuleType, givens: GdStepSize) -> None:
        self.torch, self.givens = torch, givens
        self.x = torch.tensor(givens.x.astype(float))
        self.y = torch.tensor(givens.y.astype(float))
        self.matrix = givens.x.astype(float)
        self.steps = 1 if givens.exact else 2

    def loss(self, w: Any) -> Any:
        loss = self.torch.nn.functional.mse_loss(
            self.x @ w, self.y, reduction="mean" if self.givens.loss == "mean" else "sum"
        )
        return loss / 2 if self.givens.loss == "half" else loss

    def hessian(self, scale: float = 1) -> Any:
        start = self.torch.zeros(self.x.shape[1], dtype=self.torch.double)
        return scale * self.torch.autograd.functional.hessian(self.loss, start).numpy()

    def eigenvalues(self, scale: float = 1) -> Any:
        return np.linalg.eigvalsh(self.hessian(scale))

    @property
    def squares(self) -> Any:
        """The eigenvalues of XᵀX."""
        return np.linalg.eigvalsh(self.matrix.T @ self.matrix)

    def step(self, scale: float = 1) -> float:
        return float(self.steps / self.eigenvalues(scale)[-1])

    def like(self, number: float) -> float:
        """The step if the sum of squares were *number*."""
        return self.step() * float(self.squares[-1]) / number

    def distance(self, rate: float, steps: int) -> tuple[float, float]:
        """How far from the minimum w is at first, and after so many steps."""
        best = np.linalg.lstsq(self.matrix, self.y.numpy())[0]
        off = np.array([1.0, 0.7])[: len(best)]
        w = self.torch.tensor(best + off)
        for _ in range(steps):
            w = w.detach().requires_grad_()
            w = w - rate * self.torch.autograd.grad(self.loss(w), w)[0]
        return float(np.linalg.norm(off)), float(np.linalg.norm(w.detach().numpy() - best))


WRONG: dict[str, Callable[[Landscape], float]] = {
    "forgets_the_mean": lambda it: it.step(len(it.y)),
    "forgets_the_two": lambda it: it.step(0.5),
    "takes_the_gram_matrix_for_the_hessian": lambda it: it.steps / it.squares[-1],
    "takes_the_smallest_of_the_gram_matrix": lambda it: 2 / it.squares[0],
    "adds_those_of_the_gram_matrix": lambda it: 2 / it.squares.sum(),
    "centres_the_inputs": lambda it: it.like(float(np.var(it.matrix) * len(it.y))),
    "forgets_the_half": lambda it: it.step(2),
    "brings_the_two_twice": lambda it: it.step(2),
    "averages_unasked": lambda it: it.step(1 / len(it.y)),
    "stops_at_the_exact_step": lambda it: it.step() / 2,
    "gives_the_bound": lambda it: it.step() * 2,
    "forgets_to_square": lambda it: it.like(float(abs(it.x).sum())),
    "squares_the_sum": lambda it: it.like(float(it.x.sum() ** 2)),
    "takes_the_targets_for_the_inputs": lambda it: it.like(float((it.y**2).sum())),
    "takes_the_determinant": lambda it: it.like(float(np.linalg.det(it.matrix.T @ it.matrix))),
    "takes_the_smallest_eigenvalue": lambda it: 2 / it.eigenvalues()[0],
    "adds_the_eigenvalues": lambda it: 2 / np.trace(it.hessian()),
    "takes_the_diagonal": lambda it: 2 / it.hessian()[0, 0],
    "takes_the_singular_value": lambda it: it.like(float(np.linalg.norm(it.matrix, 2))),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_the_hessian(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        landscape = Landscape(torch, drawn.givens)
        assert float(drawn.answer_key["step_size"]) == pytest.approx(landscape.step()), seed
        for misconception, wrong in drawn.mistakes["step_size"]:
            expected = pytest.approx(WRONG[misconception.name](landscape))
            assert float(wrong) == expected, (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_descent_converges_below_and_not_above(torch: ModuleType, level: Level) -> None:
    for seed in range(20):
        drawn = problem(FAMILY, level, seed)
        landscape, asked = Landscape(torch, drawn.givens), float(drawn.answer_key["step_size"])
        if drawn.givens.exact:
            assert landscape.distance(asked, 1)[1] == pytest.approx(0, abs=1e-9), seed
            continue
        start, below = landscape.distance(0.97 * asked, 60)
        _, above = landscape.distance(1.03 * asked, 60)
        assert below < start < above, seed


def test_by_hand() -> None:
    """XᵀX = [[5, 4], [4, 5]] has the eigenvalues 9 and 1; times 2/2 for the mean of two."""
    givens = GdStepSize(array([[1, 2], [2, 1]]), array([1, 1]), "mean", exact=False)
    drawn = Problem.of(givens, "hard")
    assert drawn.answer_key == {"step_size": Fraction(2, 9)}
    assert {each.name: wrong for each, wrong in drawn.mistakes["step_size"]} == {
        "forgets_the_mean": Fraction(1, 9),
        "forgets_the_two": Fraction(4, 9),
        "stops_at_the_exact_step": Fraction(1, 9),
        "takes_the_smallest_eigenvalue": 2,
        "adds_the_eigenvalues": Fraction(1, 5),
        "takes_the_diagonal": Fraction(2, 5),
        "takes_the_singular_value": Fraction(2, 3),
    }


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        one, upright, alike = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert one.x.shape[1] == 1
        # A sketch of several steps would contradict a question about a single one.
        assert (one.figure is None) == one.exact
        assert upright.is_diagonal and upright.gram[0, 0] != upright.gram[1, 1]
        assert not alike.is_diagonal and alike.gram[0, 0] == alike.gram[1, 1]
    assert {problem(FAMILY, "easy", seed).givens.exact for seed in range(20)} == {True, False}
