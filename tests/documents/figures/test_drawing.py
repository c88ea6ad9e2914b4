"""How figures are laid out, and written as SVG and TikZ."""

import re
from xml.etree import ElementTree

import pytest

from examgen.documents.figures import draw, explicit_svg, inline_svg, svg_file, tikz
from examgen.documents.figures.drawn_chain import GAP, WIDEST, rows
from examgen.documents.figures.drawn_mask import CELL
from examgen.documents.figures.lettering import Run, runs, width
from examgen.documents.figures.placing import boxes, first_free
from examgen.documents.figures.primitives import Bounds, Circle, Path, Text, arrow
from examgen.documents.figures.svg_paths import number, outline
from examgen.faults import Fault
from examgen.questions.figures import (
    Block,
    Chain,
    Curve,
    Edge,
    Figure,
    Graph,
    Grid,
    Grids,
    Group,
    Line,
    Mark,
    Mask,
    Node,
    Plot,
    Point,
    Skip,
    Step,
    Window,
)

HOSTILE = "</text>&\"'<script> \\input{x} %#~^_{} $"


def labels(figure: Figure) -> list[str]:
    return [each.label for each in draw(figure).primitives if isinstance(each, Text)]


@pytest.mark.parametrize(
    ("label", "pieces"),
    [
        ("stride 2", (Run("stride 2"),)),
        ("$w_1$", (Run("w", italic=True), Run("1", shift="_"))),
        ("$h^{(2)}$", (Run("h", italic=True), Run("(2)", shift="^"))),
        ("$x_{ij}$ is", (Run("x", True), Run("ij", True, "_"), Run(" is"))),
        ("$2x + y$", (Run("2"), Run("x", True), Run(" + "), Run("y", True))),
        ("$W^ᵀ$", (Run("W", True), Run("ᵀ", shift="^"))),
        ("", ()),
    ],
)
def test_labels_in_pieces(label: str, pieces: tuple[Run, ...]) -> None:
    assert runs(label) == pieces


def test_indices_are_narrower_than_what_stands_on_the_line() -> None:
    assert width("$w_1$", "normal") < width("w1", "normal")
    assert width("w1", "small") < width("w1", "normal")


def test_svg_labels_are_shifted_and_shifted_back() -> None:
    written = svg_file(Grids((Grid((("$w_1^2$ b",),)),)))
    assert (
        '<tspan font-style="italic">w</tspan><tspan dy="2.6" font-size="8.6">1</tspan>'
        '<tspan dy="-7" font-size="8.6">2</tspan><tspan dy="4.3"> b</tspan>'
    ) in written


def test_within_a_page_labels_are_slanted_as_a_whole_if_they_can() -> None:
    grid = Grid((("$w$", "$x$", "$w_1$", "$w$ b", "a", "2"),))
    written = inline_svg(Grids((grid,)))
    assert '<g class="slanted"><text x="' in written
    assert ">wx</text>" in written, "single letters of a line are one text"
    assert '>w<tspan dy="2.6">1</tspan></text>' in written
    assert "><tspan>w</tspan> b</text>" in written
    assert ">a2</text>" in written


def test_discs_of_one_size_are_dots_of_one_path() -> None:
    points = tuple(Point(i, i, "disc") for i in range(3))
    plot = Plot((0, 3), (0, 3), ("x", "y"), points)
    assert re.search(
        r'<path d="(M[^M]*h0){3}" class="solid dots" stroke-width="8"/>', inline_svg(plot)
    )
    assert svg_file(plot).count("<circle") == 3


def test_tikz_joins_the_mathematics_of_a_label() -> None:
    assert r"{$w_{\mathrm{1}}^{\mathrm{2}}$ b}" in tikz(Grids((Grid((("$w_1^2$ b",),)),)))
    assert r"{$\sigma$\ensuremath{\times}2\%}" in tikz(Grids((Grid((("$σ$×2%",),)),)))


