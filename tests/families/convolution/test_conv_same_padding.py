"""Paddings and kernels against torch: its layers' sizes, with each mistake built into them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.convolution.conv_same_padding import ConvSamePadding
from examgen.nn.shapes import fitting_kernels, fitting_paddings
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, item, problem

FAMILY = "conv-same-padding"


class Axis:
    """One axis of a problem; the sizes of outputs are those of a layer of torch."""

    def __init__(self, torch: ModuleType, givens: ConvSamePadding, axis: int) -> None:
        self.torch, self.given = torch, givens
        self.size, self.target = givens.size[axis], givens.target[axis]
        self.kernel, self.padding = givens.kernel[axis], givens.padding[axis]
        self.asks_padding = givens.asked == "padding"

    def output(self, answer: int, *, more: int = 0, **changes: Any) -> int:
        """The size where *answer* is the padding, or the kernel, that is asked."""
        asked = "padding" if self.asks_padding else "kernel_size"
        options = {
            "kernel_size": self.kernel,
            "padding": self.padding,
            "stride": self.given.stride,
            "dilation": self.given.dilation,
        }
        options = options | {asked: answer} | changes
        room = self.size + more + 2 * options["padding"]
        if options["dilation"] * (options["kernel_size"] - 1) >= room:
            return 0  # torch refuses windows that fit nowhere
        layer = self.torch.nn.Conv1d(1, 1, **options, device="meta")
        return int(layer(self.torch.empty(1, 1, self.size + more, device="meta")).shape[2])

    def least(self, answer: int, reaches: Callable[[int], bool]) -> bool:
        """Whether it is the smallest padding, or the largest kernel, that reaches the size."""
        return reaches(answer) and not reaches(answer - 1 if self.asks_padding else answer + 1)

    def zeros(self, answer: int) -> int:
        """How many zeros there are on one side, if that is the answer."""
        return answer if self.asks_padding else self.padding


FITS: dict[str, Callable[[Axis, int], bool]] = {
    "pads_one_side": lambda a, x: a.output(x, padding=0, more=a.zeros(x)) == a.target,
    "forgets_the_first_position": lambda a, x: a.least(x, lambda p: a.output(p) - 1 >= a.target),
    "counts_the_first_position_twice": lambda a, x: (
        (not a.asks_padding and a.output(x) + 1 == a.target)
        or (a.asks_padding and a.least(x + 1, lambda p: a.output(p) + 1 > a.target))
    ),
    "adds_both_axes": lambda a, x: a.output(x, padding=sum(a.given.padding)) == a.target,
    "ignores_the_dilation": lambda a, x: a.output(x, dilation=1) == a.target,
    "multiplies_the_dilation": lambda a, x: (
        a.output(x, dilation=1, kernel_size=a.kernel * a.given.dilation) == a.target
    ),
    "rounds_up": lambda a, x: a.output(x, more=a.given.stride - 1) == a.target,
    "divides_the_padding_by_the_stride": lambda a, x: (
        x == next(p for p in range(20, -1, -1) if a.output(p, stride=1) <= a.size) // a.given.stride
    ),
    "keeps_the_size": lambda a, x: a.output(x) == a.size,
    "takes_one_for_the_other": lambda a, x: x == (a.kernel if a.asks_padding else a.padding),
    "takes_the_usual_number": lambda a, x: x == (1 if a.asks_padding else 3),
    "divides_by_the_stride": lambda a, x: a.zeros(x) == 0,
}
"""What is right about a wrong answer along each axis: the formula with the mistake in it."""
SWAPPED = {
    "pads_one_side_and_swaps_height_and_width": "pads_one_side",
    "rounds_up_and_swaps_height_and_width": "rounds_up",
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_only_the_answer_fits(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        for at, answer in enumerate(drawn.answer_key["sides"]):
            axis = Axis(torch, drawn.givens, at)
            candidates = range(12) if axis.asks_padding else range(1, 14)
            fitting = [each for each in candidates if axis.output(each) == axis.target]
            assert fitting == [answer], seed


@pytest.mark.parametrize("level", LEVELS)
def test_the_mistakes_fit_their_own_formulas(torch: ModuleType, level: Level) -> None:
    for seed in range(100):
        drawn = problem(FAMILY, level, seed)
        axes = [Axis(torch, drawn.givens, at) for at in (0, 1)]
        right = drawn.answer_key["sides"]
        for misconception, wrong in drawn.mistakes["sides"]:
            name = misconception.name
            if name == "swaps_height_and_width":
                assert wrong == right[::-1], seed
            elif name == "takes_the_height_for_both":
                assert wrong == (right[0], right[0]), seed
            else:
                sides = wrong[::-1] if name in SWAPPED else wrong
                fits = FITS[SWAPPED.get(name, name)]
                assert all(map(fits, axes, sides)), (seed, name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        given: ConvSamePadding = problem(FAMILY, level, seed).givens
        seen.add((given.asked, given.stride, given.dilation))
    assert (
        seen
        == {
            "easy": {("padding", 1, 1), ("kernel", 1, 1)},
            "medium": {(asked, 1, d) for asked in ("padding", "kernel") for d in (2, 3)},
            "hard": {("padding", s, d) for s, d in [(2, 1), (2, 2), (2, 3), (3, 1), (3, 3)]},
        }[level]
    )


def test_torchs_own_same_padding(torch: ModuleType) -> None:
    """padding="same" adds d(k − 1) zeros in all, half of them on each side where that is even."""
    for kernel in range(1, 9):
        for dilation in (1, 2, 3):
            layer = torch.nn.Conv1d(1, 1, kernel, padding="same", dilation=dilation)
            left, right = layer._reversed_padding_repeated_twice
            expected = [left] if left == right else []
            assert fitting_paddings(30, 30, kernel, dilation=dilation) == expected


def test_what_halves_a_map() -> None:
    """Five usual pairs, and 3 × 3 at padding 0 does not."""
    for kernel, padding in [(2, 0), (3, 1), (4, 1), (5, 2), (1, 0)]:
        assert fitting_paddings(16, 8, kernel, stride=2) == [padding]
        assert kernel in fitting_kernels(16, 8, padding, stride=2)
    assert 0 not in fitting_paddings(16, 8, 3, stride=2)


def test_by_hand() -> None:
    """A 4 × 7 kernel with dilation 2 covers 7 × 13, so 3 and 6 zeros on each side."""
    givens = ConvSamePadding((20, 24), (4, 7), (3, 6), "padding", dilation=2)
    drawn = Problem.of(givens, "medium")
    assert drawn.answer_key["sides"] == (3, 6)
    wrong = {each.name: value for each, value in drawn.mistakes["sides"]}
    assert wrong["pads_one_side"] == (6, 12)
    assert wrong["takes_one_for_the_other"] == (4, 7)
    assert "ignores_the_dilation" not in wrong  # nothing keeps the size under 4 entries
    assert Problem.of(
        ConvSamePadding((20, 24), (4, 7), (3, 6), "kernel", dilation=2), "medium"
    ).answer_key["sides"] == Shape((4, 7))


def test_no_padding_at_all_is_no_option_too_often() -> None:
    """With dilation it is none; written down it is still named."""
    options = 0
    for seed in range(200):
        drawn, (printed,) = problem(FAMILY, "hard", seed), item(FAMILY, "hard", seed).parts
        offered = "(0, 0)" in {each.answer for each in printed.options}
        options += offered
        assert not offered or drawn.givens.dilation == 1, seed
    assert options / 200 < 0.38
