"""Linear models whose weights are combinations of the training points: W = XᵀV, XW = KV, K = XXᵀ.

X is (n, d), W (d, k), V (n, k); the kernel of m new points with the n training points is (m, n).
"""


def trained_numbers(rows: int, outputs: int) -> int:
    """Return how many entries a trained matrix has: a row for each feature, or for each point."""
    return rows * outputs


def kernel_entries(points: int, others: int) -> int:
    """Return how many entries the kernel of *points* points with *others* points has."""
    return points * others


def kernel_multiply_adds(points: int, others: int, features: int) -> int:
    """Return the multiply–adds of these entries, each an inner product of d numbers."""
    return kernel_entries(points, others) * features


def prediction_multiply_adds(points: int, training_points: int, outputs: int) -> int:
    """Return the multiply–adds of K'V for *points* new points."""
    return points * training_points * outputs
