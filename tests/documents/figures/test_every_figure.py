"""What every figure of every family owes: legible, within the page, and nothing given away."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from examgen.documents.figures import draw, explicit_svg, inline_svg, svg_file, tikz
from examgen.documents.figures.lettering import runs
from examgen.documents.figures.primitives import Bounds, Drawing, Path, Point, Text
from examgen.exact import Shape, array
from examgen.questions import wording
from examgen.questions.figures import Figure, Grid, Grids, Plot
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import FAMILIES, problem

SEEDS = range(12)
WIDEST, HIGHEST = 624, 420
"""Between the margins of a letter page, 468 bp at 3/4 bp a unit, with room for the question."""
NUMBER = re.compile(r"\d+(?:/\d+)?")
SVG = "{http://www.w3.org/2000/svg}"


def figured() -> Iterator[tuple[str, Level]]:
    """The families that carry a figure, at the levels at which they do."""
    for family in FAMILIES:
        for level in LEVELS:
            if any(problem(family, level, seed).figure for seed in SEEDS):
                yield family, level


CASES = list(figured())


def drawn(family: str, level: Level) -> Iterator[tuple[Problem, Figure]]:
    """The problems that have a figure, one for each figure."""
    seen: set[Figure] = set()
    for seed in SEEDS:
        found = problem(family, level, seed)
        if found.figure is not None and found.figure not in seen:
            seen.add(found.figure)
            yield found, found.figure


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_described(family: str, level: Level) -> None:
    for _, figure in drawn(family, level):
        assert len(figure.alt) > 20
        assert figure.alt.endswith(".")
        assert not set("$\\{}<>\n") & set(figure.alt)


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_to_scale_or_says_that_it_is_not(family: str, level: Level) -> None:
    for _, figure in drawn(family, level):
        labels = [each.label for each in draw(figure).primitives if isinstance(each, Text)]
        said_so = "not to scale" in figure.alt.lower()
        assert ("not to scale" in labels) == said_so, labels


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_says_no_number_that_the_question_does_not_say(family: str, level: Level) -> None:
    """So neither an answer nor a step to it. Padding's zeros and a stride of 1 are conventions."""
    for asked, figure in drawn(family, level):
        known = {"0", "1", *NUMBER.findall(said(asked)), *ticks(figure)}
        strange = {each for each in numbers(draw(figure)) if each not in known}
        assert not strange, strange


def ticks(figure: Figure) -> set[str]:
    """The numbers at the axes of a plot: they say where one looks, not what is there."""
    ranges = (figure.x, figure.y) if isinstance(figure, Plot) else ()
    return {str(abs(each)) for low, high in ranges for each in range(low, high + 1)}


def said(asked: Problem) -> str:
    """All that the question says in words."""
    prompts = [wording.prompt(asked, part) for part in asked.parts]
    rows = [wording.row_title(asked, part) for part in asked.parts if part.row]
    text = "\n".join([wording.stem(asked), *prompts, *rows])
    return re.sub(r"\\frac\{(\d+)\}\{(\d+)\}", r"\1/\2", text)


@pytest.mark.parametrize(("family", "level"), CASES)
def test_no_grid_is_an_answer_or_has_the_size_that_is_asked(family: str, level: Level) -> None:
    """Numbers that the question says could still be put together to what it asks."""
    for asked, figure in drawn(family, level):
        grids = figure.grids if isinstance(figure, Grids) else ()
        for answer in asked.answer_key.values():
            for grid in grids:
                assert not shows(grid, answer), (grid, answer)


def shows(grid: Grid, answer: object) -> bool:
    """Whether a grid holds the entries of an answer, or is empty and has its size."""
    is_empty = not any(any(row) for row in grid.cells)
    if isinstance(answer, Shape):
        return is_empty and (grid.height, grid.width) == tuple(answer[-2:])
    if not isinstance(answer, np.ndarray) or answer.ndim not in (1, 2):
        return False
    shown = Grid.of(answer)
    size = (grid.height, grid.width) == (shown.height, shown.width)
    return size and (is_empty or grid.cells == shown.cells)


def test_a_planted_answer_is_found() -> None:
    answer = array([[1, 2], [3, 4]])
    assert shows(Grid.of(answer), answer)
    assert shows(Grid.empty(2, 2), answer)
    assert shows(Grid.empty(2, 3), Shape((5, 2, 3)))
    assert not shows(Grid.of(array([[1, 2], [3, 5]])), answer)
    assert not shows(Grid.empty(3, 2), answer)


def numbers(drawing: Drawing) -> Iterator[str]:
    """The numbers to be read, indices apart."""
    for each in texts(drawing):
        for run in runs(each.label):
            if not run.shift:
                yield from NUMBER.findall(run.text)


