"""The first page: what students are told fits on it, and questions begin on the next."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from examgen.documents.look import Look, Style
from examgen.documents.pages import write_pages
from examgen.documents.pdf.typst import Typst
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint, shipped_files
from examgen.exams.exam import Exam
from tests.documents.typeset import Typeset, read_pdf, typeset

pytestmark = pytest.mark.tex
FIRST = "Multiple choice"
LONG = "A rule that takes a whole line of the page, and then goes on to say still more of the same."
Setter = Callable[[Exam, Look], Typeset]


def by_latex(style: Style, folder: Path) -> Setter:
    """LaTeX, with one of its classes."""

    def set_paper(exam: Exam, look: Look) -> Typeset:
        pages = write_pages(exam, ["tex"], look=replace(look, style=style))
        return typeset(pages["student/paper.tex"], folder, passes=5)

    return set_paper


def by_typst(exam: Exam, look: Look) -> Typeset:
    """Typst."""
    source = write_pages(exam, ["typ"], look=look)["student/paper.typ"]
    return read_pdf(Typst().typeset(source, "page").pdf)


@pytest.fixture(params=["article", "exam", "typst"])
def setter(request: pytest.FixtureRequest, tmp_path: Path) -> Setter:
    """One of the ways in which a paper is set."""
    if request.param == "typst":
        request.getfixturevalue("typst")
        request.getfixturevalue("pdftotext")
        return by_typst
    request.getfixturevalue("pdflatex")
    return by_latex(request.param, tmp_path)


@pytest.fixture(scope="module")
def final() -> Exam:
    """The exam with the most conventions."""
    return assemble(find_blueprint("final-second-half"), "front")


def told(page: str) -> str:
    """The text of a page without its line breaks."""
    return " ".join(page.split())


def test_all_conventions_fit_on_the_first_page(setter: Setter, final: Exam) -> None:
    pages = setter(final, Look()).pages
    assert "ln is the natural logarithm" in told(pages[0])
    assert "Conventions" in pages[0]
    assert FIRST in pages[1]


def test_what_fits_no_first_page_is_followed_by_the_questions(
    setter: Setter, final: Exam, tmp_path: Path
) -> None:
    for name in ("latex/paper.tex", "latex/exam/paper.tex", "typst/paper.typ"):
        own = tmp_path / "own" / f"{name}.jinja"
        own.parent.mkdir(parents=True, exist_ok=True)
        rules = f"{LONG}\n\n" * 30
        own.write_text(
            f'<% extends "shipped/{name}.jinja" %>\n'
            f"<% block conventions %>\n<< super() >>\n\n{rules}<% endblock %>\n"
        )
    pages = setter(final, Look(templates=tmp_path / "own")).pages
    first, second, *rest = (told(page).count("A rule that takes") for page in pages)
    assert first + second == 30
    assert min(first, second) > 0
    assert not any(rest)
    assert FIRST in pages[1].split("A rule that takes")[-1]


@pytest.mark.usefixtures("typst", "pdftotext")
@pytest.mark.parametrize("blueprint", shipped_files())
def test_all_pages_of_typst_know_their_numbers(blueprint: str) -> None:
    pages = by_typst(assemble(find_blueprint(blueprint), "numbers"), Look()).pages
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in told(page)
        assert ("Name:" in page.strip().splitlines()[0]) == (number > 1)
