"""Weights of a convolution and of a dense layer against torch, and against the Jacobian."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.convolution.conv_vs_fc_ratio import ConvVsFcRatio
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv-vs-fc-ratio"


class Layers:
    """The two layers of a problem in torch, on the meta device."""

    def __init__(self, torch: ModuleType, givens: ConvVsFcRatio) -> None:
        self.torch, self.givens = torch, givens
        self.image = torch.empty(givens.input_shape, device="meta")
        self.kernel = givens.kernel
        self.inputs = self.image.numel()
        self.weights = self.conv().weight.numel()
        self.output = self.conv()(self.image)

    def conv(self, **changes: Any) -> Any:
        options = {
            "in_channels": self.image.shape[0],
            "out_channels": self.givens.out_channels,
            "kernel_size": self.kernel,
            "stride": self.givens.stride,
        } | changes
        make = getattr(self.torch.nn, f"Conv{len(options['kernel_size'])}d")
        return make(**options, bias=False, device="meta")

    def dense(self, inputs: int, outputs: int, *, bias: bool = False) -> int:
        layer = self.torch.nn.Linear(inputs, outputs, bias=bias, device="meta")
        return sum(int(each.numel()) for each in layer.parameters())

    def asked(self, dense: int | None = None, conv: int | None = None) -> Fraction:
        """What is asked, with other numbers of weights if some are said."""
        if dense is None:
            dense = self.dense(self.inputs, self.output.numel())
        conv = self.weights if conv is None else conv
        if self.givens.asked == "count":
            return Fraction(dense)
        return Fraction(dense, conv) if self.givens.asked == "factor" else Fraction(conv, dense)

    def one_step_fewer(self) -> int:
        shorter = self.torch.empty(
            self.image.shape[0],
            *(n - self.givens.stride for n in self.image.shape[1:]),
            device="meta",
        )
        return int(self.conv()(shorter).numel())


WRONG: dict[str, Callable[[Layers], Fraction]] = {
    "keeps_the_size": lambda y: y.asked(
        y.dense(y.inputs, y.givens.out_channels * y.image[0].numel())
    ),
    "forgets_the_first_position": lambda y: y.asked(y.dense(y.inputs, y.one_step_fewer())),
    "counts_the_connections": lambda y: y.asked(y.weights * y.output[0].numel()),
    "counts_the_convolution": lambda y: y.asked(y.weights),
    "counts_one_unit": lambda y: y.asked(y.dense(y.inputs, 1)),
    "adds_the_sizes": lambda y: y.asked(y.inputs + y.output.numel()),
    "multiplies_by_the_kernel": lambda y: y.asked() * y.weights,
    "adds_a_bias_unasked": lambda y: y.asked(y.dense(y.inputs, y.output.numel(), bias=True)),
    "inverts_the_ratio": lambda y: 1 / y.asked(),
    "uses_k_for_k_squared": lambda y: y.asked(conv=y.conv(kernel_size=y.kernel[:1]).weight.numel()),
    "counts_one_input_channel": lambda y: y.asked(conv=y.conv(in_channels=1).weight.numel()),
    "counts_one_filter": lambda y: y.asked(conv=y.conv(out_channels=1).weight.numel()),
    "flattens_height_and_width_only": lambda y: y.asked(
        y.dense(y.image[0].numel(), y.output.numel())
    ),
    "ignores_the_stride": lambda y: y.asked(y.dense(y.inputs, y.conv(stride=1)(y.image).numel())),
    "gives_the_count": lambda y: Fraction(y.dense(y.inputs, y.output.numel())),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        layers = Layers(torch, drawn.givens)
        assert drawn.answer_key["weights"] == layers.asked(), seed
        for misconception, wrong in drawn.mistakes["weights"]:
            assert wrong == WRONG[misconception.name](layers), (seed, misconception.name)


@pytest.mark.parametrize("level", ["easy", "medium"])
def test_the_convolutions_matrix_has_these_sizes(torch: ModuleType, level: Level) -> None:
    """Its Jacobian is as large as the dense layer's, and shares the kernel's weights."""
    for seed in range(20):
        givens: ConvVsFcRatio = problem(FAMILY, level, seed).givens
        weight = torch.arange(1.0, 1 + givens.conv_weights).reshape(1, 1, *givens.kernel)
        slide = torch.conv1d if len(givens.kernel) == 1 else torch.conv2d

        def layer(x: Any, weight: Any = weight, slide: Any = slide) -> Any:
            return slide(x[None], weight).flatten()

        matrix = torch.autograd.functional.jacobian(layer, torch.zeros(givens.input_shape))
        assert matrix.numel() == givens.dense_weights, seed
        assert int((matrix != 0).sum()) == givens.connections, seed
        assert len(matrix[matrix != 0].unique()) == givens.conv_weights, seed


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    asked = {"easy": "count", "medium": "factor", "hard": "share"}[level]
    strides = set()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        assert drawn.givens.asked == asked
        strides.add(drawn.givens.stride)
        answer = drawn.answer_key["weights"]
        assert max(answer.numerator, answer.denominator) < (500 if level == "easy" else 4000)
    assert strides == ({1, 2} if level == "hard" else {1})


def test_by_hand() -> None:
    """(2, 4, 5) under 2 × 2 kernels gives (3, 3, 4): 24 weights against 40 · 36."""
    givens = ConvVsFcRatio(Shape((2, 4, 5)), 3, (2, 2), "share")
    drawn = Problem.of(givens, "hard")
    assert drawn.answer_key["weights"] == Fraction(24, 40 * 36) == Fraction(4, 20 * 12)
    wrong = {each.name: value for each, value in drawn.mistakes["weights"]}
    assert wrong["counts_the_connections"] == Fraction(1, 12)
    assert wrong["inverts_the_ratio"] == 60
    assert wrong["flattens_height_and_width_only"] == Fraction(24, 20 * 36)
