"""Drawing plots: a frame with ticks, then lines and curves, then points and their names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from examgen.documents.figures.lettering import width
from examgen.documents.figures.placing import first_free, taken_by
from examgen.documents.figures.primitives import (
    Circle,
    Path,
    Primitive,
    Text,
    arrow,
    rectangle,
)
from examgen.documents.figures.primitives import Point as Pixel
from examgen.faults import Fault
from examgen.questions.figures import Line, Mark, Plot, label
from examgen.questions.figures.plot import Number, Spot

WIDE, HIGH = 250.0, 200.0
LARGEST_UNIT = 40.0
TICK, APART = 4.0, 24.0
"""The length of a tick, and the least distance between two with numbers."""
DOT = 4.0


@dataclass(frozen=True)
class Scale:
    """Where a spot of the plane stands in the drawing."""

    figure: Plot

    @property
    def units(self) -> tuple[float, float]:
        """The lengths of 1 across and up."""
        (left, right), (low, high) = self.figure.x, self.figure.y
        across, up = WIDE / (right - left), HIGH / (high - low)
        if self.figure.to_scale:
            across = up = min(across, up, LARGEST_UNIT)
        return across, up

    @property
    def wide(self) -> float:
        """The width of the frame."""
        return (self.figure.x[1] - self.figure.x[0]) * self.units[0]

    @property
    def high(self) -> float:
        """The height of the frame."""
        return (self.figure.y[1] - self.figure.y[0]) * self.units[1]

    def at(self, x: Number, y: Number) -> Pixel:
        """A spot; the frame's upper left corner is (0, 0)."""
        across, up = self.units
        return (
            float(x - self.figure.x[0]) * across,
            float(self.figure.y[1] - y) * up,
        )


def draw_plot(figure: Plot) -> Iterator[Primitive]:
    """All of a plot."""
    scale = Scale(figure)
    drawn: list[Primitive] = [
        *draw_zeros(scale),
        rectangle(0, 0, scale.wide, scale.high, ink="muted"),
        *draw_ticks(scale),
    ]
    names: list[list[Text]] = []
    for line in figure.lines:
        ends = [scale.at(*spot) for spot in clipped(line, figure)]
        drawn.append(Path(tuple(ends), "accent", dashed=line.dashed, weight=1.5))
        names += named(line.name, beyond(ends, line.name, scale))
    for curve in figure.curves:
        pixels = [scale.at(*spot) for spot in curve.spots]
        drawn.append(Path(tuple(pixels), "accent", dashed=curve.dashed, weight=1.5))
        names += named(curve.name, beside(pixels[-1], curve.name))
    for step in figure.steps:
        start, end = scale.at(*step.start), scale.at(*step.end)
        drawn += arrow(start, end, weight=1.5)
        middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        names += named(step.name, beside(middle, step.name))
    for point in figure.points:
        at = scale.at(point.x, point.y)
        drawn += draw_mark(point.mark, at)
        names += named(point.name, beside(at, point.name))
    taken = list(taken_by(drawn))
    for candidates in names:
        text = first_free(candidates, taken)
        taken.append(text.bounds)
        drawn.append(text)
    yield from drawn
    yield from draw_legend(scale, drawn)


def named(name: str, candidates: Iterator[Text]) -> list[list[Text]]:
    """The places for a name, if there is one."""
    return [list(candidates)] if name else []


def draw_zeros(scale: Scale) -> Iterator[Primitive]:
    """The axes through 0, where they lie within; in a sketch nothing lies at 0."""
    (left, right), (low, high) = scale.figure.x, scale.figure.y
    if not scale.figure.ticks:
        return
    if left < 0 < right:
        yield Path((scale.at(0, low), scale.at(0, high)), "faint")
    if low < 0 < high:
        yield Path((scale.at(left, 0), scale.at(right, 0)), "faint")


def draw_ticks(scale: Scale) -> Iterator[Primitive]:
    """Ticks with their numbers along the lower and the left edge, and what the axes are."""
    (left, right), (low, high) = scale.figure.x, scale.figure.y
    yield from draw_names(scale)
    if not scale.figure.ticks:
        yield Text((scale.wide, scale.high + TICK + 9), "not to scale", "end", "small", "muted")
        return
    for number in ticks(left, right, scale.units[0]):
        x, y = scale.at(number, low)
        yield Path(((x, y), (x, y + TICK)), "muted")
        yield Text((x, y + TICK + 8), label(number), size="small", ink="muted")
    for number in ticks(low, high, scale.units[1]):
        x, y = scale.at(left, number)
        yield Path(((x - TICK, y), (x, y)), "muted")
        yield Text((x - TICK - 4, y), label(number), "end", "small", "muted")


