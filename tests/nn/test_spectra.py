"""Eigenvalues against numpy."""

import numpy as np
import pytest

from examgen.exact import array
from examgen.nn.shapes import DoesNotFit
from examgen.nn.spectra import symmetric_eigenvalues
from tests.nn.drawn import floats, streams


def test_eigenvalues_agree_with_numpy() -> None:
    for seed, rng in streams():
        p, q, r = (rng.randint(-4, 4) for _ in range(3))
        a = array([[p, q], [q, r]])
        expected = np.linalg.eigvalsh(a.astype(float))
        assert floats(symmetric_eigenvalues(a)) == pytest.approx(expected), seed


@pytest.mark.parametrize("a", [[[1, 2], [3, 4]], [[1]], [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [1, 2]])
def test_others_do_not_fit(a: list[object]) -> None:
    with pytest.raises(DoesNotFit):
        symmetric_eigenvalues(array(a))
