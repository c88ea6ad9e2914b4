"""Outputs of shifted inputs against torch, which convolves the shifted input itself."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.convolution.shift_equivariance import ShiftEquivariance
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "shift-equivariance"


class Shifted:
    """Both outputs of a problem by torch."""

    def __init__(self, torch: ModuleType, givens: ShiftEquivariance) -> None:
        self.torch, self.givens = torch, givens
        self.down, self.right = givens.shift
        self.image = self.tensor(givens.image.tolist())
        self.kernel = self.tensor(givens.kernel.tolist())
        self.before = self.slid(self.image)
        self.after = self.slid(self.pushed(self.image, self.down, self.right))
        self.stride = givens.stride

    def tensor(self, values: Any) -> Any:
        return self.torch.tensor(values, dtype=self.torch.float64)

    def pushed(self, values: Any, down: int, right: int, *, fill: float = 0) -> Any:
        """Padding on one side, and as much cut off on the other."""
        sides = (right, -right, down, -down)
        return self.torch.nn.functional.pad(values, sides, value=fill)

    def slid(self, image: Any, kernel: Any = None, stride: int | None = None) -> Any:
        weight = (self.kernel if kernel is None else kernel)[None, None]
        steps = (1, self.givens.stride if stride is None else stride)
        bias = self.tensor([self.givens.bias])
        return self.torch.conv2d(image[None, None], weight, bias, stride=steps)[0, 0]

    def moved(self, down: int, right: int) -> Any:
        return self.pushed(self.before, down, right, fill=self.givens.bias)

    def back(self) -> Any:
        if self.right % self.stride:
            return self.slid(self.pushed(self.image, -self.down, -self.right))
        return self.moved(-self.down, -self.right // self.stride)

    def halfway(self) -> Any:
        return (self.before + self.pushed(self.before, 0, 1)) / 2


WRONG: dict[str, Callable[[Shifted], Any]] = {
    "expects_invariance": lambda y: y.before,
    "shifts_the_other_way": Shifted.back,
    "shifts_by_the_kernel": lambda y: y.moved(
        y.kernel.shape[1] * y.down, y.kernel.shape[1] * y.right
    ),
    "shifts_one_too_far": lambda y: y.moved(y.down and y.down + 1, y.right + 1),
    "shifts_one_step_only": lambda y: y.moved(min(y.down, 1), 1),
    "shifts_one_axis_only": lambda y: y.moved(y.down, 0),
    "reverses_the_output": lambda y: y.before.flip(0, 1),
    "swaps_row_and_column": lambda y: y.moved(y.right, y.down),
    "fills_with_zeros": lambda y: y.pushed(y.before, y.down, y.right),
    "ignores_the_stride": lambda y: y.moved(0, y.right),
    "rounds_the_shift_up": lambda y: y.moved(0, -(-y.right // 2)),
    "interpolates_the_output": Shifted.halfway,
    "computes_with_stride_one": lambda y: y.slid(y.pushed(y.image, 0, y.right), stride=1),
    "flips_the_kernel": lambda y: y.slid(y.pushed(y.image, 0, y.right), y.kernel.flip(1)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        given, shifted = drawn.givens, Shifted(torch, drawn.givens)
        assert given.before.tolist() == shifted.before.tolist(), seed
        found = np.atleast_2d(drawn.answer_key["output"])
        assert found.tolist() == shifted.after.tolist(), seed
        for misconception, wrong in drawn.mistakes["output"]:
            oracle = WRONG[misconception.name](shifted)
            assert np.atleast_2d(wrong).tolist() == oracle.tolist(), (seed, misconception.name)


@pytest.mark.parametrize("level", ["easy", "medium"])
def test_the_kernel_is_not_needed(torch: ModuleType, level: Level) -> None:
    """Whatever the kernel, y' is y moved: the answer follows from what is printed."""
    for seed in range(60):
        given = problem(FAMILY, level, seed).givens
        for _ in range(5):
            shifted = Shifted(torch, given)
            shifted.kernel = torch.randn_like(shifted.kernel)
            before = shifted.slid(shifted.image)
            after = shifted.slid(shifted.pushed(shifted.image, shifted.down, shifted.right))
            expected = shifted.pushed(before, shifted.down, shifted.right, fill=given.bias)
            assert torch.allclose(after, expected), seed


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        given: ShiftEquivariance = problem(FAMILY, level, seed).givens
        seen.add(given.shift)
        assert given.is_line == (level != "medium")
        assert (given.stride, bool(given.bias)) == {
            "easy": (1, False),
            "medium": (1, True),
            "hard": (2, False),
        }[level]
        # nothing is lost: what leaves the input, and what leaves the output, saw zeros only
        assert np.count_nonzero(given.shifted) == np.count_nonzero(given.image)
    assert (
        seen
        == {
            "easy": {(0, 1), (0, 2), (0, 3)},
            "medium": {(1, 1), (1, 2), (1, 3)},
            "hard": {(0, 1), (0, 2), (0, 4)},
        }[level]
    )


def answers(givens: ShiftEquivariance) -> dict[str, Any]:
    """The right answer and the wrong ones, by name, as lists."""
    drawn = Problem.of(givens, "hard")
    wrong = {each.name: value.tolist() for each, value in drawn.mistakes["output"]}
    return wrong | {"right": drawn.answer_key["output"].tolist()}


def test_an_odd_shift_by_hand() -> None:
    """0 0 1 3 2 0 0 under 1 2 −1 at every second entry: −1, 1 + 6 − 2, 2."""
    image = array([[0, 0, 1, 3, 2, 0, 0]])
    givens = ShiftEquivariance(image, array([[1, 2, -1]]), (0, 1), stride=2)
    assert givens.before.tolist() == [[-1, 5, 2]]
    found = answers(givens)
    assert found["right"] == [0, 2 - 3, 3 + 4]
    assert found["rounds_the_shift_up"] == [0, -1, 5]
    assert found["computes_with_stride_one"] == [0, -1, -1, 5, 7]


def test_an_even_shift_by_hand() -> None:
    image = array([[0, 0, 1, 3, 2, 0, 0, 0, 0]])
    givens = ShiftEquivariance(image, array([[1, 2, -1]]), (0, 2), stride=2)
    assert givens.before.tolist() == [[-1, 5, 2, 0]]
    found = answers(givens)
    assert found["right"] == [0, -1, 5, 2]
    assert found["ignores_the_stride"] == [0, 0, -1, 5]
    assert found["shifts_the_other_way"] == [5, 2, 0, 0]
