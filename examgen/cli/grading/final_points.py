"""The final points of a class, for the systems that schools use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from examgen.answers.sheets.decoding import decode
from examgen.answers.sheets.sheet import SheetFault
from examgen.cli.exam_folder import ExamFolder
from examgen.cli.folders import write_lines
from examgen.cli.grading.lateness import late_lines
from examgen.cli.options import Command, gathered
from examgen.documents.exports import (
    Final,
    canvas_table,
    gradescope_table,
    moodle_table,
    read_export,
    totals_table,
)
from examgen.documents.grades_table import place
from examgen.faults import Fault, visible
from examgen.grading.gradebook.schema import open_gradebook
from examgen.grading.gradebook.standing import Earned, Standing, Terms, read_terms, totals

CANVAS = "canvas.csv"
MOST_NAMED = 30
"""How many students without a sheet are named."""
LARGEST = 50_000_000
"""Bytes of an export."""


@dataclass(frozen=True)
class Exports:
    """Which tables are wanted."""

    canvas: Path | None = None
    """Canvas's own export, whose students get their points."""
    column: str = ""
    """The assignment in it; the exam's title unless it is said."""
    gradescope: bool = False
    moodle: bool = False


EXPORT_OPTIONS = (
    click.option(
        "--canvas",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="The gradebook that Canvas exported; it is written back with one column filled.",
    ),
    click.option(
        "--column", default="", help="That column, as in 'Midterm (4711)'.  [default: title]"
    ),
    click.option("--gradescope", is_flag=True, help="Write gradescope.csv."),
    click.option("--moodle", is_flag=True, help="Write moodle.csv."),
)


def export_options(command: Command) -> Command:
    """Give a command options for tables, which it gets as its `wanted`."""
    return gathered("wanted", Exports, EXPORT_OPTIONS)(command)


def write_exports(
    book: sqlite3.Connection, folder: ExamFolder, output: Path, here: int, wanted: Exports
) -> Iterator[str]:
    """Write the tables; a line for each, and for every student that a table lacks.

    *here* are the sheets that stand in grades.csv.
    """
    terms, exam = read_terms(book), folder.any_form
    yield from write_totals(book, folder, output, here, terms)
    yield from absent_lines(book, folder)
    yield from late_lines(book, terms)
    if wanted.moodle:
        lines = moodle_table(finals(book, folder, terms), exam.blueprint.title)
        yield from written(output / "moodle.csv", lines)
    if wanted.gradescope:
        lines = gradescope_table(finals(book, folder, terms), exam.points, worth(book))
        yield from written(output / "gradescope.csv", lines)
    if wanted.canvas:
        column = wanted.column or exam.blueprint.title
        export = read_export(read_text(wanted.canvas))
        source = wanted.canvas.name
        final_points = finals(book, folder, terms)
        text, notes = canvas_table(export, final_points, column, exam.points, source)
        yield from written(output / CANVAS, [text])
        yield from (f"  {visible(each)}" for each in notes)


def write_totals(
    book: sqlite3.Connection, folder: ExamFolder, output: Path, here: int, terms: Terms
) -> Iterator[str]:
    """Write what everybody has, where grades.csv does not say it.

    That is where there are other sheets than those *here*, or somebody has handed in twice.
    """
    table = output / "totals.csv"
    sheets, students = counts(book)
    is_plain = folder.register.is_single and terms == Terms() and here == sheets == students
    if not is_plain or table.exists():
        labels = worth(book)
        points = folder.any_form.points
        lines = totals_table(finals(book, folder, terms), points, list(labels))
        yield from written(table, lines)
    if here < sheets:
        of_run = "the sheet" if here == 1 else f"the {here} sheets"
        yield f"  grades.csv has {of_run} of this run, totals.csv has all students"


def exported(kept: Path, folder: ExamFolder, output: Path, here: int, wanted: Exports) -> list[str]:
    """The same from the gradebook at a path, for a process of its own."""
    with open_gradebook(kept, exam=folder.id) as book:
        return list(write_exports(book, folder, output, here, wanted))


def counts(book: sqlite3.Connection) -> tuple[int, int]:
    """How many sheets are marked in all, and of how many students."""
    sheets, students = book.execute(
        "SELECT count(*), count(DISTINCT student COLLATE NOCASE) FROM submission"
        " WHERE marked_with <> ''"
    ).fetchone()
    return sheets, students


def absent_lines(book: sqlite3.Connection, folder: ExamFolder) -> Iterator[str]:
    """A line on those of the roster of whom no sheet is graded."""
    roster = [each.id for each in folder.register.forms if each.id]
    graded = book.execute("SELECT DISTINCT student FROM submission WHERE marked_with <> ''")
    present = {student.casefold() for (student,) in graded}
    absent = [each for each in roster if each.casefold() not in present]
    if absent and present:
        more = f", … ({len(absent) - MOST_NAMED} more)" if len(absent) > MOST_NAMED else ""
        named = visible(", ".join(absent[:MOST_NAMED]))
        yield f"  no sheet is graded of {len(absent)} of {len(roster)} students: {named}{more}"


def written(path: Path, lines: Iterable[str]) -> Iterator[str]:
    """Write a table and say where it is."""
    write_lines(path, lines)
    yield f"  {path}"


def read_text(path: Path) -> str:
    """The text of an export."""
    try:
        return decode(path.read_bytes(), LARGEST)
    except SheetFault as fault:
        raise Fault(str(path), str(fault), "the CSV file that Canvas exports") from None
    except OSError as error:
        raise Fault(str(path), f"it cannot be read ({error.strerror})") from error


def finals(book: sqlite3.Connection, folder: ExamFolder, terms: Terms) -> Iterator[Final]:
    """The final points of every student."""
    emails = {each.id.casefold(): each.email for each in folder.register.forms if each.id}
    return (final(each, emails) for each in totals(book, terms))


def final(each: Standing[Earned], emails: dict[str, str]) -> Final:
    """The final points of one student."""
    submission = each.submission
    return Final(
        id=submission.student,
        name=submission.name,
        email=emails.get(submission.student.casefold(), ""),
        form=submission.form,
        attempts=each.attempts,
        days_late=each.days_late,
        points=each.points,
        by_label=each.sheet.by_label,
    )


def worth(book: sqlite3.Connection) -> dict[str, int]:
    """What each part is worth, in printed order; forms may differ in the rows of a table."""
    rows = book.execute("SELECT label, max(possible) FROM mark GROUP BY label")
    return dict(sorted(rows, key=lambda row: place(row[0])))
