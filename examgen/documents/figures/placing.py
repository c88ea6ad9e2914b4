"""Finding room for a label: the first of several places where nothing else stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import hypot

from examgen.documents.figures.primitives import Bounds, Path, Point, Primitive, Text

STEP = 4.0
"""A line is taken for boxes of about this length."""


def first_free(candidates: Sequence[Text], taken: Sequence[Bounds]) -> Text:
    """The first label that covers nothing *taken*; where all do, the one that covers least."""
    counts: list[int] = []
    for text in candidates:
        box = text.bounds
        counts.append(sum(1 for each in taken if covers(box, each)))
        if not counts[-1]:
            return text
    return candidates[counts.index(min(counts))]


def covers(one: Bounds, other: Bounds) -> bool:
    """Whether two rectangles have a point in common."""
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def taken_by(primitives: Iterable[Primitive]) -> Iterator[Bounds]:
    """The rectangles that drawn lines, discs and labels take; areas without a line take none."""
    for each in primitives:
        if not isinstance(each, Path):
            yield each.bounds
        elif each.ink:
            ends = (*each.points, each.points[0]) if each.closed else each.points
            for start, end in pairwise(ends):
                yield from boxes(start, end, each.weight / 2 + 0.5)


def boxes(start: Point, end: Point, margin: float) -> Iterator[Bounds]:
    """A straight line as small rectangles."""
    (x, y), (to_x, to_y) = start, end
    if x == to_x or y == to_y:
        yield Bounds(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)).grown(margin)
        return
    count = int(hypot(to_x - x, to_y - y) / STEP) + 1
    spots = [
        (x + (to_x - x) * step / count, y + (to_y - y) * step / count) for step in range(count + 1)
    ]
    for (left, top), (right, bottom) in pairwise(spots):
        yield Bounds(min(left, right), min(top, bottom), max(left, right), max(top, bottom)).grown(
            margin
        )
