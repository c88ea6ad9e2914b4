"""Entries of feature maps against scipy and torch, with each mistake built into their calls."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate

from examgen.exact import Array, array
from examgen.families.convolution.conv2d_entry import Conv2dEntry
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv2d-entry"


class Map:
    """The feature map of a problem by torch; `at` gives its entry in a row and column from 1."""

    def __init__(self, torch: ModuleType, givens: Conv2dEntry) -> None:
        self.torch, self.givens = torch, givens
        self.kernel = self.tensor(givens.kernel)

    def tensor(self, values: Array) -> Any:
        return self.torch.tensor(values.astype(float))

    def at(self, row: int, column: int, **changes: Any) -> float:
        """The entry, of a convolution with *changes*; IndexError where there is none."""
        options = {
            "weight": self.kernel,
            "bias": self.tensor(array([self.givens.bias])),
            "stride": self.givens.stride,
            "padding": self.givens.padding,
        } | changes
        image, weight = self.tensor(self.givens.image), options.pop("weight")
        feature_map = self.torch.conv2d(image[None, None], weight[None, None], **options)
        return float(feature_map[0, 0, row - 1, column - 1])

    def here(self, **changes: Any) -> float:
        """The entry asked."""
        return self.at(self.givens.row, self.givens.column, **changes)


WRONG: dict[str, Callable[[Map], float]] = {
    "flips_the_kernel": lambda y: y.here(weight=y.kernel.flip(0, 1)),
    "transposes_the_kernel": lambda y: y.here(weight=y.kernel.T),
    "counts_from_zero": lambda y: y.at(y.givens.row + 1, y.givens.column + 1),
    "swaps_row_and_column": lambda y: y.at(y.givens.column, y.givens.row),
    "pads_unasked": lambda y: y.here(padding=y.givens.padding or len(y.kernel) // 2),
    "ignores_the_padding": lambda y: y.here(padding=0),
    "ignores_the_stride": lambda y: y.here(stride=1),
    "sums_the_window": lambda y: y.here(weight=y.torch.ones_like(y.kernel)),
    "forgets_the_bias": lambda y: y.here(bias=None),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        feature_map, found = Map(torch, drawn.givens), answers(drawn)
        assert found["right"] == feature_map.here(), seed
        for name, oracle in WRONG.items():
            try:
                wrong = oracle(feature_map)
            except IndexError:
                assert name not in found, (seed, name)
                continue
            # a mistake that is not named is none here: the bug changes nothing
            assert found.get(name, found["right"]) == wrong, (seed, name)


@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_scipy(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        givens, found = drawn.givens, answers(drawn)
        padded = np.pad(givens.image.astype(int), givens.padding)
        kernel = givens.kernel.astype(int)
        place = (givens.row - 1) * givens.stride, (givens.column - 1) * givens.stride
        assert found["right"] == correlate(padded, kernel, "valid")[place] + givens.bias, seed
        flipped = convolve2d(padded, kernel, "valid")[place] + givens.bias
        assert found["flips_the_kernel"] == flipped, seed


def answers(drawn: Problem) -> dict[str, Any]:
    """The right answer and the wrong ones, by name."""
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["entry"]}
    return wrong | {"right": drawn.answer_key["entry"]}


def solved(image: list[list[int]], kernel: list[list[int]], row: int, column: int) -> Any:
    """The answers for an entry of a map without stride, padding and bias."""
    return answers(Problem.of(Conv2dEntry(array(image), array(kernel), row, column), "easy"))


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        assert givens.row != givens.column
        seen.add((givens.stride, givens.padding, bool(givens.bias)))
        if givens.padding:
            assert 1 in (givens.row, givens.column)  # it touches the border
    plain = {(1, 0, False)}
    assert seen == ({(2, 0, True), (1, 1, True)} if level == "hard" else plain)


ARC = [[0, 0, 0, 0], [1, 0, 0, 1], [0, 1, 1, 0], [0, 0, 0, 0]]
STRIPE = [[0, 1, 1, 0]] * 4


@pytest.mark.parametrize(
    ("row", "column", "expected"),
    [
        (s, t, y)
        for s, line in enumerate([[1, 0, 1], [1, 2, 1], [0, 0, 0]], 1)
        for t, y in enumerate(line, 1)
    ],
)
def test_the_lectures_first_map(row: int, column: int, expected: int) -> None:
    """Its w has a row of ones at the bottom: what lies in it counts, so it is not flipped."""
    assert solved(ARC, [[0, 0], [1, 1]], row, column)["right"] == expected


def test_the_lectures_first_entry_tells_a_flipped_kernel() -> None:
    found = solved(ARC, [[0, 0], [1, 1]], 2, 2)
    assert found["right"] == 2
    assert found["flips_the_kernel"] == 0
    assert found["counts_from_zero"] == 0


def test_the_lectures_second_map_needs_a_minus_sign_in_the_kernels_corner() -> None:
    """Printed without it, the map's first column would be −1; the lecture prints −3."""
    for row in (1, 2):
        assert solved(STRIPE, [[1, 0, -1]] * 3, row, 1)["right"] == -3
        assert solved(STRIPE, [[1, 0, -1]] * 3, row, 2)["right"] == 3
        assert solved(STRIPE, [[1, 0, 1], [1, 0, -1], [1, 0, -1]], row, 1)["right"] == -1


def test_by_hand() -> None:
    """x = 1 … 9 row by row: y[1, 2] = 2 · 1 + 3 · 2 − 6 = 2."""
    found = solved([[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[1, 2], [0, -1]], 1, 2)
    assert found == {
        "right": 2,
        "flips_the_kernel": -2 + 2 * 5 + 6,
        "transposes_the_kernel": 2 + 2 * 5 - 6,
        "swaps_row_and_column": 4 + 2 * 5 - 8,
        "pads_unasked": -2,
        "sums_the_window": 2 + 3 + 5 + 6,
    }


def test_by_hand_with_stride_and_padding() -> None:
    """Below the border's zeros the window of y[1, 2] sees 2 and 3: −1 · 2 + 5 · 3 − 3 = 10."""
    image = array([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    kernel = array([[2, 3], [-1, 5]])
    givens = Conv2dEntry(image, kernel, 1, 2, stride=2, padding=1, bias=-3)
    found = answers(Problem.of(givens, "hard"))
    assert found["right"] == -2 + 5 * 3 - 3
    assert found["ignores_the_stride"] == -1 + 5 * 2 - 3
    assert found["forgets_the_bias"] == -2 + 5 * 3
    assert "ignores_the_padding" not in found
    assert "pads_unasked" not in found
