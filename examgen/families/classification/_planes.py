"""The plane of a support vector machine with its margin in a figure, and points about it."""

from fractions import Fraction
from itertools import combinations
from random import Random

from examgen.questions.figures import Line, Plot, Point
from examgen.questions.figures.plot import Sign

LEGEND: tuple[tuple[Sign, str], ...] = (
    ("line", "$⟨w, x⟩ − b = 0$"),
    ("dashes", "$⟨w, x⟩ − b = ±1$"),
)


def placed(rng: Random, least: int, most: int) -> tuple[int, int]:
    """A point with coordinates in this range."""
    return rng.randint(least, most), rng.randint(least, most)


def scattered(rng: Random, count: int) -> list[tuple[int, int]]:
    """Points of which no two are neighbours: in the figure each has its own name beside it."""
    while True:
        points = [placed(rng, -2, 3) for _ in range(count)]
        if not any(are_neighbours(*pair) for pair in combinations(points, 2)):
            return points


def are_neighbours(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two points are the same, or next to each other."""
    return all(abs(a - b) <= 1 for a, b in zip(one, other, strict=True))


def levels(a: int, b: int, c: Fraction) -> tuple[Line, ...]:
    """The plane a·x_1 + b·x_2 = c, and the edges of its margin."""
    edges = ((1, "+1"), (-1, "−1"))
    return (Line(a, b, c), *(Line(a, b, c + side, name, dashed=True) for side, name in edges))


def sketch(*, with_point: bool, is_rising: bool) -> Plot:
    """A plane with its margin somewhere, rising or falling as it does, and perhaps a point."""
    slant = -1 if is_rising else 1
    points = (Point(2 * slant, 2, name="$x$"),) if with_point else ()
    lines = tuple(Line(slant, 2, shift, dashed=shift != 0) for shift in (0, 3, -3))
    return Plot((-5, 5), (-4, 4), ("$x_1$", "$x_2$"), points, lines, legend=LEGEND, ticks=False)
