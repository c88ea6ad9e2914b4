"""Printed items, seen with what a drawn exam may not have: no stem, tall options, a bare letter."""

from collections.abc import Callable
from pathlib import Path

import pytest

from examgen.documents.layout import (
    Formula,
    ItemPage,
    Key,
    KnownMistake,
    OptionLine,
    PartPage,
    Prose,
)
from examgen.documents.paper import lay_out
from examgen.documents.pdf.typst import Typst
from examgen.documents.templates import fill
from tests.documents.exams import small_exam
from tests.documents.typeset import Typeset, read_pdf, typeset

ROW = 12
"""Points, at least, from a row of a matrix to the next."""
SKELETONS = ("latex/items.tex.jinja", "latex/exam/items.tex.jinja", "typst/items.typ.jinja")


def column(first: int) -> Formula:
    """A matrix in whose first column are this number and the next two."""
    rows = r" \\ ".join(f"{first + row} & 1000000 & 1000000" for row in range(3))
    return Formula(rf"\begin{{bmatrix}} {rows} \end{{bmatrix}}")


def closed(stem: str = "", key: Key | None = None) -> ItemPage:
    """A question with tall options, of which two stand on a line."""
    options = tuple(
        OptionLine(letter, column(first))
        for letter, first in zip("ABCD", (11, 21, 31, 41), strict=True)
    )
    part = PartPage("1", 5, Prose("Which is it?"), options, key)
    return ItemPage(1, "", 5, Prose(stem), (part,), closed=True)


def written(skeleton: str, item: ItemPage) -> str:
    """An item by one of the skeletons."""
    return fill("typst" if skeleton.startswith("typst") else "latex", skeleton, items=[item])


@pytest.mark.parametrize(
    ("skeleton", "number"),
    [(SKELETONS[0], r"\marked{1}{5 points}"), (SKELETONS[2], "#marked[1][5 points]")],
)
def test_without_a_stem_the_question_follows_its_number(skeleton: str, number: str) -> None:
    assert f"{number}Which is it" in written(skeleton, closed())
    assert f"{number}A stem\n\nWhich is it" in written(skeleton, closed("A stem"))


@pytest.mark.parametrize(
    ("points", "is_array", "room"), [(1, False, 17), (1, True, 25), (4, True, 41)]
)
def test_an_array_has_room_for_its_rows(points: int, is_array: bool, room: int) -> None:
    part = PartPage("1a", points, Prose("Compute $Q$."), is_array=is_array)
    item = ItemPage(1, "Sums", points, Prose("A stem."), (part,), closed=False)
    for skeleton in SKELETONS:
        assert f"{room / 10}cm" in written(skeleton, item)
    assert f"--room:{room}" in fill("html", "html/items.html.jinja", items=[item])


@pytest.mark.parametrize("skeleton", SKELETONS)
def test_a_mistake_of_which_the_letter_says_all_has_no_comma(skeleton: str) -> None:
    mistake = KnownMistake.of("guesses", "", "That is a guess.", "0 points", "C")
    text = written(skeleton, closed(key=Key(Formula("5"), "A", Prose("So."), (mistake,))))
    letter = "#strong[C]" if skeleton.startswith("typst") else r"\textbf{C}"
    assert f"If you got {letter} (guesses" in text


def by_latex(folder: Path) -> Typeset:
    """The question as LaTeX sets it."""
    preamble = fill("latex", "latex/preamble.tex.jinja", page=lay_out(small_exam()))
    body = written(SKELETONS[0], closed())
    return typeset(f"{preamble}\n\\begin{{document}}\n{body}\\end{{document}}\n", folder)


def by_typst(_: Path) -> Typeset:
    """The question as Typst sets it."""
    preamble = fill("typst", "typst/preamble.typ.jinja", page=lay_out(small_exam()))
    source = f"{preamble}\n{written(SKELETONS[2], closed())}"
    return read_pdf(Typst().typeset(source, "page").pdf)


@pytest.mark.tex
@pytest.mark.usefixtures("pdftotext")
@pytest.mark.parametrize(("engine", "needs"), [(by_latex, "pdflatex"), (by_typst, "typst")])
def test_tall_options_do_not_touch_those_below(
    engine: Callable[[Path], Typeset], needs: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    request.getfixturevalue(needs)
    tops = {word.strip("[]"): top for word, _, top in engine(tmp_path).words}
    assert tops["11"] == pytest.approx(tops["21"], abs=1)
    assert tops["31"] - tops["13"] > ROW + 6
