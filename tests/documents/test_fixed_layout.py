"""The fixed layout: the same boxes whatever was drawn, in every PDF."""

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from examgen.documents.fixed_layout import (
    HEIGHT,
    MARGIN,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    Region,
    plan,
    write_regions,
)
from examgen.documents.layout import Prose
from examgen.documents.look import Look
from examgen.documents.pages import write_pages
from examgen.documents.paper import lay_out
from examgen.documents.pdf.engine import Engine, Typeset
from examgen.documents.pdf.latex import PdfLatex
from examgen.documents.pdf.outline import Corner, check, expected
from examgen.documents.pdf.typst import Typst
from examgen.exams.assembly import assemble
from examgen.exams.exam import Exam
from examgen.exams.roster import Student
from examgen.faults import Fault
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import blueprint, full_exam, small_exam
from tests.documents.typeset import read_pdf

FIXED = Look(layout="fixed")
FAMILIES = (("conv2d-entry", "conv-param-count"), ("long-residual-block", "long-cnn-shape-table"))


@pytest.fixture(params=["latex", "typst"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return each engine in turn, or skip."""
    request.getfixturevalue("pdftotext")
    if request.param == "latex":
        request.getfixturevalue("pdflatex")
        return PdfLatex()
    request.getfixturevalue("typst")
    return Typst()


def drawn(level: Level, seed: str) -> Exam:
    """An exam of every sort of slot: with and without figures, a table, parts alone."""
    return assemble(blueprint(level, *FAMILIES), seed)


def paper(exam: Exam, engine: Engine, look: Look = FIXED) -> Typeset:
    """The paper, set, and its boxes compared with its outline."""
    pages = write_pages(exam, [engine.source], look=look)
    made = engine.typeset(pages[f"student/paper.{engine.source}"], "paper")
    check(pages["instructor/regions.json"], made.corners, "paper")
    return made


@pytest.mark.parametrize("level", LEVELS)
def test_the_outline_does_not_depend_on_what_was_drawn(level: Level) -> None:
    outlines = {write_regions(plan(lay_out(drawn(level, str(seed))), 144)) for seed in range(6)}
    assert len(outlines) == 1


def apart(one: Region, other: Region) -> bool:
    """Whether one box is left of the other or above it."""
    return one.x + one.width <= other.x + 0.02 or one.y + one.height <= other.y + 0.02


@pytest.mark.parametrize("answer_space", [28, 144, 300, 582])
@pytest.mark.parametrize("level", LEVELS)
def test_boxes_keep_within_the_margins_and_off_each_other(
    level: Level, answer_space: float
) -> None:
    exam = full_exam(level, "fixed")
    pages = plan(lay_out(exam), answer_space)
    assert pages.count % 2 == 0
    assert [region.label for region in pages.regions] == [part.label for part in exam.parts]
    assert {pages.name.page, pages.id.page} == {1}
    for sheet in pages.sheets:
        taken = [(slot.top, slot.top + slot.room) for slot in sheet.slots]
        assert all(end <= top for (_, end), (top, _) in pairwise(taken))
        assert sheet.filled <= HEIGHT
        for one in sheet.regions:
            assert MARGIN <= one.x < one.x + one.width <= PAGE_WIDTH - MARGIN + 0.01
            assert MARGIN <= one.y < one.y + one.height <= PAGE_HEIGHT - MARGIN + 0.01
            for other in sheet.regions:
                assert one is other or apart(one, other) or apart(other, one)


def test_every_item_with_several_parts_begins_a_page() -> None:
    pages = plan(lay_out(full_exam("hard", "fixed")), 144)
    for sheet in pages.sheets:
        for before, slot in zip([None, *sheet.slots], sheet.slots, strict=False):
            assert slot.sort != "stem" or before is None or before.sort == "section"


@pytest.mark.tex
def test_all_forms_have_their_boxes_in_the_same_places(engine: Engine) -> None:
    made = [paper(drawn("hard", seed), engine) for seed in ("one", "two")]
    assert made[0].pdf != made[1].pdf
    assert made[0].corners == made[1].corners
    counts = {len(read_pdf(each.pdf).pages) for each in made}
    assert len(counts) == 1
    assert counts.pop() % 2 == 0


@pytest.mark.tex
@pytest.mark.usefixtures("pdflatex", "typst")
def test_both_engines_have_their_boxes_in_the_same_places() -> None:
    exam = drawn("medium", "one")
    one, other = (paper(exam, engine).corners for engine in (PdfLatex(), Typst()))
    assert len(one) == len(other) == 2 * (len(exam.parts) + 2)
    for here, there in zip(sorted(one), sorted(other), strict=True):
        assert here[:3] == there[:3]
        assert here[3:] == pytest.approx(there[3:], abs=0.1)


@pytest.mark.tex
def test_labels_are_printed_where_the_outline_says(engine: Engine) -> None:
    """Read from the PDF itself, not from what the engine tells."""
    exam = drawn("easy", "one")
    seen = read_pdf(paper(exam, engine).pdf).words
    for region in plan(lay_out(exam), 144).regions:
        tops = [
            top
            for word, page, top in seen
            if word.strip(":") == region.label and page == region.page
        ]
        assert any(region.y < top < region.y + 12 for top in tops), region


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.usefixtures("typst")
def test_every_family_fits_its_places(level: Level) -> None:
    paper(full_exam(level, "fixed"), Typst())


@pytest.mark.tex
@pytest.mark.usefixtures("pdflatex")
def test_every_family_fits_its_places_in_latex() -> None:
    paper(full_exam("hard", "fixed"), PdfLatex())


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.usefixtures("typst")
def test_many_draws_fit_their_places(level: Level, seed: int) -> None:
    paper(full_exam(level, str(seed)), Typst())


@pytest.mark.tex
def test_what_does_not_fit_is_said_with_its_item(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = lay_out(small_exam())
    (long,) = page.sections[1].items
    wordy = replace(long, stem=Prose("\n\n".join(["Word after word."] * 60)))
    changed = replace(page, sections=(page.sections[0], replace(page.sections[1], items=(wordy,))))
    monkeypatch.setattr("examgen.documents.pages.lay_out", lambda *_: changed)
    pages = write_pages(small_exam(), [engine.source], look=FIXED)
    with pytest.raises(Fault, match=r"item 2, before its first part, needs \d+"):
        engine.typeset(pages[f"student/paper.{engine.source}"], "paper")


@pytest.mark.tex
def test_a_long_name_is_made_to_fit_its_box(engine: Engine) -> None:
    student = Student("ada", "Ada " + "Augusta Byron King " * 9 + "Lovelace")
    pages = write_pages(small_exam(), [engine.source], student, FIXED)
    made = engine.typeset(pages[f"student/paper.{engine.source}"], "paper")
    check(pages["instructor/regions.json"], made.corners, "paper")
    assert "Lovelace" in read_pdf(made.pdf).pages[0]


def test_a_box_that_is_elsewhere_is_found_out() -> None:
    outline = write_regions(plan(lay_out(small_exam()), 144))
    corners = list(expected(outline).values())
    check(outline, corners, "paper")
    for moved in ({"x": 0.0}, {"y": corners[-1].y + 1}, {"page": 1}):
        with pytest.raises(Fault, match="not in its place"):
            check(outline, [*corners[:-1], corners[-1]._replace(**moved)], "paper")
    with pytest.raises(Fault, match="missing"):
        check(outline, corners[:-1], "paper")
    with pytest.raises(Fault, match="one too many"):
        check(outline, [*corners, Corner("9z", "start", 1, 0, 0)], "paper")


def test_the_outline_says_all_that_a_scanning_service_asks() -> None:
    outline = json.loads(write_regions(plan(lay_out(small_exam()), 100)))
    assert outline["page_size"] == [612, 792]
    assert outline["name"] == {"page": 1, "x": 72, "y": 176, "width": 300, "height": 32}
    labels = [each["label"] for each in outline["regions"]]
    assert labels == [part.label for part in small_exam().parts]
    heights = {each["label"]: each["height"] for each in outline["regions"]}
    assert heights["2e"] == 100


def test_the_cover_tells_to_write_into_the_boxes() -> None:
    for suffix in ("tex", "typ"):
        compact, fixed = (
            write_pages(small_exam(), [suffix], look=look)[f"student/paper.{suffix}"]
            for look in (Look(), FIXED)
        )
        assert "answer into its box" in fixed
        assert "answer into its box" not in compact
        assert "after the colon" not in fixed


def test_nothing_of_the_seed_is_in_the_outline() -> None:
    pages = write_pages(small_exam(), ["tex"], look=FIXED)
    assert small_exam().seed not in pages["instructor/regions.json"]
    assert small_exam().seed not in pages["student/paper.tex"]
