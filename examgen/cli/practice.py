"""`examgen practice`: the next exam, aimed at what went wrong in this one."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import click

from examgen.cli import options
from examgen.cli.drawing.overwriting import check_place, keep_graded
from examgen.cli.exam_folder import ExamFolder, known_gradebook, load_printed
from examgen.cli.folders import RECORD, write_exam
from examgen.cli.generate import USUAL, all_pages, format_option, solutions_option
from examgen.cli.looks import look_options
from examgen.documents.look import Look
from examgen.documents.pdf.choosing import choose
from examgen.documents.reasons import lines_of, write_reasons
from examgen.exams.additions import open_catalog
from examgen.exams.assembly import assemble
from examgen.exams.catalog import Catalog
from examgen.exams.practice import Weaknesses, aim
from examgen.exams.record import write_record
from examgen.faults import Fault, alternatives, visible
from examgen.grading.gradebook.schema import open_gradebook
from examgen.grading.gradebook.standing import Standing, read_terms, standings
from examgen.grading.marks import GradedSheet
from examgen.grading.weaknesses import weaknesses
from examgen.questions.streams import stream

REASONS = "student/why.md"
MOST_NAMED = 30
"""How many ids a message lists where nobody has the one that was asked for."""


@click.command()
@options.exam
@click.option("--student", help="Whose mistakes: an id as in grades.csv.")
@click.option("--class", "whole_class", is_flag=True, help="Everybody's mistakes.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("practice"),
    show_default=True,
    help="The folder to write.",
)
@options.seed
@format_option
@solutions_option
@options.gradebook
@options.banks
@options.families
@look_options
@click.option("--force", is_flag=True, help="Overwrite an existing exam.")
@options.as_json
def command(
    exam: Path,
    student: str | None,
    whole_class: bool,
    output: Path,
    seed: str | None,
    formats: tuple[str, ...],
    solutions: bool,
    gradebook: Path | None,
    banks: tuple[Path, ...],
    look: Look,
    force: bool,
    as_json: bool,
) -> None:
    """Draw a fresh exam in the format of EXAM whose questions aim at what went wrong there.

    Mistakes count most, then weak families and topics. OUTPUT/student/why.md says why each question
    was chosen.
    """
    if (student is None) == (not whole_class):
        raise click.UsageError("either --student ID or --class")
    folder, catalog = ExamFolder.at(exam), open_catalog(banks)
    weak = found_weak(folder, known_gradebook(folder, gradebook), student, catalog)
    seed = secrets.token_hex(16) if seed is None else seed
    formats = formats or USUAL
    engine = choose("auto", look) if "pdf" in formats else None
    blueprint, reasons = aim(
        folder.any_form.blueprint, weak, catalog, stream(seed, "practice", student or "")
    )
    drawn = assemble(blueprint, seed, catalog=catalog)
    files = {
        **all_pages(drawn, formats=formats, engine=engine, look=look, solutions=solutions),
        REASONS: write_reasons(drawn, reasons, weak),
        RECORD.as_posix(): write_record(drawn),
    }
    check_place(output)
    if force:
        keep_graded(output, drawn.id)
    write_exam(output, files, force=force)
    click.echo(f"{drawn.blueprint.title}, exam {drawn.id}, seed {visible(seed)}", err=as_json)
    lines = list(lines_of(drawn, reasons, weak))
    for number, line in enumerate(lines, 1):
        click.echo(f"  {number}. {line}", err=as_json)
    click.echo(f"  {output}", err=as_json)
    if as_json:
        report = {"exam": drawn.id, "seed": seed, "why": lines, "files": sorted(files)}
        click.echo(json.dumps(report, ensure_ascii=False))


def found_weak(
    folder: ExamFolder, gradebook: Path, student: str | None, catalog: Catalog
) -> Weaknesses:
    """What a student, or everybody, got wrong on the sheet that counts."""
    with open_gradebook(gradebook, exam=folder.id) as book:
        names: list[str] = []
        wanted = theirs(standings(book, read_terms(book)), student, names)
        first = next(wanted, None)
        if first is None and not names:
            raise Fault(str(gradebook), "nobody has been graded in it", "`examgen grade` first")
        if first is None:
            known_ids = alternatives(student or "", names)
            raise Fault(
                repr(visible(student or "")), "no student with this id has been graded", known_ids
            )
        everybody = chain([first], wanted)
        return weaknesses(everybody, lambda form: load_printed(folder.record_of(form)), catalog)


def theirs(
    found: Iterable[Standing[GradedSheet]], student: str | None, names: list[str]
) -> Iterator[Standing[GradedSheet]]:
    """What a student has, or everybody; *names* gets the ids of the first who have something."""
    for each in found:
        id_ = each.submission.student
        if len(names) < MOST_NAMED:
            names.append(id_)
        if student is None or id_.casefold() == student.casefold():
            yield each
