"""Cosines against numpy, and the order of neighbours."""

import numpy as np
import pytest

from examgen.exact import Undefined, array, ratio, sqrt
from examgen.nn.neighbours import cosine, mean_of, nearest, weighted_mean_of
from tests.nn.drawn import floats, integers, streams


def test_cosines_agree_with_numpy() -> None:
    for seed, rng in streams():
        x, y = integers(rng, (3,)), integers(rng, (3,))
        if not any(x) or not any(y):
            with pytest.raises(Undefined):
                cosine(x, y)
            continue
        a, b = x.astype(float), y.astype(float)
        expected = a @ b / np.linalg.norm(a) / np.linalg.norm(b)
        assert floats(array([cosine(x, y)]))[0] == pytest.approx(expected), seed


def test_the_nearest_by_hand() -> None:
    scores = [0, sqrt(2), 1, -3]
    assert nearest(scores, 2) == [1, 2]
    assert mean_of([5, 1, 3, 9], [1, 2, 0]) == 3
    assert weighted_mean_of([5, 1, 3, 9], [0, 2], [1, 0, 3, 0]) == ratio(14, 4)
