"""Many midterms in one document: nothing sticks out of the page, in any style or engine."""

from pathlib import Path
from typing import get_args

import pytest

from examgen.documents.look import Style
from examgen.documents.pdf.typst import Typst
from examgen.documents.templates import fill
from tests.documents.exams import together
from tests.documents.typeset import read_pdf, typeset

FEW, MANY = range(6), range(100)
SWEEPS = (FEW, pytest.param(MANY, marks=pytest.mark.slow))
KINDS = ("paper", "key")
MARGIN = 540
"""Where the text of a letter page ends, in points from the left."""
pytestmark = pytest.mark.tex


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
