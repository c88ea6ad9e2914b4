"""Layers against torch: shapes, parameters, multiply–adds, listings, totals as published."""

from fractions import Fraction
from math import prod
from random import Random
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape, Undefined
from examgen.nn.layers import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAveragePool,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
    lazy_listing,
    multiply_adds,
    output_shape,
    parameter_count,
    shape_trace,
    torch_call,
    total_parameters,
)
from examgen.nn.shapes import Pair
from tests.nn.drawn import streams
from tests.nn.networks import CLASSIFIER, LENET, PARAMETERS, PYTORCH_CIFAR, VGG16_MAPS

REFUSALS = (RuntimeError, ValueError, IndexError)
"""What torch raises where a layer does not apply."""


def layer(rng: Random) -> Layer:
    """Draw a layer with all its arguments, the rare ones too."""
    sizes: list[Pair] = [1, 2, 3, 5, (3, 1), (2, 3)]
    steps: list[Pair] = [1, 2, 3, (1, 2)]
    paddings: list[Pair] = [0, 1, 2, (0, 1)]
    size, stride = rng.choice(sizes), rng.choice(steps)
    layers: list[Layer] = [
        Conv2d(rng.randint(1, 6), size, stride, rng.choice(paddings)),
        Conv2d(6, 3, bias=False, groups=rng.choice([1, 2, 3]), dilation=rng.choice(steps)),
        MaxPool2d(size),
        MaxPool2d(3, stride, padding=rng.choice([0, 1])),
        AvgPool2d(size, stride if rng.random() < 0.5 else None),
        BatchNorm2d(),
        ReLU(),
        Dropout(Fraction(1, 4)),
        Flatten(),
        GlobalAveragePool(),
        Linear(rng.randint(1, 9), bias=rng.random() < 0.5),
    ]
    return rng.choice(layers)


def stack(rng: Random) -> list[Layer]:
    """Draw 2 to 5 layers, without one that torch applies to what is no map all the same."""
    drawn = [layer(rng) for _ in range(rng.randint(2, 5))]
    flat_from = drawn.index(Flatten()) if Flatten() in drawn else len(drawn)
    return drawn[:flat_from] + [one for one in drawn[flat_from:] if one != GlobalAveragePool()]


def made(torch: ModuleType, code: str) -> Any:
    """Return the module that a listing makes, at test time (dropout off)."""
    return eval(code, {"nn": torch.nn}).eval()  # noqa: S307 - a listing of ours


def test_every_layer_agrees_with_torch(torch: ModuleType) -> None:
    applied = refused = 0
    for seed, rng in streams(1000):
        one = layer(rng)
        shape = Shape((rng.randint(1, 6), rng.randint(1, 9), rng.randint(1, 9)))
        module = made(torch, torch_call(one))
        try:
            ours = output_shape(one, shape)
        except Undefined:
            refused += 1
            with pytest.raises(REFUSALS):
                module(torch.zeros(1, *shape))
            continue
        theirs = module(torch.zeros(1, *shape))
        assert ours == tuple(theirs.shape[1:]), (seed, one, shape)
        weights = list(module.parameters())
        assert parameter_count(one, shape) == sum(p.numel() for p in weights), (seed, one)
        if isinstance(one, Conv2d | Linear):
            dot_products = theirs.numel() * weights[0][0].numel()
            assert multiply_adds(one, shape) == dot_products, (seed, one)
        applied += 1
    assert applied > 500
    assert refused > 50


def test_stacks_agree_with_torch(torch: ModuleType) -> None:
    compared = 0
    for seed, rng in streams(300):
        layers = stack(rng)
        shape = Shape((rng.randint(1, 3), 24, 21))
        model = made(torch, lazy_listing(layers))
        try:
            trace = shape_trace(layers, shape)
        except Undefined:
            with pytest.raises(REFUSALS):
                model(torch.zeros(2, *shape))
            continue
        x = torch.zeros(2, *shape)
        for expected, module in zip(trace[1:], model, strict=True):
            x = module(x)
            assert tuple(expected) == tuple(x.shape[1:]), (seed, module)
        assert total_parameters(layers, shape) == sum(p.numel() for p in model.parameters()), seed
        compared += 1
    assert compared >= 150


@pytest.mark.parametrize(("layers", "shape", "published"), PARAMETERS)
def test_published_totals(layers: list[Layer], shape: Shape, published: int) -> None:
    assert total_parameters(layers, shape) == published


@pytest.mark.parametrize(("layers", "shape", "published"), PARAMETERS)
def test_torch_makes_the_same_of_their_listings(
    torch: ModuleType, layers: list[Layer], shape: Shape, published: int
) -> None:
    with torch.device("meta"):
        model = made(torch, lazy_listing(layers))
        model(torch.zeros(1, *shape))
    assert sum(p.numel() for p in model.parameters()) == published


