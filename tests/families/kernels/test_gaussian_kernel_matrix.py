"""Gaussian kernels of a problem against scipy, with each mistake built into its calls."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from examgen.exact import Exact, array, equal, exp
from examgen.families.kernels.gaussian_kernel_matrix import GaussianKernelMatrix
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem
from tests.nn.drawn import floats

FAMILY = "gaussian-kernel-matrix"


class Kernel:
    """K or K v in floats, with changes."""

    def __init__(self, givens: GaussianKernelMatrix) -> None:
        self.x = givens.x.astype(float)
        self.width = 2 * float(givens.variance)  # type: ignore[arg-type]
        self.v = None if givens.coefficients is None else givens.coefficients.astype(float)

    def distances(self, metric: str = "sqeuclidean", x: Any = None) -> Any:
        points = self.x if x is None else x
        return cdist(points, points, metric)

    def matrix(self, exponents: Any = None, width: float | None = None) -> Any:
        top = self.distances() if exponents is None else exponents
        return np.exp(-top / (self.width if width is None else width))

    def answer(self, matrix: Any = None, v: Any = None) -> Any:
        matrix = self.matrix() if matrix is None else matrix
        v = self.v if v is None else v
        return matrix if v is None else matrix @ v


def hollow(matrix: Any) -> Any:
    return matrix - np.diag(np.diag(matrix))


WRONG: dict[str, Callable[[Kernel], Any]] = {
    "forgets_the_square": lambda k: k.answer(k.matrix(k.distances("euclidean"))),
    "forgets_the_two": lambda k: k.answer(k.matrix(width=k.width / 2)),
    "forgets_the_variance": lambda k: k.answer(k.matrix(width=1)),
    "forgets_the_minus": lambda k: k.answer(1 / k.matrix()),
    "zeros_the_diagonal": lambda k: k.answer(hollow(k.matrix())),
    "zeros_the_diagonal_and_forgets_the_two": lambda k: k.answer(
        hollow(k.matrix(width=k.width / 2))
    ),
    "takes_inner_products": lambda k: k.answer(k.matrix(k.x @ k.x.T)),
    "forgets_the_exponential": lambda k: k.answer(np.log(k.matrix())),
    "adds_before_squaring": lambda k: k.answer(
        k.matrix(k.distances(x=k.x.sum(axis=1, keepdims=True)))
    ),
    "looks_at_the_first_feature_only": lambda k: k.answer(k.matrix(k.distances(x=k.x[:, :1]))),
    "forgets_the_coefficients": lambda k: k.answer(v=np.ones(3)),
    "weighs_by_the_point_itself": lambda k: k.v * k.answer(v=np.ones(3)),
}


def close(values: Any) -> Any:
    return pytest.approx(values, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_scipy(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        kernel = Kernel(drawn.givens)
        assert floats(drawn.answer_key["values"]) == close(kernel.answer()), seed
        for mistake, wrong in drawn.mistakes["values"]:
            assert floats(wrong) == close(WRONG[mistake.name](kernel)), (seed, mistake.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    variances = set()
    for seed in range(100):
        givens = problem(FAMILY, level, seed).givens
        variances.add(givens.variance)
        assert givens.x.shape == ((3, 1) if level == "easy" else (3, 2))
        assert (givens.coefficients is not None) == (level == "hard")
        assert all(type(each) is int for each in givens.exponents.ravel())
    assert len(variances) == 2


def solved(x: list[list[int]], variance: Exact, v: list[int] | None = None) -> dict[str, Any]:
    coefficients = None if v is None else array(v)
    drawn = Problem.of(GaussianKernelMatrix(array(x), variance, coefficients), "hard")
    return {each.name: wrong for each, wrong in drawn.mistakes["values"]} | drawn.answer_key


def test_a_matrix_by_hand() -> None:
    """On a line 0, 2 and 6 are 2, 6 and 4 apart; over 2σ² = 4 the squares are 1, 9 and 4."""
    one, nine, four = exp(-1), exp(-9), exp(-4)
    found = solved([[0], [2], [6]], 2)
    assert equal(found["values"], array([[1, one, nine], [one, 1, four], [nine, four, 1]]))
    assert equal(found["forgets_the_variance"][0], array([1, exp(-4), exp(-36)]))
    assert equal(found["forgets_the_exponential"][2], array([-9, -4, 0]))


def test_predictions_by_hand() -> None:
    """(0, 0), (1, 1) and (2, 0) lie √2, 2 and √2 apart: with σ² = 1 the exponents are 1, 2, 1."""
    found = solved([[0, 0], [1, 1], [2, 0]], 1, [2, -1, 3])
    assert equal(
        found["values"],
        array([2 - exp(-1) + 3 * exp(-2), 5 * exp(-1) - 1, 3 - exp(-1) + 2 * exp(-2)]),
    )
    assert equal(found["zeros_the_diagonal"][1], 5 * exp(-1))
