"""The solutions to hand out: the key without what only the instructor should know."""

from collections.abc import Iterator

import pytest

from examgen.documents.keys import add_keys
from examgen.documents.layout import Document, PartPage
from examgen.documents.look import Look
from examgen.documents.pages import write_pages
from examgen.documents.paper import lay_out
from examgen.documents.solutions import to_hand_out
from examgen.questions import wording
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import SEED, full_exam, small_exam

SUFFIXES = ("md", "tex", "html", "typ")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_they_are_written_only_when_asked_for(suffix: str) -> None:
    name = f"instructor/solutions.{suffix}"
    without = write_pages(small_exam(), [suffix])
    assert name not in without
    pages = write_pages(small_exam(), [suffix], solutions=True)
    assert pages.pop(name)
    assert pages == without


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("style", ["article", "exam"])
def test_a_page_tells_neither_the_seed_nor_what_mistakes_earn(suffix: str, style: str) -> None:
    look = Look(style="exam") if style == "exam" else Look()
    pages = write_pages(small_exam(), [suffix], look=look, solutions=True)
    key, solutions = (pages[f"instructor/{name}.{suffix}"] for name in ("key", "solutions"))
    told = [f"({name.replace('_', ' ')}; " for name in mistakes()]
    told = [each.replace("; ", "\\; ") if suffix == "typ" else each for each in told]
    for secret in (SEED, "nswer key", "nstructor only", *told):
        assert secret in key
        assert secret not in solutions
    assert "orked solutions" in solutions
    assert "Typical mistakes" in solutions


def mistakes() -> list[str]:
    """The names of the mistakes of all parts."""
    return [each.name for part in small_exam().parts for each in part.misconceptions]


@pytest.mark.parametrize("level", LEVELS)
def test_every_part_has_its_answer_its_solution_and_its_mistakes(level: Level) -> None:
    exam = full_exam(level, "solutions")
    laid_out = to_hand_out(add_keys(lay_out(exam), exam))
    assert laid_out.seed is None
    assert laid_out.kind == "worked solutions"
    parts = {part.label: part for part in parts_of(laid_out)}
    for item in exam.items:
        assert item.problem is not None
        for part, drawn in zip(item.parts, item.problem.parts, strict=True):
            key = parts[part.label].key
            assert key is not None
            assert key.plain == part.answer
            assert key.solution == wording.solution(item.problem, drawn)
            assert len(key.mistakes) == len(part.misconceptions)
            for mistake, said in zip(part.misconceptions, key.mistakes, strict=True):
                assert said.diagnosis[1:] == mistake.feedback[1:]
                assert (said.name, said.points) == ("", "")


def parts_of(page: Document) -> Iterator[PartPage]:
    """All parts on a page."""
    for section in page.sections:
        for item in section.items:
            for block in item.blocks:
                for row in block.rows:
                    yield from row.cells
