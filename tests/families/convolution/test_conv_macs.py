"""Multiply–adds against torch's layers: a dot product of weight[0] for each output entry."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.convolution.conv_macs import ConvMacs
from examgen.nn.layers import Conv2d
from examgen.nn.shapes import pair
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv-macs"


class Built:
    """The layers of a problem in torch, on the meta device."""

    def __init__(self, torch: ModuleType, givens: ConvMacs) -> None:
        self.torch, self.givens = torch, givens
        self.image = torch.empty(1, *givens.input_shape, device="meta")
        self.inputs, self.filters = givens.input_shape[0], givens.conv.out_channels
        self.side = pair(givens.conv.kernel)[0]
        self.output = self.layer()(self.image)
        self.positions = self.output[0, 0].numel()

    def layer(self, **changes: Any) -> Any:
        options = {
            "in_channels": self.inputs,
            "out_channels": self.filters,
            "kernel_size": self.side,
            "stride": self.givens.conv.stride,
            "padding": self.givens.conv.padding,
        } | changes
        return self.torch.nn.Conv2d(**options, bias=False, device="meta")

    def cost(self, image: Any = None, **changes: Any) -> int:
        """What a forward hook would count for the layer."""
        layer = self.layer(**changes)
        output = layer(self.image if image is None else image)
        return int(output.numel() * layer.weight[0].numel())

    def share(self, *costs: int) -> Fraction:
        return Fraction(sum(costs), self.cost())

    def depthwise(self, groups: int | None = None) -> int:
        return self.cost(out_channels=self.inputs, groups=groups or self.inputs)

    def pointwise(self) -> int:
        return self.cost(kernel_size=1, padding=0)

    def one_step_fewer(self) -> int:
        height, width = self.output.shape[2:]
        outputs = self.filters * (height - 1) * (width - 1)
        return int(outputs * self.layer().weight[0].numel())

    def dense(self) -> int:
        layer = self.torch.nn.Linear(self.image.numel(), self.output.numel(), device="meta")
        return int(layer.weight.numel())

    def thin(self) -> int:
        """A kernel of one row, at as many positions."""
        weight = self.layer(kernel_size=(1, self.side)).weight
        return int(self.output.numel() * weight[0].numel())


WRONG: dict[str, Callable[[Built], int | Fraction]] = {
    "counts_the_weights": lambda y: y.layer().weight.numel(),
    "keeps_the_size": lambda y: y.layer().weight.numel() * y.image[0, 0].numel(),
    "doubles_for_additions": lambda y: 2 * y.cost(),
    "adds_a_bias_unasked": lambda y: y.cost() + y.output.numel(),
    "uses_k_for_k_squared": lambda y: (
        Fraction(y.inputs * y.side + y.filters * y.inputs, y.filters * y.inputs * y.side)
        if y.givens.separable
        else y.thin()
    ),
    "forgets_the_first_position": Built.one_step_fewer,
    "counts_a_dense_layer": Built.dense,
    "counts_one_input_channel": lambda y: y.cost(y.image[:, :1], in_channels=1),
    "counts_one_filter": lambda y: y.cost(out_channels=1),
    "ignores_the_stride": lambda y: y.cost(stride=1),
    "ignores_the_padding": lambda y: y.cost(padding=0),
    "forgets_the_pointwise_step": lambda y: y.share(y.depthwise()),
    "forgets_the_depthwise_step": lambda y: y.share(y.pointwise()),
    "ignores_the_groups": lambda y: y.share(y.depthwise(groups=1), y.pointwise()),
    "swaps_the_channels": lambda y: y.share(y.cost(y.image[:, :1], in_channels=1), y.pointwise()),
    "multiplies_the_steps": lambda y: y.share(y.depthwise()) * y.share(y.pointwise()),
    "inverts_the_ratio": lambda y: 1 / y.share(y.depthwise(), y.pointwise()),
    "gives_the_rest": lambda y: 1 - y.share(y.depthwise(), y.pointwise()),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        built = Built(torch, drawn.givens)
        steps = (built.depthwise(), built.pointwise())
        right = built.share(*steps) if drawn.givens.separable else built.cost()
        assert drawn.answer_key["multiply_adds"] == right, seed
        for misconception, wrong in drawn.mistakes["multiply_adds"]:
            assert wrong == WRONG[misconception.name](built), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        conv = drawn.givens.conv
        seen.add((conv.stride, bool(conv.padding), drawn.givens.separable))
        answer = drawn.answer_key["multiply_adds"]
        limit = {"easy": 2000, "medium": 30_000, "hard": 1000}[level]
        assert max(answer.numerator, answer.denominator) < limit
        if level == "hard":
            assert tuple(drawn.givens.output_shape[1:]) == tuple(drawn.givens.input_shape[1:])
    assert (
        seen
        == {
            "easy": {(1, False, False)},
            "medium": {(stride, padded, False) for stride in (1, 2) for padded in (True, False)},
            "hard": {(1, True, True)},
        }[level]
    )


def test_the_first_layers_of_known_networks() -> None:
    """A VGG's first layer and ResNet's stem, on 224 × 224 pixels."""
    image = Shape((3, 224, 224))
    vgg = ConvMacs(image, Conv2d(64, 3, padding=1, bias=False))
    assert Problem.of(vgg, "medium").answer_key["multiply_adds"] == 86_704_128
    stem = ConvMacs(image, Conv2d(64, 7, 2, 3, bias=False))
    assert Problem.of(stem, "medium").answer_key["multiply_adds"] == 118_013_952


def test_by_hand() -> None:
    """(2, 4, 6) under three 3 × 3 filters: 2 · 4 entries in 3 maps, 18 products each."""
    drawn = Problem.of(ConvMacs(Shape((2, 4, 6)), Conv2d(3, 3, bias=False)), "medium")
    assert drawn.answer_key["multiply_adds"] == 3 * 8 * 18
    wrong = {each.name: value for each, value in drawn.mistakes["multiply_adds"]}
    assert wrong["keeps_the_size"] == 3 * 24 * 18
    assert wrong["counts_a_dense_layer"] == 48 * 24
    separable = ConvMacs(Shape((2, 4, 6)), Conv2d(3, 3, padding=1, bias=False), separable=True)
    share = Problem.of(separable, "hard").answer_key["multiply_adds"]
    assert share == Fraction(1, 3) + Fraction(1, 9)
