"""What must hold of any convolution and any pooling, tried on the problems that are drawn."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from examgen.exact import Array, Shape, array, equal
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.laws import answer, answers, drawn, like, times

LINEAR = [
    ("conv1d-values", "signal", "kernel"),
    ("conv2d-entry", "image", "kernel"),
    ("conv2d-full", "image", "kernel"),
    ("conv-multichannel-value", "image", "kernels"),
]
"""Families, with their inputs and kernels."""
MAPS = [("conv1d-values", "signal"), ("conv2d-full", "image")]


def without_bias(each: Problem, **changed: Any) -> Any:
    """The answer without a bias, as an array."""
    bias = getattr(each.givens, "bias", None)
    if bias is not None:
        changed["bias"] = (0,) * len(bias) if isinstance(bias, tuple) else 0
    return np.asarray(answer(each, **changed))


@pytest.mark.parametrize(("family", "signal", "kernel"), LINEAR)
def test_is_linear_in_the_input_and_in_the_kernel(family: str, signal: str, kernel: str) -> None:
    for each in drawn(family):
        for name in (signal, kernel):
            one = getattr(each.givens, name)
            other = like(one)
            both = without_bias(each, **{name: array(3 * one - other)})
            parts = 3 * without_bias(each) - without_bias(each, **{name: other})
            assert both.tolist() == parts.tolist(), each.givens


@pytest.mark.parametrize("family", ["conv1d-values", "conv2d-entry", "conv-multichannel-value"])
def test_a_bias_is_added_to_every_entry_once(family: str) -> None:
    for each in drawn(family):
        bias = each.givens.bias
        more = tuple(b + 5 for b in bias) if isinstance(bias, tuple) else bias + 5
        by = np.asarray(answer(each, bias=more)) - np.asarray(answer(each))
        assert {*by.ravel().tolist()} == {5}, each.givens


@pytest.mark.parametrize(("family", "name"), MAPS)
def test_an_input_one_stride_further_on_gives_the_next_entries(family: str, name: str) -> None:
    for each in drawn(family):
        x, stride, padding = getattr(each.givens, name), each.givens.stride, each.givens.padding
        before = like(x[:1].repeat(stride, axis=0))
        further = answer(each, **{name: array(np.concatenate([before, x]))})
        unseen = -(-padding // stride)
        assert len(further) == len(answer(each)) + 1
        assert equal(further[1 + unseen :], answer(each)[unseen:]), each.givens


def test_an_entry_moves_with_its_image() -> None:
    tried = 0
    for each in drawn("conv2d-entry"):
        givens = each.givens
        if (givens.row - 1) * givens.stride >= givens.padding:
            tried += 1
            above = like(givens.image[:1].repeat(givens.stride, axis=0))
            image = array(np.vstack([above, givens.image]))
            assert answer(each, image=image, row=givens.row + 1) == answer(each), givens
    assert tried


@pytest.mark.parametrize(("family", "name"), [*MAPS, ("conv2d-entry", "image")])
def test_padding_is_the_same_as_zeros_around_the_input(family: str, name: str) -> None:
    tried = 0
    for each in drawn(family):
        x, padding = getattr(each.givens, name), each.givens.padding
        padded = array(np.pad(x, padding, constant_values=0))
        assert equal(answer(each, **{name: padded}, padding=0), answer(each)), each.givens
        tried += padding > 0
    assert tried


@pytest.mark.parametrize("family", ["conv1d-values", "conv2d-full"])
def test_a_stride_leaves_entries_out(family: str) -> None:
    tried = 0
    for each in drawn(family, "medium", "hard"):
        stride = each.givens.stride
        every = answer(each, stride=1)
        left = every[(slice(None, None, stride),) * every.ndim]
        assert equal(answer(each), left), each.givens
        tried += stride > 1
    assert tried


def test_a_dilated_kernel_is_one_with_zeros_in_between() -> None:
    tried = 0
    for each in drawn("conv1d-values"):
        kernel, dilation = each.givens.kernel, each.givens.dilation
        spread = np.zeros(dilation * (len(kernel) - 1) + 1, dtype=int).astype(object)
        spread[::dilation] = kernel
        assert equal(answer(each, kernel=array(spread), dilation=1), answer(each)), each.givens
        tried += dilation > 1
    assert tried


def test_the_order_of_channels_and_of_filters_is_a_name_only() -> None:
    for each in drawn("conv-multichannel-value"):
        image, kernels, bias = each.givens.image, each.givens.kernels, each.givens.bias
        exchanged = answer(each, image=image[::-1], kernels=kernels[:, ::-1])
        assert equal(exchanged, answer(each)), each.givens
        if len(kernels) > 1:
            assert equal(answer(each, kernels=kernels[::-1], bias=bias[::-1]), answer(each)[::-1])


@pytest.mark.parametrize("level", LEVELS)
def test_a_shift_by_strides_moves_the_output(level: Level) -> None:
    tried = 0
    for each in drawn("shift-equivariance", level):
        (down, right), stride = each.givens.shift, each.givens.stride
        if right % stride:
            continue
        still, moved = (
            np.atleast_2d(found) for found in (answer(each, shift=(0, 0)), answer(each))
        )
        rows, columns = still.shape[0] - down, still.shape[1] - right // stride
        assert equal(array(moved[down:, right // stride :]), array(still[:rows, :columns]))
        tried += 1
    assert tried


def inner(left: Array, right: Array) -> Any:
    return (left * right).sum()


def test_what_the_kernel_and_the_signal_feel_is_what_the_output_feels() -> None:
    """⟨w, ∂L/∂w⟩ = ⟨x, ∂L/∂x⟩ = ⟨y, ∂L/∂y⟩: an output is linear in each of the two."""
    for each in drawn("shared-weight-gradient"):
        givens = each.givens
        at = {"upstream": givens.g, "target": None, "rate": 0}
        by_kernel = inner(givens.kernel, answer(each, asked="kernel", **at))
        by_signal = inner(givens.signal, answer(each, asked="signal", **at))
        assert by_kernel == by_signal == inner(givens.output, givens.g), givens


def test_the_gradient_of_shared_weights_is_linear_in_what_arrives() -> None:
    for each in drawn("shared-weight-gradient"):
        g, other = each.givens.g, like(each.givens.g)
        for asked in ("kernel", "signal"):
            one, two, both = (
                answer(each, asked=asked, upstream=array(arriving), target=None, rate=0)
                for arriving in (g, other, g - 2 * other)
            )
            assert equal(both, array(one - 2 * two)), each.givens


def test_pooling_follows_its_input() -> None:
    """A positive factor comes out; so does a summand, where no ReLU is in between."""
    for each in drawn("pool-values"):
        image = each.givens.image
        assert equal(answer(each, image=times(3, image)), times(3, answer(each)))
        plain = answer(each, activates=False)
        assert equal(answer(each, image=array(image + 4), activates=False), array(plain + 4))


def test_a_maximum_is_no_less_than_a_mean_and_takes_relu_before_or_after() -> None:
    for each in drawn("pool-values"):
        largest = answer(each, averages=False, activates=False)
        means = answer(each, averages=True, activates=False)
        assert all(a >= b for a, b in zip(largest.ravel(), means.ravel(), strict=True))
        activated = [max(0, entry) for entry in largest.ravel().tolist()]
        before = answer(each, averages=False, activates=True)
        assert before.ravel().tolist() == activated, each.givens


def test_twice_the_image_and_the_bias_give_twice_the_maps() -> None:
    """ReLU and pooling let a positive factor through, and the slopes are of degree one less."""
    for each in drawn("long-conv2d-by-hand"):
        network = each.givens.network
        doubled = replace(network, image=times(2, network.image), bias=2 * network.bias)
        was, now = answers(each), answers(each, network=doubled)
        same = {"size", "gradient_bias"}
        assert all(equal(now[name], was[name]) for name in same & was.keys())
        for name in was.keys() - same:
            assert np.asarray(now[name]).tolist() == (2 * np.asarray(was[name])).tolist(), name


@pytest.mark.parametrize("family", ["conv-output-size", "conv3d-shape"])
def test_one_stride_more_of_input_gives_one_more_of_output(family: str) -> None:
    for each in drawn(family):
        givens = each.givens
        conv = getattr(givens, "conv", givens)
        axes = len(givens.input_shape) - 1
        steps = conv.stride if isinstance(conv.stride, tuple) else (conv.stride,) * axes
        pool = getattr(givens, "pool", None)
        if pool is not None:
            steps = tuple(step * (pool.stride or pool.kernel) for step in steps)
        channels, *sides = givens.input_shape
        larger = Shape((channels, *(side + step for side, step in zip(sides, steps, strict=True))))
        out, *was = answer(each)
        assert answer(each, input_shape=larger) == Shape((out, *(side + 1 for side in was)))


def test_multiply_adds_are_proportional_to_the_channels_at_both_ends() -> None:
    for each in drawn("conv-macs", separable=False):
        conv, (channels, *sides) = each.givens.conv, each.givens.input_shape
        wider = replace(conv, out_channels=3 * conv.out_channels)
        assert answer(each, conv=wider) == 3 * answer(each)
        if conv.groups == 1:
            deeper = Shape((2 * channels, *sides))
            assert answer(each, input_shape=deeper) == 2 * answer(each)


def test_dense_weights_grow_with_both_ends_and_shared_ones_with_the_filters() -> None:
    for each in drawn("conv-vs-fc-ratio"):
        factor = 2 if each.givens.asked == "count" else 1
        doubled = answer(each, out_channels=2 * each.givens.out_channels)
        assert doubled == factor * answer(each), each.givens
