"""Which outputs of a layer over a sequence depend on which inputs. Positions count from 1."""

from collections.abc import Callable, Set
from typing import TypeAlias

Reach: TypeAlias = Callable[[int, int], bool]
"""Whether output i depends on input j, as a function of i and j."""


def reached(changed: Set[int], length: int, depends: Reach) -> frozenset[int]:
    """Return which of the *length* outputs of a layer depend on a changed input."""
    outputs = range(1, length + 1)
    return frozenset(i for i in outputs if any(depends(i, j) for j in changed))


def causally(i: int, j: int) -> bool:
    """Causal self-attention: output i attends to the inputs up to i."""
    return j <= i


def everywhere(i: int, j: int) -> bool:  # noqa: ARG001
    """Self-attention without a mask."""
    return True


def back(width: int) -> Reach:
    """Causal self-attention over the last *width* inputs, its own included."""
    return lambda i, j: i - width < j <= i


def around(radius: int) -> Reach:
    """A convolution with 2·radius + 1 weights, stride 1 and as much padding as keeps the length."""
    return lambda i, j: abs(i - j) <= radius