def test_hostile_labels_stay_labels() -> None:
    figure = Grids((Grid(((HOSTILE,),)),))
    for written in (inline_svg(figure), explicit_svg(figure), svg_file(figure)):
        root = ElementTree.fromstring(written)
        assert {each.tag.rpartition("}")[2] for each in root.iter()} <= {
            "svg",
            "title",
            "desc",
            "rect",
            "path",
            "g",
            "text",
            "tspan",
        }
    comment, _, picture = tikz(figure).partition("\n")
    assert comment.startswith("% ")
    picture = picture.replace("%\n", "")
    assert r"\input" not in picture
    assert not re.search(r"(?<!\\)[%#~]", picture)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.04, "0"), (-0.04, "0"), (2.0, "2"), (-1.25, "-1.2"), (0.1, ".1"), (-0.5, "-.5")],
)
def test_coordinates_are_short(value: float, written: str) -> None:
    assert number(value) == written


def test_paths_go_from_point_to_point_or_around_corners() -> None:
    corners = ((0.0, 0.0), (10.0, 0.0), (10.0, 8.0), (4.0, 5.0))
    assert outline(Path(corners)) == "M0 0h10v8l-6-3"
    assert outline(Path((*corners, (9.0, -1.5)))) == "M0 0h10v8l-6-3 5-6.5", "one command for both"
    assert outline(Path(corners[:3], closed=True)) == "M0 0h10v8z"
    assert outline(Path(corners[:3], rounded=2)) == "M0 0h8q2 0 2 2v6"
    square = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
    assert outline(Path(square, closed=True, rounded=2)) == (
        "M0 2q0-2 2-2h6q2 0 2 2v6q0 2-2 2h-6q-2 0-2-2z"
    )


def test_an_arrow_ends_at_its_point() -> None:
    shaft, head = arrow((0, 0), (20, 0))
    assert shaft.points == ((0, 0), (13, 0))
    assert head.points[0] == (20, 0)
    assert head.tint == "line"


def test_a_label_goes_where_there_is_room() -> None:
    spots = [Text((0, 0), "abc"), Text((100, 0), "abc")]
    assert first_free(spots, []) == spots[0]
    assert first_free(spots, [Bounds(-5, -5, 5, 5)]) == spots[1]
    assert first_free(spots, [Bounds(-5, -5, 5, 5), *[Bounds(95, -5, 105, 5)] * 2]) == spots[0]
    assert len(list(boxes((0, 0), (30, 40), 1))) > 10
    assert len(list(boxes((0, 0), (300, 0), 1))) == 1


def test_looks_are_said_once_and_labels_lie_on_top() -> None:
    drawing = draw(Mask.causal(4))
    kinds = [type(each) for each in drawing.primitives]
    assert kinds == sorted(kinds, key=[Path, Circle, Text].index)
    assert svg_file(Mask.causal(4)).count("<path") == 2


def test_dots_of_a_mask_lie_in_the_middle_of_what_may_be_attended_to() -> None:
    """The cell in row q and column k is dotted where k <= q."""
    mask = Mask.causal(3)
    dots = {each.center for each in draw(mask).primitives if isinstance(each, Circle)}
    middle = CELL / 2
    cells = {(k * CELL + middle, q * CELL + middle) for q in range(3) for k in range(q + 1)}
    assert cells < dots
    (sample,) = dots - cells
    assert sample[0] > 3 * CELL, "the legend stands beside the table"


def test_a_figure_with_other_numbers_is_drawn_with_them() -> None:
    figures = [Grids((Grid((("7", each), ("1", "2"))),)) for each in ("3", "4", "3")]
    assert [labels(figure)[1] for figure in figures] == ["3", "4", "3"]
    for write in (tikz, svg_file, inline_svg):
        first, other, again = map(write, figures)
        assert first == again != other
        assert first.replace("3", "4") == other.replace("3", "4")


