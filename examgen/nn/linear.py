"""Linear regression: f(x) = ⟨w, x⟩ without an intercept; the rows of X (n, d) are the points.

The loss is c·‖Xw − y‖², with c = 1/n for the mean squared error; every procedure takes its c. All
raise Undefined where shapes do not go together or XᵀX has no inverse.
"""

from examgen.exact import Array, Exact, array, canonical, ratio
from examgen.nn.dense import diagonal, inner, matmul, matvec, plus, transpose
from examgen.nn.systems import inverse, solve


def residuals(x: Array, y: Array, w: Array) -> Array:
    """Return Xw − y of shape (n,): prediction minus target for every point."""
    return plus(matvec(x, w), -y)


def squared_loss(x: Array, y: Array, w: Array, *, factor: Exact = 1) -> Exact:
    """Return c·‖Xw − y‖²."""
    errors = residuals(x, y, w)
    return canonical(factor * inner(errors, errors))


def squared_loss_gradient(x: Array, y: Array, w: Array, *, factor: Exact = 1) -> Array:
    """Return 2c·Xᵀ(Xw − y) of shape (d,)."""
    return array(2 * factor * matvec(transpose(x), residuals(x, y, w)))


def gram(x: Array) -> Array:
    """Return XᵀX of shape (d, d)."""
    return matmul(transpose(x), x)


def squared_loss_hessian(x: Array, *, factor: Exact = 1) -> Array:
    """Return 2c·XᵀX of shape (d, d), whatever w is."""
    return array(2 * factor * gram(x))


def least_squares(x: Array, y: Array, *, ridge: Exact = 0) -> Array:
    """Return the w of shape (d,) that minimises ‖Xw − y‖² + λ‖w‖², λ = ridge: (XᵀX + λI)⁻¹Xᵀy.

    For c·‖Xw − y‖² + λ‖w‖² the ridge is λ/c.
    """
    penalty = diagonal(array([ridge] * x.shape[-1]))
    return solve(plus(gram(x), penalty), matvec(transpose(x), y))


def leverages(x: Array) -> Array:
    """Return xᵢᵀ(XᵀX)⁻¹xᵢ for each row xᵢ, of shape (n,): the diagonal of the hat matrix."""
    inverted = inverse(gram(x))
    return array([inner(row, matvec(inverted, row)) for row in x])


def leave_one_out(prediction: Exact, target: Exact, leverage: Exact) -> Exact:
    """Return (ŷ − ℓy)/(1 − ℓ): what least squares predicts for a point it has not seen.

    Raise Undefined for ℓ = 1: without that point the rest do not determine w.
    """
    return ratio(prediction - leverage * target, 1 - leverage)


def descent_step(w: Array, gradient: Array, rate: Exact) -> Array:
    """Return w − α·∇L, both of shape (d,)."""
    return plus(w, array(-rate * gradient))


def momentum(previous: Array, gradient: Array, decay: Exact) -> Array:
    """Return β·m + (1 − β)·∇L, the running mean of gradients that a step follows."""
    return plus(array(decay * previous), array((1 - decay) * gradient))
