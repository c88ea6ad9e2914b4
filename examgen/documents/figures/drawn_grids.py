"""Drawing grids: cells, the ring of padding, windows and where they slide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from math import cos, pi, sin

from examgen.documents.figures.lettering import width
from examgen.documents.figures.primitives import Ink, Path, Point, Primitive, Text, arrow, rectangle
from examgen.questions.figures import Grid, Grids, Window

CELL = 26.0
GAP, SIGN_GAP = 30.0, 44.0
"""Between grids, without and with a sign."""
STAR = 7.0
"""How far the points of a star reach from its middle."""


@dataclass(frozen=True)
class Place:
    """Where a grid stands: its upper left corner, padding included, and the width of its cells."""

    grid: Grid
    left: float
    top: float
    cell: float

    @property
    def wide(self) -> float:
        """Its width."""
        return self.grid.size[1] * self.cell

    @property
    def high(self) -> float:
        """Its height."""
        return self.grid.size[0] * CELL

    def corner(self, row: int, column: int) -> tuple[float, float]:
        """The upper left corner of a cell, counted from 1 with the padding."""
        return self.left + (column - 1) * self.cell, self.top + (row - 1) * CELL


def draw_grids(figure: Grids) -> Iterator[Primitive]:
    """The grids from left to right, their middles at one height, or one below the other."""
    places = list(piled(figure) if figure.stacked else placed(figure))
    for place in places:
        yield from draw_grid(place)
        if place.grid.caption:
            yield caption(place, beside=figure.stacked)
    if figure.between:
        for place, following in pairwise(places):
            middle = (place.left + place.wide + following.left) / 2
            yield star((middle, 0)) if figure.between == "⋆" else Text((middle, 0), figure.between)


def star(middle: Point) -> Path:
    """The sign of cross-correlation, which fonts set too small to be seen between grids."""
    x, y = middle
    spikes = [
        (STAR if spike % 2 == 0 else 0.4 * STAR, pi * (spike / 5 - 0.5)) for spike in range(10)
    ]
    points = tuple((x + far * cos(angle), y + far * sin(angle)) for far, angle in spikes)
    return Path(points, None, "line", closed=True)


def placed(figure: Grids) -> Iterator[Place]:
    """Where each grid stands, from left to right."""
    left = 0.0
    for grid in figure.grids:
        wide = grid.size[1] * cell_width(grid)
        overhang = max(0.0, (width(grid.caption, "normal") - wide) / 2)
        yield Place(grid, left + overhang, -grid.size[0] * CELL / 2, cell_width(grid))
        left += wide + 2 * overhang + (SIGN_GAP if figure.between else GAP)


def piled(figure: Grids) -> Iterator[Place]:
    """Where each grid stands, one below the other, their columns aligned."""
    cell = max(map(cell_width, figure.grids))
    top = 0.0
    for grid in figure.grids:
        yield Place(grid, 0.0, top, cell)
        top += grid.size[0] * CELL + 12


def cell_width(grid: Grid) -> float:
    """How wide the cells of a grid are: as its widest entry needs."""
    return max(CELL, *(width(each, "normal") + 8 for row in grid.cells for each in row))


def caption(place: Place, *, beside: bool) -> Text:
    """The caption of a grid, above it or *beside* it to the left."""
    if beside:
        return Text((place.left - 10, place.top + place.high / 2), place.grid.caption, "end")
    above = place.top - (26 if shift_of(place.grid)[1] else 12)
    return Text((place.left + place.wide / 2, above), place.grid.caption)


def draw_grid(place: Place) -> Iterator[Primitive]:
    """One grid: areas first, then the cells with what stands in them, then the frames."""
    grid = place.grid
    down, across = grid.rings
    yield from areas(place)
    if down or across:
        yield from cells(place.left, place.top, place.cell, place.grid.size, "faint")
    x, y = place.corner(down + 1, across + 1)
    yield from cells(x, y, place.cell, (grid.height, grid.width), "muted")
    yield from entries(place)
    yield from draw_windows(place)


def cells(
    left: float, top: float, cell: float, size: tuple[int, int], ink: Ink
) -> Iterator[Primitive]:
    """The lines of a grid of (rows, columns); those of padding, which are faint, are dashed."""
    high, wide = size[0] * CELL, size[1] * cell
    dashed = ink == "faint"
    yield rectangle(left, top, wide, high, ink=ink, dashed=dashed)
    for row in range(1, size[0]):
        y = top + row * CELL
        yield Path(((left, y), (left + wide, y)), ink, dashed=dashed)
    for column in range(1, size[1]):
        x = left + column * cell
        yield Path(((x, top), (x, top + high)), ink, dashed=dashed)


def entries(place: Place) -> Iterator[Primitive]:
    """What stands in the cells, zeros in those of the padding."""
    grid = place.grid
    down, across = grid.rings
    high, wide = grid.size
    xs = [place.left + column * place.cell + place.cell / 2 for column in range(wide)]
    ys = [place.top + row * CELL + CELL / 2 for row in range(high)]
    for (row, y), (column, x) in product(enumerate(ys), enumerate(xs)):
        middle = x, y
        if not (0 <= row - down < grid.height and 0 <= column - across < grid.width):
            yield Text(middle, "0", ink="muted")
        elif said := grid.cells[row - down][column - across]:
            yield Text(middle, said)


def areas(place: Place) -> Iterator[Primitive]:
    """What is filled: the padding, marked cells, the first window."""
    grid = place.grid
    down, across = grid.rings
    if down or across:
        yield from strips(place)
    for row, column in sorted(grid.marked):
        x, y = place.corner(row + down, column + across)
        yield rectangle(x, y, place.cell, CELL, ink=None, tint="wash")
    for window in grid.windows[:1]:
        yield from shade(place, window)


def strips(place: Place) -> Iterator[Primitive]:
    """The area of the padding: above, below, left, right of the grid proper."""
    down, across = place.grid.rings
    above, beside = down * CELL, across * place.cell
    inner = place.high - 2 * above
    for left, top, wide, high in (
        (0.0, 0.0, place.wide, above),
        (0.0, place.high - above, place.wide, above),
        (0.0, above, beside, inner),
        (place.wide - beside, above, beside, inner),
    ):
        if wide and high:
            yield rectangle(place.left + left, place.top + top, wide, high, ink=None, tint="soft")


def shade(place: Place, window: Window) -> Iterator[Primitive]:
    """The area of a window, with dilation in pieces."""
    for x, y, wide, high in pieces(place, window):
        yield rectangle(x, y, wide, high, ink=None, tint="wash")


def pieces(place: Place, window: Window) -> Iterator[tuple[float, float, float, float]]:
    """A window as rectangles (left, top, width, height): one, or with dilation one a cell."""
    if window.dilation == 1:
        wide, high = window.width * place.cell, window.height * CELL
        yield (*place.corner(window.row, window.column), wide, high)
        return
    for row, column in product(window.rows, window.columns):
        yield (*place.corner(row, column), place.cell, CELL)


def draw_windows(place: Place) -> Iterator[Primitive]:
    """The frames of the windows, and an arrow from the first to the second."""
    for position, window in enumerate(place.grid.windows):
        yield from frames(place, window, is_first=position == 0)
    down, right = shift_of(place.grid)
    if right:
        x, _ = place.corner(1, place.grid.windows[0].column)
        y = place.top - 7
        yield from arrow((x, y), (x + right * place.cell, y), ink="accent", weight=1.5)
        yield Text((x + right * place.cell + 6, y), f"stride {right}", "start", "small")
    elif down:
        _, y = place.corner(place.grid.windows[0].row, 1)
        x = place.left - 7
        yield from arrow((x, y), (x, y + down * CELL), ink="accent", weight=1.5)


def shift_of(grid: Grid) -> tuple[int, int]:
    """How far down and how far right the second window lies from the first."""
    if len(grid.windows) < 2:
        return 0, 0
    first, second = grid.windows[:2]
    return second.row - first.row, second.column - first.column


def frames(place: Place, window: Window, *, is_first: bool) -> Iterator[Primitive]:
    """The frames of a window; that of a later one is dashed and a little smaller."""
    inset = 0.0 if is_first else 2.5
    for x, y, wide, high in pieces(place, window):
        yield rectangle(
            x + inset,
            y + inset,
            wide - 2 * inset,
            high - 2 * inset,
            ink="accent",
            weight=2,
            dashed=not is_first,
        )
