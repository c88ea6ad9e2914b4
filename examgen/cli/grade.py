"""`examgen grade`: answer sheets become marks in the gradebook, feedback, and tables of grades."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from examgen.cli import options
from examgen.cli.codes import DONE, FINDINGS
from examgen.cli.exam_folder import ExamFolder, check_key
from examgen.cli.folders import check_writable, write_lines
from examgen.cli.grading.final_points import CANVAS, Exports, export_options, exported
from examgen.cli.grading.found_files import find_files
from examgen.cli.grading.grading_run import Run, grade
from examgen.cli.grading.last_run import is_last, note
from examgen.cli.grading.marking_pool import Feedback
from examgen.cli.grading.replacing import check_replaced
from examgen.cli.grading.taking_in import TakenIn, everything, take_in
from examgen.cli.looks import look_options
from examgen.cli.options import some_of
from examgen.cli.pools import Workers
from examgen.documents.grades_table import write_csv
from examgen.documents.look import Look
from examgen.documents.summary import Tally, write_summary
from examgen.faults import Fault
from examgen.grading.gradebook.schema import files_of, open_gradebook
from examgen.grading.gradebook.submissions import withdraw
from examgen.grading.report import report

FORMATS = ("md", "html")


@click.command()
@options.exam
@click.argument("sheets", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="[default: grades/ beside exam.json]"
)
@click.option("--no-solutions", is_flag=True, help="Leave the worked solutions out of feedback.")
@click.option(
    "--recorded-key",
    is_flag=True,
    help="Trust the record for parts whose answer the code no longer computes.",
)
@click.option(
    "--format",
    "formats",
    default="md",
    show_default=True,
    callback=some_of(FORMATS),
    help="The formats of the feedback: md, html, or md,html.",
)
@click.option(
    "--gradebook",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The database of all submissions and marks.  [default: gradebook.sqlite beside exam.json]",
)
@export_options
@click.option("--anew", is_flag=True, help="Mark every sheet again, changed or not.")
@options.families
@options.jobs
@options.scheduler
@look_options
@options.as_json
def command(
    exam: Path,
    sheets: tuple[Path, ...],
    output: Path | None,
    no_solutions: bool,
    recorded_key: bool,
    formats: tuple[str, ...],
    gradebook: Path | None,
    wanted: Exports,
    anew: bool,
    jobs: int,
    scheduler: str,
    look: Look,
    as_json: bool,
) -> int:
    """Grade SHEETS (files, folders, zip archives) handed in for EXAM, its folder or its exam.json.

    Everything handed in is kept in the gradebook; what is marked there is marked again only where
    the key has changed. Without SHEETS everything in the gradebook is brought up to date.
    """
    folder = ExamFolder.at(exam)
    feedback = Feedback(formats, not no_solutions, look)
    run = Run(folder, output or folder.grades, feedback, recorded_key, anew, jobs)
    check_output(run, sheets, wanted.canvas)
    check_key(folder, recorded_key=recorded_key)
    kept = gradebook or folder.gradebook
    with open_gradebook(kept, exam=folder.id) as book:
        check_writable(run.output)
        with Workers(jobs, scheduler) as workers:
            files = find_files(sheets, [*folder.rooms, run.output, *files_of(kept)])
            taken = take_in(book, folder, files, workers) if sheets else everything(book)
            check_found(taken, sheets)
            with unless_refused(book, taken):
                check_replaced(book, run, taken, is_usual=is_last(book, kept, run))
            note(book, kept, run)
            grades = grade(book, run, taken, workers)
            here = len(grades.sheets)
            exports = workers.beside(exported, kept, folder, run.output, here, wanted)
            tally = Tally.of(folder.any_form)
            write_lines(run.output / "grades.csv", write_csv(grades, folder.any_form, tally.add))
            # All is written before anything is said: whoever reads may leave early, as `head` does.
            lines = exports()
        click.echo(write_summary(grades, folder.any_form, look, tally), err=as_json)
        click.echo(f"Feedback and grades.csv are in {run.output}", err=as_json)
        for line in lines:
            click.echo(line, err=as_json)
        if as_json:
            for piece in report(grades):
                click.echo(piece, nl=False)
            click.echo()
    return FINDINGS if grades.refused else DONE


def check_found(taken: TakenIn, sheets: Iterable[Path]) -> None:
    """Refuse to write tables of nothing, over those of before, where a folder is empty."""
    if sheets and not taken.submissions and not taken.refused:
        where = ", ".join(map(str, sheets))
        raise Fault(where, "there is no file in it", "the folder that sheets were handed in to")


@contextmanager
def unless_refused(book: sqlite3.Connection, taken: TakenIn) -> Iterator[None]:
    """Keep what was taken in unless a fault is found: then nothing is done.

    What feedback replaces is known only when all that is handed in is.
    """
    try:
        yield
    except Fault:
        withdraw(book, taken.new)
        raise


def check_output(run: Run, sheets: Iterable[Path], canvas: Path | None) -> None:
    """Refuse to write feedback among the sheets: it would replace some, and be read as others.

    Nor is Canvas's own table replaced by the one that is filled in.
    """
    output = run.output.resolve()
    for each in sheets:
        folder = each if each.is_dir() else each.parent
        is_alike = each.is_dir() or each.suffix.lower().removeprefix(".") in run.feedback.formats
        if is_alike and folder.resolve() == output:
            found = "feedback would lie among the sheets and be read as sheets"
            raise Fault(str(run.output), found, "another folder for -o")
    if canvas and canvas.resolve() == output / CANVAS:
        raise Fault(str(canvas), "the table to be filled in would be replaced", "another -o")
