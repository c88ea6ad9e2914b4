"""Convolutions and poolings one after the other: drawing them, and following a size through."""

from collections.abc import Callable, Iterable, Sequence
from random import Random
from typing import TypeAlias

from examgen.exact import Shape
from examgen.families.shapes._drawn_networks import Window, draw_sides, window
from examgen.nn import layers as nn
from examgen.nn.shapes import output_size
from examgen.questions.levels import Level
from examgen.questions.work import Work

Rule: TypeAlias = Callable[[int, Window], int]
"""A size after a window, from the size before it."""


def draw_stack(
    rng: Random, level: Level, *, deep: bool = True
) -> tuple[tuple[nn.Layer, ...], Shape]:
    """Convolutions with ReLU and pooling, and an input whose last windows do not all fit.

    Easy: one of each. Medium: two of each. Hard: the first convolution has a stride, and the input
    is not square. Unless *deep*, there is one of each at all levels.
    """
    channels, few, many = rng.choice([1, 2, 3]), rng.choice([4, 5, 6]), rng.choice([8, 10, 12])
    kernel, relu = rng.choice([3, 5]), nn.ReLU()
    padding = rng.choice([0, (kernel - 1) // 2]) if level == "easy" else rng.randint(1, 2)
    first = nn.Conv2d(few, kernel, 2 if level == "hard" else 1, padding)
    pool = nn.MaxPool2d(rng.choice([2, 3]) if deep and level != "hard" else 2)
    layers: tuple[nn.Layer, ...] = (first, relu, pool)
    if deep and level != "easy":
        layers += (nn.Conv2d(many, 3), relu, nn.MaxPool2d(2))
    height, width = draw_sides(rng, layers, rng.sample([2, 3, 4, 5] if deep else [2, 3, 4], 2))
    if level != "hard":
        width = height
    return layers, Shape((channels, height, width))


def listing(calls: Iterable[str]) -> str:
    """An nn.Sequential of these calls, a line each."""
    lines = [f"    {call},\n" for call in calls]
    return f"nn.Sequential(\n{''.join(lines)})"


def call(layer: nn.Layer, in_channels: int) -> str:
    """The layer in PyTorch, with its input channels where it has any."""
    return nn.torch_call(layer).replace("LazyConv2d(", f"Conv2d({in_channels}, ")


def last_filters(layers: Sequence[nn.Layer]) -> int:
    """How many channels come out."""
    return [each.out_channels for each in layers if isinstance(each, nn.Conv2d)][-1]


def right_size(side: int, slides: Window) -> int:
    """⌊(n + 2p − k)/s⌋ + 1."""
    return output_size(side, slides.kernel, stride=slides.stride, padding=slides.padding)


def side_after(layers: Iterable[nn.Layer], side: int, rule: Rule = right_size) -> int | None:
    """The size after all layers that slide; None where nothing is left of it."""
    for slides in filter(None, map(window, layers)):
        side = rule(side, slides)
        if side < 1:
            return None
    return side


def work_of_sizes(layers: Iterable[nn.Layer], axes: int) -> Work:
    """The hand-work of following so many sizes through."""
    sliding = [each for each in map(window, layers) if each is not None]
    divisions = sum(each.stride > 1 for each in sliding)
    return Work(divisions, 3 * len(sliding), 2 * len(sliding)) * axes
