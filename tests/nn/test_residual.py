"""Residual blocks against autograd, and the identities they obey."""

from fractions import Fraction
from itertools import combinations
from random import Random
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Array, Exact, array, equal, sqrt
from examgen.nn.dense import identity, inner, matmul, matvec, relu, transpose
from examgen.nn.residual import (
    block,
    block_backward_input,
    block_backward_weights,
    block_preactivation,
    chain,
    jacobian,
    plain_layer,
    preactivation_gradient,
    scalar_block_gradients,
    scalar_slopes,
    scalar_states,
)
from examgen.nn.shapes import DoesNotFit
from tests.nn.drawn import integers, listed, streams, tensor


def block_in_torch(torch: ModuleType, weights: Any, h: Any) -> Any:
    """Return the lecture's block, the skip added after the activation."""
    return torch.relu(weights @ h) + h


def drawn(rng: Random) -> tuple[Array, Array, Array]:
    """Draw weights, an input and an upstream gradient; pre-activations may be 0."""
    size = rng.randint(1, 4)
    return integers(rng, (size, size), -2, 2), integers(rng, (size,)), integers(rng, (size,))


def test_one_block_and_its_gradients_agree_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams(300):
        weights, h, upstream = drawn(rng)
        w, x = tensor(torch, weights), tensor(torch, h)
        out = block_in_torch(torch, w, x)
        assert block(weights, h).tolist() == listed(out), seed
        out.backward(tensor(torch, upstream))
        z = block_preactivation(weights, h)
        assert block_backward_input(weights, z, upstream).tolist() == listed(x.grad), seed
        assert block_backward_weights(z, h, upstream).tolist() == listed(w.grad), seed


def test_the_jacobian_agrees_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams():
        weights, h, _ = drawn(rng)
        w = tensor(torch, weights).detach()
        theirs = torch.autograd.functional.jacobian(
            lambda x, w=w: block_in_torch(torch, w, x), tensor(torch, h)
        )
        ours = jacobian(weights, block_preactivation(weights, h))
        assert ours.tolist() == listed(theirs), seed


def test_two_blocks_and_a_squared_loss_agree_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams():
        first, h0, target = drawn(rng)
        second = integers(rng, first.shape, -2, 2)
        w1, w2, x = (tensor(torch, values) for values in (first, second, h0))
        out = block_in_torch(torch, w2, block_in_torch(torch, w1, x))
        (((out - tensor(torch, target)) ** 2).sum() / 2).backward()

        z1, h1 = block_preactivation(first, h0), block(first, h0)
        z2, h2 = block_preactivation(second, h1), block(second, h1)
        upstream = array(h2 - target)
        back1 = block_backward_input(second, z2, upstream)
        assert block_backward_weights(z2, h1, upstream).tolist() == listed(w2.grad), seed
        assert block_backward_weights(z1, h0, back1).tolist() == listed(w1.grad), seed
        assert block_backward_input(first, z1, back1).tolist() == listed(x.grad), seed


def test_the_layer_without_skip_agrees_with_torch(torch: ModuleType) -> None:
    for seed, rng in streams():
        weights, h, _ = drawn(rng)
        theirs = torch.relu(tensor(torch, weights) @ tensor(torch, h))
        assert plain_layer(weights, h).tolist() == listed(theirs), seed


def test_backward_is_the_jacobian_transposed() -> None:
    for seed, rng in streams(50):
        weights, h, upstream = drawn(rng)
        z = block_preactivation(weights, h)
        by_jacobian = matvec(transpose(jacobian(weights, z)), upstream)
        assert equal(block_backward_input(weights, z, upstream), by_jacobian), seed


def test_a_block_without_weights_passes_everything_through() -> None:
    h, nothing = array([3, -2]), array([[0, 0], [0, 0]])
    assert equal(block(nothing, h), h)
    assert equal(jacobian(nothing, array([0, 0])), identity(2))
    assert block_backward_input(nothing, array([0, 0]), array([5, 7])).tolist() == [5, 7]


