"""A network with one hidden layer and one output, f = ⟨w, h⟩ with h = ReLU(z) and z = Wx.

Column convention, no biases: x (d,), W (m, d), w (m,). `slope` is ∂L/∂f.
"""

from examgen.exact import Array, Exact, array, ratio
from examgen.nn.dense import inner, matvec, outer, relu_derivative, times


def hidden_preactivations(weights: Array, x: Array) -> Array:
    """Return z = Wx of shape (m,)."""
    return matvec(weights, x)


def output(weights: Array, hidden: Array) -> Exact:
    """Return f = ⟨w, h⟩."""
    return inner(weights, hidden)


def half_squared_error(f: Exact, target: Exact) -> Exact:
    """Return ½(f − y)²."""
    return ratio((f - target) ** 2, 2)


def output_weights_gradient(slope: Exact, hidden: Array) -> Array:
    """Return ∂L/∂w = ∂L/∂f · h of shape (m,)."""
    return array(slope * hidden)


def hidden_gradient(slope: Exact, weights: Array) -> Array:
    """Return ∂L/∂h = ∂L/∂f · w of shape (m,)."""
    return array(slope * weights)


def hidden_weights_gradient(upstream: Array, z: Array, x: Array) -> Array:
    """Return ∂L/∂W = (∂L/∂h ∘ ReLU'(z)) xᵀ of shape (m, d), given upstream = ∂L/∂h."""
    return outer(times(upstream, relu_derivative(z)), x)
