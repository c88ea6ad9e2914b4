"""Gaussian kernels against scipy's distances, and what must hold of every one."""

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from examgen.exact import array, equal, exp
from examgen.nn.gaussian_kernel import gaussian_kernel_matrix, squared_distances
from tests.nn.drawn import floats, integers, streams


def test_agrees_with_scipy() -> None:
    for seed, rng in streams():
        x, variance = integers(rng, (rng.randint(1, 5), rng.randint(1, 3))), rng.randint(1, 4)
        points = x.astype(float)
        distances = cdist(points, points, "sqeuclidean")
        assert squared_distances(x).tolist() == distances.tolist(), seed
        found = floats(gaussian_kernel_matrix(x, variance))
        assert found == pytest.approx(np.exp(-distances / (2 * variance)), rel=1e-9), seed


def test_by_hand() -> None:
    """The corners (0, 0) and (1, 1) are √2 apart; with σ² = 1 the exponent is −1."""
    kernel = gaussian_kernel_matrix(array([[0, 0], [1, 1]]), 1)
    assert equal(kernel, array([[1, exp(-1)], [exp(-1), 1]]))
