"""Convolutions over two channels against torch, with each mistake built into its call."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Array, array
from examgen.families.convolution.conv_multichannel_value import ConvMultichannelValue
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv-multichannel-value"


class Layer:
    """The layer of a problem by torch, with *changes* to its call."""

    def __init__(self, torch: ModuleType, givens: ConvMultichannelValue) -> None:
        self.torch, self.givens = torch, givens
        self.image, self.weight = self.tensor(givens.image), self.tensor(givens.kernels)
        self.bias = torch.tensor(givens.bias, dtype=torch.float64)

    def tensor(self, values: Array) -> Any:
        return self.torch.tensor(values.astype(float))

    def maps(self, **changes: Any) -> Any:
        options = {"input": self.image, "weight": self.weight, "bias": self.bias} | changes
        image = options.pop("input")
        return self.torch.conv2d(image[None], **options)[0]

    def asked(self, maps: Any) -> Any:
        row, column = self.givens.row, self.givens.column
        return maps[:, row - 1, column - 1] if row else maps[0]

    def __call__(self, **changes: Any) -> Any:
        return self.asked(self.maps(**changes))

    def channel(self, c: int, **changes: Any) -> Any:
        """One channel alone, under its slices."""
        return self.maps(input=self.image[c : c + 1], weight=self.weight[:, c : c + 1], **changes)

    def multiplied(self) -> Any:
        product = self.channel(0, bias=None) * self.channel(1, bias=None)
        return self.asked(product + self.bias[:, None, None])

    def apart(self) -> Any:
        """A result for each channel: the channels are the columns where entries are asked."""
        each = self.torch.stack([self.asked(self.channel(c)) for c in range(2)])
        return each.T if self.givens.row else each


WRONG: dict[str, Callable[[Layer], Any]] = {
    "uses_one_channel_only": lambda y: y.asked(y.channel(0)),
    "keeps_the_channels_apart": Layer.apart,
    "averages_the_channels": lambda y: y(weight=y.weight / 2),
    "multiplies_the_channels": Layer.multiplied,
    "swaps_the_slices": lambda y: y(weight=y.weight.flip(1)),
    "uses_one_slice_for_all": lambda y: y(weight=y.weight[:, :1].expand_as(y.weight)),
    "adds_the_bias_for_every_channel": lambda y: y(bias=2 * y.bias),
    "forgets_the_bias": lambda y: y(bias=None),
    "forgets_the_bias_and_swaps_the_slices": lambda y: y(bias=None, input=y.image.flip(0)),
    "flips_the_kernel": lambda y: y(weight=y.weight.flip(2, 3)),
    "swaps_row_and_column": lambda y: y.asked(y.maps().transpose(1, 2)),
    "swaps_the_filters": lambda y: y().flip(0),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        layer = Layer(torch, drawn.givens)
        assert drawn.answer_key["values"].tolist() == layer().tolist(), seed
        for misconception, wrong in drawn.mistakes["values"]:
            oracle = WRONG[misconception.name](layer)
            assert wrong.astype(float).tolist() == oracle.tolist(), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        given: ConvMultichannelValue = problem(FAMILY, level, seed).givens
        filters, channels, side, _ = given.kernels.shape
        assert channels == len(given.image) == 2
        assert filters == len(given.bias) == (2 if level == "hard" else 1)
        assert side == (1 if level == "easy" else 2)
        assert bool(given.row) == (level == "hard")
        assert given.row != given.column or not given.row


def answers(givens: ConvMultichannelValue) -> dict[str, Any]:
    """The right answer and the wrong ones, by name, as lists."""
    drawn = Problem.of(givens, "hard")
    wrong = {each.name: value.tolist() for each, value in drawn.mistakes["values"]}
    return wrong | {"right": drawn.answer_key["values"].tolist()}


COUNTED = array([[[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[1, 2, 3], [4, 5, 6], [7, 8, 9]]])
SLICES = [[[0, 1], [2, 3]], [[1, 2], [3, 4]]]


def test_numbers_in_order() -> None:
    found = answers(ConvMultichannelValue(COUNTED, array([SLICES]), (0,)))
    assert found["right"] == [[56, 72], [104, 120]]
    first = [[0 + 1 + 6 + 12, 0 + 2 + 8 + 15], [0 + 4 + 12 + 21, 0 + 5 + 14 + 24]]
    assert found["uses_one_channel_only"] == first
    assert found["averages_the_channels"] == [[28, 36], [52, 60]]


def test_two_filters_by_hand() -> None:
    """The second filter keeps the lower left entry of channel 2 and takes channel 1's from it."""
    second = [[[0, 0], [-1, 0]], [[0, 0], [1, 0]]]
    givens = ConvMultichannelValue(COUNTED, array([SLICES, second]), (10, 20), row=1, column=2)
    found = answers(givens)
    assert found["right"] == [72 + 10, 5 - 4 + 20]
    assert found["swaps_row_and_column"] == [104 + 10, 7 - 6 + 20]
    assert found["adds_the_bias_for_every_channel"] == [72 + 20, 1 + 40]
    assert found["keeps_the_channels_apart"] == [[25 + 10, 47 + 10], [-4 + 20, 5 + 20]]
