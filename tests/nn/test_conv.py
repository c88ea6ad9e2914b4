"""Cross-correlation against scipy, torch, the lecture's examples and the laws it obeys."""

from fractions import Fraction
from random import Random
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate

from examgen.exact import Array, Undefined, array
from examgen.nn.conv import (
    cross_correlate,
    cross_correlate_1d,
    cross_correlate_channels,
    kernel_gradient,
    kernel_gradient_1d,
    pad,
    signal_gradient,
    window,
    windows,
)
from examgen.nn.shapes import DoesNotFit, pair
from tests.nn.drawn import integers, listed, streams, tensor

ARC = array([[0, 0, 0, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 0, 0, 0]])
HORIZONTAL_PAIR = array([[0, 0], [1, 1]])
STRIPE = array([[0, 1, 1, 0]] * 4)
VERTICAL_EDGE = array([[1, 0, -1]] * 3)
ONES = array([[1, 1, 1]] * 2)


def image_and_kernel(rng: Random) -> tuple[Array, Array]:
    """Draw an image of 3 to 7 rows and columns and a kernel of 1 to 3."""
    image = integers(rng, (rng.randint(3, 7), rng.randint(3, 7)))
    return image, integers(rng, (rng.randint(1, 3), rng.randint(1, 3)))


def steps(rng: Random) -> dict[str, Any]:
    """Draw stride, padding and dilation, of the axes together or apart."""
    return {
        "stride": rng.choice([1, 2, 3, (1, 2), (2, 1)]),
        "padding": rng.choice([0, 1, 2, (0, 1), (2, 0)]),
        "dilation": rng.choice([1, 1, 2, (1, 2), (2, 1)]),
    }


def test_the_lectures_first_example_slides_without_flipping() -> None:
    response = cross_correlate(ARC, HORIZONTAL_PAIR)
    assert response.tolist() == [[1, 0, 1], [1, 2, 1], [0, 0, 0]]
    assert response[2 - 1, 2 - 1] == 2
    flipped = cross_correlate(ARC, HORIZONTAL_PAIR[::-1, ::-1])
    assert flipped.tolist() == [[0, 0, 0], [1, 0, 1], [1, 2, 1]]
    assert (
        flipped.tolist()
        == convolve2d(ARC.astype(int), HORIZONTAL_PAIR.astype(int), "valid").tolist()
    )


def test_the_lectures_second_example_needs_the_lost_minus_sign() -> None:
    assert cross_correlate(STRIPE, VERTICAL_EDGE).tolist() == [[-3, 3], [-3, 3]]
    printed = array([[1, 0, 1], [1, 0, -1], [1, 0, -1]])
    assert cross_correlate(STRIPE, printed).tolist() == [[-1, 3], [-1, 3]]


def test_two_channels_as_dive_into_deep_learning_computes_them() -> None:
    image = array(np.stack([np.arange(9), np.arange(1, 10)]).reshape(2, 3, 3))
    kernels = array([[[[0, 1], [2, 3]], [[1, 2], [3, 4]]]])
    assert cross_correlate_channels(image, kernels).tolist() == [[[56, 72], [104, 120]]]
    shifted = cross_correlate_channels(image, kernels, bias=[-50])
    assert shifted.tolist() == [[[6, 22], [54, 70]]]


def test_agrees_with_scipy() -> None:
    compared = 0
    for seed, rng in streams(400):
        image, kernel = image_and_kernel(rng)
        options, bias = steps(rng), rng.randint(-2, 2)
        stride, padding, dilation = (pair(options[name]) for name in options)
        padded = np.pad(image.astype(int), [(p, p) for p in padding])
        spread = np.zeros(
            [d * (k - 1) + 1 for d, k in zip(dilation, kernel.shape, strict=True)], int
        )
        spread[:: dilation[0], :: dilation[1]] = kernel
        if any(n < k for n, k in zip(padded.shape, spread.shape, strict=True)):
            continue
        valid = correlate(padded, spread, "valid", "direct")[:: stride[0], :: stride[1]] + bias
        ours = cross_correlate(image, kernel, **options, bias=bias)
        assert ours.tolist() == valid.tolist(), seed
        compared += 1
    assert compared >= 200


