"""Receptive fields against the pixels that a unit's gradient reaches in torch."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from math import prod
from types import ModuleType
from typing import TypeAlias

import pytest

from examgen.families.shapes.receptive_field import ReceptiveField
from examgen.nn.layers import Conv2d, MaxPool2d
from examgen.nn.shapes import pair
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "receptive-field"
LENGTH = 500
Layers: TypeAlias = Iterable[Conv2d | MaxPool2d]


class Probe:
    """Layers along one axis in torch, with averages for maxima and ones for weights."""

    def __init__(self, torch: ModuleType, givens: ReceptiveField) -> None:
        self.torch, self.layers = torch, givens.layers
        self.convs = [layer for layer in self.layers if isinstance(layer, Conv2d)]
        self.kernels = [pair(layer.kernel)[0] for layer in self.layers]

    def reached(self, layers: Layers, unit: int = 0) -> tuple[int, int]:
        """The first and the last pixel on which a unit depends; 0 is in the middle."""
        image = self.torch.ones(1, 1, LENGTH, requires_grad=True)
        response = image
        for layer in layers:
            if isinstance(layer, MaxPool2d):
                response = self.torch.nn.functional.avg_pool1d(response, layer.kernel, layer.stride)
            else:
                weights = self.torch.ones(1, 1, layer.kernel)
                response = self.torch.conv1d(
                    response, weights, stride=layer.stride, dilation=layer.dilation
                )
        response[0, 0, response.shape[2] // 2 + unit].backward()
        pixels = image.grad[0, 0].nonzero().flatten().tolist()
        assert pixels[0] > 0
        assert pixels[-1] < LENGTH - 1
        return pixels[0], pixels[-1]

    def span(self, layers: Layers) -> int:
        """From the first pixel to the last, holes included."""
        first, last = self.reached(layers)
        return last - first + 1

    def jump(self, layers: Layers) -> int:
        """How far apart the regions of neighbouring units begin."""
        return self.reached(layers, unit=1)[0] - self.reached(layers)[0]


def early(probe: Probe) -> int:
    """The same kernels, each with the stride of the layer after it; first comes a mere stride."""
    strides = [layer.stride for layer in probe.layers]
    kernels = [
        Conv2d(1, layer.kernel, dilation=getattr(layer, "dilation", 1)) for layer in probe.layers
    ]
    moved = [
        replace(kernel, stride=stride or 1)
        for kernel, stride in zip([Conv2d(1, 1), *kernels], [*strides, 1], strict=True)
    ]
    return probe.span(moved)


def steps_taken(probe: Probe) -> int:
    first, last = probe.reached(probe.layers)
    return last - first


def spread(layer: Conv2d | MaxPool2d) -> Conv2d | MaxPool2d:
    if isinstance(layer, MaxPool2d):
        return layer
    return replace(layer, kernel=pair(layer.kernel)[0] * pair(layer.dilation)[0], dilation=1)


def dense(layer: Conv2d | MaxPool2d) -> Conv2d | MaxPool2d:
    return replace(layer, dilation=1) if isinstance(layer, Conv2d) else layer


def twice(probe: Probe) -> int:
    """What the first layer reaches beyond a pixel comes on top."""
    return probe.span(probe.layers) + probe.span(probe.layers[:1]) - 1


WRONG: dict[str, Callable[[Probe], int]] = {
    "counts_the_first_layer_twice": twice,
    "sums_the_kernels": lambda probe: sum(probe.kernels),
    "multiplies_the_kernels": lambda probe: prod(probe.kernels),
    "starts_from_zero": steps_taken,
    "stops_a_layer_early": lambda probe: probe.span(probe.layers[:-1]),
    "looks_at_the_last_layer_only": lambda probe: probe.kernels[-1] * probe.jump(probe.layers[:-1]),
    "ignores_the_jumps": lambda probe: probe.span(
        replace(layer, stride=1) for layer in probe.layers
    ),
    "counts_a_stride_too_early": early,
    "skips_the_pooling": lambda probe: probe.span(probe.convs),
    "ignores_the_dilation": lambda probe: probe.span(map(dense, probe.layers)),
    "multiplies_the_dilation": lambda probe: probe.span(map(spread, probe.layers)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_the_gradient(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        probe = Probe(torch, drawn.givens)
        assert drawn.answer_key["side"] == probe.span(probe.layers), seed
        for misconception, wrong in drawn.mistakes["side"]:
            assert wrong == WRONG[misconception.name](probe), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    lengths = {"easy": {2, 3}, "medium": {3}, "hard": {4, 5}}[level]
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        layers = drawn.givens.layers
        assert len(layers) in lengths
        assert drawn.answer_key["side"] <= 60
        assert drawn.givens.strides[-1] == 1
        assert (max(drawn.givens.strides) > 1) == (level != "easy")
        assert drawn.givens.is_dilated == (len(layers) == 4)


MODES = {
    "easy": {(2, "", None), (3, "", None)},
    "medium": {(3, "pooled", None), (3, "strided", None)},
    "hard": {(5, "pooled and strided", None), *((4, "pooled and strided", at) for at in range(4))},
}
"""How many layers, where strides of 2 come from, and which layer is dilated."""


def mode(givens: ReceptiveField) -> tuple[int, str, int | None]:
    pooled = any(isinstance(layer, MaxPool2d) for layer in givens.layers)
    strided = any(isinstance(layer, Conv2d) and layer.stride != 1 for layer in givens.layers)
    dilated = [at for at, (_, _, dilation) in enumerate(givens.steps) if dilation > 1]
    words = [word for word, holds in (("pooled", pooled), ("strided", strided)) if holds]
    return len(givens.layers), " and ".join(words), dilated[0] if dilated else None


@pytest.mark.parametrize("level", LEVELS)
def test_every_mode_is_drawn(level: Level) -> None:
    assert {mode(problem(FAMILY, level, seed).givens) for seed in range(200)} == MODES[level]


@pytest.mark.parametrize("level", LEVELS)
def test_no_wrong_answer_is_another_squared(level: Level) -> None:
    """Of r and r², both offered, r would be taken for the side without reading the question."""
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        wrong = {each for _, each in drawn.mistakes["side"]}
        assert drawn.answer_key["side"] ** 2 not in wrong, seed


def answers(*layers: Conv2d | MaxPool2d) -> dict[str, int]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(ReceptiveField(layers), "hard")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["side"]}
    return wrong | {"right": drawn.answer_key["side"]}


def test_by_hand() -> None:
    """After a 3 × 3 kernel 3, after the pooling 4 with jump 2, then 2 · 2 more: 8."""
    assert answers(Conv2d(4, 3), MaxPool2d(2), Conv2d(8, 3)) == {
        "right": 8,
        "sums_the_kernels": 8,
        "multiplies_the_kernels": 18,
        "starts_from_zero": 7,
        "counts_the_first_layer_twice": 10,
        "stops_a_layer_early": 4,
        "looks_at_the_last_layer_only": 6,
        "ignores_the_jumps": 6,
        "counts_a_stride_too_early": 9,
        "skips_the_pooling": 5,
    }


def test_by_hand_with_dilation() -> None:
    """5, then 6 with jump 2, then 10 with jump 4, then 2 · 2 · 4 more: 26."""
    layers = Conv2d(4, 5), MaxPool2d(2, 2), Conv2d(4, 3, 2), Conv2d(4, 3, dilation=2)
    found = answers(*layers)
    assert found["right"] == 26
    assert found["ignores_the_dilation"] == 18
    assert found["multiplies_the_dilation"] == 30  # six entries: 10 + 5 · 4
    assert found["counts_a_stride_too_early"] == 31  # 1 + 4 + 1 · 2 + 2 · 4 + 4 · 4


def test_known_sides() -> None:
    """Three kernels of 3 see as much as one of 7; AlexNet's second convolution sees 51."""
    assert answers(Conv2d(8, 3), Conv2d(8, 3), Conv2d(8, 3))["right"] == 7
    assert answers(Conv2d(64, 11, 4), MaxPool2d(3, 2), Conv2d(192, 5))["right"] == 51
