"""The charts of an item analysis, of the same primitives as figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from examgen.documents.figures.lettering import width
from examgen.documents.figures.placing import first_free
from examgen.documents.figures.primitives import (
    Anchor,
    Circle,
    Drawing,
    Path,
    Primitive,
    Text,
    Tint,
    rectangle,
)
from examgen.grading.analysis.questions import Statistics

WIDE, HIGH = 560.0, 180.0
MOST_BINS = 20
ROW = 24.0
NAMES = 290.0
"""The room for what a bar is called."""
ROOM = 720.0
"""How wide a chart of bars is, whatever stands in it: so the bars of several begin alike."""
DISC, AWAY = 3.5, 7.0
"""The radius of a point, and how far from its middle its label begins."""
AROUND: tuple[tuple[int, Anchor], ...] = ((1, "start"), (-1, "end"), (0, "middle"))
NICE = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000)


def histogram(totals: Sequence[float], possible: int) -> Drawing:
    """How many students have how many points."""
    step = next((each for each in NICE if possible / each <= MOST_BINS), NICE[-1])
    bins = max(1, ceil(possible / step))
    counts = [0] * bins
    for total in totals:
        counts[min(max(int(total // step), 0), bins - 1)] += 1
    most, wide = max(counts, default=0) or 1, WIDE / bins
    drawn: list[Primitive] = []
    for place, count in enumerate(counts):
        tall = HIGH * count / most
        if count:
            left = place * wide
            drawn.append(rectangle(left + 1, HIGH - tall, wide - 2, tall, ink=None, tint="accent"))
            drawn.append(Text((left + wide / 2, HIGH - tall - 9), str(count), size="small"))
    drawn.append(Path(((0, HIGH), (WIDE, HIGH))))
    every = 1 if bins <= 12 else 2
    for place in range(0, bins + 1, every):
        drawn.append(Text((place * wide, HIGH + 12), str(place * step), size="small", ink="muted"))
    drawn.append(Text((WIDE / 2, HIGH + 30), "points", size="small", ink="muted"))
    return Drawing(tuple(drawn))


def scatter(questions: Sequence[Statistics]) -> Drawing:
    """Difficulty to the right, discrimination upwards; the usual region is shaded."""
    known = [each for each in questions if each.difficulty is not None]
    low = min([0.0, *(each.discrimination or 0.0 for each in known)])

    def at(difficulty: float, discrimination: float) -> tuple[float, float]:
        return difficulty * WIDE, (1 - (discrimination - low) / (1 - low)) * HIGH * 1.4

    (left, top), (right, bottom) = at(0.3, 1), at(0.9, 0.2)
    drawn: list[Primitive] = [
        rectangle(left, top, right - left, bottom - top, ink=None, tint="wash"),
        Path((at(0, 0), at(1, 0))),
        Path((at(0, low), at(0, 1))),
    ]
    for mark in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        x, y = at(mark, low)
        drawn.append(Text((x, y + 12), f"{100 * mark:.0f} %", size="small", ink="muted"))
        x, y = at(0, mark)
        drawn.append(Text((x - 6, y), f"{mark:.1f}", "end", size="small", ink="muted"))
    drawn.append(Text((WIDE / 2, at(0, low)[1] + 30), "share of the points earned", ink="muted"))
    drawn.append(Text((0, -14), "correlation with the rest of the exam", "start", ink="muted"))
    known = [each for each in known if each.discrimination is not None]
    points = [at(each.difficulty or 0.0, each.discrimination or 0.0) for each in known]
    drawn += [Circle(point, DISC, ink=None, tint="accent") for point in points]
    return Drawing((*drawn, *labels(points, [each.label for each in known])))


def labels(points: Sequence[tuple[float, float]], names: Sequence[str]) -> Iterator[Text]:
    """A label close to each point, where it covers neither a point nor another label."""
    taken = [Circle(point, DISC).bounds for point in points]
    for (x, y), name in zip(points, names, strict=True):
        spots = [
            Text((x + across * AWAY, y + down * 11), name, anchor, size="small")
            for down in (0, -1, 1)
            for across, anchor in AROUND
            if across or down
        ]
        spot = first_free(spots, taken)
        taken.append(spot.bounds)
        yield spot


def bars(rows: Sequence[tuple[str, float, str]], *, marked: Sequence[bool] = ()) -> Drawing:
    """A bar for each row: its name, its length as a share, and what follows it.

    Rows that are *marked* are drawn in the accent, the others pale; without marks all are.
    """
    drawn: list[Primitive] = [rectangle(0, 0, ROOM, ROW * len(rows) - 7, ink=None)]
    for place, (name, share, said) in enumerate(rows):
        y = place * ROW
        tall, length = ROW - 7, max(0.0, min(1.0, share)) * (WIDE - NAMES)
        is_strong = not marked or marked[place]
        drawn.append(Text((NAMES - 8, y + tall / 2), shortened(name), "end", size="small"))
        tint: Tint = "accent" if is_strong else "faint"
        drawn.append(rectangle(NAMES, y, max(length, 0.8), tall, ink=None, tint=tint))
        drawn.append(
            Text((NAMES + length + 6, y + tall / 2), said, "start", size="small", ink="muted")
        )
    return Drawing(tuple(drawn))


def shortened(name: str) -> str:
    """A name, as much of it as fits before its bar."""
    cut = (f"{name[:most].rstrip()}…" for most in range(len(name) - 1, 0, -1))
    return next((each for each in (name, *cut) if width(each, "small") <= NAMES - 8), "…")
