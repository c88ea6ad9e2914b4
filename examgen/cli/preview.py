"""`examgen preview`: look at an exam's paper or key in the browser."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path

import click

from examgen.cli import options
from examgen.cli.folders import RECORD, read_exam
from examgen.cli.looks import chosen, templates
from examgen.documents.look import Look
from examgen.documents.pages import write_pages
from examgen.exams.exam import Exam
from examgen.faults import Fault, alternatives, visible


@click.command()
@options.exam
@options.families
@click.option("--key", is_flag=True, help="The key instead of the paper.")
@click.option("--form", help="One form of a class.")
@click.option("--no-open", is_flag=True, help="Print the page's path and open nothing.")
@templates
def command(exam: Path, key: bool, form: str | None, no_open: bool, templates: Path | None) -> None:
    """Open EXAM, its folder or its exam.json, as a page in the browser.

    Shows the page that was generated; where there is none, or with --templates, writes one to a
    temporary folder.
    """
    look = chosen("quarto", templates)
    drawn, record = read_exam(of_form(exam, form))
    page = page_beside(record, key=key)
    if templates or not page.exists():
        page = written(drawn, look, key=key)
    if no_open or not webbrowser.open(page.resolve().as_uri()):
        click.echo(page)


def of_form(exam: Path, form: str | None) -> Path:
    """Where the form's record is looked for; a class has one folder for each."""
    rooms = exam / RECORD.parent
    forms = sorted(path.parent.name for path in rooms.glob(f"*/{RECORD.name}"))
    if form is None and forms and not (exam / RECORD).exists():
        some = ", ".join(forms[:8]) + (", …" if len(forms) > 8 else "")
        raise Fault(str(exam), "it holds the forms of a class", f"--form with one of {some}")
    if form is None:
        return exam
    if not forms:
        raise Fault(str(exam), "it is an exam of one form", "no --form")
    known = {each.casefold(): each for each in forms}
    if form.casefold() not in known:
        raise Fault(repr(visible(form)), "no form has this name", alternatives(form, forms))
    return rooms / known[form.casefold()]


def page_beside(record: Path, *, key: bool) -> Path:
    """Where the page of the exam with this record lies, if it was generated."""
    if key:
        return record.parent / "key.html"
    room = record.parent
    if room.parent.name == RECORD.parent.name:
        return room.parent.parent / "student" / room.name / "paper.html"
    return room.parent / "student" / "paper.html"


def written(exam: Exam, look: Look, *, key: bool) -> Path:
    """The page in a temporary folder, where the browser finds it later, too."""
    name = "instructor/key.html" if key else "student/paper.html"
    page = Path(tempfile.mkdtemp(prefix="examgen-")) / Path(name).name
    page.write_text(write_pages(exam, ["html"], look=look)[name], encoding="utf-8")
    return page
