"""`examgen stats` on a graded class."""

import csv
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from examgen.documents.report.figures_in_words import coefficient, points, share
from tests.cli.classroom import STUDENTS, grade, hand_in, key, make_class, record, sheet
from tests.cli.running import examgen
from tests.documents.browser import on_telephone
from tests.documents.html_tree import read


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of which one student made a known mistake in item 1, and one was right throughout."""
    folder = tmp_path_factory.mktemp("stats")
    exam = make_class(folder)
    subs = hand_in(folder / "subs", exam)
    (subs / "m2.txt").write_text(sheet(exam, "m2", _1=wrong_letter(exam, "m2")), encoding="utf-8")
    (subs / "m3.txt").write_text(sheet(exam, "m3", _2a=""), encoding="utf-8")
    assert grade(exam, subs).code == 0
    return exam


def wrong_letter(exam: Path, form: str) -> str:
    """A wrong option of item 1."""
    options = record(exam, form)["items"][0]["parts"][0]["options"]
    return next(str(each["letter"]) for each in options if each["misconceptions"])


def test_one_answer_is_spoken_of_as_one(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    subs = hand_in(tmp_path / "subs", exam)
    (subs / "m1.txt").write_text(sheet(exam, "m1", _1="the third one"), encoding="utf-8")
    assert grade(exam, subs).code == 0
    assert " 1  1 answer could not be read: look at this" in examgen("stats", exam).out


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.125, ("0.1", "13 %", "0.13")),
        (35.25, ("35.3", "3525 %", "35.25")),
        (0.285, ("0.3", "29 %", "0.29")),
        (-0.001, ("0.0", "0 %", "0.00")),
        (-0.125, ("−0.1", "−13 %", "−0.13")),
        (None, ("–", "–", "–")),
    ],
)
def test_figures_are_rounded_like_points(value: float | None, shown: tuple[str, ...]) -> None:
    """The summary of `grade` and the analysis name the same share."""
    assert (points(value), share(value), coefficient(value)) == shown


def test_a_dropped_part_says_nothing_of_anybody(exam: Path, tmp_path: Path) -> None:
    """It has everybody's points: it would count as answered by all."""
    copy = tmp_path / "exam"
    shutil.copytree(exam, copy)
    before = examgen("stats", copy, "--json").json
    drop = ("--drop", "1", "--drop", "2a", "--drop", "2b", "--yes")
    assert examgen("regrade", copy, *drop).code == 0
    done = examgen("stats", copy, "--json")
    after = done.json
    assert [each["label"] for each in before["items"]] == ["1", "2"]
    assert [each["label"] for each in after["items"]] == ["2"]
    assert {"1", "2a", "2b"}.isdisjoint(each["label"] for each in after["parts"])
    assert after["items"][0]["difficulty"] == 1 > before["items"][1]["difficulty"]
    assert after["items"][0]["points"] < before["items"][1]["points"] == 20
    assert not after["options"] and before["options"]
    assert not after["misconceptions"] and before["misconceptions"]
    assert after["overview"]["mean"] == 25
    assert after["dropped"] == [{"label": each, "forms": []} for each in ("1", "2a", "2b")]
    said = "Dropped, and left out of everything but the totals: 1, 2a, 2b."
    assert said in done.err
    assert examgen("stats", copy, "--html", "-o", tmp_path).code == 0
    assert said in (tmp_path / "stats.html").read_text(encoding="utf-8")
    made = before["misconceptions"][0]["name"].replace("_", " ")
    assert made in examgen("practice", exam, "--class", "-o", tmp_path / "a").out
    assert made not in examgen("practice", copy, "--class", "-o", tmp_path / "b").out
    examgen("regrade", copy, "--take-back", "1", "--drop", "1", "--form", "m2", "--yes")
    assert "1 (form m2), 2a, 2b." in examgen("stats", copy).out


def test_an_option_that_was_accepted_is_right(exam: Path, tmp_path: Path) -> None:
    copy = tmp_path / "exam"
    shutil.copytree(exam, copy)
    (before,) = [each for each in options(copy) if each["count"] and not each["right"]]
    accept = ("--accept", f"1={wrong_letter(exam, 'm2')}", "--form", "m2", "--yes")
    assert examgen("regrade", copy, *accept).code == 0
    after = [each for each in options(copy) if each["count"]]
    assert [each["right"] for each in after] == [True, True]
    assert (sorted(each["count"] for each in after)) == [1, 2]
    (also,) = [each for each in after if each["mistakes"]]
    assert (also["mistakes"], also["count"], also["offered"]) == (before["mistakes"], 1, 1)
    assert examgen("stats", copy, "--html", "-o", tmp_path).code == 0
    page = (tmp_path / "stats.html").read_text(encoding="utf-8")
    letter, name = also["letters"][0], also["mistakes"][0].replace("_", " ")
    assert f"{letter} right as well: {name}" in page


