"""Grids of numbers: an input with its padding, the window that slides over it, the kernel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np

from examgen.exact import Array
from examgen.questions.figures.labels import label, listed, sentences, spoken

Pair: TypeAlias = int | tuple[int, int]


@dataclass(frozen=True)
class Window:
    """What a kernel covers at one place; `row` and `column` count from 1 and include padding."""

    row: int
    column: int
    height: int
    width: int
    dilation: int = 1

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows it takes."""
        return tuple(self.row + self.dilation * step for step in range(self.height))

    @property
    def columns(self) -> tuple[int, ...]:
        """The columns it takes."""
        return tuple(self.column + self.dilation * step for step in range(self.width))

    def moved(self, rows: int, columns: int) -> Window:
        """The window this many rows further down and columns further right."""
        return Window(
            self.row + rows, self.column + columns, self.height, self.width, self.dilation
        )

    @property
    def words(self) -> str:
        """Where it lies."""
        return f"{span('row', self.rows)} and {span('column', self.columns)}"


def span(word: str, places: tuple[int, ...]) -> str:
    """These rows or columns in words."""
    if len(places) == 1:
        return f"{word} {places[0]}"
    if places[-1] - places[0] == len(places) - 1:
        return f"{word}s {places[0]} to {places[-1]}"
    return f"{word}s {listed([str(each) for each in places])}"


@dataclass(frozen=True)
class Grid:
    """A matrix in cells, drawn row by row; all rows are equally long.

    `padding` counts rings of zeros, or those above and below and those to the left and right.
    The first window is where something slides from, the second where it goes next. `marked` cells,
    (row, column) from 1 without padding, are filled.
    """

    cells: tuple[tuple[str, ...], ...]
    caption: str = ""
    padding: Pair = 0
    windows: tuple[Window, ...] = ()
    marked: frozenset[tuple[int, int]] = frozenset()

    @classmethod
    def of(cls, values: Array, caption: str = "", **more: Any) -> Grid:
        """The grid of a matrix, or of a vector as one row."""
        rows = np.atleast_2d(values)
        return cls(tuple(tuple(label(each) for each in row) for row in rows), caption, **more)

    @classmethod
    def empty(cls, height: int, width: int, caption: str = "", **more: Any) -> Grid:
        """A grid of which only the size matters."""
        return cls((("",) * width,) * height, caption, **more)

    @property
    def rings(self) -> tuple[int, int]:
        """The rows of padding above (and below), and the columns to the left (and right)."""
        return (self.padding, self.padding) if isinstance(self.padding, int) else self.padding

    @property
    def size(self) -> tuple[int, int]:
        """Its rows and columns with the padding."""
        down, across = self.rings
        return self.height + 2 * down, self.width + 2 * across

    @property
    def height(self) -> int:
        """The number of its rows, without padding."""
        return len(self.cells)

    @property
    def width(self) -> int:
        """The number of its columns, without padding."""
        return len(self.cells[0])

    @property
    def words(self) -> Iterator[str]:
        """What is to be seen, sentence by sentence."""
        name = spoken(self.caption) or "a grid"
        yield f"{name} has {self.height} × {self.width} cells{self.contents}"
        down, across = self.rings
        if down or across:
            sides = "on each side" if down == across else "at each end"
            zeros = "a padding zero" if across == 1 else f"{across} padding zeros"
            yield f"{zeros} {sides}"
        if self.marked:
            places = [f"[{row}, {column}]" for row, column in sorted(self.marked)]
            yield f"marked: {listed(places)}"
        counted = ", counted with the padding" if any(self.rings) else ""
        for which, window in zip(("a window", "the next"), self.windows, strict=False):
            yield f"{which} covers {window.words}{counted}"

    @property
    def contents(self) -> str:
        """The entries, row by row."""
        rows = ["; ".join(", ".join(map(spoken, row)) for row in self.cells)]
        return f": {rows[0]}" if any(any(row) for row in self.cells) else ""


@dataclass(frozen=True)
class Grids:
    """Grids side by side, with a sign between neighbours (`⋆`, `→`), or one below the other."""

    grids: tuple[Grid, ...]
    between: str = ""
    stacked: bool = False

    title = "Grids"

    @cached_property
    def alt(self) -> str:
        """The figure in words."""
        return sentences(words for grid in self.grids for words in grid.words)
