"""What the LaTeX skeletons ask about widths and heights."""

import pytest

from examgen.documents.latex.pages import cell_height, columns, option_share, work_space
from examgen.documents.layout import Formula, OptionLine, PartPage, Prose, Row, TablePage


def options(*texts: str) -> tuple[OptionLine, ...]:
    return tuple(
        OptionLine(letter, Formula(text)) for letter, text in zip("ABCDEF", texts, strict=False)
    )


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("-5", "0.247"),
        ("(16, 28, 28)", "0.247"),
        (r"\frac{e^{2} + 3 e^{3} + e^{5}}{1 + e^{2} + e^{3}}", "0.247"),
        (r"\begin{bmatrix} 10 & 20 & 30 & 40 & 50 \end{bmatrix}", "0.495"),
        (r"\begin{bmatrix} 1 & 2 & 3 \\ 4 & 5 & 6 \end{bmatrix}", "0.247"),
        ("1" * 60, "0.99"),
    ],
)
def test_as_many_options_side_by_side_as_fit(text: str, share: str) -> None:
    assert option_share(options("1", text, "2", "3")) == share


def test_odd_numbers_of_options_have_their_columns() -> None:
    assert option_share(options("1", "2", "3")) == "0.330"
    assert option_share(options(*"123456")) == "0.165"
    assert option_share(options("1" * 20, *"23456")) == "0.330"


def table(*titles: str, headings: int = 2) -> TablePage:
    cell = PartPage("7a", 1, Prose("$z$"))
    rows = tuple(Row(Prose(title), (cell,) * headings) for title in titles)
    return TablePage((Prose("$z$"),) * headings, rows)


def test_the_title_column_is_as_wide_as_its_titles() -> None:
    assert columns(table("1", "2")) == "|S{0.120}|*{2}{S{0.440}|}"
    assert columns(table("Layer 1, `BatchNorm2d`")) == "|S{0.283}|*{2}{S{0.359}|}"
    assert columns(table("x" * 90, headings=3)) == "|S{0.450}|*{3}{S{0.183}|}"


def test_more_points_more_room_but_never_a_page() -> None:
    assert work_space(1) == "1.7cm"
    assert work_space(4) == "4.1cm"
    assert work_space(40) == "8.0cm"


def test_the_cells_of_a_long_table_are_lower() -> None:
    assert cell_height(table("1", "2", "3", "4")) == "13mm"
    assert cell_height(table("1", "2", "3", "4", "5")) == "9mm"
