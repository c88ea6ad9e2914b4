"""CSV files, with foreign text made safe for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from examgen.documents.escaping import cells

Cell = str | int | float


def table(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A CSV file with this heading."""
    return "".join(lines(heading, rows))


def lines(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file, one row after the other, so that a class may be large.

    Text that a spreadsheet would compute with is defused.
    """
    line = Line()
    writer = csv.writer(line, lineterminator="\n")
    for row in chain([heading], rows):
        writer.writerow([safe(each) for each in row])
        yield line.text


class Line:
    """What is written in one go."""

    text = ""

    def write(self, text: str) -> None:
        """Take it."""
        self.text = text


def safe(cell: Cell) -> Cell:
    """A cell as it may stand in a spreadsheet."""
    return cells.escape(cell) if isinstance(cell, str) else cell