def test_a_dead_unit_passes_only_the_skip() -> None:
    weights, z = array([[2, 1], [-1, 3]]), array([4, -1])
    assert jacobian(weights, z).tolist() == [[3, 1], [0, 1]]
    assert preactivation_gradient(z, array([5, 7])).tolist() == [5, 0]
    assert block_backward_weights(z, array([1, 2]), array([5, 7])).tolist() == [[5, 10], [0, 0]]


def test_scalar_blocks_agree_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams(300):
        depth = rng.randint(1, 5)
        weights = [Fraction(rng.randint(-9, 9), rng.choice([1, 2, 4])) for _ in range(depth)]
        start = rng.choice([-3, -1, 1, 2])
        x = torch.tensor(float(start), dtype=torch.double, requires_grad=True)
        states = [x]
        for w in weights:
            states.append(torch.relu(float(w) * states[-1]) + states[-1])
        (slope,) = torch.autograd.grad(states[-1], x)
        exact = array(weights).tolist()
        assert scalar_states(exact, start) == [state.item() for state in states], seed
        assert chain(scalar_block_gradients(exact, start)) == slope.item(), seed


def test_the_product_of_blocks_is_the_sum_over_all_paths() -> None:
    weights: list[Exact] = [Fraction(1, 2), 3, Fraction(1, 10), 2]
    slopes = scalar_slopes(weights, 1)
    assert slopes == weights
    paths = [chain(path) for size in range(5) for path in combinations(slopes, size)]
    assert len(paths) == 2**4
    assert sum(paths) == chain(scalar_block_gradients(weights, 1))


def test_scalar_blocks_are_the_blocks_of_width_one() -> None:
    for seed, rng in streams(50):
        w, h = rng.randint(-3, 3), rng.randint(-3, 3)
        one = block(array([[w]]), array([h]))
        assert scalar_states([w], h) == [h, one[0]], seed
        assert scalar_block_gradients([w], h) == jacobian(array([[w]]), array([w * h]))[0].tolist()


def test_a_residual_net_can_lose_its_gradient_too() -> None:
    assert chain(scalar_block_gradients([Fraction(-9, 10)] * 3, -1)) == Fraction(1, 1000)
    assert scalar_block_gradients([Fraction(-9, 10)] * 3, 1) == [1, 1, 1]


def test_values_are_canonical() -> None:
    [*_, last] = scalar_states([Fraction(1, 2)], 2)
    assert (last, type(last)) == (3, int)
    half = [Fraction(-1, 2), Fraction(-1, 2)]
    assert chain(scalar_block_gradients(half, -1)) == Fraction(1, 4)
    assert [type(x) for x in (chain([Fraction(1, 2), 2]), chain([]))] == [int, int]
    grown = block(array([[sqrt(2)]]), array([sqrt(2)]))
    assert equal(grown, array([2 + sqrt(2)]))


def test_shapes_that_do_not_go_together_are_refused() -> None:
    square, tall = array([[1, 2], [3, 4]]), array([[1, 2], [3, 4], [5, 6]])
    for weights, h in ((square, array([1])), (tall, array([1, 2])), (square, square)):
        with pytest.raises(DoesNotFit):
            block(weights, h)
    with pytest.raises(DoesNotFit):
        jacobian(tall, array([1, 2, 3]))
    with pytest.raises(DoesNotFit):
        block_backward_input(square, array([1, 2]), array([1]))
    with pytest.raises(DoesNotFit):
        block_backward_weights(array([1, 2]), array([1, 2]), array([1]))


def test_linear_blocks_multiply_their_jacobians() -> None:
    weights, h = array([[1, 2], [3, 1]]), array([1, 2])
    z = matvec(weights, h)
    assert equal(relu(z), z)
    both = matmul(jacobian(weights, z), jacobian(weights, z))
    assert equal(block(weights, block(weights, h)), matvec(both, h))
    assert inner(both[0], h) == block(weights, block(weights, h))[0]
