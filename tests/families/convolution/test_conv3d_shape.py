"""Shapes of convolved clips against torch, with each mistake built into its layer."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.convolution.conv3d_shape import Conv3dShape
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv3d-shape"


class Clip:
    """The layer of a problem in torch and what passes through it; on the meta device."""

    def __init__(self, torch: ModuleType, givens: Conv3dShape) -> None:
        self.torch, self.givens = torch, givens
        self.channels, *self.sizes = givens.input_shape
        self.filters = givens.out_channels
        self.stride, self.padding = givens.stride, givens.padding

    def __call__(self, *, longer: Any = (0, 0, 0), **changes: Any) -> tuple[int, ...]:
        options = {
            "in_channels": self.channels,
            "out_channels": self.filters,
            "kernel_size": self.givens.kernel,
            "stride": self.stride,
            "padding": self.padding,
        } | changes
        layer = self.torch.nn.Conv3d(**options, device="meta")
        sizes = [size + more for size, more in zip(self.sizes, longer, strict=True)]
        clip = self.torch.empty(1, self.channels, *sizes, device="meta")
        return tuple(layer(clip).shape[1:])

    def frame_by_frame(self) -> tuple[int, ...]:
        """A two-dimensional convolution, the frames as a batch."""
        layer = self.torch.nn.Conv2d(
            self.channels,
            self.filters,
            self.givens.kernel[1:],
            self.stride[1:],
            self.padding[1:],
            device="meta",
        )
        depth, height, width = self.sizes
        frames = layer(self.torch.empty(depth, self.channels, height, width, device="meta"))
        return tuple(frames.transpose(0, 1).shape)

    def over_the_channels(self) -> tuple[int, ...]:
        """The channels as one more axis to slide along."""
        slid = self.torch.nn.Conv1d(1, 1, self.givens.kernel[0], device="meta")
        channels = slid(self.torch.empty(1, 1, self.channels, device="meta")).shape[2]
        return (channels, *self()[1:])


def minus(sizes: Any) -> list[int]:
    return [-each for each in sizes]


WRONG: dict[str, Callable[[Clip], tuple[int, ...]]] = {
    "keeps_the_input_channels": lambda y: y(out_channels=y.channels),
    "keeps_the_channels_apart": lambda y: y(out_channels=y.filters * y.channels),
    "keeps_the_depth": Clip.frame_by_frame,
    "drops_the_depth": lambda y: (y.filters, *y()[2:]),
    "forgets_the_first_position": lambda y: y(longer=minus(y.stride)),
    "keeps_the_channels_and_forgets_the_first_position": lambda y: y(
        out_channels=y.channels, longer=minus(y.stride)
    ),
    "keeps_the_size": lambda y: (y.filters, *y.sizes),
    "rounds_up": lambda y: y(longer=[each - 1 for each in y.stride]),
    "pads_one_side": lambda y: y(longer=minus(y.padding)),
    "ignores_the_padding": lambda y: y(padding=0),
    "pads_unasked": lambda y: y(padding=[each // 2 for each in y.givens.kernel]),
    "ignores_the_stride": lambda y: y(stride=1),
    "reverses_the_kernel_sizes": lambda y: y(kernel_size=y.givens.kernel[::-1]),
    "reverses_the_strides": lambda y: y(stride=y.stride[::-1]),
    "slides_over_the_channels": Clip.over_the_channels,
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        clip = Clip(torch, drawn.givens)
        assert drawn.answer_key["output"] == clip(), seed
        for misconception, wrong in drawn.mistakes["output"]:
            assert wrong == WRONG[misconception.name](clip), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        given: Conv3dShape = problem(FAMILY, level, seed).givens
        strides, paddings = set(given.stride), set(given.padding)
        assert (len(set(given.kernel)) == 1) == (level == "easy")
        assert min(strides) == 1 or level != "easy"
        assert (len(strides) > 1) == (level == "hard")
        assert any(given.rests) or max(strides) == 1
        seen.add((max(strides) > 1, max(paddings) > 0))
    assert (
        seen
        == {
            "easy": {(False, False), (False, True)},
            "medium": {(False, False), (False, True), (True, False), (True, True)},
            "hard": {(True, True)},
        }[level]
    )


def answers(givens: Conv3dShape) -> dict[str, Any]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(givens, "hard")
    wrong = {each.name: value for each, value in drawn.mistakes["output"]}
    return wrong | {"right": drawn.answer_key["output"]}


def test_the_example_of_torchs_documentation() -> None:
    clip = Shape((16, 10, 50, 100))
    found = answers(Conv3dShape(clip, 33, (3, 5, 2), (2, 1, 1), (4, 2, 0)))
    assert found["right"] == (33, 8, 50, 99)
    assert found["keeps_the_depth"] == (33, 10, 50, 99)
    assert found["reverses_the_strides"] == (33, 16, 50, 50)


def test_by_hand() -> None:
    """5 − 2 + 1, 6 − 3 + 1 and 7 − 4 + 1 positions."""
    found = answers(Conv3dShape(Shape((3, 5, 6, 7)), 8, (2, 3, 4)))
    assert found["right"] == (8, 4, 4, 4)
    assert found["slides_over_the_channels"] == (2, 4, 4, 4)
    assert found["drops_the_depth"] == (8, 4, 4)
    assert found["reverses_the_kernel_sizes"] == (8, 2, 4, 6)