def draw_names(scale: Scale) -> Iterator[Primitive]:
    """What the axes are, further out where there are ticks."""
    across, up = scale.figure.axes
    numbers = [label(each) for each in scale.figure.y]
    out = max(width(each, "small") for each in numbers) + 8 if scale.figure.ticks else 0
    yield Text((scale.wide / 2, scale.high + TICK + (23 if scale.figure.ticks else 9)), across)
    yield Text((-TICK - out - 4, scale.high / 2), up, "end")


def ticks(low: int, high: int, unit: float) -> range:
    """The numbers with a tick: as many as stand apart, 0 among them if it is there."""
    step = next(each for each in (1, 2, 5, 10, 20, 50, 100, 200, 500) if each * unit >= APART)
    return range(-(-low // step) * step, high + 1, step)


def clipped(line: Line, figure: Plot) -> tuple[Spot, Spot]:
    """The ends of a line at the frame, from left to right."""
    spots = set()
    for x in figure.x:
        if line.b:
            spots.add((Fraction(x), Fraction(line.c - line.a * x) / line.b))
    for y in figure.y:
        if line.a:
            spots.add((Fraction(line.c - line.b * y) / line.a, Fraction(y)))
    inside = sorted(
        (x, y)
        for x, y in spots
        if figure.x[0] <= x <= figure.x[1] and figure.y[0] <= y <= figure.y[1]
    )
    if not inside:
        raise Fault("a plot", f"{line} does not meet the frame", "wider ranges of x and y")
    return inside[0], inside[-1]


def beyond(ends: Sequence[Pixel], name: str, scale: Scale) -> Iterator[Text]:
    """Places for the name of a line: past either end, outside of the frame."""
    for x, y in reversed(ends):
        if x >= scale.wide - 0.5:
            yield Text((x + 6, y), name, "start", "small")
        elif y <= 0.5:
            yield Text((x, y - 9), name, size="small")
    yield from beside(((ends[0][0] + ends[1][0]) / 2, (ends[0][1] + ends[1][1]) / 2), name)


def beside(at: Pixel, name: str) -> Iterator[Text]:
    """Places around a spot."""
    x, y = at
    half = width(name, "small") / 2
    for away in (DOT + 4, DOT + 10):
        yield Text((x + away, y), name, "start", "small")
        yield Text((x - away, y), name, "end", "small")
        for down in (-away - 4, away + 4):
            yield Text((x, y + down), name, size="small")
            yield Text((x + away / 2, y + down), name, "start", "small")
            yield Text((x - away / 2, y + down), name, "end", "small")
            yield Text((x + half / 2, y + down), name, size="small")


def draw_mark(mark: Mark, at: Pixel) -> Iterator[Primitive]:
    """A point in the shape of its class."""
    x, y = at
    if mark == "disc":
        yield Circle(at, DOT, None, "line")
    elif mark == "circle":
        yield Circle(at, DOT, "line", weight=1.5)
    elif mark == "square":
        yield rectangle(x - DOT, y - DOT, 2 * DOT, 2 * DOT, tint="accent", ink="accent")
    else:
        for slope in (-1, 1):
            ends = ((x - DOT, y - slope * DOT), (x + DOT, y + slope * DOT))
            yield Path(ends, "line", weight=1.8)


def draw_legend(scale: Scale, drawn: Sequence[Primitive]) -> Iterator[Primitive]:
    """What marks and lines mean, to the right of all else."""
    right = max(each.bounds.right for each in drawn) + 22
    for position, (sign, words) in enumerate(scale.figure.legend):
        y = 10 + 20.0 * position
        if sign == "line" or sign == "dashes":
            ends = ((right - 8, y), (right + 8, y))
            yield Path(ends, "accent", weight=1.5, dashed=sign == "dashes")
        else:
            yield from draw_mark(sign, (right, y))
        yield Text((right + 16, y), words, "start", "small")
