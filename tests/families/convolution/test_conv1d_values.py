"""Convolutions along a line against torch and numpy, with each mistake built into their calls."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import Array, array
from examgen.families.convolution.conv1d_values import Conv1dValues
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv1d-values"


class Line:
    """The convolution of a problem by torch, with *changes* to its call."""

    def __init__(self, torch: ModuleType, givens: Conv1dValues) -> None:
        self.torch, self.givens = torch, givens
        self.signal, self.kernel = self.tensor(givens.signal), self.tensor(givens.kernel)
        self.bias = self.tensor(array([givens.bias]))

    def tensor(self, values: Array) -> Any:
        return self.torch.tensor(values.astype(float))

    def __call__(self, **changes: Any) -> Any:
        options = {
            "input": self.signal,
            "weight": self.kernel,
            "bias": self.bias,
            "stride": self.givens.stride,
            "padding": self.givens.padding,
            "dilation": self.givens.dilation,
        } | changes
        signal, weight = options.pop("input"), options.pop("weight")
        return self.torch.conv1d(signal[None, None], weight[None, None], **options)[0, 0]

    def padded(self, mode: str, before: int, after: int) -> Any:
        pad = self.torch.nn.functional.pad
        return pad(self.signal[None, None], (before, after), mode=mode)[0, 0]

    def around(self) -> Any:
        """Circular padding at the end."""
        beyond = self.givens.dilation * (len(self.kernel) - 1)
        return self(input=self.padded("circular", 0, beyond))


WRONG: dict[str, Callable[[Line], Any]] = {
    "flips_the_kernel": lambda y: y(weight=y.kernel.flip(0)),
    "averages_the_products": lambda y: y(weight=y.kernel / len(y.kernel)),
    "sums_the_window": lambda y: y(weight=y.torch.ones_like(y.kernel)),
    "drops_the_signs_of_the_kernel": lambda y: y(weight=y.kernel.abs()),
    "pads_unasked": lambda y: y(padding=y.givens.dilation * (len(y.kernel) // 2)),
    "centres_the_kernel": lambda y: y(padding=y.givens.dilation * (len(y.kernel) // 2))[: len(y())],
    "begins_at_the_end": lambda y: y().flip(0),
    "wraps_around": Line.around,
    "drops_the_last_position": lambda y: y()[:-1],
    "flips_the_kernel_and_drops_the_last_position": lambda y: y(weight=y.kernel.flip(0))[:-1],
    "ignores_the_padding": lambda y: y(padding=0),
    "ignores_the_stride": lambda y: y(stride=1),
    "strides_by_the_kernel": lambda y: y(stride=len(y.kernel)),
    "ignores_the_dilation": lambda y: y(dilation=1),
    "strides_by_the_dilation": lambda y: y(dilation=1, stride=y.givens.dilation),
    "forgets_the_bias": lambda y: y(bias=None),
    "adds_the_bias_to_every_product": lambda y: y(bias=y.bias * len(y.kernel)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        line = Line(torch, drawn.givens)
        assert drawn.answer_key["values"].tolist() == line().tolist(), seed
        for misconception, wrong in drawn.mistakes["values"]:
            oracle = WRONG[misconception.name](line).numpy()
            assert wrong.astype(float) == pytest.approx(oracle), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_numpy(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        givens, found = drawn.givens, answers(drawn)
        padded, s = np.pad(givens.signal.astype(int), givens.padding), givens.stride
        spread = np.zeros(givens.dilation * (len(givens.kernel) - 1) + 1, dtype=int)
        spread[:: givens.dilation] = givens.kernel
        right = np.correlate(padded, spread, "valid")[::s] + givens.bias
        assert found["right"] == right.tolist(), seed
        flipped = np.convolve(padded, spread, "valid")[::s] + givens.bias
        assert found["flips_the_kernel"] == flipped.tolist(), seed


def answers(drawn: Problem) -> dict[str, Any]:
    """The right answer and the wrong ones, by name, as lists."""
    wrong = {each.name: value.tolist() for each, value in drawn.mistakes["values"]}
    return wrong | {"right": drawn.answer_key["values"].tolist()}


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        given = drawn.givens
        assert 2 <= len(drawn.answer_key["values"]) <= 5
        assert (given.bias != 0) == (level == "hard")
        seen.add((given.stride, given.padding, given.dilation))
    assert (
        seen
        == {
            "easy": {(1, 0, 1)},
            "medium": {(1, 0, 1), (2, 0, 1)},
            "hard": {(2, 1, 1), (1, 0, 2)},
        }[level]
    )


def test_by_hand() -> None:
    """Of 0 1 2 3 4 0 every second window of three: 2 · 0 − 2 + 5, 2 · 2 − 4 + 5, with 0 between."""
    givens = Conv1dValues(array([1, 2, 3, 4]), array([2, 0, -1]), stride=2, padding=1, bias=5)
    found = answers(Problem.of(givens, "hard"))
    assert found["right"] == [0 - 2 + 5, 4 - 4 + 5]
    assert found["flips_the_kernel"] == [0 + 4 + 5, -2 + 8 + 5]
    assert found["ignores_the_padding"] == [2 - 3 + 5]
    assert found["adds_the_bias_to_every_product"] == [-2 + 15, 0 + 15]


def test_by_hand_with_dilation() -> None:
    """1 and 3, 2 and 4 lie under the kernel."""
    givens = Conv1dValues(array([1, 2, 3, 4]), array([3, -1]), dilation=2)
    found = answers(Problem.of(givens, "hard"))
    assert found["right"] == [3 - 3, 6 - 4]
    assert found["ignores_the_dilation"] == [3 - 2, 6 - 3, 9 - 4]
    assert found["strides_by_the_dilation"] == [3 - 2, 9 - 4]
    assert found["wraps_around"] == [0, 2, 9 - 1, 12 - 2]
