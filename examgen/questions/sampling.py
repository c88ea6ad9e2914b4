"""What families draw from a stream."""

from random import Random

from examgen.exact import Array, array


def integers(rng: Random, shape: tuple[int, ...], low: int, high: int) -> Array:
    """An array of *shape* with entries drawn evenly from *low* to *high*, both included."""
    first, *rest = shape
    if rest:
        return array([integers(rng, tuple(rest), low, high) for _ in range(first)])
    return array([rng.randint(low, high) for _ in range(first)])
