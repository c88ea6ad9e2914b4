"""`examgen render`: the pages of an exam drawn before, in other formats or another look."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import click

from examgen.cli import options
from examgen.cli.drawing.class_folders import path_in_class, share
from examgen.cli.exam_folder import ExamFolder, load, owner
from examgen.cli.folders import OUTLINE, RECORD, write_file
from examgen.cli.generate import (
    all_pages,
    format_option,
    formats_of,
    pdf_engine_option,
    solutions_option,
)
from examgen.cli.looks import check_printed, look_options, paper_options
from examgen.documents.look import Look
from examgen.documents.pdf.choosing import Wanted, choose
from examgen.faults import Fault


@click.command()
@options.exam
@format_option
@pdf_engine_option
@solutions_option
@options.families
@look_options
@paper_options
def command(
    exam: Path,
    formats: tuple[str, ...],
    pdf_engine: Wanted,
    solutions: bool,
    look: Look,
) -> None:
    """Write the pages of EXAM again from its record; for a class, those of every form.

    Nothing is drawn: the questions, their numbers and the key stay as they are.
    """
    folder = ExamFolder.at(exam)
    root = folder.folder.parent
    if folder.folder.name != RECORD.parent.name:
        raise Fault(
            str(exam), "only its record is there", "an exam's folder, as `generate` writes it"
        )
    formats = formats or formats_of(root, "" if folder.record else folder.register.forms[0].form)
    check_printed(look, formats)
    engine = choose(pdf_engine, look) if "pdf" in formats else None
    write_all = partial(all_pages, formats=formats, engine=engine, look=look, solutions=solutions)
    count = 0
    if look.layout == "fixed":
        (root / OUTLINE).unlink(missing_ok=True)
    for entry in folder.register.forms:
        drawn = load(folder.record_of(entry.form))
        pages = write_all(drawn, owner(entry))
        for name, content in pages.items():
            own_path = name if folder.record else path_in_class(name, entry.form)
            if name == OUTLINE:
                share(root / name, content, entry.form)
            else:
                write_file(root / own_path, content)
        count += len(pages)
    click.echo(f"{count} files written to {root}")
