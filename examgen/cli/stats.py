"""`examgen stats`: the item analysis of what was graded."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import click

from examgen.cli import options
from examgen.cli.codes import DONE
from examgen.cli.exam_folder import ExamFolder, known_gradebook, load_printed
from examgen.cli.folders import write_file
from examgen.documents.report.data import as_csv, as_data
from examgen.documents.report.page import write_report
from examgen.documents.report.text import write_overview
from examgen.faults import Fault
from examgen.grading.analysis.analyse import Analysis, analyse
from examgen.grading.gradebook.decisions import in_force, rulings
from examgen.grading.gradebook.outcomes import results
from examgen.grading.gradebook.schema import open_gradebook
from examgen.grading.gradebook.standing import read_terms, standings

FAIRNESS = "fairness.csv"


@click.command()
@options.exam
@options.gradebook
@click.option("--html", "as_page", is_flag=True, help="Write stats.html, with charts.")
@click.option("--csv", "as_table", is_flag=True, help="Write stats.csv, a row for each question.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="[default: grades/ beside exam.json]"
)
@options.as_json
def command(
    exam: Path,
    gradebook: Path | None,
    as_page: bool,
    as_table: bool,
    output: Path | None,
    as_json: bool,
) -> int:
    """Analyse the questions of EXAM: how difficult they were, and what deserves a second look.

    Uses each student's attempt that counts, before any deduction for lateness, and takes all forms
    together. A dropped part is left out, except for its points in the totals; an option that was
    accepted since is right.
    """
    folder = ExamFolder.at(exam)
    found = analysis(folder, known_gradebook(folder, gradebook))
    target = output or folder.grades
    if as_page:
        write_file(target / "stats.html", write_report(found, folder.any_form, folder.id))
    if as_table:
        write_file(target / "stats.csv", as_csv(found))
    click.echo(write_overview(found, folder.any_form, folder.id), err=as_json)
    for name, is_written in (("stats.html", as_page), ("stats.csv", as_table)):
        if is_written:
            click.echo(f"  {target / name}", err=as_json)
    if as_json:
        click.echo(json.dumps(as_data(found, folder.id), ensure_ascii=False))
    return DONE


def analysis(folder: ExamFolder, gradebook: Path) -> Analysis:
    """The analysis of all that counts in a gradebook."""
    with open_gradebook(gradebook, exam=folder.id) as book:
        counted, decided = standings(book, read_terms(book)), rulings(book)
        students = list(
            results(
                counted,
                lambda form: load_printed(folder.record_of(form)),
                lambda form: in_force(decided, form),
            )
        )
    if not students:
        raise Fault(str(gradebook), "nobody has been graded in it", "`examgen grade` first")
    return analyse(students, folder.any_form.points, hand_work(folder))


def hand_work(folder: ExamFolder) -> dict[str, int]:
    """The hand-work of each form in seconds, where it was written down."""
    try:
        text = (folder.folder / FAIRNESS).read_text(encoding="utf-8")
        return {row["form"]: int(row["seconds"]) for row in csv.DictReader(text.splitlines())}
    except FileNotFoundError:
        return {}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise Fault(str(folder.folder / FAIRNESS), f"it cannot be read ({error})") from error
