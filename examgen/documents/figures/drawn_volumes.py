"""Drawing volumes: stacks of channels, each a little behind the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from examgen.documents.figures.lettering import width
from examgen.documents.figures.primitives import Path, Primitive, Text, arrow, rectangle
from examgen.questions.figures import Volume, Volumes

SIDE, DEPTH = 62.0, 20.0
"""The side of a channel, and how far the last lies behind the first."""
PLANES = 4
"""The most channels that are drawn, and how many are where their number is unknown."""
WINDOW = 24.0


def draw_volumes(figure: Volumes) -> Iterator[Primitive]:
    """Volumes of one size, whatever their shapes, and captioned arrows."""
    left = right = 0.0
    for position, volume in enumerate(figure.volumes):
        left += max(width(volume.height, "small") + 8, width(channels(volume), "small"))
        yield from draw_volume(volume, left)
        right = left + SIDE + DEPTH
        left = right + 6
        if position < len(figure.steps):
            step = figure.steps[position].split("\n")
            long = max(40.0, *(width(line, "small") + 14 for line in step))
            yield from draw_step(step, left, long)
            left += long + 8
    yield Text((right, SIDE + 24), "not to scale", "end", "small", "muted")


def draw_step(lines: Sequence[str], left: float, long: float) -> Iterator[Primitive]:
    """An arrow, the first line above it and the others below."""
    first, *others = lines
    y = (SIDE - DEPTH) / 2
    yield from arrow((left, y), (left + long, y))
    yield Text((left + long / 2, y - 10), first, size="small")
    for place, line in enumerate(others):
        yield Text((left + long / 2, y + 11 + 13 * place), line, size="small")


def draw_volume(volume: Volume, left: float) -> Iterator[Primitive]:
    """One volume with its sizes along its edges; its front's upper left corner is (left, 0)."""
    yield from stack(volume, left)
    yield rectangle(left, 0.0, SIDE, SIDE, tint="soft")
    if volume.window:
        yield from draw_window(left, through=planes(volume) > 1)
        yield Text((left + WINDOW / 2, WINDOW + 9), volume.window, size="small")
    for text in (
        Text((left - 6, SIDE / 2), volume.height, "end", "small"),
        Text((left + SIDE / 2, SIDE + 9), volume.width, size="small"),
        Text((left + DEPTH / 2 - 8, -DEPTH / 2 - 4), channels(volume), "end", "small"),
        Text((left + (SIDE + DEPTH) / 2, -DEPTH - 14), volume.caption),
    ):
        if text.label:
            yield text


def channels(volume: Volume) -> str:
    """How many channels there are, in words."""
    return f"{volume.channels} channel{'' if volume.channels == '1' else 's'}" * bool(
        volume.channels
    )


def stack(volume: Volume, left: float) -> Iterator[Primitive]:
    """The channels behind the first, from back to front."""
    count = planes(volume)
    for plane in reversed(range(1, count)):
        yield behind(left, DEPTH * (plane - 1) / (count - 1), DEPTH * plane / (count - 1))


def planes(volume: Volume) -> int:
    """How many channels are drawn."""
    known = volume.channels.isdecimal()
    return min(int(volume.channels), PLANES) if known else PLANES


def behind(left: float, front: float, back: float) -> Path:
    """What is seen of a channel shifted by *back*, behind one shifted by *front*."""
    right = left + SIDE
    return Path(
        (
            (left + back, -back),
            (right + back, -back),
            (right + back, SIDE - back),
            (right + front, SIDE - back),
            (right + front, -front),
            (left + back, -front),
        ),
        tint="soft",
        closed=True,
    )


def draw_window(left: float, *, through: bool) -> Iterator[Primitive]:
    """A window, which reaches *through* all channels where there are several."""
    yield rectangle(left, 0.0, WINDOW, WINDOW, ink="accent", tint="wash", weight=2)
    if through:
        back = (left + DEPTH, -DEPTH)
        top = ((left, 0.0), back, (back[0] + WINDOW, back[1]), (left + WINDOW, 0.0))
        yield Path(top, "accent", "wash", True, 1.5)
