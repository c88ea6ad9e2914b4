"""CSV files, with foreign text made safe for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from examgen.documents.escaping import cells

Cell = str | int | float


def table(heading: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """A CSV file with this heading; text that a spreadsheet would compute with is defused."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([safe(each) for each in heading])
    writer.writerows([safe(each) for each in row] for row in rows)
    return text.getvalue()


def safe(cell: Cell) -> Cell:
    """A cell as it may stand in a spreadsheet."""
    return cells.escape(cell) if isinstance(cell, str) else cell
