"""Logistic and softmax regression: cross-entropy and its gradient.

Rows of X (n, d) are the points. Two classes: labels 0 and 1, z = Xw, p = σ(z). Several: Z = XW with
W (d, k), labels as one-hot rows. The loss is summed over the points, not averaged; the gradient is
Xᵀ(p − y) in both cases.
"""

from examgen.exact import Array, Exact, array, exp, ln, ratio
from examgen.nn.attention import softmax_rows
from examgen.nn.dense import matmul, matvec, plus, transpose


def sigmoid(z: Exact) -> Exact:
    """Return σ(z) = 1/(1 + e^(−z))."""
    return ratio(1, 1 + exp(-z))


def probabilities(x: Array, w: Array) -> Array:
    """Return σ(Xw) of shape (n,): how probable label 1 is for each point."""
    return array([sigmoid(z) for z in matvec(x, w)])


def logit_cross_entropy(z: Exact, label: Exact) -> Exact:
    """Return −ln σ(z) for label 1 and −ln(1 − σ(z)) for label 0."""
    probability = sigmoid(z)
    return -ln(probability if label == 1 else 1 - probability)


def binary_cross_entropy_gradient(x: Array, y: Array, w: Array) -> Array:
    """Return Xᵀ(σ(Xw) − y) of shape (d,)."""
    return matvec(transpose(x), plus(probabilities(x, w), -y))


def one_hot(label: int, classes: int) -> Array:
    """Return the row (k,) with a 1 for the label, which counts from 1."""
    return array([int(each == label) for each in range(1, classes + 1)])


def cross_entropy_gradient(x: Array, y: Array, w: Array) -> Array:
    """Return Xᵀ(softmax(XW) − Y) of shape (d, k) for one-hot rows Y (n, k)."""
    return matmul(transpose(x), plus(softmax_rows(matmul(x, w)), -y))
