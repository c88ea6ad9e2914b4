"""The matrix of a convolution against torch's Jacobian, with each mistake built into its call."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.convolution.conv_toeplitz_matrix import ConvToeplitzMatrix
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem

FAMILY = "conv-toeplitz-matrix"


class Linear:
    """The Jacobian of torch's convolution, with *changes* to its call; flat indices row by row."""

    def __init__(self, torch: ModuleType, givens: ConvToeplitzMatrix) -> None:
        self.torch, self.givens = torch, givens
        self.kernel = torch.tensor(givens.kernel.tolist(), dtype=torch.float64)
        self.size = givens.kernel.shape[1]

    def matrix(
        self, kernel: Any = None, *, by_columns: bool = False, around: int = 0, **changes: Any
    ) -> Any:
        options = {"stride": (1, self.givens.stride)} | changes
        weight = (self.kernel if kernel is None else kernel)[None, None]
        height, width = self.givens.shape

        def layer(flat: Any) -> Any:
            image = flat.reshape(width, height).T if by_columns else flat.reshape(height, width)
            if around:
                image = self.torch.cat([image, image[:, :around]], dim=1)
            return self.torch.conv2d(image[None, None], weight, **options).flatten()

        flat = self.torch.zeros(height * width, dtype=self.torch.float64)
        return self.torch.autograd.functional.jacobian(layer, flat)

    def __call__(self, *args: Any, **changes: Any) -> Any:
        """What is asked: a row of the matrix, or the whole."""
        matrix = self.matrix(*args, **changes)
        return matrix[self.givens.row - 1] if self.givens.row else matrix

    def laid_from(self, start: int, weights: list[Any]) -> Any:
        row = self.torch.zeros(self.givens.shape[0] * self.givens.shape[1], dtype=self.kernel.dtype)
        for index, weight in enumerate(weights):
            row[start + index] = weight
        return row

    def without_gap(self) -> Any:
        start = int(self().nonzero()[0])
        return self.laid_from(start, [*self.kernel.flatten()])

    def sliding_on(self) -> Any:
        """The first row of the matrix, shifted by one for each row."""
        first = self.matrix()[0]
        return first.roll(self.givens.row - 1)


