"""The Gaussian kernel k(x, x') = exp(−‖x − x'‖² / (2σ²)); the rows of X (n, d) are the points."""

from examgen.exact import Array, Exact, array, divide, exp
from examgen.nn.dense import inner


def squared_distances(x: Array) -> Array:
    """Return ‖xᵢ − xⱼ‖² for every pair of rows, of shape (n, n)."""
    return array([[inner(row - other, row - other) for other in x] for row in x])


def gaussian_kernel_matrix(x: Array, variance: Exact) -> Array:
    """Return K with K[i, j] = k(xᵢ, xⱼ), of shape (n, n); *variance* is σ²."""
    return exp(divide(-squared_distances(x), 2 * variance))
