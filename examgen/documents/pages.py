"""The pages of an exam: paper and answer sheet for students, key and solutions for instructors."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from examgen.documents.answer_sheet import lay_out_sheet
from examgen.documents.escaping import latex, typst
from examgen.documents.figures import svg_file
from examgen.documents.fixed_layout import for_boxes, plan, write_regions
from examgen.documents.foreign import check_foreign
from examgen.documents.keys import add_keys
from examgen.documents.layout import Document
from examgen.documents.look import Look
from examgen.documents.markdown.github import for_github
from examgen.documents.paper import lay_out
from examgen.documents.solutions import to_hand_out
from examgen.documents.templates import Target, fill
from examgen.documents.writers import Done
from examgen.exams.exam import Exam
from examgen.exams.roster import Student

TARGETS: dict[str, Target] = {
    "txt": "plain",
    "md": "markdown",
    "tex": "latex",
    "html": "html",
    "typ": "typst",
}
CAN_PRINT = {"tex": latex.can_print, "typ": typst.can_print}
"""The formats for print, whose papers have a fixed layout where one is asked for, and what tells
which texts their fonts have."""
LOOK = Look()


def write_pages(
    exam: Exam,
    formats: Iterable[str] = ("md", "tex"),
    student: Student | None = None,
    look: Look = LOOK,
    *,
    solutions: bool = False,
) -> dict[str, str]:
    """The text of every page, by its path within the exam's folder; *student* is to sit it.

    With *solutions* also those to hand out afterwards: they, too, are kept by the instructor.

    Under student/ stands neither the seed nor anything of the key. Raises `Fault` where the
    installed code does not know an item's problem, or a bank's text is not fit for a page.
    """
    for item in exam.items:
        check_foreign(item)
    paper = lay_out(exam, student)
    key, sheet = add_keys(paper, exam), lay_out_sheet(exam, student)
    pages = {"student/answers.txt": write("txt", "answers", look, sheet=sheet)}
    fixed = plan(paper, look.answer_space) if look.layout == "fixed" else None
    for each in formats:
        page = with_lines(paper, CAN_PRINT[each]) if each in CAN_PRINT else paper
        if fixed and each in CAN_PRINT:
            text = write(each, "fixed", look, page=for_boxes(page), fixed=fixed)
            pages["instructor/regions.json"] = write_regions(fixed)
        else:
            text = write(each, "paper", look, page=page)
        pages[f"student/paper.{each}"] = text
        pages[f"instructor/key.{each}"] = write(each, "key", look, page=key)
        if solutions:
            pages[f"instructor/solutions.{each}"] = write(
                each, "solutions", look, page=to_hand_out(key)
            )
    if "md" in formats:
        pages |= figure_files(paper)
    return pages


def with_lines(paper: Document, can_print: Callable[[str], bool]) -> Document:
    """The paper, with a line to write on for a name or an id that cannot be printed."""
    front = paper.front
    if can_print(front.name) and can_print(front.id):
        return paper
    name, id_ = (each if can_print(each) else "" for each in (front.name, front.id))
    return replace(paper, front=replace(front, name=name, id=id_))


def write(suffix: str, name: str, look: Look, **values: Any) -> str:
    """One page from its skeleton."""
    page = write_piece(suffix, name, look, **values)
    return for_github(page) if suffix == "md" and look.flavor == "github" else page


def write_piece(suffix: str, name: str, look: Look, **values: Any) -> Done:
    """A piece of a page from a skeleton of its own; in Markdown its formulas are `$…$` as yet."""
    target = TARGETS[suffix]
    folder = "" if target == "plain" else f"{target}/"
    if suffix == "tex" and look.style == "exam":
        folder += "exam/"
    return fill(target, f"{folder}{name}.{suffix}.jinja", look.templates, **values)


def figure_files(paper: Document) -> dict[str, str]:
    """The figures that Markdown pages refer to, beside the paper and beside the key."""
    written = {number: svg_file(figure) for number, figure in paper.figures.items()}
    return {
        f"{room}/figures/{number}.svg": text
        for number, text in written.items()
        for room in ("student", "instructor")
    }