WRONG: dict[str, Callable[[Linear], Any]] = {
    "flips_the_kernel": lambda y: y(y.kernel.flip(0, 1)),
    "transposes_the_weights": lambda y: y().T,
    "wraps_around": lambda y: y(around=y.size - 1),
    "shifts_no_row": lambda y: y()[:1].expand_as(y()),
    "begins_at_the_end": lambda y: y().flip(0),
    "drops_the_last_position": lambda y: y()[:-1],
    "flips_the_kernel_and_drops_the_last_position": lambda y: y(y.kernel.flip(1))[:-1],
    "flips_the_kernel_and_shifts_no_row": lambda y: y(y.kernel.flip(1))[:1].expand_as(y()),
    "flips_the_kernel_and_begins_at_the_end": lambda y: y(y.kernel.flip(1)).flip(0),
    "pads_unasked": lambda y: y(padding=(0, y.size // 2)),
    "centres_the_kernel": lambda y: y(padding=(0, y.size // 2))[: len(y())],
    "ignores_the_stride": lambda y: y(stride=1),
    "strides_by_the_kernel": lambda y: y(stride=y.size),
    "closes_the_gap": Linear.without_gap,
    "runs_over_the_row_end": Linear.sliding_on,
    "counts_from_zero": lambda y: y.matrix()[y.givens.row],
    "flattens_by_columns": lambda y: y(by_columns=True),
    "transposes_the_kernel": lambda y: y(y.kernel.T),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_the_jacobian(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        linear = Linear(torch, drawn.givens)
        assert drawn.answer_key["weights"].tolist() == linear().tolist(), seed
        for misconception, wrong in drawn.mistakes["weights"]:
            oracle = WRONG[misconception.name](linear)
            assert wrong.tolist() == oracle.tolist(), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_times_a_signal_is_its_convolution(level: Level) -> None:
    """Along a line against numpy's correlate; of an image the dot product of its row."""
    for seed in range(100):
        drawn = problem(FAMILY, level, seed)
        given: ConvToeplitzMatrix = drawn.givens
        x = np.arange(given.columns) ** 2
        found = drawn.answer_key["weights"].astype(int) @ x
        if given.row:
            row, column = given.place
            seen = x.reshape(given.shape)[row - 1 : row + 1, column - 1 : column + 1]
            assert found == (seen * given.kernel.astype(int)).sum(), seed
        else:
            slid = np.correlate(x, given.kernel[0].astype(int), "valid")
            assert found.tolist() == slid[:: given.stride].tolist(), seed


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        given: ConvToeplitzMatrix = drawn.givens
        seen.add((given.shape, given.stride))
        assert drawn.answer_key["weights"].size <= 24
        assert (given.row > 0) == (level == "hard")
        assert given.place[0] > 1 or level != "hard"  # a row of the image has been left
    assert (
        seen
        == {
            "easy": {((1, 4), 1), ((1, 5), 1)},
            "medium": {((1, 5), 1), ((1, 6), 1), ((1, 7), 2)},
            "hard": {((3, 3), 1), ((3, 4), 1), ((4, 3), 1)},
        }[level]
    )


def answers(givens: ConvToeplitzMatrix) -> dict[str, Any]:
    """The right answer and the wrong ones, by name, as lists."""
    drawn = Problem.of(givens, "hard")
    wrong = {each.name: value.tolist() for each, value in drawn.mistakes["weights"]}
    return wrong | {"right": drawn.answer_key["weights"].tolist()}


def test_along_a_line_by_hand() -> None:
    found = answers(ConvToeplitzMatrix(array([[3, -2]]), (1, 4)))
    assert found["right"] == [[3, -2, 0, 0], [0, 3, -2, 0], [0, 0, 3, -2]]
    assert found["wraps_around"] == [*found["right"], [-2, 0, 0, 3]]
    assert found["strides_by_the_kernel"] == [[3, -2, 0, 0], [0, 0, 3, -2]]


def test_of_an_image_by_hand() -> None:
    """Row 3 of a 3 × 3 image's matrix computes [2, 1], from pixels 4 5 and 7 8."""
    found = answers(ConvToeplitzMatrix(array([[1, 2], [3, 4]]), (3, 3), row=3))
    assert found["right"] == [0, 0, 0, 1, 2, 0, 3, 4, 0]
    assert found["closes_the_gap"] == [0, 0, 0, 1, 2, 3, 4, 0, 0]
    assert found["runs_over_the_row_end"] == [0, 0, 1, 2, 0, 3, 4, 0, 0]
    assert found["flattens_by_columns"] == [0, 1, 3, 0, 2, 4, 0, 0, 0]


def test_no_option_has_one_row_only() -> None:
    for seed in range(200):
        drawn, (printed,) = problem(FAMILY, "medium", seed), item(FAMILY, "medium", seed).parts
        rows = {each.name: len(wrong) for each, wrong in drawn.mistakes["weights"]}
        named = [each.misconceptions[0] for each in printed.options if each.misconceptions]
        assert min(rows[each] for each in named) > 1, seed


@pytest.mark.parametrize("level", LEVELS)
def test_the_flipped_kernel_is_an_option(level: Level) -> None:
    """Nearly always: where the right option is the smallest, say, it has to be larger."""
    found = 0
    for seed in range(200):
        (printed,) = item(FAMILY, level, seed).parts
        found += any("flips_the_kernel" in each.misconceptions for each in printed.options)
    assert found > 150


@pytest.mark.parametrize("level", LEVELS)
def test_seldom_do_most_options_have_a_wrong_number_of_rows(level: Level) -> None:
    found = 0
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        (printed,) = item(FAMILY, level, seed).parts
        sizes = {each.name: len(wrong) for each, wrong in drawn.mistakes["weights"]}
        named = [each.misconceptions[0] for each in printed.options if each.misconceptions]
        found += sum(sizes[each] != len(drawn.answer_key["weights"]) for each in named) > 1
    assert found < 85
