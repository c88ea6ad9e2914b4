"""Blocks built in torch: what fits can be added, and what it has to learn is counted there."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.families.residual.residual_shape_compat import ResidualShapeCompat
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "residual-shape-compat"


def learned(*modules: Any) -> int:
    return sum(each.numel() for module in modules for each in module.parameters())


class Built:
    """The block of a problem in torch; the skip may be built otherwise."""

    def __init__(self, torch: ModuleType, givens: ResidualShapeCompat) -> None:
        self.torch, self.nn, self.givens = torch, torch.nn, givens

    def conv(self, at: int, padding: int, wider: int = 0, dilation: int | None = None) -> Any:
        kernel = self.givens.kernels[at] + wider
        return self.nn.Conv2d(
            1,
            1,
            (kernel, 1),
            padding=(padding, 0),
            dilation=dilation or self.givens.dilations[at],
            device="meta",
        )

    def fits(self, padding: int) -> bool:
        """Whether the branch with this second padding can be added to its input."""
        x = self.torch.zeros(1, 1, 60, 1, device="meta")
        branch = self.nn.Sequential(self.conv(0, self.givens.padding), self.conv(1, padding))
        return bool(branch(x).shape == x.shape)

    def half_missing(self, first: int | None, **more: int) -> int:
        """Half of the rows that the branch takes off without a second padding, rounded down.

        *first* is the first convolution's padding, None if there is no such convolution.
        """
        x = self.torch.zeros(1, 1, 90, 1, device="meta")
        before = self.nn.Identity() if first is None else self.conv(0, first, **more)
        rows = self.conv(1, 0, **more)(before(x)).shape[2]
        return int((x.shape[2] - rows) // 2)

    def shortcut(self, kernel: int = 1, inputs: int | None = None) -> tuple[Any, Any]:
        """The skip's layers."""
        given = self.givens
        conv = self.nn.Conv2d(
            inputs or given.inputs,
            given.outputs,
            kernel,
            stride=2,
            padding=kernel // 2,
            bias=given.after == "bias",
        )
        norm = given.after == "norm"
        return conv, self.nn.BatchNorm2d(given.outputs) if norm else self.nn.Identity()

    def matrix(self, *, bias: bool = False) -> Any:
        """The matrix that is asked for, between its two sizes."""
        sizes = (self.givens.inputs, self.givens.outputs)
        if self.givens.asked == "second matrix":
            sizes = sizes[::-1]
        return self.nn.Linear(*sizes, bias=bias)

    def adds_up(self) -> bool:
        """Whether branch and skip have one shape."""
        given = self.givens
        if given.asked == "shortcut":
            conv, norm = self.shortcut()
            skip = norm(conv(self.torch.zeros(1, given.inputs, given.side, given.side)))
            return tuple(skip.shape) == (1, given.outputs, given.side // 2, given.side // 2)
        h = self.torch.zeros(given.inputs)
        if given.asked == "projection":
            branch = self.nn.Linear(given.inputs, given.outputs)(h)
            return bool(branch.shape == self.matrix()(h).shape)
        hidden = self.nn.Linear(given.inputs, given.outputs)(h)
        return bool(self.matrix()(hidden).shape == h.shape)

    def right(self) -> int:
        """What torch says; the only padding from 0 up that fits."""
        if self.givens.asked == "padding":
            (fitting,) = [each for each in range(21) if self.fits(each)]
            return fitting
        assert self.adds_up()
        if self.givens.asked == "shortcut":
            return learned(*self.shortcut())
        return learned(self.matrix())

    def wrong(self, name: str) -> int:
        """The mistakes, which torch is made to make."""
        if self.givens.asked == "padding":
            return self.wrong_padding(name)
        return self.wrong_skip(name) if self.givens.asked == "shortcut" else self.wrong_size(name)

    def wrong_padding(self, name: str) -> int:
        first = self.givens.padding
        wrong: dict[str, Callable[[], int]] = {
            "ignores_the_first_convolution": lambda: self.half_missing(None),
            "ignores_the_padding": lambda: self.half_missing(0),
            "ignores_the_dilation": lambda: self.half_missing(first, dilation=1),
            "pads_one_side": lambda: 2 * self.right(),
            "forgets_the_first_position": lambda: self.half_missing(first, wider=1),
            "repeats_the_padding": lambda: int(self.conv(0, first).padding[0]),
        }
        return wrong[name]()

    def wrong_size(self, name: str) -> int:
        inputs, outputs = self.givens.inputs, self.givens.outputs
        matrix = self.matrix().weight
        wrong: dict[str, int] = {
            "squares_the_input": inputs**2,
            "squares_the_output": outputs**2,
            "adds_the_sides": sum(matrix.shape),
            "adds_a_bias_unasked": learned(self.matrix(bias=True)),
            "counts_both_matrices": learned(self.matrix(), self.matrix()),
            "counts_the_difference": max(inputs, outputs) * inputs - min(inputs, outputs) * inputs,
        }
        return wrong[name]

    def new_channels(self) -> int:
        given = self.givens
        return int(self.nn.Conv2d(given.inputs, given.outputs - given.inputs, 1).weight.numel())

    def positions(self) -> int:
        conv, _ = self.shortcut()
        side = self.givens.side
        return int(conv(self.torch.zeros(1, self.givens.inputs, side, side))[0, 0].numel())

    def wrong_skip(self, name: str) -> int:
        conv, norm = self.shortcut()
        weights, others = conv.weight.numel(), learned(conv, norm) - conv.weight.numel()
        buffers = [each for each in norm.buffers() if each.ndim]
        wrong: dict[str, int] = {
            "takes_a_larger_kernel": learned(*self.shortcut(kernel=3)),
            "counts_one_input_channel": learned(*self.shortcut(inputs=1)),
            "forgets_the_bias": weights,
            "counts_the_running_statistics": weights + others + sum(map(len, buffers)),
            "counts_the_scale_only": weights + others // 2,
            "squares_the_input": self.givens.inputs**2 + others,
            "squares_the_output": self.givens.outputs**2 + others,
            "adds_a_bias_unasked": weights + others + self.givens.outputs,
            "multiplies_by_the_stride": 2 * weights + others,
            "counts_the_new_channels_only": self.new_channels() + others,
            "counts_every_position": weights * self.positions() + others,
        }
        return wrong[name]


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        built = Built(torch, drawn.givens)
        assert drawn.answer_key["number"] == built.right(), seed
        for misconception, wrong in drawn.mistakes["number"]:
            assert wrong == built.wrong(misconception.name), (seed, misconception.name)
        assert 0 <= drawn.answer_key["number"] <= 20 or drawn.givens.asked != "padding"
        assert drawn.givens.inputs != drawn.givens.outputs or drawn.givens.asked == "padding"


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    asked = {
        (given.asked, given.after)
        for given in (problem(FAMILY, level, seed).givens for seed in range(200))
    }
    assert (
        asked
        == {
            "easy": {("projection", ""), ("second matrix", "")},
            "medium": {("padding", "")},
            "hard": {("shortcut", after) for after in ("", "bias", "norm")},
        }[level]
    )


def solved(givens: ResidualShapeCompat) -> dict[str, int]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(givens, "hard")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["number"]}
    return wrong | {"right": drawn.answer_key["number"]}


def test_by_hand() -> None:
    """Kernels 5 and 3, the second dilated by 2, take off 4 + 4; 2 · 1 of it is put back."""
    assert solved(ResidualShapeCompat("padding", 1, 1, (5, 3), (1, 2), 1)) == {
        "right": 3,
        "ignores_the_first_convolution": 2,
        "ignores_the_padding": 4,
        "ignores_the_dilation": 2,
        "pads_one_side": 6,
        "forgets_the_first_position": 4,
        "repeats_the_padding": 1,
    }


def test_the_shortcut_of_a_known_network() -> None:
    """The strided 1×1 convolution of ResNet-18's second stage: 64 · 128 + 2 · 128."""
    found = solved(ResidualShapeCompat("shortcut", 64, 128, side=56, after="norm"))
    assert found["right"] == 8448
    assert found["forgets_the_bias"] == 8192
    assert found["takes_a_larger_kernel"] == 9 * 8192 + 256
    assert found["counts_the_running_statistics"] == 8192 + 512
