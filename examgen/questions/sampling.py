"""What families draw from a stream."""

from random import Random
from typing import Any

from examgen.exact import Array, array


def integers(rng: Random, shape: tuple[int, ...], low: int, high: int) -> Array:
    """An array of *shape* with entries drawn evenly from *low* to *high*, both included."""
    return array(nested(rng, shape, low, high))


def nested(rng: Random, shape: tuple[int, ...], low: int, high: int) -> list[Any]:
    """The same in nested lists: one array at the end costs less than one for every row."""
    first, *rest = shape
    if rest:
        return [nested(rng, tuple(rest), low, high) for _ in range(first)]
    return [rng.randint(low, high) for _ in range(first)]
