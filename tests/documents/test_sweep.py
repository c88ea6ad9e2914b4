"""Many midterms in one document: nothing sticks out of the page, in any style or engine."""

from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from examgen.documents.keys import add_keys
from examgen.documents.layout import Document
from examgen.documents.look import Style
from examgen.documents.paper import lay_out
from examgen.documents.pdf.typst import Typst
from examgen.documents.templates import fill
from examgen.exams.assembly import assemble
from examgen.exams.blueprint_file import find_blueprint
from tests.documents.typeset import read_pdf, typeset

FEW, MANY = range(6), range(100)
SWEEPS = (FEW, pytest.param(MANY, marks=pytest.mark.slow))
KINDS = ("paper", "key")
MARGIN = 540
"""Where the text of a letter page ends, in points from the left."""
pytestmark = pytest.mark.tex


def together(seeds: range, kind: str) -> Document:
    """The sections of all these seeds' midterms, as one paper or key."""
    exams = [assemble(find_blueprint("midterm"), str(seed)) for seed in seeds]
    pages = [lay_out(exam) for exam in exams]
    if kind == "key":
        pages = [add_keys(page, exam) for page, exam in zip(pages, exams, strict=True)]
    return replace(pages[0], sections=tuple(each for page in pages for each in page.sections))


@pytest.mark.usefixtures("pdflatex")
@pytest.mark.parametrize("seeds", SWEEPS, ids=len)
@pytest.mark.parametrize("style", get_args(Style))
@pytest.mark.parametrize("kind", KINDS)
def test_no_box_of_latex_is_overfull(kind: str, style: Style, seeds: range, tmp_path: Path) -> None:
    folder = "latex/exam" if style == "exam" else "latex"
    source = fill("latex", f"{folder}/{kind}.tex.jinja", page=together(seeds, kind))
    assert typeset(source, tmp_path, passes=1).overfull <= 1


@pytest.mark.usefixtures("typst", "pdftotext")
@pytest.mark.parametrize("seeds", SWEEPS, ids=len)
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_of_typst_is_in_the_margin(kind: str, seeds: range) -> None:
    source = fill("typst", f"typst/{kind}.typ.jinja", page=together(seeds, kind))
    assert read_pdf(Typst().typeset(source, kind).pdf).right <= MARGIN + 4
