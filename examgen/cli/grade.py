"""`examgen grade`: answer sheets become feedback, a table of grades and a summary."""

from __future__ import annotations

import json
from pathlib import Path

import click

from examgen.cli.codes import DONE, FINDINGS
from examgen.cli.folders import read_exam, write_file
from examgen.cli.looks import chosen, look_options
from examgen.cli.options import as_json, some_of
from examgen.cli.sheets import feedback_names, find_sheets
from examgen.documents.feedback import write_feedback
from examgen.documents.gradebook import write_csv
from examgen.documents.look import Flavor
from examgen.documents.summary import write_summary
from examgen.faults import Fault
from examgen.grading.grade import grade
from examgen.grading.key_check import stale_parts
from examgen.grading.report import report

FORMATS = ("md", "html")


@click.command()
@click.argument("exam", type=click.Path(exists=True, path_type=Path))
@click.argument("sheets", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="[default: grades/ beside exam.json]"
)
@click.option("--no-solutions", is_flag=True, help="Leave the worked solutions out of feedback.")
@click.option(
    "--recorded-key",
    is_flag=True,
    help="Mark parts whose answer the code no longer computes by the record alone.",
)
@click.option(
    "--format",
    "formats",
    default="md",
    show_default=True,
    callback=some_of(FORMATS),
    help="What feedback is written in: md, html or both.",
)
@look_options
@as_json
def command(
    exam: Path,
    sheets: tuple[Path, ...],
    output: Path | None,
    no_solutions: bool,
    recorded_key: bool,
    formats: tuple[str, ...],
    flavor: Flavor,
    templates: Path | None,
    as_json: bool,
) -> int:
    """Grade SHEETS (files or folders) handed in for EXAM, its folder or its exam.json."""
    look = chosen(flavor, templates)
    drawn, record = read_exam(exam)
    stale = stale_parts(drawn)
    if stale and not recorded_key:
        raise Fault(
            str(record),
            f"this examgen no longer computes the recorded answer of {', '.join(stale)}",
            "the version that drew it, or --recorded-key; nothing was marked",
        )
    grades = grade(drawn, find_sheets(sheets), by_record=frozenset(stale))
    folder = output or record.parent / "grades"
    names = feedback_names([sheet.file for sheet in grades.sheets])
    for sheet, name in zip(grades.sheets, names, strict=True):
        for each in formats:
            text = write_feedback(drawn, sheet, each, solutions=not no_solutions, look=look)
            write_file(folder / f"{name}.{each}", text)
    write_file(folder / "grades.csv", write_csv(grades, drawn))
    click.echo(write_summary(grades, drawn), err=as_json)
    click.echo(f"Feedback and grades.csv are in {folder}", err=as_json)
    if as_json:
        click.echo(json.dumps(report(grades), ensure_ascii=False))
    return FINDINGS if grades.refused else DONE