def test_agrees_with_torch(torch: ModuleType) -> None:
    compared = 0
    for seed, rng in streams(400):
        image, kernel = image_and_kernel(rng)
        options, bias = steps(rng), rng.randint(-2, 2)
        x, w = tensor(torch, image)[None, None], tensor(torch, kernel)[None, None]
        try:
            ours = cross_correlate(image, kernel, **options, bias=bias)
        except DoesNotFit:
            with pytest.raises(RuntimeError):
                torch.conv2d(x, w, **options)
            continue
        theirs = torch.conv2d(x, w, torch.tensor([float(bias)]).double(), **options)
        assert ours.tolist() == listed(theirs[0, 0]), seed
        compared += 1
    assert compared >= 200


def test_one_axis_agrees_with_torch_and_numpy(torch: ModuleType) -> None:
    compared = 0
    for seed, rng in streams(300):
        signal, kernel = integers(rng, (rng.randint(4, 8),)), integers(rng, (rng.randint(1, 4),))
        plain = np.correlate(signal.astype(int), kernel.astype(int), "valid")
        assert cross_correlate_1d(signal, kernel).tolist() == plain.tolist(), seed
        options = {
            name: rng.randint(name != "padding", 2) for name in ("stride", "padding", "dilation")
        }
        x, w = tensor(torch, signal)[None, None], tensor(torch, kernel)[None, None]
        try:
            ours = cross_correlate_1d(signal, kernel, **options, bias=3)
        except DoesNotFit:
            continue
        assert ours.tolist() == listed(torch.conv1d(x, w, **options)[0, 0] + 3), seed
        compared += 1
    assert compared >= 200


def test_channels_agree_with_torch(torch: ModuleType) -> None:
    for seed, rng in streams():
        fed, made = rng.randint(1, 3), rng.randint(1, 3)
        image, kernels = integers(rng, (fed, 5, 6)), integers(rng, (made, fed, 2, 3))
        options = steps(rng) | {"dilation": 1}
        bias = integers(rng, (made,)) if rng.random() < 0.5 else None
        offsets = None if bias is None else tensor(torch, bias)
        theirs = torch.conv2d(
            tensor(torch, image)[None], tensor(torch, kernels), offsets, **options
        )
        ours = cross_correlate_channels(image, kernels, **options, bias=bias)
        assert ours.tolist() == listed(theirs[0]), seed


def test_kernel_gradient_agrees_with_autograd(torch: ModuleType) -> None:
    compared = 0
    for seed, rng in streams(300):
        image, kernel = image_and_kernel(rng)
        options = steps(rng)
        try:
            upstream = integers(rng, cross_correlate(image, kernel, **options).shape)
        except DoesNotFit:
            continue
        w = tensor(torch, kernel)
        response = torch.conv2d(tensor(torch, image)[None, None], w[None, None], **options)
        response[0, 0].backward(tensor(torch, upstream))
        ours = kernel_gradient(image, upstream, kernel.shape, **options)
        assert ours.tolist() == listed(w.grad), seed
        compared += 1
    assert compared >= 200


def test_gradients_along_a_line_agree_with_autograd(torch: ModuleType) -> None:
    for seed, rng in streams():
        size, width = rng.randint(3, 7), rng.randint(1, 3)
        x, w, g = (integers(rng, (n,)) for n in (size, width, size - width + 1))
        signal, kernel = tensor(torch, x), tensor(torch, w)
        y = torch.conv1d(signal[None, None], kernel[None, None])[0, 0]
        (y * tensor(torch, g)).sum().backward()
        assert kernel_gradient_1d(x, g).tolist() == listed(kernel.grad), seed
        assert signal_gradient(w, g).tolist() == listed(signal.grad), seed


def test_kernel_gradient_is_what_each_weight_adds_to_the_loss() -> None:
    for seed, rng in streams(100):
        image = integers(rng, (7, 8))
        options = steps(rng) | {"dilation": rng.choice([1, (1, 2)])}
        upstream = integers(rng, cross_correlate(image, ONES, **options).shape)
        slopes = kernel_gradient(image, upstream, (2, 3), **options)
        for at in np.ndindex(2, 3):
            alone = np.zeros((2, 3), int)
            alone[at] = 1
            loss = (upstream * cross_correlate(image, array(alone), **options)).sum()
            assert slopes[at] == loss, seed
        assert slopes.shape == (2, 3)


