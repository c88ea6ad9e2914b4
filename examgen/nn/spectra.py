"""Eigenvalues of small symmetric matrices, and what eigenvectors make of powers."""

from examgen.exact import Array, array, equal, ratio, sqrt
from examgen.nn.dense import matvec, times, transpose
from examgen.nn.shapes import DoesNotFit
from examgen.nn.systems import solve


def symmetric_eigenvalues(a: Array) -> Array:
    """Return the two eigenvalues of a symmetric 2 × 2 matrix, the smaller one first.

    They are the roots of λ² − (a + d)λ + (ad − b²), and always real.
    """
    if a.shape != (2, 2) or not equal(a, transpose(a)):
        raise DoesNotFit(f"eigenvalues of an array of shape {a.shape}; allowed is symmetric 2 × 2")
    (p, q), (_, r) = a.tolist()
    spread = sqrt((p - r) ** 2 + 4 * q**2)
    return array([ratio(p + r - spread, 2), ratio(p + r + spread, 2)])


def power_times(a: Array, exponent: int, x: Array) -> Array:
    """Return A^q x, one product after the other."""
    for _ in range(exponent):
        x = matvec(a, x)
    return x


def coordinates(basis: Array, x: Array) -> Array:
    """Return c with V c = x: how much of each column of V (n, n) is in x (n,)."""
    return solve(basis, x)


def from_spectrum(basis: Array, eigenvalues: Array, x: Array) -> Array:
    """Return V diag(λ) V⁻¹ x, what a matrix with these eigenvectors (columns) makes of x."""
    return matvec(basis, times(eigenvalues, coordinates(basis, x)))
