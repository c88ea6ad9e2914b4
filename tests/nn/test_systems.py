"""Exact linear systems against numpy, and what must hold of them."""

import numpy as np
import pytest

from examgen.exact import Undefined, array, equal
from examgen.nn.dense import identity, matmul
from examgen.nn.systems import adjugate, determinant, inverse, solve
from tests.nn.drawn import floats, integers, streams


def test_agrees_with_numpy() -> None:
    for seed, rng in streams():
        a, b = integers(rng, (2, 2)), integers(rng, (2,))
        matrix = a.astype(float)
        assert float(determinant(a)) == pytest.approx(np.linalg.det(matrix), abs=1e-9), seed  # type: ignore[arg-type]
        if determinant(a) == 0:
            with pytest.raises(Undefined):
                inverse(a)
            continue
        assert floats(solve(a, b)) == pytest.approx(np.linalg.solve(matrix, b.astype(float))), seed
        assert floats(inverse(a)) == pytest.approx(np.linalg.inv(matrix)), seed


def test_the_adjugate_exists_where_the_inverse_does_not() -> None:
    for seed, rng in streams():
        a = integers(rng, (2, 2))
        scaled = array(determinant(a) * identity(2))
        assert equal(matmul(a, adjugate(a)), scaled), seed


def test_larger_matrices_are_refused() -> None:
    with pytest.raises(ValueError, match="where one of shape"):
        determinant(identity(3))
