"""How wide formulas and texts are, compared with TeX itself."""

import re
import subprocess
from pathlib import Path

import pytest

from examgen.documents.items import lay_out_item
from examgen.documents.latex.pages import WRITERS
from examgen.documents.layout import Formula, Prose, TablePage
from examgen.documents.notation.checking import checked
from examgen.documents.notation.tree import tree
from examgen.documents.notation.widths import CHARACTER, formula_width, row_width, width
from examgen.documents.paper import lay_out
from examgen.documents.templates import fill
from tests.documents.exams import small_exam
from tests.families.drawn import CASES, item


@pytest.mark.parametrize(
    ("text", "characters"),
    [
        (Formula("1"), 2),
        (Formula("-5"), 3),
        (Formula(r"\frac{e^{2} + 3 e^{3}}{7}"), 9),
        (Formula(r"\begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 60 \end{bmatrix}"), 11),
        (
            Formula(
                r"\left[ \begin{matrix} 1 & 2 \end{matrix}, \begin{matrix} 3 \end{matrix} \right]"
            ),
            14,
        ),
        (Prose("a word"), 6),
        (Prose("a **word**"), 6),
        (Prose("Layer 1, `Conv2d`"), 16),
        (Prose("Block $l = 1$"), 11),
    ],
)
def test_widths_in_characters(text: Prose | Formula, characters: int) -> None:
    assert width(text) == characters


@pytest.mark.parametrize(
    "rows",
    [
        ["1"],
        ["1 & -2 & 3", "40 & 5 & -6"],
        [r"\frac{1}{2} & -\frac{13}{4}", r"-\infty & 0"],
        ["1 & 2", "3"],
        ["a & b_1", "c^2 & d'"],
        [r"e^{2} & 1 + e", r"\sqrt{2} & 1"],
        [" & 1", "2 & 3"],
        [r"\text{a & b} & 1"],
    ],
)
def test_a_matrix_of_numbers_is_as_wide_as_any_formula(rows: list[str]) -> None:
    matrix = r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"
    assert formula_width(matrix) == row_width(tree(checked(matrix)))


def texts() -> list[Prose | Formula]:
    """Options of every family and titles of their tables, each once."""
    found: dict[Prose | Formula, None] = {}
    pages = (lay_out_item(item(family, level, seed)) for family, level in CASES for seed in (1, 2))
    for block in (each for page in pages for each in page.blocks):
        if isinstance(block, TablePage):
            found |= dict.fromkeys(row.title for row in block.rows)
        else:
            found |= dict.fromkeys(option.text for option in block.options)
    return list(found)


def test_a_text_and_a_formula_that_read_the_same_have_widths_of_their_own() -> None:
    """Widths are kept, and an exam must not depend on which of the two came before."""
    width.cache_clear()
    assert width(Prose("x <= y <= z <= w")) != width(Formula("x <= y <= z <= w"))


@pytest.mark.tex
@pytest.mark.usefixtures("pdflatex")
def test_nothing_is_much_wider_or_narrower_than_thought(tmp_path: Path) -> None:
    """Wider would overlap its neighbour: more than a character is not allowed."""
    asked = texts()
    preamble = fill("latex", "latex/preamble.tex.jinja", page=lay_out(small_exam()))
    boxes = "\n".join(
        f"\\sbox0{{{WRITERS[type(each)](each)}}}\\typeout{{WIDTH \\the\\wd0}}" for each in asked
    )
    (tmp_path / "page.tex").write_text(
        f"{preamble}\\begin{{document}}\n{boxes}\nx\\end{{document}}"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "page"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=600, check=True)
    found = re.findall(r"WIDTH ([\d.]+)pt", done.stdout.decode(errors="replace"))
    assert len(found) == len(asked) > 200
    for text, points in zip(asked, map(float, found), strict=True):
        assert points <= CHARACTER * (width(text) + 1), text
        assert points >= CHARACTER * (0.7 * width(text) - 2), text
