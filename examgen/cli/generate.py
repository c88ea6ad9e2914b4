"""`examgen generate`: draw a practice exam and write its folder."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import get_args

import click

from examgen.cli import options
from examgen.cli.drawing.class_folders import Job, path_in_class
from examgen.cli.drawing.generate_class import generate_class, seated
from examgen.cli.drawing.overwriting import check_place, keep_graded
from examgen.cli.drawing.steering import (
    Steering,
    blueprint_of,
    class_in,
    exam_in,
    steered,
    steering_options,
)
from examgen.cli.folders import OUTLINE, RECORD, write_exam
from examgen.cli.looks import check_printed, look_options, paper_options
from examgen.cli.options import some_of
from examgen.documents import platforms
from examgen.documents.images import images_of
from examgen.documents.look import Look
from examgen.documents.pages import write_pages
from examgen.documents.pdf.choosing import Wanted, choose
from examgen.documents.pdf.engine import Engine, typeset_all
from examgen.documents.pdf.outline import check
from examgen.exams.additions import open_catalog
from examgen.exams.assembly import assemble, exam_id
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.forms import plan
from examgen.exams.record import write_record
from examgen.exams.roster import Student
from examgen.faults import Fault, visible
from examgen.questions.levels import Level

PAGES = ("md", "tex", "html", "typ")
FORMATS = (*PAGES, "pdf", *platforms.FILES)
USUAL = ("md", "tex")
BLUEPRINT = "midterm"

format_option = click.option(
    "--format",
    "formats",
    callback=some_of(FORMATS),
    help=f"One or several of {', '.join(FORMATS)}.  [default: those that the exam has, else "
    f"{','.join(USUAL)}]",
)
pdf_engine_option = click.option(
    "--pdf-engine",
    type=click.Choice(get_args(Wanted)),
    default="auto",
    show_default=True,
    help="What typesets the PDF.",
)
solutions_option = click.option(
    "--solutions",
    is_flag=True,
    help="Also write the worked solutions to hand out: the key without seed and credits.",
)


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("exam"),
    show_default=True,
    help="The folder to write.",
)
@options.seed
@click.option("--blueprint", help=f"A shipped blueprint or a TOML file.  [default: {BLUEPRINT}]")
@options.level
@options.banks
@options.families
@steering_options
@format_option
@pdf_engine_option
@solutions_option
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV file of the class (Canvas, Gradescope or your own): a form for each student.",
)
@click.option("--forms", type=click.IntRange(1, 20_000), help="How many forms to write: A, B, C, …")
@options.jobs
@options.scheduler
@look_options
@paper_options
@click.option("--force", is_flag=True, help="Overwrite an existing exam.")
@options.as_json
def command(
    output: Path,
    seed: str | None,
    blueprint: str | None,
    level: Level | None,
    banks: tuple[Path, ...],
    steering: Steering,
    formats: tuple[str, ...],
    pdf_engine: Wanted,
    solutions: bool,
    roster: Path | None,
    forms: int | None,
    jobs: int,
    scheduler: str,
    look: Look,
    force: bool,
    as_json: bool,
) -> None:
    """Draw a practice exam and write paper, answer sheet and key into a folder.

    OUTPUT/student/ can be handed out as it is; OUTPUT/instructor/ holds the record, the key and the
    seed. With --roster or --forms both have a folder for each form, and forms that are already
    there are completed, not drawn again. Without --seed, --redraw, --include, --exclude and the
    forms of a class go on from the exam in OUTPUT: its seed, its blueprint and formats unless
    others are named, and what was redrawn, included and excluded before.
    """
    is_class = bool(roster or forms)
    before = None
    if seed is None and (is_class or steering.is_any):
        before = class_in(output) if is_class else exam_in(output)
    if not formats:
        formats = formats_of(output, before.form if is_class else "") if before else USUAL
    check_printed(look, formats)
    engine = choose(pdf_engine, look) if "pdf" in formats else None
    if engine:
        click.echo(f"PDF: {engine.title}", err=as_json)
    pages = partial(all_pages, formats=formats, engine=engine, look=look, solutions=solutions)
    catalog = open_catalog(banks)
    if before and blueprint is None:
        begun = blueprint_of(before, output, banks)
    else:
        begun = find_blueprint(blueprint or BLUEPRINT, catalog)
    drawn_from = replace(steered(begun, steering), banks=catalog.digests).at_level(level)
    if seed is None:
        seed = before.seed if before else secrets.token_hex(16)
    if is_class:
        sittings = seated(roster, forms)
        make_room(output, exam_id(drawn_from, seed, ""), look, force=force)
        shared = plan(drawn_from, seed, catalog)
        job = Job(output, shared, pages, expected_pages(formats, solutions), banks, force)
        generate_class(job, sittings, jobs, scheduler, as_json=as_json)
        return
    check_place(output)
    exam = assemble(drawn_from, seed, catalog=catalog)
    files = {**pages(exam), RECORD.as_posix(): write_record(exam)}
    if force:
        keep_graded(output, exam.id)
    write_exam(output, files, force=force)
    tell(exam, [output / name for name in files], engine, as_json=as_json)


def make_room(folder: Path, class_id: str, look: Look, *, force: bool) -> None:
    """Make room for the forms of a class, or refuse those that do not go with what is there."""
    if force:
        keep_graded(folder, class_id)
        (folder / OUTLINE).unlink(missing_ok=True)
    elif look.layout != "fixed" and (folder / OUTLINE).exists() and class_in(folder):
        found = "the forms that are there have the fixed layout"
        raise Fault(str(folder), found, "--layout fixed, and the answer space they have")


def formats_of(folder: Path, form: str = "") -> tuple[str, ...]:
    """The formats that the exam in a folder has, of a class this *form*; else the usual ones."""
    pages = {**{each: f"student/paper.{each}" for each in (*PAGES, "pdf")}, **platforms.FILES}
    paths = {each: path_in_class(page, form) if form else page for each, page in pages.items()}
    return tuple(each for each in FORMATS if (folder / paths[each]).exists()) or USUAL


def tell(exam: Exam, files: Sequence[Path], engine: Engine | None, *, as_json: bool) -> None:
    """Say what was written, and from which seed."""
    click.echo(f"{exam.blueprint.title}, exam {exam.id}, seed {visible(exam.seed)}", err=as_json)
    for path in files:
        click.echo(f"  {path}", err=as_json)
    if as_json:
        report = {
            "exam": exam.id,
            "form": exam.form,
            "seed": exam.seed,
            "possible": exam.points,
            "pdf_engine": engine.name if engine else None,
            "files": list(map(str, files)),
        }
        click.echo(json.dumps(report, ensure_ascii=False))


def expected_pages(formats: tuple[str, ...], solutions: bool) -> tuple[str, ...]:
    """The pages that every exam in these formats has."""
    pages = ("student/paper", "instructor/key", *("instructor/solutions",) * solutions)
    written = (f"{page}.{each}" for each in formats if each in (*PAGES, "pdf") for page in pages)
    files = (platforms.FILES[each] for each in formats if each in platforms.FILES)
    return ("student/answers.txt", *written, *files)


def all_pages(
    exam: Exam,
    student: Student | None = None,
    *,
    formats: tuple[str, ...],
    engine: Engine | None,
    look: Look,
    solutions: bool,
) -> dict[str, str | bytes]:
    """The pages in every format, by their paths; the PDFs by *engine*."""
    texts = [each for each in formats if each in PAGES]
    files = platforms.write_platforms(exam, [each for each in formats if each in platforms.FILES])
    sources = texts if engine is None else dict.fromkeys([*texts, engine.source])
    pages = write_pages(exam, sources, student, look, solutions=solutions)
    if engine is None:
        return {**with_images(pages, look), **files}
    typeset = {name: text for name, text in pages.items() if name.endswith(f".{engine.source}")}
    asked = {
        name: text for name, text in pages.items() if engine.source in texts or name not in typeset
    }
    made = typeset_all(engine, typeset, images_of(look.templates, typeset.values()))
    if OUTLINE in pages:
        check(pages[OUTLINE], made["student/paper.pdf"].corners, "student/paper.pdf")
    pdfs = {name: each.pdf for name, each in made.items()}
    return {**with_images(asked, look), **pdfs, **files}


def with_images(pages: Mapping[str, str], look: Look) -> dict[str, str | bytes]:
    """The pages, and beside them the instructor's own images that they name."""
    images = images_of(look.templates, pages.values())
    rooms = ("student", "instructor")
    return {**pages, **{f"{room}/{path}": images[path] for room in rooms for path in images}}
