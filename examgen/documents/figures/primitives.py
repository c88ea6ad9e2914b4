"""What drawings are made of: paths, circles and labels, with roles instead of colours.

Lengths are in CSS pixels (3/4 pt); x grows to the right and y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from math import hypot
from operator import add
from typing import Literal, NamedTuple, TypeAlias, cast

from examgen.documents.figures.lettering import SIZES, Size, width

Point: TypeAlias = tuple[float, float]
Ink: TypeAlias = Literal["line", "muted", "faint", "accent"]
"""The role of a stroke or a label."""
Tint: TypeAlias = Ink | Literal["soft", "wash"]
"""The role of an area: as dark as a stroke, or light enough to write upon (`wash` is accented)."""
Look: TypeAlias = tuple[Ink | None, Tint | None, float, bool]
"""The ink of a line, the tint of an area, the line's weight, and whether it is dashed."""
Anchor: TypeAlias = Literal["start", "middle", "end"]
"""Which part of a label stands where it is put."""
TextLook: TypeAlias = tuple[Ink, Size, Anchor]
MARGIN = 4.0
ARROW = 7.0
"""The length of an arrow's head."""


class Bounds(NamedTuple):
    """A rectangle, by its left, top, right and bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Bounds:
        """With a margin on all sides."""
        return Bounds(self.left - by, self.top - by, self.right + by, self.bottom + by)


class Path(NamedTuple):
    """A line through points, or the area within them; `rounded` is the radius of its corners."""

    points: tuple[Point, ...]
    ink: Ink | None = "line"
    tint: Tint | None = None
    closed: bool = False
    weight: float = 1.0
    dashed: bool = False
    rounded: float = 0.0

    @property
    def look(self) -> Look:
        """What it looks like, wherever it stands."""
        return self.ink, self.tint, self.weight, self.dashed

    @property
    def bounds(self) -> Bounds:
        """The rectangle it lies in."""
        return around_paths((self,))


class Circle(NamedTuple):
    """A circle or a disc."""

    center: Point
    radius: float
    ink: Ink | None = "line"
    tint: Tint | None = None
    weight: float = 1.0

    @property
    def look(self) -> Look:
        """What it looks like, wherever it stands."""
        return self.ink, self.tint, self.weight, False

    @property
    def bounds(self) -> Bounds:
        """The rectangle it lies in."""
        x, y = self.center
        return Bounds(x, y, x, y).grown(self.radius + (self.weight / 2 if self.ink else 0))


class Text(NamedTuple):
    """A label on one line; `at` is half-way up its small letters."""

    at: Point
    label: str
    anchor: Anchor = "middle"
    size: Size = "normal"
    ink: Ink = "line"

    @property
    def look(self) -> TextLook:
        """What it looks like, wherever it stands."""
        return self.ink, self.size, self.anchor

    @property
    def baseline(self) -> float:
        """The height at which its letters stand."""
        return self.at[1] + 0.34 * SIZES[self.size]

    @property
    def bounds(self) -> Bounds:
        """The rectangle it lies in, about."""
        return around_texts((self,))


Primitive: TypeAlias = Path | Circle | Text


@dataclass(frozen=True)
class Drawing:
    """Primitives, the later ones on top."""

    primitives: tuple[Primitive, ...]

    @cached_property
    def bounds(self) -> Bounds:
        """The rectangle it lies in, with a margin."""
        lefts, tops, rights, bottoms = zip(*map(around_layer, self.layers), strict=True)
        return Bounds(min(lefts), min(tops), max(rights), max(bottoms)).grown(MARGIN)

    @cached_property
    def layers(self) -> tuple[tuple[Primitive, ...], ...]:
        """The primitives, neighbours that look alike together."""
        alike = groupby(self.primitives, lambda each: (type(each), each.look))
        return tuple(tuple(group) for _, group in alike)


def around_layer(layer: Sequence[Primitive]) -> Bounds:
    """The rectangle around primitives that look alike: found for all at once, for they are many."""
    if isinstance(layer[0], Path):
        return around_paths(cast(Sequence[Path], layer))
    if isinstance(layer[0], Text):
        return around_texts(cast(Sequence[Text], layer))
    lefts, tops, rights, bottoms = zip(*[each.bounds for each in layer], strict=True)
    return Bounds(min(lefts), min(tops), max(rights), max(bottoms))


def around_paths(alike: Sequence[Path]) -> Bounds:
    """The rectangle around paths that look alike."""
    xs, ys = zip(*chain.from_iterable([each.points for each in alike]), strict=True)
    half = alike[0].weight / 2 if alike[0].ink else 0
    return Bounds(min(xs), min(ys), max(xs), max(ys)).grown(half)


def around_texts(alike: Sequence[Text]) -> Bounds:
    """The rectangle around labels that look alike, about."""
    _, size, anchor = alike[0].look
    share = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    wide = [width(each.label, size) for each in alike]
    lefts = [each.at[0] - share * by for each, by in zip(alike, wide, strict=True)]
    ys = [each.at[1] for each in alike]
    half = SIZES[size] / 2
    return Bounds(min(lefts), min(ys) - half, max(map(add, lefts, wide)), max(ys) + half)


def rectangle(
    left: float,
    top: float,
    wide: float,
    high: float,
    *,
    ink: Ink | None = "line",
    tint: Tint | None = None,
    weight: float = 1.0,
    dashed: bool = False,
    rounded: float = 0.0,
) -> Path:
    """A rectangle by its upper left corner and its size."""
    right, bottom = left + wide, top + high
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Path(corners, ink, tint, True, weight, dashed, rounded)


def arrow(
    *points: Point,
    ink: Ink = "line",
    weight: float = 1.0,
    dashed: bool = False,
    rounded: float = 0.0,
) -> tuple[Path, Path]:
    """A line through points, and the head at its end."""
    (x, y), (to_x, to_y) = points[-2:]
    length = hypot(to_x - x, to_y - y) or 1.0
    along = ((to_x - x) / length, (to_y - y) / length)
    neck = (to_x - ARROW * along[0], to_y - ARROW * along[1])
    side = (-along[1] * ARROW * 0.36, along[0] * ARROW * 0.36)
    wings = ((neck[0] + side[0], neck[1] + side[1]), (neck[0] - side[0], neck[1] - side[1]))
    shaft = Path((*points[:-1], neck), ink, None, False, weight, dashed, rounded)
    head = Path(((to_x, to_y), *wings), None, ink, True)
    return shaft, head
