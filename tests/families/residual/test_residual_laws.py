"""What must hold of any residual network, tried on the problems that are drawn."""

from fractions import Fraction
from itertools import combinations
from math import prod

import numpy as np

from examgen.exact import array, equal
from examgen.families.residual.residual_forward_mc import ResidualForwardMc
from examgen.nn.dense import matvec
from examgen.questions.problem import Problem
from tests.families.laws import answer, answers, drawn, times


def test_a_positive_factor_goes_through_every_block() -> None:
    """ReLU without biases: h(3x) = 3h(x), and the Jacobian is that of x."""
    for each in drawn("residual-forward-mc"):
        assert equal(answer(each, h0=times(3, each.givens.h0)), times(3, answer(each)))
    for each in drawn("residual-jacobian"):
        assert equal(answer(each, h0=times(3, each.givens.h0)), answer(each)), each.givens


def test_the_jacobian_times_the_input_is_the_output() -> None:
    for each in drawn("residual-jacobian"):
        forward = Problem.of(ResidualForwardMc(each.givens.weights, each.givens.h0), each.level)
        assert equal(matvec(answer(each), each.givens.h0), answer(forward)), each.givens


def test_blocks_without_weights_change_nothing() -> None:
    for family, name in (("residual-forward-mc", "h0"), ("residual-jacobian", None)):
        for each in drawn(family):
            nothing = tuple(times(0, w) for w in each.givens.weights)
            there = np.eye(len(each.givens.h0), dtype=int) if name is None else each.givens.h0
            assert equal(answer(each, weights=nothing), array(there)), each.givens


def test_the_product_of_blocks_is_the_sum_over_their_paths() -> None:
    """Π(1 + w) over the active blocks has a term for each of their subsets."""
    for each in drawn("residual-gradient-scalar"):
        h, active = Fraction(each.givens.start), []
        for w in each.givens.weights:
            active += [w] if w * h > 0 else []
            h += max(0, w * h)
        paths = [
            prod(taken) for size in range(len(active) + 1) for taken in combinations(active, size)
        ]
        assert len(paths) == 2 ** len(active)
        assert answer(each) == sum(paths), each.givens


def test_a_scalar_gradient_times_the_input_is_the_output() -> None:
    for each in drawn("residual-gradient-scalar"):
        h = Fraction(each.givens.start)
        for w in each.givens.weights:
            h += max(0, w * h)
        assert answer(each) * each.givens.start == h, each.givens
        assert answer(each, start=2 * each.givens.start) == answer(each), each.givens


def test_paths_of_all_lengths_are_all_paths() -> None:
    for each in drawn("residual-paths"):
        depth = each.givens.depth
        by_length = [answer(each, asked="of length", length=m, removed=0) for m in range(1, depth)]
        everything = answer(each, asked="all", length=0, removed=0)
        assert 1 + sum(by_length) + 1 == everything == 2**depth
        assert by_length == by_length[::-1]
        up_to = answer(each, asked="up to", length=depth - 1, removed=0)
        assert up_to == everything - 1
        taken = sum(m * number for m, number in enumerate(by_length, start=1)) + depth
        assert answer(each, asked="branches", length=0, removed=0) == taken


def test_paths_that_are_lost_and_paths_that_stay_are_all_paths() -> None:
    for each in drawn("residual-paths"):
        depth, removed = each.givens.depth, 2
        lost = answer(each, asked="lost", length=0, removed=removed)
        stay = answer(each, asked="all", length=0, removed=0, depth=depth - removed)
        assert lost + stay == answer(each, asked="all", length=0, removed=0), each.givens


def test_deeper_networks_multiply_what_is_left() -> None:
    for each in drawn("residual-vs-plain-decay"):
        depth, span = each.givens.depth, each.givens.span
        deeper = answer(each, depth=depth + span)
        assert deeper == answer(each) * answer(each, depth=span), each.givens


def test_blocks_that_start_at_zero_may_be_left_out() -> None:
    for each in drawn("residual-zero-init", activation="ReLU", live=0, biases=()):
        assert equal(answer(each, depth=each.givens.depth + 3), answer(each)), each.givens
        assert equal(answer(each), each.givens.h0)
    for each in drawn("residual-zero-init", "medium"):
        assert equal(answer(each, depth=each.givens.depth + 3), answer(each)), each.givens
        assert equal(answer(each, target=times(3, each.givens.target)), times(3, answer(each)))


def test_biases_add_up_in_any_order() -> None:
    for each in drawn("residual-zero-init", "hard"):
        assert equal(answer(each, biases=each.givens.biases[::-1]), answer(each)), each.givens


def test_a_gradient_times_its_values_is_the_same_at_every_layer() -> None:
    """⟨∂L/∂h, h⟩ = L for a linear loss of a network that lets positive factors through."""
    for each in drawn("long-residual-block", "easy", "medium", squared_loss=False):
        found = answers(each)
        loss = (each.givens.target * found["h[2]"]).sum()
        assert (found["gradient_h1"] * found["h[1]"]).sum() == loss, each.givens
        if "gradient_h0" in found:
            assert (found["gradient_h0"] * each.givens.h0).sum() == loss, each.givens


def test_a_gradient_of_weights_times_the_weights_is_what_their_branch_carries() -> None:
    for each in drawn("long-residual-block", "medium", "hard"):
        found = answers(each)
        branch = array(found["h[1]"] - each.givens.h0)
        carried = (found["gradient_h1"] * branch).sum()
        assert (found["gradient_w1"] * each.givens.weights[0]).sum() == carried, each.givens


def test_twice_the_input_makes_all_layers_twice_as_large() -> None:
    for each in drawn("long-residual-block"):
        was, now = answers(each), answers(each, h0=times(2, each.givens.h0))
        for name in ("z[1]", "h[1]", "z[2]", "h[2]", "plain_output"):
            assert equal(now[name], times(2, was[name])), (name, each.givens)


def test_a_projection_grows_with_both_ends() -> None:
    for each in drawn("residual-shape-compat", "easy", asked="projection"):
        inputs, outputs = each.givens.inputs, each.givens.outputs
        assert answer(each, inputs=3 * inputs) == 3 * answer(each), each.givens
        assert answer(each, outputs=2 * outputs) == 2 * answer(each), each.givens
