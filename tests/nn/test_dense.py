"""Matrix products that stay exact and never broadcast, and ReLU."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import NEG_INF, Array, Exact, array, equal, exp, ln, sqrt
from examgen.nn.dense import (
    diagonal,
    flatten,
    identity,
    inner,
    matmul,
    matvec,
    outer,
    plus,
    relu,
    relu_derivative,
    times,
    transpose,
)
from examgen.nn.shapes import DoesNotFit
from tests.nn.drawn import integers, listed, streams, tensor


def test_products_agree_with_numpy() -> None:
    for seed, rng in streams():
        n, m, k = (rng.randint(1, 4) for _ in range(3))
        a, b = integers(rng, (n, m)), integers(rng, (m, k))
        u, v = integers(rng, (m,)), integers(rng, (m,))
        assert matmul(a, b).tolist() == (a.astype(int) @ b.astype(int)).tolist(), seed
        assert matvec(a, u).tolist() == (a.astype(int) @ u.astype(int)).tolist(), seed
        assert outer(u, b[:, 0]).tolist() == np.outer(u, b[:, 0]).tolist(), seed
        assert inner(u, v) == np.dot(u.astype(int), v.astype(int)), seed
        assert matmul(diagonal(u), b).tolist() == (np.diag(u) @ b).tolist(), seed
        assert transpose(a).tolist() == a.astype(int).T.tolist(), seed


def test_a_product_with_the_identity_changes_nothing() -> None:
    a = array([[1, Fraction(1, 2)], [exp(1), ln(3)], [sqrt(2), -4]])
    assert equal(matmul(a, identity(2)), a)
    assert equal(matmul(identity(3), a), a)


def test_closed_forms_and_fractions_stay_exact() -> None:
    halves = array([Fraction(1, 2), Fraction(3, 2)])
    assert type(inner(halves, array([1, 1]))) is int
    assert type(matvec(array([[1, 1]]), halves)[0]) is int
    assert equal(inner(array([ln(2), ln(3)]), array([1, 1])), ln(6))
    assert equal(matmul(array([[sqrt(2)]]), array([[sqrt(2)]])), array([[2]]))


def test_flattening_goes_row_by_row(torch: ModuleType) -> None:
    image = array(np.arange(24).reshape(2, 3, 4))
    assert flatten(image).tolist() == listed(torch.nn.Flatten(0)(tensor(torch, image)))


@pytest.mark.parametrize(
    ("product", "shapes"),
    [
        (matmul, ((3, 1), (3, 3))),
        (matmul, ((2, 2), (2,))),
        (matvec, ((2, 1), (2,))),
        (matvec, ((2, 2), (2, 2))),
        (inner, ((1,), (2,))),
        (inner, ((1, 2), (1, 2))),
        (outer, ((2, 1), (2,))),
        (plus, ((1, 3), (3, 3))),
        (plus, ((3,), (1,))),
        (times, ((2, 1), (2, 2))),
    ],
)
def test_nothing_broadcasts(product: Callable[[Array, Array], Any], shapes: Any) -> None:
    a, b = (array(np.ones(shape, dtype=int)) for shape in shapes)
    with pytest.raises(DoesNotFit):
        product(a, b)


def test_vectors_have_no_transpose_and_matrices_make_no_diagonal() -> None:
    with pytest.raises(DoesNotFit):
        transpose(array([1, 2]))
    with pytest.raises(DoesNotFit):
        diagonal(identity(2))


def test_relu_and_its_derivative_agree_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams():
        z = integers(rng, (2, 3, 2), -2, 2)
        x = tensor(torch, z)
        activation = torch.relu(x)
        activation.sum().backward()
        assert relu(z).tolist() == listed(activation), seed
        assert relu_derivative(z).tolist() == listed(x.grad), seed


@pytest.mark.parametrize(
    ("x", "activation", "slope"),
    [
        (3, 3, 1),
        (0, 0, 0),
        (Fraction(-1, 2), 0, 0),
        (Fraction(1, 2), Fraction(1, 2), 1),
        (1 - exp(1), 0, 0),
        (ln(2), ln(2), 1),
    ],
)
def test_relu_of_one_number(x: Exact, activation: Exact, slope: int) -> None:
    assert equal(relu(x), activation)
    assert equal(relu(array([x])), array([activation]))
    assert relu_derivative(x) == slope
    assert type(relu_derivative(x)) is int
    assert equal(relu_derivative(array([x])), array([slope]))


def test_relu_of_a_masked_score() -> None:
    assert relu(array([NEG_INF, 2])).tolist() == [0, 2]
