"""Pooling against torch, and where the gradient goes."""

from fractions import Fraction
from random import Random
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import Array, array
from examgen.nn.pooling import average_pool, max_pool, max_pool_gradient, max_positions
from examgen.nn.shapes import DoesNotFit
from tests.nn.drawn import floats, integers, listed, streams, tensor

COUNTED = array(np.arange(9).reshape(3, 3))


def drawn(rng: Random) -> tuple[Array, Any, Any]:
    """Draw a map, a window and a stride, with ties among the entries."""
    image = integers(rng, (rng.randint(3, 7), rng.randint(3, 7)))
    return image, rng.choice([1, 2, 3, (1, 2), (3, 2)]), rng.choice([None, 1, 2, (2, 1)])


def test_overlapping_windows() -> None:
    assert max_pool(COUNTED, 2, stride=1).tolist() == [[4, 5], [7, 8]]
    assert average_pool(COUNTED, 2, stride=1).tolist() == [[2, 3], [5, 6]]


def test_the_stride_defaults_to_the_window_and_a_rest_is_dropped() -> None:
    assert max_pool(COUNTED, 2).tolist() == [[4]]
    assert average_pool(COUNTED, (3, 1)).tolist() == [[3, 4, 5]]
    assert average_pool(array([[1, 1, 2], [0, 0, 0], [0, 0, 0]]), 3).tolist() == [[Fraction(4, 9)]]


def test_of_equal_entries_the_first_wins() -> None:
    assert max_positions(array([[1, 5], [5, 5]]), 2) == [[(0, 1)]]
    assert max_positions(array([[0, 0, 0], [0, 0, 0]]), 2, stride=1) == [[(0, 0), (0, 1)]]


def test_agrees_with_torch(torch: ModuleType) -> None:
    pool = torch.nn.functional
    for seed, rng in streams(300):
        image, size, stride = drawn(rng)
        x = tensor(torch, image)[None]
        largest, at = pool.max_pool2d(x, size, stride, return_indices=True)
        assert max_pool(image, size, stride=stride).tolist() == listed(largest[0]), seed
        winners = max_positions(image, size, stride=stride)
        flat = [[row * image.shape[1] + column for row, column in line] for line in winners]
        assert flat == listed(at[0]), seed
        mean = listed(pool.avg_pool2d(x, size, stride)[0])
        assert floats(average_pool(image, size, stride=stride)) == pytest.approx(np.array(mean)), (
            seed
        )


def test_the_gradient_agrees_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams(300):
        image, size, stride = drawn(rng)
        x = tensor(torch, image)
        pooled = torch.nn.functional.max_pool2d(x[None], size, stride)[0]
        upstream = integers(rng, tuple(pooled.shape))
        pooled.backward(tensor(torch, upstream))
        ours = max_pool_gradient(image, upstream, size, stride=stride)
        assert ours.tolist() == listed(x.grad), seed


def test_an_entry_that_wins_twice_gets_both_shares() -> None:
    image = array([[0, 0, 0], [0, 9, 0], [0, 0, 0]])
    routed = max_pool_gradient(image, array([[1, 2], [3, 4]]), 2, stride=1)
    assert routed.tolist() == [[0, 0, 0], [0, 10, 0], [0, 0, 0]]


def test_windows_too_large_and_gradients_of_other_shapes_are_refused() -> None:
    with pytest.raises(DoesNotFit):
        max_pool(array([[1, 2]]), 2)
    with pytest.raises(DoesNotFit):
        average_pool(array([1, 2]), 1)
    with pytest.raises(DoesNotFit, match="gradient"):
        max_pool_gradient(COUNTED, array([[1]]), 2, stride=1)
