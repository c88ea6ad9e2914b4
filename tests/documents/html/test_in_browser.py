"""HTML pages in Chromium: nothing sticks out, solutions fold, and print shows everything."""

import re
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import pytest

from examgen.answers import Verdict
from examgen.documents.feedback import write_feedback
from examgen.documents.pages import write_pages
from tests.documents.browser import measured, measured_on_telephone, on_telephone, printed
from tests.documents.exams import full_exam, mark, sheet, small_exam

pytestmark = pytest.mark.usefixtures("chromium")

both_pages = pytest.mark.parametrize("name", ["student/paper.html", "instructor/key.html"])
WIDER = """
document.querySelectorAll("details").forEach(each => each.open = true);
const edge = document.body.getBoundingClientRect().right + 1;
const boxes = document.querySelectorAll(".display, .options li, .answer, figure, table, nav");
return [...boxes].filter(each => each.scrollWidth > each.clientWidth + 1 && each.tagName != "TABLE"
  || each.getBoundingClientRect().right > edge).map(each => each.textContent.slice(0, 200));
"""
FOLDED = """
const inside = [...document.querySelectorAll("details > :not(summary)")];
const seen = () => document.body.offsetHeight && inside.filter(e => e.checkVisibility()).length;
const before = seen();
document.querySelector("#unfold").click();
return [inside.length, before, seen()];
"""
CUT = """
const options = [...page.querySelectorAll(".options li")];
const torn = [...page.querySelectorAll("table.answers th code")];
return [options.length, options.filter(each => each.scrollWidth > each.clientWidth + 1).length,
  torn.filter(each => each.getClientRects().length > 1).map(each => each.textContent)];
"""
ASKED = re.compile(r"[0-9]+[a-z]\s+[0-9]+ points?\b")
BROKEN = """
const lines = cell => { const all = page.createRange(); all.selectNodeContents(cell);
  return all.getClientRects().length; };
return [...page.querySelectorAll("td.number")].filter(each => lines(each) > 1).length;
"""
RAW = """
return [...document.querySelectorAll("math")].filter(each =>
  each.getBoundingClientRect().width < 2 || /\\\\\\\\|&/.test(each.firstChild.textContent) &&
  !each.querySelector("annotation")).map(each => each.textContent);
"""


@lru_cache(maxsize=1)
def pages() -> dict[str, str]:
    """The pages of an exam with an item of every family."""
    return write_pages(full_exam("hard", "x"), ["html"])


def paper() -> str:
    return pages()["student/paper.html"]


def key() -> str:
    return pages()["instructor/key.html"]


@both_pages
def test_nothing_is_wider_than_the_page(name: str, tmp_path: Path) -> None:
    assert measured(pages()[name], tmp_path, WIDER) == []


def test_a_narrow_window_scrolls_formulas_not_the_page(tmp_path: Path) -> None:
    scrolls = "return [document.documentElement.scrollWidth, innerWidth];"
    page, window = measured(paper(), tmp_path, scrolls, width=500)
    assert page <= window


@both_pages
def test_nothing_sticks_out_on_a_telephone(name: str, tmp_path: Path) -> None:
    wide, window = on_telephone(pages()[name], tmp_path)
    assert wide <= window


def test_options_and_titles_are_whole_on_a_telephone(tmp_path: Path) -> None:
    options, cut, torn = measured_on_telephone(paper(), tmp_path, CUT)
    assert options > 200
    assert cut < options / 40  # the rest is wider than a telephone
    assert torn == []


def test_points_of_feedback_are_whole_on_a_telephone(tmp_path: Path) -> None:
    exam = small_exam()
    first, second, *_ = exam.items[1].parts
    third = mark(first.label, Verdict.PARTIAL, possible=14, points=Fraction(40, 3))
    carried = mark(second.label, Verdict.CARRIED, points=Fraction(2))
    page = write_feedback(exam, sheet(exam, third, carried), "html", solutions=False)
    assert "13.33 of 14" in page
    assert measured_on_telephone(page, tmp_path, BROKEN) == 0


def test_solutions_are_folded_until_asked_for(tmp_path: Path) -> None:
    count, before, after = measured(key(), tmp_path, FOLDED)
    assert count > 100
    assert (before, after) == (0, count)


def test_the_browser_sets_every_formula(tmp_path: Path) -> None:
    assert measured(key(), tmp_path, RAW) == []


@pytest.mark.usefixtures("pdftotext")
def test_print_unfolds_every_solution_and_numbers_the_pages(tmp_path: Path) -> None:
    text = " ".join(printed(key(), tmp_path).split())
    assert text.count("Worked solution") == key().count("<details>")
    assert text.count("If you got") == key().count("<li>If you got")
    assert "Show every worked solution" not in text
    numbers = re.findall(r"Page (\d+) of (\d+)", text)
    assert [int(page) for page, _ in numbers] == list(range(1, len(numbers) + 1))
    assert {int(total) for _, total in numbers} == {len(numbers)}
    assert re.search(r"Exam [0-9a-f]{12}, form A", text)


@pytest.mark.usefixtures("pdftotext")
def test_no_question_of_a_printed_key_parts_from_its_answer(tmp_path: Path) -> None:
    pages = printed(key(), tmp_path).split("\f")
    ends = [[line.strip() for line in page.splitlines() if line.strip()][-2:-1] for page in pages]
    assert [line for end in ends for line in end if ASKED.match(line)] == []
