"""Plots: points of classes, lines with their margins, curves, steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeAlias

from examgen.questions.figures.labels import label, listed, sentences, spoken

Number: TypeAlias = int | Fraction
Spot: TypeAlias = tuple[Number, Number]
Mark: TypeAlias = Literal["disc", "circle", "square", "cross"]
Sign: TypeAlias = Mark | Literal["line", "dashes"]
"""What a legend may explain: the mark of a class, or lines without a name of their own."""


@dataclass(frozen=True)
class Point:
    """A point; points of one class have one mark."""

    x: Number
    y: Number
    mark: Mark = "disc"
    name: str = ""

    @property
    def words(self) -> str:
        """Where it lies."""
        place = f"({label(self.x)}, {label(self.y)})"
        return f"{spoken(self.name)} at {place}" if self.name else place


@dataclass(frozen=True)
class Line:
    """All (x, y) with a·x + b·y = c."""

    a: Number
    b: Number
    c: Number
    name: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Curve:
    """A curve through spots, from left to right."""

    spots: tuple[Spot, ...]
    name: str = ""
    dashed: bool = False


@dataclass(frozen=True)
class Step:
    """An arrow from one spot to another."""

    start: Spot
    end: Spot
    name: str = ""


@dataclass(frozen=True)
class Plot:
    """A plane from `x[0]` to `x[1]` and from `y[0]` to `y[1]`, with ticks at whole numbers.

    `legend` says what marks and lines mean; `to_scale` gives both axes the same unit. Without
    `ticks` it is a sketch: what things are called counts, and not where they lie.
    """

    x: tuple[int, int]
    y: tuple[int, int]
    axes: tuple[str, str]
    points: tuple[Point, ...] = ()
    lines: tuple[Line, ...] = ()
    curves: tuple[Curve, ...] = ()
    steps: tuple[Step, ...] = ()
    legend: tuple[tuple[Sign, str], ...] = ()
    to_scale: bool = True
    ticks: bool = True

    title = "Plot"

    @cached_property
    def alt(self) -> str:
        """The figure in words."""
        across, up = map(spoken, self.axes)
        if not self.ticks:
            names = [spoken(each.name) for each in self.points if each.name]
            points = f"points: {listed(names)}" if names else ""
            sketch = f"a sketch, not to scale, with the axes {across} and {up}"
            return sentences([sketch, points, *self.others])
        ranges = [
            f"{name} from {label(low)} to {label(high)}"
            for name, (low, high) in ((across, self.x), (up, self.y))
        ]
        return sentences([f"a plot with {listed(ranges)}", *self.classes, *self.others])

    @property
    def classes(self) -> Iterator[str]:
        """The points, class by class."""
        meanings = dict(self.legend)
        for mark in dict.fromkeys(point.mark for point in self.points):
            places = [point.words for point in self.points if point.mark == mark]
            kind = f"points with {spoken(meanings[mark])}" if mark in meanings else "points"
            yield f"{kind}: {', '.join(places)}"

    @property
    def others(self) -> Iterator[str]:
        """Lines, curves and steps."""
        meanings = dict(self.legend)
        for line in self.lines:
            meaning = meanings.get("dashes" if line.dashed else "line", "")
            name = ": ".join(spoken(each) for each in (meaning, line.name) if each)
            kind = "a dashed line" if line.dashed else "a line"
            yield f"{kind}{f', {name}' if name else ''}"
        for curve in self.curves:
            yield f"a curve{f', {spoken(curve.name)}' if curve.name else ''}"
        for step in self.steps:
            ends = (f"({label(x)}, {label(y)})" for x, y in (step.start, step.end))
            named = f", {spoken(step.name)}," if step.name else ""
            place = f" leads from {' to '.join(ends)}" if self.ticks else ""
            yield f"an arrow{named}{place}".removesuffix(",")
