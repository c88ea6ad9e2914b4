"""Support vector machines with labels ±1 and the plane ⟨w, x⟩ − b = 0 (minus b).

The rows of X (n, d) are the points. The margin is the distance between ⟨w, x⟩ − b = 1 and −1.
"""

from examgen.exact import Array, Exact, array, canonical, ratio
from examgen.nn.dense import inner, magnitude, matvec, norm, times, transpose


def decision_values(x: Array, w: Array, b: Exact) -> Array:
    """Return ⟨w, x⟩ − b for every point, of shape (n,)."""
    return array(matvec(x, w) - b)


def margin_width(w: Array) -> Exact:
    """Return 2/‖w‖."""
    return ratio(2, norm(w))


def distance_to_plane(x: Array, w: Array, b: Exact) -> Exact:
    """Return |⟨w, x⟩ − b|/‖w‖ for one point x (d,)."""
    return ratio(magnitude(inner(w, x) - b), norm(w))


def slacks(x: Array, y: Array, w: Array, b: Exact) -> Array:
    """Return ξ = max(0, 1 − y(⟨w, x⟩ − b)) for every point, of shape (n,)."""
    return array([max(0, 1 - each) for each in times(y, decision_values(x, w, b))])


def soft_margin_objective(x: Array, y: Array, w: Array, b: Exact, cost: Exact) -> Exact:
    """Return ½‖w‖² + C·Σξ."""
    return ratio(inner(w, w) + 2 * cost * sum(slacks(x, y, w, b)), 2)


def dual_weights(alphas: Array, x: Array, y: Array) -> Array:
    """Return w = Σ αᵢyᵢxᵢ of shape (d,), the minimiser of ½‖w‖² under y(⟨w, x⟩ − b) ≥ 1."""
    return matvec(transpose(x), times(alphas, y))


def offset(w: Array, support: Array, label: Exact) -> Exact:
    """Return b = ⟨w, x⟩ − y for a support vector x, which has y(⟨w, x⟩ − b) = 1."""
    return canonical(inner(w, support) - label)