def texts(drawing: Drawing) -> list[Text]:
    """The labels of a drawing."""
    return [each for each in drawing.primitives if isinstance(each, Text)]


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_fits_on_the_page(family: str, level: Level) -> None:
    for _, figure in drawn(family, level):
        bounds = draw(figure).bounds
        assert bounds.right - bounds.left <= WIDEST
        assert bounds.bottom - bounds.top <= HIGHEST


@pytest.mark.parametrize(("family", "level"), CASES)
def test_no_label_lies_on_another_or_under_a_line(family: str, level: Level) -> None:
    for _, figure in drawn(family, level):
        for fault in collisions(draw(figure)):
            pytest.fail(fault)


def collisions(drawing: Drawing) -> Iterator[str]:
    """Labels that cannot be read for what stands there too; widths are estimates from above."""
    labels = [(each, shrunk(each.bounds)) for each in texts(drawing)]
    for (one, here), (other, there) in combinations(labels, 2):
        if overlap(here, there):
            yield f"{one.label!r} lies on {other.label!r}"
    for path in drawing.primitives:
        if isinstance(path, Path) and path.ink:
            for label, box in labels:
                if any(overlap(box, segment(*ends)) for ends in segments(path)):
                    yield f"a line crosses {label.label!r}"


def shrunk(box: Bounds) -> Bounds:
    """The inner part of a label's rectangle."""
    margin = 0.1 * (box.right - box.left)
    return Bounds(box.left + margin, box.top + 2.5, box.right - margin, box.bottom - 2.5)


def overlap(one: Bounds, other: Bounds) -> bool:
    """Whether two rectangles have a point in common."""
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )


def segments(path: Path) -> Iterator[tuple[Point, Point]]:
    """The pieces of a path, cut into short ones so that a rectangle around one is the piece."""
    ends = (*path.points, path.points[0]) if path.closed else path.points
    for (x, y), (to_x, to_y) in pairwise(ends):
        if x == to_x or y == to_y:
            yield (x, y), (to_x, to_y)
            continue
        for step in range(20):
            yield (
                (x + (to_x - x) * step / 20, y + (to_y - y) * step / 20),
                (x + (to_x - x) * (step + 1) / 20, y + (to_y - y) * (step + 1) / 20),
            )


def segment(start: Point, end: Point) -> Bounds:
    """The rectangle around a piece."""
    (x, y), (to_x, to_y) = start, end
    return Bounds(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)).grown(0.3)


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_well_formed_svg_with_a_description(family: str, level: Level) -> None:
    for _, figure in drawn(family, level):
        for written in (explicit_svg(figure), svg_file(figure)):
            root = ElementTree.fromstring(written)
            assert root.tag == f"{SVG}svg"
            assert root.get("role") == "img"
            ids = [each.get("id") for each in root.iter() if each.get("id")]
            assert root.get("aria-labelledby") == " ".join(map(str, ids))
            described = root.find(f"{SVG}desc")
            assert described is not None
            assert described.text == figure.alt
            assert "nan" not in written


@pytest.mark.parametrize(("family", "level"), CASES)
def test_within_a_page_its_description_is_its_name(family: str, level: Level) -> None:
    for _, figure in drawn(family, level):
        inline = inline_svg(figure)
        root = ElementTree.fromstring(inline)
        assert root.tag == "svg", "a page knows what svg is"
        assert root.get("role") == "img"
        assert root.get("aria-label") == f"{figure.title}. {figure.alt}"
        assert "nan" not in inline
        assert "#" not in re.sub(r">[^<]*<|label=\"[^\"]*\"", "><", inline), (
            "colours are the page's"
        )


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_tikz_with_an_element_for_each_primitive(family: str, level: Level) -> None:
    for _, figure in drawn(family, level):
        words, written = tikz(figure).split("\n", 1)
        assert words == f"% {figure.alt}"
        described = re.sub(r"%\n", "", written).partition("{")[2].partition("}")[0]
        assert bytes.fromhex(described).decode("utf-16") == figure.alt
        commands = re.findall(r"^\\(?:path|node)\[.*;$", written, re.MULTILINE)
        assert len(commands) == len(draw(figure).primitives)
        assert written.isascii(), [each for each in written if not each.isascii()]
        assert "U+" not in written
        assert written.count("$") % 2 == 0


def test_a_planted_collision_is_found() -> None:
    far, near = Text((0, 0), "one"), Text((4, 3), "two")
    line = Path(((-20, 0), (20, 0)))
    assert list(collisions(Drawing((far,)))) == []
    assert list(collisions(Drawing((far, near)))) == ["'one' lies on 'two'"]
    assert list(collisions(Drawing((line, far)))) == ["a line crosses 'one'"]


def test_there_are_figures() -> None:
    assert len({family for family, _ in CASES}) >= 12
