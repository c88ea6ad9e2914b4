"""Residual blocks as in the lecture, h' = ReLU(W h) + h: the skip is added after the activation.

Column convention: W is square, h a vector. z = W h is the pre-activation, D = diag(ReLU'(z)) with
ReLU'(0) = 0, and a block's Jacobian is D W + I.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import reduce
from itertools import accumulate
from operator import mul

from examgen.exact import Array, Exact, array, canonical, entries
from examgen.nn.dense import (
    diagonal,
    identity,
    matmul,
    matvec,
    outer,
    plus,
    relu,
    relu_derivative,
    times,
    transpose,
)


def block_preactivation(weights: Array, h: Array) -> Array:
    """Return z = W h."""
    return matvec(weights, h)


def block(weights: Array, h: Array) -> Array:
    """Return ReLU(W h) + h for W (d, d) and h (d,)."""
    return plus(plain_layer(weights, h), h)


def plain_layer(weights: Array, h: Array) -> Array:
    """Return ReLU(W h): the layer without its skip."""
    return relu(block_preactivation(weights, h))


def jacobian(weights: Array, z: Array) -> Array:
    """Return ∂h'/∂h = D W + I, of shape (d, d): the active units' rows of W, and the skip."""
    return plus(matmul(diagonal(relu_derivative(z)), weights), identity(len(z)))


def vector_states(
    weights: Iterable[Array], h: Array, layer: Callable[[Array, Array], Array] = block
) -> list[Array]:
    """Return h⁰, …, h^L of L blocks, or of another *layer* of (W, h), one after the other."""
    return list(accumulate(weights, lambda state, w: layer(w, state), initial=h))


def total_jacobian(
    weights: Sequence[Array], h: Array, factor: Callable[[Array, Array], Array] = jacobian
) -> Array:
    """Return ∂h^L/∂h⁰ = J^L … J¹, each block's *factor* (W, z) at the z that h = h⁰ leads to."""
    states = vector_states(weights, h)
    factors = [factor(w, block_preactivation(w, h)) for w, h in zip(weights, states, strict=False)]
    return reduce(matmul, factors[::-1])


def block_backward_input(weights: Array, z: Array, upstream: Array) -> Array:
    """Return ∂L/∂h = (Wᵀ D + I) ∂L/∂h', given upstream = ∂L/∂h'."""
    return plus(matvec(transpose(weights), preactivation_gradient(z, upstream)), upstream)


def block_backward_weights(z: Array, h_before: Array, upstream: Array) -> Array:
    """Return ∂L/∂W = (D ∂L/∂h') hᵀ, given upstream = ∂L/∂h' and the block's input h."""
    return outer(preactivation_gradient(z, upstream), h_before)


def preactivation_gradient(z: Array, upstream: Array) -> Array:
    """Return ∂L/∂z = D ∂L/∂h', given upstream = ∂L/∂h'."""
    return times(relu_derivative(z), upstream)


def scalar_states(weights: Sequence[Exact], h: Exact) -> list[Exact]:
    """Return h⁰, …, h^L of L blocks h^l = ReLU(w_l h^(l−1)) + h^(l−1) on one number."""
    states = accumulate(weights, lambda state, w: relu(w * state) + state, initial=h)
    return entries(array(list(states)))


def scalar_slopes(weights: Sequence[Exact], h: Exact) -> list[Exact]:
    """Return each block's slope without its skip, ReLU'(w_l h^(l−1)) w_l, from h = h⁰ on."""
    states = scalar_states(weights, h)[:-1]
    return [relu_derivative(w * state) * w for w, state in zip(weights, states, strict=True)]


def scalar_block_gradients(weights: Sequence[Exact], h: Exact) -> list[Exact]:
    """Return each block's ∂h^l/∂h^(l−1) = 1 + ReLU'(z_l) w_l; chained they are ∂h^L/∂h⁰."""
    return entries(array([1 + slope for slope in scalar_slopes(weights, h)]))


def chain(slopes: Iterable[Exact]) -> Exact:
    """Return the product of the slopes: the chain rule on one number."""
    return canonical(reduce(mul, slopes, 1))
