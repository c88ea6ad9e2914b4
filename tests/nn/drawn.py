"""Random instances, and the ways from exact values to floats and tensors."""

from collections.abc import Iterator
from math import inf
from random import Random
from types import ModuleType
from typing import Any

import numpy as np

from examgen.exact import Array, Entry, NegativeInfinity, approximate, array


def streams(count: int = 200) -> Iterator[tuple[int, Random]]:
    """Yield (seed, its stream): assertions in the loop name the seed."""
    return ((seed, Random(seed)) for seed in range(count))


def integers(rng: Random, shape: tuple[int, ...], low: int = -3, high: int = 3) -> Array:
    """Return integers from low to high, both included."""
    drawn = [rng.randint(low, high) for _ in range(int(np.prod(shape)))]
    return array(np.array(drawn).reshape(shape))


def tensor(torch: ModuleType, values: Array) -> Any:
    """Return the values as a tensor of doubles that collects gradients."""
    return torch.tensor(values.astype(float), requires_grad=True)


def listed(values: Any) -> Any:
    """Return a tensor's entries as nested lists of floats, to compare with == or approx."""
    return values.detach().tolist()


def floats(values: Array) -> Any:
    """Return the exact entries as a float array, closed forms by their decimals, −∞ as it is."""
    return np.vectorize(_float, otypes=[float])(values)


def _float(x: Entry) -> float:
    return -inf if isinstance(x, NegativeInfinity) else float(approximate(x, 15))