def test_is_linear_in_the_image_and_in_the_kernel() -> None:
    for seed, rng in streams(50):
        image, kernel = image_and_kernel(rng)
        image2, kernel2 = integers(rng, image.shape), integers(rng, kernel.shape)
        both = cross_correlate(array(2 * image + image2), kernel)
        parts = 2 * cross_correlate(image, kernel) + cross_correlate(image2, kernel)
        assert both.tolist() == parts.tolist(), seed
        both = cross_correlate(image, array(kernel - 3 * kernel2))
        parts = cross_correlate(image, kernel) - 3 * cross_correlate(image, kernel2)
        assert both.tolist() == parts.tolist(), seed


def test_a_shifted_image_shifts_the_map() -> None:
    for seed, rng in streams(50):
        image, kernel = integers(rng, (5, 6)), integers(rng, (3, 2))
        shifted = array(np.vstack([integers(rng, (2, 6)), image]))
        moved = cross_correlate(shifted, kernel)[2:]
        assert moved.tolist() == cross_correlate(image, kernel).tolist(), seed
        halved = cross_correlate(shifted, kernel, stride=2)[1:]
        assert halved.tolist() == cross_correlate(image, kernel, stride=2).tolist(), seed


def test_padding_is_the_same_as_a_padded_image() -> None:
    image, kernel = integers(Random(1), (3, 4)), integers(Random(2), (2, 2))
    assert pad(image, 1).tolist() == np.pad(image.astype(int), 1).tolist()
    assert pad(image, (0, 2)).tolist() == np.pad(image.astype(int), ((0, 0), (2, 2))).tolist()
    padded = cross_correlate(pad(image, (1, 2)), kernel)
    assert padded.tolist() == cross_correlate(image, kernel, padding=(1, 2)).tolist()


def test_an_entry_is_the_sum_over_its_window() -> None:
    for seed, rng in streams(50):
        image, kernel = integers(rng, (7, 8)), integers(rng, (2, 3))
        stride, dilation = rng.randint(1, 3), rng.randint(1, 2)
        response = cross_correlate(image, kernel, stride=stride, dilation=dilation)
        patches = windows(image, kernel.shape, stride=stride, dilation=dilation)
        sums = [[(patch * kernel).sum() for patch in row] for row in patches]
        assert sums == response.tolist(), seed
        last = window(image, len(sums) - 1, 0, kernel.shape, stride, dilation)
        assert (last * kernel).sum() == response[-1, 0], seed


def test_fractions_stay_exact() -> None:
    blur = array([[Fraction(1, 9)] * 3] * 3)
    assert cross_correlate(array([[1, 1, 1, 2]] * 3), blur).tolist() == [[1, Fraction(4, 3)]]


def test_the_map_cannot_be_written_to() -> None:
    with pytest.raises(ValueError):
        cross_correlate(ARC, HORIZONTAL_PAIR)[0, 0] = 1


@pytest.mark.parametrize(
    ("image", "kernel"),
    [([[1, 2]], [[1, 2], [3, 4]]), ([[1], [2]], [[1, 1]]), ([1, 2], [[1]]), ([[1]], [1])],
)
def test_what_does_not_fit_is_undefined_and_a_value_error(image: Any, kernel: Any) -> None:
    for expected in (DoesNotFit, Undefined, ValueError):
        with pytest.raises(expected):
            cross_correlate(array(image), array(kernel))


def test_shapes_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(DoesNotFit, match="channels"):
        cross_correlate_channels(array([[[1]]]), array([[[[1]], [[1]]]]))
    with pytest.raises(DoesNotFit, match="biases"):
        cross_correlate_channels(array([[[1]]]), array([[[[1]]]]), bias=[1, 2])
    with pytest.raises(DoesNotFit, match="gradient"):
        kernel_gradient(ARC, array([[1]]), (2, 2))
    with pytest.raises(DoesNotFit, match="leaves"):
        window(ARC, 3, 0, (2, 2))
    with pytest.raises(ValueError, match="stride 0"):
        cross_correlate(ARC, HORIZONTAL_PAIR, stride=0)
