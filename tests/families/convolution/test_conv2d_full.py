"""Whole feature maps against torch and scipy, with each mistake built into their calls."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate

from examgen.exact import Array, array
from examgen.families.convolution.conv2d_full import Conv2dFull
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv2d-full"


class Map:
    """The map of a problem by torch, with *changes* to its call."""

    def __init__(self, torch: ModuleType, givens: Conv2dFull) -> None:
        self.torch, self.givens = torch, givens
        self.image, self.kernel = self.tensor(givens.image), self.tensor(givens.kernel)

    def tensor(self, values: Array) -> Any:
        return self.torch.tensor(values.astype(float))

    def __call__(self, **changes: Any) -> Any:
        options = {
            "input": self.image,
            "weight": self.kernel,
            "stride": self.givens.stride,
            "padding": self.givens.padding,
        } | changes
        image, weight = options.pop("input"), options.pop("weight")
        return self.torch.conv2d(image[None, None], weight[None, None], **options)[0, 0]

    def flipped(self) -> Any:
        return self(weight=self.kernel.flip(0, 1))

    def padded_above_and_left(self) -> Any:
        p = self.givens.padding
        return self.torch.nn.functional.pad(self.image, (p, 0, p, 0))


WRONG: dict[str, Callable[[Map], Any]] = {
    "flips_the_kernel": lambda y: y.flipped(),
    "mirrors_the_kernel": lambda y: y(weight=y.kernel.flip(1)),
    "transposes_the_kernel": lambda y: y(weight=y.kernel.T),
    "transposes_the_map": lambda y: y().T,
    "drops_the_signs_of_the_kernel": lambda y: y(weight=y.kernel.abs()),
    "sums_the_window": lambda y: y(weight=y.torch.ones_like(y.kernel)),
    "pads_unasked": lambda y: y(padding=[each // 2 for each in y.kernel.shape]),
    "drops_the_last_position": lambda y: y()[:-1, :-1],
    "flips_the_kernel_and_drops_the_last_position": lambda y: y.flipped()[:-1, :-1],
    "flips_the_kernel_and_transposes_the_map": lambda y: y.flipped().T,
    "strides_by_the_kernel": lambda y: y(stride=y.kernel.shape),
    "ignores_the_padding": lambda y: y(padding=0),
    "pads_one_side": lambda y: y(input=y.padded_above_and_left(), padding=0),
    "ignores_the_stride": lambda y: y(stride=1),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        feature_map = Map(torch, drawn.givens)
        assert drawn.answer_key["feature_map"].tolist() == feature_map().tolist(), seed
        for misconception, wrong in drawn.mistakes["feature_map"]:
            oracle = WRONG[misconception.name](feature_map)
            assert wrong.tolist() == oracle.tolist(), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_scipy(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        givens, found = drawn.givens, answers(drawn)
        padded = np.pad(givens.image.astype(int), givens.padding)
        kernel, s = givens.kernel.astype(int), givens.stride
        assert found["right"] == correlate(padded, kernel, "valid")[::s, ::s].tolist(), seed
        flipped = convolve2d(padded, kernel, "valid")[::s, ::s]
        assert found["flips_the_kernel"] == flipped.tolist(), seed


def answers(drawn: Problem) -> dict[str, Any]:
    """The right answer and the wrong ones, by name, as lists."""
    wrong = {each.name: value.tolist() for each, value in drawn.mistakes["feature_map"]}
    return wrong | {"right": drawn.answer_key["feature_map"].tolist()}


def solved(image: list[list[int]], kernel: list[list[int]], **sliding: int) -> dict[str, Any]:
    return answers(Problem.of(Conv2dFull(array(image), array(kernel), **sliding), "easy"))


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        givens, size = drawn.givens, drawn.answer_key["feature_map"].size
        assert 4 <= size <= 9
        assert (givens.stride, givens.padding) == ((2, 1) if level == "hard" else (1, 0))
        assert 20 <= drawn.work.seconds <= 120


def test_the_lectures_first_map_tells_a_flipped_kernel() -> None:
    arc = [[0, 0, 0, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 0, 0, 0]]
    found = solved(arc, [[0, 0], [1, 1]])
    assert found["right"] == [[1, 0, 1], [1, 2, 1], [0, 0, 0]]
    assert found["flips_the_kernel"] == [[0, 0, 0], [1, 0, 1], [1, 2, 1]]


def test_the_lectures_second_map_has_a_minus_sign_in_the_kernels_corner() -> None:
    """Printed without it, the map's first column would be −1; the lecture prints −3."""
    stripe = [[0, 1, 1, 0]] * 4
    assert solved(stripe, [[1, 0, -1]] * 3)["right"] == [[-3, 3], [-3, 3]]
    as_printed = [[1, 0, 1], [1, 0, -1], [1, 0, -1]]
    assert solved(stripe, as_printed)["right"] == [[-1, 3], [-1, 3]]


def test_by_hand_with_stride_and_padding() -> None:
    """The padded rows are 0 0 0 0 | 0 1 2 0 | 0 3 4 0 | 0 0 0 0; windows begin at 1 and 3."""
    found = solved([[1, 2], [3, 4]], [[5, -1], [2, 3]], stride=2, padding=1)
    assert found["right"] == [[3 * 1, 2 * 2], [-1 * 3, 5 * 4]]
    assert found["ignores_the_padding"] == [[5 - 2 + 6 + 12]]
    assert found["pads_one_side"] == [[3]]
    assert found["drops_the_signs_of_the_kernel"] == [[3, 4], [3, 20]]
    assert "pads_unasked" not in found
