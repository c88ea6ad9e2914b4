"""The records of a CSV file; one that is broken costs no other record."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

MOST_LINES = 100
"""Lines of one record: a quotation that is not closed by then is taken as a sign."""
LONGEST = 100_000
"""Characters of one record."""


def cells_of(text: str, delimiter: str) -> list[str]:
    """The cells of one record; one beyond what the csv module takes is cut at every sign."""
    try:
        return next(csv.reader([text], delimiter=delimiter), [])
    except csv.Error:
        return text.split(delimiter)


def records(lines: Sequence[str], delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """The records with at least one cell filled, and the numbers of their first lines, from 1.

    Several lines are one record only where this gives it the right *width*.
    """
    index = 0
    while index < len(lines):
        taken = 1
        cells = cells_of(lines[index], delimiter)
        if lines[index].count('"') % 2:
            longer = several(lines[index : index + MOST_LINES], delimiter, width)
            taken, cells = longer or (taken, cells)
        if any(cell.strip() for cell in cells):
            yield index + 1, cells
        index += taken


def several(lines: Sequence[str], delimiter: str, width: int) -> tuple[int, list[str]] | None:
    """How many of these lines are one record, and its cells; None if it is never closed."""
    quotes = size = 0
    for count, line in enumerate(lines, 1):
        quotes += line.count('"')
        size += len(line)
        if size > LONGEST:
            return None
        if quotes % 2 == 0:
            joined = "\n".join(lines[:count])
            cells = next(csv.reader(joined.splitlines(keepends=True), delimiter=delimiter), [])
            return (count, cells) if width in (0, len(cells)) else None
    return None
