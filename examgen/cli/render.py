"""`examgen render`: the pages of an exam drawn before, in other formats or another look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import get_args

import click

from examgen.cli.classes import path_in_class
from examgen.cli.exam_folder import ExamFolder, load, owner
from examgen.cli.folders import RECORD, write_file
from examgen.cli.generate import FORMATS, all_pages
from examgen.cli.looks import chosen, look_options, paper_options
from examgen.cli.options import some_of
from examgen.documents.look import Flavor, Layout, Style
from examgen.documents.pdf.choosing import Wanted, choose
from examgen.faults import Fault


@click.command()
@click.argument("exam", type=click.Path(exists=True, path_type=Path))
@click.option("--format", "formats", default="md,tex", show_default=True, callback=some_of(FORMATS))
@click.option("--pdf-engine", type=click.Choice(get_args(Wanted)), default="auto")
@look_options
@paper_options
def command(
    exam: Path,
    formats: tuple[str, ...],
    pdf_engine: Wanted,
    flavor: Flavor,
    templates: Path | None,
    style: Style,
    layout: Layout,
    answer_space: float,
) -> None:
    """Write the pages of EXAM again, from its record; of a class, those of every form.

    Nothing is drawn: the questions, their numbers and the key stay as they are.
    """
    look = replace(chosen(flavor, templates), style=style, layout=layout, answer_space=answer_space)
    engine = choose(pdf_engine, look) if "pdf" in formats else None
    folder = ExamFolder.at(exam)
    root = folder.folder.parent
    if folder.folder.name != RECORD.parent.name:
        raise Fault(str(exam), "its record lies alone", "an exam's folder, as `generate` writes it")
    count = 0
    for entry in folder.register.forms:
        drawn = load(folder.record_of(entry.form))
        pages = all_pages(drawn, owner(entry), formats=formats, engine=engine, look=look)
        for name, content in pages.items():
            write_file(root / (name if folder.record else path_in_class(name, entry.form)), content)
            count += 1
    click.echo(f"{count} pages written to {root}")
