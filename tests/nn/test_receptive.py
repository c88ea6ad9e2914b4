"""Receptive fields against the support of a gradient, a closed form and published figures."""

from math import prod
from random import Random
from types import ModuleType

import pytest

from examgen.nn.layers import BatchNorm2d, Conv2d, Flatten, Layer, MaxPool2d, ReLU
from examgen.nn.receptive import Step, receptive_field, receptive_side, sliding_steps
from tests.nn.drawn import streams
from tests.nn.networks import ALEXNET_MAPS, VGG16_MAPS


def stack(rng: Random) -> list[Step]:
    """Draw 1 to 4 layers (kernel, stride, dilation); strides may exceed their kernels."""
    return [
        (rng.randint(1, 4), rng.choice([1, 1, 2, 3]), rng.choice([1, 1, 2]))
        for _ in range(rng.randint(1, 4))
    ]


def span(torch: ModuleType, steps: list[Step]) -> int:
    """Return last − first + 1 of the inputs that an interior unit's gradient reaches.

    Counting them instead would miss the holes that dilation and strides beyond the kernel leave.
    """
    signal = torch.ones(1, 1, 700, dtype=torch.double, requires_grad=True)
    response = signal
    for kernel, stride, dilation in steps:
        weights = torch.ones(1, 1, kernel, dtype=torch.double)
        response = torch.conv1d(response, weights, stride=stride, dilation=dilation)
    response[0, 0, response.shape[2] // 2].backward()
    reached = signal.grad[0, 0].nonzero().flatten().tolist()
    return int(reached[-1] - reached[0] + 1)


def test_agrees_with_the_support_of_the_gradient(torch: ModuleType) -> None:
    for seed, rng in streams(300):
        steps = stack(rng)
        assert receptive_side(steps) == span(torch, steps), (seed, steps)


def test_agrees_with_the_closed_form() -> None:
    for seed, rng in streams():
        steps = stack(rng)
        strides = [stride for _, stride, _ in steps]
        grown = [d * (k - 1) * prod(strides[:at]) for at, (k, _, d) in enumerate(steps)]
        assert receptive_field(steps)[-1] == (1 + sum(grown), prod(strides)), seed


def test_rows_start_at_the_input_and_a_stride_counts_from_the_next_layer_on() -> None:
    steps = [(3, 2, 1), (2, 2, 1), (3, 1, 2)]
    assert receptive_field(steps) == [(1, 1), (3, 2), (5, 4), (21, 4)]
    assert receptive_field([]) == [(1, 1)]


def test_three_small_kernels_see_as_much_as_one_of_seven() -> None:
    assert receptive_side([(3, 1, 1)] * 3) == receptive_side([(7, 1, 1)]) == 7


@pytest.mark.parametrize(("layers", "side"), [(ALEXNET_MAPS, 195), (VGG16_MAPS, 212)])
def test_published_sides(layers: list[Layer], side: int) -> None:
    assert receptive_side(sliding_steps(layers)) == side


def test_each_axis_has_its_own_steps() -> None:
    layers: list[Layer] = [
        Conv2d(4, (3, 5), stride=(1, 2)),
        BatchNorm2d(),
        ReLU(),
        MaxPool2d((2, 1)),
    ]
    assert sliding_steps(layers) == [(3, 1, 1), (2, 2, 1)]
    assert sliding_steps(layers, axis=1) == [(5, 2, 1), (1, 1, 1)]


def test_there_is_no_side_after_a_layer_that_sees_everything() -> None:
    with pytest.raises(ValueError, match="whole map"):
        sliding_steps([Conv2d(4, 3), Flatten()])