def test_the_printed_key_may_be_wrong(exam: Path, tmp_path: Path) -> None:
    copy = tmp_path / "exam"
    shutil.copytree(exam, copy)
    correct = ("--correct", f"1={wrong_letter(exam, 'm1')}", "--may-lose", "--form", "m1", "--yes")
    assert examgen("regrade", copy, *correct).code == 0
    printed = [each for each in options(copy) if not each["mistakes"]]
    assert sorted((each["right"], each["count"]) for each in printed) == [(False, 1), (True, 1)]
    assert examgen("stats", copy, "--html", "-o", tmp_path).code == 0
    assert "right by the printed key" in (tmp_path / "stats.html").read_text(encoding="utf-8")


def options(exam: Path) -> list[dict[str, Any]]:
    """The options of item 1."""
    found: list[dict[str, Any]] = examgen("stats", exam, "--json").json["options"]
    return found


def test_the_terminal_is_told_the_essentials(exam: Path) -> None:
    done = examgen("stats", exam)
    assert done.code == 0
    assert re.search(r"Students +3\n", done.out)
    assert re.search(r"Highest|highest +.*25\.0", done.out)
    assert "indicative only" in done.out and "α and the upper" in done.out
    assert re.search(r"^   1  #+ +67 %", done.out, re.MULTILINE)


def test_json_is_one_document_without_nan(exam: Path) -> None:
    done = examgen("stats", exam, "--json")
    found = done.json
    assert "NaN" not in done.out
    assert found["overview"]["count"] == 3 and found["overview"]["alpha"] is None
    assert [each["label"] for each in found["items"]] == ["1", "2"]
    assert found["items"][0]["verdicts"]["correct"] == 2
    (mistake, *_) = found["misconceptions"]
    assert mistake["students"] == 1 and mistake["labels"] == ["1"]
    taken = [each for each in found["options"] if each["count"]]
    assert sorted(each["right"] for each in taken) == [False, True]
    blank = next(each for each in found["parts"] if each["label"] == "2a")
    assert blank["verdicts"]["blank"] == 1


def test_the_table_has_a_row_for_each_question(exam: Path, tmp_path: Path) -> None:
    assert examgen("stats", exam, "--csv", "-o", tmp_path).code == 0
    with (tmp_path / "stats.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["label"] for row in rows] == ["1", "2", *list(key(exam, "m1"))[1:]]
    assert {row["students"] for row in rows} == {str(len(STUDENTS))}


class Outline(HTMLParser):
    """The tags, ids and texts of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        assert not any(name.startswith("on") or name == "src" for name, _ in attrs)


def test_the_page_stands_alone_and_its_charts_are_described(exam: Path, tmp_path: Path) -> None:
    assert examgen("stats", exam, "--html", "-o", tmp_path).code == 0
    text = (tmp_path / "stats.html").read_text(encoding="utf-8")
    assert "\\x" not in text, "a space that does not break is no foreign character"
    outline = Outline(text)
    assert "script" not in outline.tags and "link" not in outline.tags
    assert len(outline.ids) == len(set(outline.ids))
    charts = re.findall(r"<svg.*?</svg>", text, re.DOTALL)
    assert len(charts) >= 3
    for chart in charts:
        (drawn,) = read(chart).all("svg")
        assert drawn.attributes["role"] == "img"
        title, _, description = drawn.attributes["aria-label"].partition(". ")
        assert title
        assert description.strip()


@pytest.mark.usefixtures("chromium")
def test_the_page_does_not_stick_out_on_a_telephone(exam: Path, tmp_path: Path) -> None:
    assert examgen("stats", exam, "--html", "-o", tmp_path).code == 0
    wide, window = on_telephone((tmp_path / "stats.html").read_text(encoding="utf-8"), tmp_path)
    assert wide <= window


def test_without_a_gradebook_there_is_nothing_to_analyse(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    done = examgen("stats", exam)
    assert done.code == 2 and "`examgen grade` first" in done.err
    assert not (exam / "instructor/gradebook.sqlite").exists()