def test_the_shapes_of_the_cifar_tutorial() -> None:
    trace = shape_trace(PYTORCH_CIFAR[:7], Shape((3, 32, 32)))
    expected = [(3, 32, 32), (6, 28, 28), (6, 28, 28), (6, 14, 14), (16, 10, 10), (16, 10, 10)]
    assert trace == [*expected, (16, 5, 5), (400,)]
    assert all(isinstance(shape, Shape) for shape in trace)


def test_the_shapes_of_a_resnets_first_layers() -> None:
    layers: list[Layer] = [
        Conv2d(64, 7, stride=2, padding=3, bias=False),
        BatchNorm2d(),
        ReLU(),
        MaxPool2d(3, stride=2, padding=1),
    ]
    trace = shape_trace(layers, Shape((3, 224, 224)))
    assert trace[1:] == [(64, 112, 112)] * 3 + [(64, 56, 56)]


def test_multiply_adds_of_vgg16_are_those_torchvision_states() -> None:
    layers: list[Layer] = [*VGG16_MAPS, *CLASSIFIER]
    counts = list(map(multiply_adds, layers, shape_trace(layers, Shape((3, 224, 224)))))
    assert round(sum(counts) / 10**9, 2) == 15.47
    assert round(sum(counts[: len(VGG16_MAPS)]) / 10**9, 2) == 15.35


def test_a_listing_gives_no_size_away() -> None:
    layers: list[Layer] = [
        Conv2d(8, 5, padding=2),
        BatchNorm2d(),
        ReLU(),
        MaxPool2d(2),
        Conv2d(16, (3, 1), stride=2, bias=False),
        MaxPool2d(3, stride=1),
        Dropout(Fraction(1, 4)),
        GlobalAveragePool(),
        Flatten(),
        Linear(10),
    ]
    assert lazy_listing(layers) == (
        "nn.Sequential(\n"
        "    nn.LazyConv2d(8, 5, padding=2),\n"
        "    nn.LazyBatchNorm2d(),\n"
        "    nn.ReLU(),\n"
        "    nn.MaxPool2d(2),\n"
        "    nn.LazyConv2d(16, (3, 1), stride=2, bias=False),\n"
        "    nn.MaxPool2d(3, stride=1),\n"
        "    nn.Dropout(0.25),\n"
        "    nn.AdaptiveAvgPool2d(1),\n"
        "    nn.Flatten(),\n"
        "    nn.LazyLinear(10),\n"
        ")"
    )


def test_bias_batch_norm_and_groups_count_as_they_should() -> None:
    image = Shape((6, 9, 7))
    weights = 12 * 6 * 3 * 2
    assert parameter_count(Conv2d(12, (3, 2), bias=False), image) == weights
    assert parameter_count(Conv2d(12, (3, 2)), image) == weights + 12
    assert parameter_count(Conv2d(12, (3, 2), groups=3), image) == weights // 3 + 12
    assert parameter_count(BatchNorm2d(), image) == 2 * 6
    assert parameter_count(Linear(5), Shape((7,))) == 7 * 5 + 5
    assert [parameter_count(one, image) for one in (ReLU(), MaxPool2d(2), Flatten())] == [0, 0, 0]
    assert multiply_adds(Conv2d(12, (3, 2)), image) == 7 * 6 * weights
    assert multiply_adds(Conv2d(12, (3, 2), groups=3), image) == 7 * 6 * weights // 3


@pytest.mark.parametrize(
    ("refused", "shape"),
    [
        (Conv2d(4, 5), (1, 4, 9)),
        (Conv2d(4, 1, groups=2), (3, 4, 4)),
        (Conv2d(4, 1), (784,)),
        (MaxPool2d(3), (8, 2, 2)),
        (MaxPool2d(2, padding=2), (8, 4, 4)),
        (BatchNorm2d(), (10,)),
        (GlobalAveragePool(), (4, 4)),
        (Linear(3), ()),
        (ReLU(), (3, 0, 3)),
        (Flatten(), (3, -2)),
    ],
)
def test_a_layer_that_cannot_be_applied_is_undefined(
    refused: Layer, shape: tuple[int, ...]
) -> None:
    for count in (output_shape, parameter_count, multiply_adds):
        with pytest.raises(Undefined):
            count(refused, Shape(shape))


def test_parameters_depend_on_the_channels_of_a_map_alone() -> None:
    for one in (Conv2d(7, 3), BatchNorm2d()):
        counts = {parameter_count(one, Shape((3, side, side))) for side in (3, 8, 224)}
        assert len(counts) == 1


def test_sizes_of_any_length_are_computed_at_once() -> None:
    big = 10**60
    assert output_shape(MaxPool2d(2), Shape((3, big, big))) == (3, big // 2, big // 2)
    assert prod(output_shape(Flatten(), Shape((3, big, big)))) == 3 * big * big
    assert LENET[0] == Conv2d(6, 5, padding=2)
