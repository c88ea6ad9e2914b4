"""Eigenvalues of small symmetric matrices, exactly."""

from examgen.exact import Array, array, equal, ratio, sqrt
from examgen.nn.dense import transpose
from examgen.nn.shapes import DoesNotFit


def symmetric_eigenvalues(a: Array) -> Array:
    """Return the two eigenvalues of a symmetric 2 × 2 matrix, the smaller one first.

    They are the roots of λ² − (a + d)λ + (ad − b²), and always real.
    """
    if a.shape != (2, 2) or not equal(a, transpose(a)):
        raise DoesNotFit(f"eigenvalues of an array of shape {a.shape}; allowed is symmetric 2 × 2")
    (p, q), (_, r) = a.tolist()
    spread = sqrt((p - r) ** 2 + 4 * q**2)
    return array([ratio(p + r - spread, 2), ratio(p + r + spread, 2)])
