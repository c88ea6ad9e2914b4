"""Powers of matrices against numpy's, with each mistake built into numpy's eigenvectors."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.linear_algebra.matrix_power import MatrixPower
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "matrix-power"

Floats = Any


class Spectrum:
    """The matrix in floats, and its eigenvectors scaled as they are printed."""

    def __init__(self, givens: MatrixPower) -> None:
        self.a, self.x, self.q = givens.matrix.astype(float), givens.x.astype(float), givens.power
        values, vectors = np.linalg.eig(self.a)
        printed = givens.basis.astype(float)
        order = [int(np.argmax(self.alignment(vectors, each))) for each in printed.T]
        self.values, self.vectors = values[order].real, printed
        for vector, value in zip(printed.T, self.values, strict=True):
            assert self.a @ vector == pytest.approx(value * vector), givens

    @staticmethod
    def alignment(vectors: Floats, vector: Floats) -> Floats:
        return abs(vectors.T @ vector) / np.linalg.norm(vector)

    def power(self, q: int) -> Floats:
        return np.linalg.matrix_power(self.a, q) @ self.x

    def with_powers(self, powers: Floats) -> Floats:
        return self.vectors @ np.diag(powers) @ np.linalg.inv(self.vectors) @ self.x

    def with_amounts(self, amounts: Floats) -> Floats:
        return self.vectors @ (self.values**self.q * amounts)


WRONG: dict[str, Callable[[Spectrum], Floats]] = {
    "multiplies_by_the_exponent": lambda it: it.with_powers(it.q * it.values),
    "takes_entrywise_powers": lambda it: it.a**it.q @ it.x,
    "stops_a_step_early": lambda it: it.power(it.q - 1),
    "takes_one_step_more": lambda it: it.power(it.q + 1),
    "projects_without_normalising": lambda it: it.with_amounts(it.vectors.T @ it.x),
    "projects_on_oblique_vectors": lambda it: it.with_amounts(
        it.vectors.T @ it.x / (it.vectors**2).sum(axis=0)
    ),
    "keeps_the_dominant_only": lambda it: it.with_powers(
        it.values**it.q * (abs(it.values) == abs(it.values).max())
    ),
    "swaps_the_eigenvalues": lambda it: it.with_powers(it.values[::-1] ** it.q),
    "takes_absolute_eigenvalues": lambda it: it.with_powers(abs(it.values) ** it.q),
    "keeps_the_sign": lambda it: it.with_powers(np.sign(it.values) * abs(it.values) ** it.q),
    "forgets_to_change_back": lambda it: np.linalg.solve(it.vectors, it.power(it.q)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_numpy(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        spectrum = Spectrum(drawn.givens)
        right = spectrum.power(spectrum.q)
        assert drawn.answer_key["image"].astype(float) == pytest.approx(right), seed
        assert spectrum.with_powers(spectrum.values**spectrum.q) == pytest.approx(right), seed
        for misconception, wrong in drawn.mistakes["image"]:
            expected = pytest.approx(WRONG[misconception.name](spectrum), abs=1e-9)
            assert wrong.astype(float) == expected, (seed, misconception.name)


def test_by_hand() -> None:
    """(5, 1) = 3(1, 1) + 2(1, −1), eigenvalues 2 and 0: A³x = 24(1, 1)."""
    basis = array([[1, 1], [1, -1]])
    drawn = Problem.of(MatrixPower(array([[1, 1], [1, 1]]), basis, array([5, 1]), 3), "easy")
    assert drawn.answer_key["image"].tolist() == [24, 24]
    found = {each.name: wrong.tolist() for each, wrong in drawn.mistakes["image"]}
    assert found["multiplies_by_the_exponent"] == [18, 18]
    assert found["takes_entrywise_powers"] == [6, 6]
    assert found["forgets_to_change_back"] == [24, 0]
    assert "keeps_the_dominant_only" not in found


def test_oblique_eigenvectors_by_hand() -> None:
    """(3, 0) = (2, 1) + (1, −1) under eigenvalues 2 and −1: 8(2, 1) − (1, −1)."""
    matrix, basis = array([[1, 2], [1, 0]]), array([[2, 1], [1, -1]])
    drawn = Problem.of(MatrixPower(matrix, basis, array([3, 0]), 3), "hard")
    assert drawn.answer_key["image"].tolist() == [15, 9]


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        small, larger, oblique = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert small.power <= 3 <= larger.power
        assert small.is_symmetric and larger.is_symmetric and not oblique.is_symmetric
