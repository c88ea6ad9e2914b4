"""Margins and slacks against numpy and torch, and the plane from its multipliers."""

from fractions import Fraction
from types import ModuleType

import numpy as np
import pytest

from examgen.exact import Undefined, array, rational, sqrt
from examgen.nn.margins import (
    decision_values,
    distance_to_plane,
    dual_weights,
    margin_width,
    offset,
    slacks,
    soft_margin_objective,
)
from tests.nn.drawn import floats, integers, streams, tensor


def test_slacks_agree_with_torch(torch: ModuleType) -> None:
    for seed, rng in streams():
        n, d = rng.randint(1, 5), rng.randint(1, 3)
        x, w, b = integers(rng, (n, d)), integers(rng, (d,)), rng.randint(-3, 3)
        y = array([rng.choice([-1, 1]) for _ in range(n)])
        margins = tensor(torch, y) * (tensor(torch, x) @ tensor(torch, w) - b)
        loss = torch.nn.functional.hinge_embedding_loss(
            margins, -torch.ones(n), margin=1, reduction="none"
        )
        assert floats(slacks(x, y, w, b)).tolist() == loss.tolist(), seed
        objective = (tensor(torch, w) ** 2).sum() / 2 + 3 * loss.sum()
        assert float(rational(soft_margin_objective(x, y, w, b, 3))) == objective.item(), seed


def test_distances_agree_with_a_projection() -> None:
    for seed, rng in streams():
        w, x, b = integers(rng, (2,)), integers(rng, (2,)), rng.randint(-3, 3)
        if not any(w):
            with pytest.raises(Undefined):
                distance_to_plane(x, w, b)
            continue
        normal, point = w.astype(float), x.astype(float)
        along = np.array([-normal[1], normal[0]])
        foot = np.linalg.solve(np.array([normal, along]), np.array([b, along @ point]))
        found = floats(array([distance_to_plane(x, w, b)]))[0]
        assert found == pytest.approx(np.linalg.norm(point - foot), abs=1e-12), seed


def test_a_plane_by_hand() -> None:
    """(1, 1) and (−1, −1) are 2√2 apart: w = (1/2, 1/2), b = 0."""
    x, y, alphas = array([[1, 1], [-1, -1]]), array([1, -1]), array([Fraction(1, 4)] * 2)
    w = dual_weights(alphas, x, y)
    assert w.tolist() == [Fraction(1, 2)] * 2
    assert offset(w, x[0], 1) == offset(w, x[1], -1) == 0
    assert margin_width(w) == 2 * sqrt(2)
    assert decision_values(x, w, 0).tolist() == [1, -1]
