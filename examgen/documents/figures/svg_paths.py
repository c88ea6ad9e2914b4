"""The ways of paths as SVG writes them, in whole tenths of a pixel."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TypeAlias

from examgen.documents.figures.primitives import Path, Point

Step: TypeAlias = tuple[Point, ...]
"""Where a path goes on to: straight to a point, or by a curve around the first to the second."""


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    return decimal(round(10 * value))


def numbers(*values: float) -> list[str]:
    """Several coordinates."""
    return [decimal(round(10 * value)) for value in values]


@lru_cache(maxsize=4096)
def decimal(tenths: int) -> str:
    """A number of tenths, written as briefly as possible."""
    whole, rest = divmod(abs(tenths), 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole or ''}.{rest}" if rest else f"{sign}{whole}"


@lru_cache(maxsize=4096)
def outline(path: Path) -> str:
    """The way of a path, from point to point or with a curve at each corner.

    Kept, because nine of ten paths lie as they do in another form's figures.
    """
    steps = rounded(path) if path.rounded else [(point,) for point in path.points]
    x, y = in_tenths(steps[0][-1])
    written = [f"M{pair(x, y)}"]
    drawn = "M"
    for step in steps[1:]:
        to_x, to_y = in_tenths(step[-1])
        across, down = to_x - x, to_y - y
        if len(step) > 1:
            by_x, by_y = in_tenths(step[0])
            command, way = "q", joined(pair(by_x - x, by_y - y), pair(across, down))
        elif down == 0:
            command, way = "h", decimal(across)
        else:
            command, way = ("l", pair(across, down)) if across else ("v", decimal(down))
        written.append(joined("", way) if command == drawn else command + way)
        drawn, x, y = command, to_x, to_y
    return "".join(written) + ("z" if path.closed else "")


def pair(x: int, y: int) -> str:
    """Two lengths in tenths of a pixel."""
    return joined(decimal(x), decimal(y))


def joined(before: str, after: str) -> str:
    """Numbers after each other: a sign keeps them apart as well as a space does."""
    return before + after if after.startswith("-") else f"{before} {after}"


def in_tenths(point: Point) -> tuple[int, int]:
    """A point in whole tenths of a pixel, so that what is cut off does not add up."""
    return round(10 * point[0]), round(10 * point[1])


def rounded(path: Path) -> list[Step]:
    """The steps of a path: a straight one up to each corner, a curve around it."""
    points = path.points
    if path.closed:
        before, after = (points[-1], *points), (*points[1:], points[0])
        return list(turns(before, points, after, path.rounded))
    inner = turns(points, points[1:-1], points[2:], path.rounded)
    return [(points[0],), *inner, (points[-1],)]


def turns(
    before: Sequence[Point], corners: Sequence[Point], after: Sequence[Point], radius: float
) -> Iterator[Step]:
    """For each corner the point where its curve begins, and the curve."""
    for start, corner, end in zip(before, corners, after, strict=False):
        yield (toward(corner, start, radius),)
        yield corner, toward(corner, end, radius)


def toward(start: Point, end: Point, distance: float) -> Point:
    """The point this far on the way, at most half of it."""
    (x, y), (to_x, to_y) = start, end
    length = max(abs(to_x - x), abs(to_y - y)) or 1.0
    share = min(distance / length, 0.5)
    return x + share * (to_x - x), y + share * (to_y - y)
