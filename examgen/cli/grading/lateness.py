"""What lateness costs a class, and where Canvas and the files' times do not agree about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from fractions import Fraction
from pathlib import PurePath

from examgen.faults import visible
from examgen.grading.gradebook.standing import Earned, Standing, Terms, totals
from examgen.grading.marks import rounded, short, written
from examgen.grading.owners import BY_CANVAS

SHOWN = 20
"""Files listed; there is one thing to decide about all of them."""


def late_lines(book: sqlite3.Connection, terms: Terms) -> Iterator[str]:
    """What lateness takes off in all, and what is odd about it; nothing where nothing is due."""
    late, off = 0, Fraction(0)
    for each in totals(book, terms) if terms.late else ():
        late += bool(each.deduction)
        off += each.deduction
    if late:
        students = "1 student is" if late == 1 else f"{late} students are"
        yield f"  {students} late: {rounded(off)} points are taken off in all"
    yield from odd_lines(book, terms)


def odd_lines(book: sqlite3.Connection, terms: Terms) -> Iterator[str]:
    """Where Canvas and the times of files differ about what counts."""
    if not terms.due and not terms.extensions:
        return
    odd = [said for each in totals(book, terms) for said in doubts(each, terms.due)]
    yield from (f"  {each}" for each in odd[:SHOWN])
    if len(odd) > SHOWN:
        yield f"  and {len(odd) - SHOWN} more files about which Canvas and their times differ"


def doubts(standing: Standing[Earned], due: str) -> Iterator[str]:
    """Where Canvas calls a sheet late that was in time by its file, or the other way round."""
    file, received = standing.submission.file, standing.submission.received
    match = BY_CANVAS.match(PurePath(file).name)
    if match is None or bool(match["late"]) == bool(standing.days_late):
        return
    time = f"of {written(received, due)}" if received else "without a time"
    if match["late"]:
        said = f"late for Canvas, but {time}: nothing is taken off"
    else:
        said = f"in time for Canvas, but {time}: it counts as late (--student gives more time)"
    yield f"{visible(short(file))}: {said}"
