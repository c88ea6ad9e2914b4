"""Tables of final points for the systems that schools use; ids and names are foreign text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from examgen.documents.tables import Cell, lines, table
from examgen.faults import Fault
from examgen.grading.marks import rounded

T = TypeVar("T")
NUMBERED = re.compile(r" \([0-9]+\)")
"""What Canvas writes after the title of an assignment."""
CANVAS_IDENTITY = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")
"""The columns by which Canvas knows a student; all that stand in its export are kept."""


@dataclass(frozen=True)
class Final:
    """One student's points, after lateness and a person's marks."""

    id: str
    name: str
    email: str
    form: str
    attempts: int
    days_late: int
    points: Fraction
    by_label: Mapping[str, Fraction]


def two_places(points: Fraction) -> str:
    """Points as Canvas compares them: with two decimal places, rounded half up."""
    return f"{float(rounded(points)):.2f}"


def totals_table(finals: Iterable[Final], possible: int, labels: Sequence[str]) -> Iterator[str]:
    """A row for each student: which attempt counts and what it is worth."""
    heading = ("id", "name", "form", "attempts", "days_late", "points", "possible", *labels)
    return lines(heading, (totals_row(each, possible, labels) for each in finals))


def totals_row(final: Final, possible: int, labels: Sequence[str]) -> list[Cell]:
    """One student."""
    earned = (rounded(final.by_label[label]) if label in final.by_label else "" for label in labels)
    facts = (final.id, final.name, final.form, final.attempts, final.days_late)
    return [*facts, rounded(final.points), possible, *earned]


def moodle_table(finals: Iterable[Final], title: str) -> Iterator[str]:
    """What Moodle's grade import reads: students by id number or address, and one grade item."""
    heading = ("ID number", "Full name", "Email address", title)
    return lines(
        heading, ((each.id, each.name, each.email, two_places(each.points)) for each in finals)
    )


def gradescope_table(
    finals: Iterable[Final], possible: int, labels: Mapping[str, int]
) -> Iterator[str]:
    """The columns of Gradescope's own export, with a column for each question."""
    questions = [f"{label} ({worth:.1f} pts)" for label, worth in labels.items()]
    heading = ("First Name", "Last Name", "SID", "Email", "Total Score", "Max Points", *questions)
    return lines(heading, (gradescope_row(each, possible, labels) for each in finals))


def gradescope_row(final: Final, possible: int, labels: Mapping[str, int]) -> list[Cell]:
    """One student; the last word of a name is the last name."""
    first, _, last = final.name.rpartition(" ")
    earned = (
        two_places(final.by_label[label]) if label in final.by_label else "" for label in labels
    )
    return [
        first,
        last,
        final.id,
        final.email,
        two_places(final.points),
        f"{possible:.2f}",
        *earned,
    ]


def canvas_table(
    export: Sequence[Sequence[str]],
    finals: Iterable[Final],
    column: str,
    possible: int,
    source: str,
) -> tuple[str, list[str]]:
    """Canvas's own export with one column of points filled in, and a note on whatever is odd.

    *export* is the file's rows. Only the columns that identify a student are kept, so that no other
    assignment can be changed. *column* is the assignment's title, as in "Midterm (4711)"; without
    the number it is found, too. Students who handed in nothing keep what Canvas has.
    """
    heading = [each.strip() for each in export[0]] if export else []
    kept = identity_columns(heading, source)
    title = column_of(heading, column, source)
    notes: list[str] = []
    if title not in heading:
        notes.append(f"{source} has no column {title!r}: Canvas will make an assignment of it")
    # As little as possible is kept of each student: a class may be large.
    ids: list[str] = []
    known = dict(keyed(finals, ids))
    used: set[str] = set()
    rows: list[list[str]] = []
    for cells in export[1:]:
        row = dict(zip(heading, cells, strict=False))
        if states_worth(row):
            points = row.get(title, "").strip() or str(possible)
            notes += note_on_worth(title, points, possible)
        else:
            id_, points = match(row, known) or ("", row.get(title, ""))
            used.add(id_.casefold())
        rows.append([*(row.get(name, "") for name in kept), points])
    notes += [f"{each} is not in {source}" for each in ids if each.casefold() not in used]
    return table([*kept, title], rows), notes


def identity_columns(heading: Sequence[str], source: str) -> list[str]:
    """The columns that say who a row is about; raises `Fault` for what is no export of Canvas."""
    kept = [name for name in CANVAS_IDENTITY if name in heading]
    if "Student" not in kept or "ID" not in kept:
        found = f"no export of Canvas: {', '.join(heading[:6])}"
        raise Fault(f"{source}:1", found, "Student, ID, …")
    return kept


def states_worth(row: Mapping[str, str]) -> bool:
    """Whether a row is no student's: Canvas writes below its heading what assignments are worth."""
    return "points possible" in row.get("Student", "").casefold()


def note_on_worth(title: str, worth: str, possible: int) -> list[str]:
    """A note where Canvas and the exam do not agree about what it is worth."""
    if is_same(worth, possible):
        return []
    return [f"{title} is worth {worth} points in Canvas, the exam {possible}"]


def column_of(heading: Sequence[str], column: str, source: str) -> str:
    """The heading of the assignment, with its number or without; else *column* itself."""
    numbered = [each for each in heading if NUMBERED.fullmatch(each.removeprefix(column))]
    if column in heading or not numbered or not column:
        return column
    if len(numbered) > 1:
        listed = " or ".join(f"--column {each!r}" for each in numbered)
        raise Fault(f"{source}:1", f"{len(numbered)} columns are called {column!r}", listed)
    return numbered[0]


def is_same(worth: str, possible: int) -> bool:
    """Whether a cell says these points; a decimal comma is one."""
    try:
        return Fraction(worth.replace(",", ".")) == possible
    except (ValueError, ZeroDivisionError):
        return False


def keyed(finals: Iterable[Final], ids: list[str]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every student's id and points under the id, the address and what stands before its @.

    Their ids go to *ids*.
    """
    for each in finals:
        ids.append(each.id)
        id_and_points = (each.id, two_places(each.points))
        for key in (each.email.partition("@")[0], each.email, each.id):
            if key:
                yield key.casefold(), id_and_points


def match(row: Mapping[str, str], known: Mapping[str, T]) -> T | None:
    """The student of a row, by the ids that Canvas has, the surest first."""
    for name in ("SIS User ID", "SIS Login ID", "ID"):
        key = row.get(name, "").strip().casefold()
        if key in known:
            return known[key]
    return None


def read_export(text: str) -> list[list[str]]:
    """The rows of Canvas's export; it separates by semicolons where commas are decimal."""
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    return [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if any(row)]
