"""Small convolutional networks drawn at random, and their layers read wrongly."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from math import prod
from random import Random
from typing import Any, NamedTuple, TypeAlias

from examgen.exact import Shape
from examgen.nn import layers as nn
from examgen.questions.levels import Level

Kinds: TypeAlias = type[nn.Layer] | tuple[type[nn.Layer], ...]
MOST_WEIGHTS: dict[Level, int] = {"easy": 10**5, "medium": 10**6, "hard": 10**6}
"""So many a dense layer in place of the first may have; they may be left as a product."""


class Window(NamedTuple):
    """The square window that a layer slides over its input."""

    kernel: int
    stride: int
    padding: int

    def reach(self, positions: int) -> int:
        """The least size on which the window has so many positions."""
        return (positions - 1) * self.stride + self.kernel - 2 * self.padding


def window(layer: nn.Layer) -> Window | None:
    """The window of a convolution or a pooling; None for a layer without a square one."""
    match layer:
        case nn.Conv2d(kernel=int(kernel), stride=int(stride), padding=int(padding)):
            return Window(kernel, stride, padding)
        case nn.MaxPool2d(kernel=int(kernel), steps=int(stride), padding=int(padding)):
            return Window(kernel, stride, padding)
        case nn.AvgPool2d(kernel=int(kernel), steps=int(stride)):
            return Window(kernel, stride, 0)
    return None


def misread_shape(layer: nn.Layer, shape: Shape, kinds: Kinds, **changes: Any) -> Shape | None:
    """What the layer with *changes* makes of the shape; None where `misread` is None."""
    wrong = misread(layer, kinds, **changes)
    return None if wrong is None else nn.output_shape(wrong, shape)


def misread_count(layer: nn.Layer, shape: Shape, kinds: Kinds, **changes: Any) -> int | None:
    """The parameters of the layer with *changes*; None where `misread` is None."""
    wrong = misread(layer, kinds, **changes)
    return None if wrong is None else nn.parameter_count(wrong, shape)


def misread(layer: nn.Layer, kinds: Kinds, **changes: Any) -> nn.Layer | None:
    """The layer with *changes*; None for one of another kind, or one that has them already."""
    if not isinstance(layer, kinds):
        return None
    changed = replace(layer, **changes)
    return None if changed == layer else changed


def resized(shape: Shape, by: int) -> Shape:
    """The map's shape with so many more rows and columns."""
    channels, *sides = shape
    return Shape((channels, *(side + by for side in sides)))


def one_channel(shape: Shape) -> Shape:
    """The map's shape with one channel."""
    return Shape((1, *shape[1:]))


def draw_network(rng: Random, level: Level) -> tuple[tuple[nn.Layer, ...], Shape]:
    """Layers and the shape of their input, built from the last map backwards so that all fit."""
    first, *others = draw_layers(rng, level)
    maps = (first, *others[: others.index(nn.Flatten())])
    last = rng.sample([2, 3, 4] if level == "hard" else [1, 2, 3], 2)
    sides = draw_sides(rng, maps, last)
    pixels = prod(sides) * prod(nn.output_shape(first, Shape((1, *sides))))
    taken = [each.out_channels for each in others if isinstance(each, nn.Conv2d)]
    channels, filters = draw_channels(rng, MOST_WEIGHTS[level] // pixels, taken)
    return (replace(first, out_channels=filters), *others), Shape((channels, *sides))


def draw_others(rng: Random, shape: Shape) -> tuple[Shape, ...]:
    """Three shapes of other sizes, and one with another channel, in any order."""
    channels, height, width = shape
    sides = [(height - 1, width), (height + 1, width), (height, width - 1), (height, width + 1)]
    sides += [(width, height), (2 * height, 2 * width)]
    others = [Shape((channels, *each)) for each in rng.sample(sides, 3)]
    others.append(Shape((channels + 1, height, width)))
    rng.shuffle(others)
    return tuple(others)


def draw_layers(rng: Random, level: Level) -> tuple[nn.Conv2d, *tuple[nn.Layer, ...]]:
    """A network of 6, 7 or 8 layers; how many filters the first has is left open.

    Between two layers with weights there is always one that is not linear.
    """
    kernel, few = rng.choice([3, 4, 5]), rng.randint(4, 6)
    conv, inner = nn.Conv2d(1, kernel), nn.Conv2d(few, rng.choice([2, 3, 4]))
    many, pool, relu = rng.choice([3, 7, 8, 9, 10]), nn.MaxPool2d(2), nn.ReLU()
    if level == "easy":
        pool = rng.choice([pool, nn.MaxPool2d(3)])
        return (conv, pool, inner, relu, nn.Flatten(), nn.Linear(many))
    conv = replace(conv, padding=rng.randint(1, (kernel - 1) // 2))
    if level == "medium":
        pools: list[nn.Layer] = [nn.AvgPool2d(2), nn.MaxPool2d(3, stride=2)]
        return (conv, relu, rng.choice(pools), inner, pool, nn.Flatten(), nn.Linear(many))
    start = (nn.BatchNorm2d(), relu)
    average, flat, linear = nn.GlobalAveragePool(), nn.Flatten(), nn.Linear(many)
    rest: list[tuple[nn.Layer, ...]] = [
        (*start, nn.AvgPool2d(2), inner, relu, flat, linear),
        (*start, nn.MaxPool2d(3, stride=2), inner, relu, flat, linear),
        (nn.BatchNorm2d(), pool, inner, relu, average, flat, linear),
        (*start, inner, pool, nn.Conv2d(many, 1), average, flat),
    ]
    return (replace(conv, stride=2), *rng.choice(rest))


def draw_sides(rng: Random, maps: Sequence[nn.Layer], last: Sequence[int]) -> tuple[int, int]:
    """Height and width of an input of which the layers make a map of these sides.

    Up to stride − 1 rows more give no further window; how many is drawn, for rows and columns
    not equally many, so that rounding shows.
    """
    height, width = last
    for slides in filter(None, map(window, reversed(maps))):
        rests = rng.sample(range(slides.stride), 2) if slides.stride > 1 else (0, 0)
        height, width = slides.reach(height) + rests[0], slides.reach(width) + rests[1]
    return height, width


def draw_channels(rng: Random, most: int, taken: Collection[int]) -> tuple[int, int]:
    """Channels of the input and filters of the first layer, with a product of at most *most*.

    They differ, also from those *taken*; the smallest where nothing is small enough.
    """
    free = [each for each in range(1, 7) if each not in taken]
    possible = {
        channels: [each for each in free if 1 < each != channels and each * channels <= most]
        for channels in free
        if channels <= 3
    }
    channels = rng.choice([each for each, filters in possible.items() if filters] or [1])
    return channels, rng.choice(possible[channels] or [2])