def test_rows_of_a_chain_are_few_and_about_equally_long() -> None:
    wide = Block("a block with a long name")
    assert rows(Chain((Block("a"),) * 4)) == [[0, 1, 2, 3]]
    assert rows(Chain((wide,) * 4)) == [[0, 1], [2, 3]]
    assert rows(Chain((wide,) * 7)) == [[0, 1, 2], [3, 4, 5], [6]]
    chain = Chain((wide,) * 4, skips=(Skip(2, 3),))
    assert rows(chain) == [[0, 1, 2], [3]]
    assert WIDEST > 3 * GAP


def test_a_row_that_is_tied_together_is_not_broken() -> None:
    wide = Block("a block with a long name")
    assert rows(Chain((wide,) * 6, groups=(Group(1, 6, "all"),))) == [[0, 1, 2, 3, 4, 5]]


def test_an_arrow_leads_from_row_to_row() -> None:
    chain = Chain((Block("a block with a long name"),) * 4)
    bends = [each for each in draw(chain).primitives if isinstance(each, Path) and each.rounded]
    assert max(len(each.points) for each in bends) == 6


def test_a_skip_around_a_skip_runs_higher() -> None:
    chain = Chain((Block("a"),) * 5, skips=(Skip(1, 5), Skip(2, 4)))
    outer, inner = sorted(
        min(y for _, y in each.points)
        for each in draw(chain).primitives
        if isinstance(each, Path) and each.ink == "accent"
    )
    assert outer < inner


def test_padding_is_drawn_with_its_zeros() -> None:
    figure = Grids((Grid((("7", "8"),), padding=1),))
    assert labels(figure).count("0") == 10
    signal = Grids((Grid((("7", "8"),), padding=(0, 1)),))
    assert labels(signal).count("0") == 2


def test_the_stride_is_named() -> None:
    first = Window(1, 1, 2, 2)
    across = Grid.empty(4, 4, windows=(first, first.moved(0, 2)))
    assert labels(Grids((across,))) == ["stride 2"]
    assert labels(Grids((Grid.empty(4, 4, windows=(first,)),))) == []


def test_a_plot_is_clipped_to_its_frame_and_every_mark_differs() -> None:
    marks: tuple[Mark, ...] = ("disc", "circle", "square", "cross")
    points = tuple(Point(place, 1, mark) for place, mark in enumerate(marks))
    lines = (Line(1, 0, 2, "$v$"), Line(0, 1, 1), Line(1, 1, 3, "$l$"), Line(-1, 2, 0))
    curve = Curve(tuple((x, x) for x in range(4)), "$c$")
    step = Step((0, 0), (3, 3), "step")
    plot = Plot((0, 4), (0, 4), ("$x$", "$y$"), points, lines, (curve,), (step,))
    drawing = draw(plot)
    frame = Bounds(0, 0, 160, 160).grown(1)
    for each in drawing.primitives:
        if isinstance(each, Path) and each.ink == "accent":
            assert each.bounds.left >= frame.left - 1
            assert each.bounds.bottom <= frame.bottom + 1
    looks = {(type(each), each.look) for each in drawing.primitives if each.look[0] != "muted"}
    assert len(looks) >= 6
    assert {"$v$", "$l$", "$c$", "step"} <= set(labels(plot))


def test_a_line_that_misses_the_frame_is_refused() -> None:
    with pytest.raises(Fault, match="frame"):
        draw(Plot((0, 1), (0, 1), ("x", "y"), lines=(Line(1, 1, 5),)))


def test_wide_units_become_lozenges_and_edges_end_at_the_rim() -> None:
    graph = Graph((Node("a very long name", 0, 0), Node("b", 1, 0)), (Edge(1, 2),))
    (circle,) = (each for each in draw(graph).primitives if isinstance(each, Circle))
    (head,) = (
        each for each in draw(graph).primitives if isinstance(each, Path) and each.tint == "line"
    )
    assert head.points[0][0] == pytest.approx(circle.center[0] - circle.radius)
