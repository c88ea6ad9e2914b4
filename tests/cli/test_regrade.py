"""`examgen regrade`: decisions are shown before they are written, and nobody loses unasked."""

import csv
import os
import re
import sqlite3
from datetime import datetime
from itertools import chain
from pathlib import Path

import pytest

from tests.cli.classroom import (
    QUIZ,
    grade,
    hand_in,
    key,
    make_class,
    make_single,
    record,
    sheet,
)
from tests.cli.running import examgen


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """An exam of one form, handed in by Ada, who is right, and by Ben, who is wrong in item 1."""
    exam = make_single(tmp_path)
    ada, ben = sheet(exam, id="ada"), sheet(exam, id="ben", _1=wrong(exam))
    (tmp_path / "ada.txt").write_text(ada, encoding="utf-8")
    (tmp_path / "ben.txt").write_text(ben, encoding="utf-8")
    assert points(exam, tmp_path / "ada.txt", tmp_path / "ben.txt") == {"ada": "25", "ben": "20"}
    return exam


def wrong(exam: Path) -> str:
    """A wrong option of item 1."""
    options = record(exam)["items"][0]["parts"][0]["options"]
    return next(str(each["letter"]) for each in options if each["misconceptions"])


def points(exam: Path, *sheets: Path) -> dict[str, str]:
    """The points by id, after grading the sheets, or as grades.csv has them."""
    if sheets:
        assert grade(exam, *sheets).code == 0
    with (exam / "instructor/grades/grades.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["points"] for row in csv.DictReader(file)}


def changes(exam: Path, *arguments: str) -> dict[str, tuple[float, float]]:
    """What a regrade says it would change."""
    found = examgen("regrade", exam, *arguments, "--json").json["changes"]
    return {each["student"]: (each["before"], each["after"]) for each in found}


def test_nothing_is_written_before_it_is_agreed_to(exam: Path) -> None:
    done = examgen("regrade", exam, "--drop", "1")
    assert done.code == 1
    assert "To be decided: part 1: dropped, everybody has its points" in done.out
    assert "1 student changes: 1 gain, 0 lose" in done.out
    assert "ben: 20 → 25 (+5)" in done.out
    assert "Nothing was written" in done.out
    assert points(exam) == {"ada": "25", "ben": "20"}
    assert changes(exam) == {}


def test_a_dropped_part_is_everybody_s(exam: Path, tmp_path: Path) -> None:
    assert examgen("regrade", exam, "--drop", "1", "--yes", "--why", "unclear").code == 0
    assert points(exam) == {"ada": "25", "ben": "25"}
    assert "this part was dropped" in (exam / "instructor/grades/ben.md").read_text().lower()
    assert points(exam, tmp_path / "ada.txt", tmp_path / "ben.txt") == {"ada": "25", "ben": "25"}


def test_an_item_is_dropped_with_all_its_parts(exam: Path) -> None:
    parts = [label for label in key(exam) if label.startswith("2")]
    assert len(parts) > 1
    assert examgen("regrade", exam, "--drop", "2", "--drop", parts[1], "--yes").code == 0
    listed = examgen("regrade", exam, "--list", "--json").json["decisions"]
    assert [each["label"] for each in listed] == parts
    done = examgen("regrade", exam, "--drop", "3")
    assert done.code == 2 and "'3': no part has this label" in done.err


def test_an_item_is_dropped_on_all_forms(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    grade(exam, hand_in(tmp_path / "subs", exam))
    every = {label for form in ("m1", "m2", "m3") for label in key(exam, form)}
    assert examgen("regrade", exam, "--drop", "2", "--yes").code == 0
    listed = examgen("regrade", exam, "--list", "--json").json["decisions"]
    assert {each["label"] for each in listed} == {each for each in every if each[0] == "2"}


def test_students_are_told_as_before(exam: Path, tmp_path: Path) -> None:
    """Where, in which format, and without the solutions that others must not see yet."""
    told = tmp_path / "told"
    assert grade(exam, "-o", told, "--no-solutions", "--format", "html").code == 0
    before = {path.name: path.read_bytes() for path in told.iterdir()}
    default = {path.name: path.read_bytes() for path in (exam / "instructor/grades").iterdir()}
    done = examgen("regrade", exam, "--drop", "1", "--yes")
    assert f"Feedback and grades.csv are in {told}" in done.out
    by_hand = ("--student", "ada", "--label", "2a", "--points", "0")
    assert examgen("mark", exam, *by_hand).code == 0
    after = {path.name: path.read_bytes() for path in told.iterdir()}
    assert [name for name in after if after[name] != before[name]] == [*before]
    assert set(after) == {"ada.html", "ben.html", "grades.csv"}
    assert not any(b"Worked solution" in page for page in after.values())
    assert default == {
        path.name: path.read_bytes() for path in (exam / "instructor/grades").iterdir()
    }


def test_what_is_not_there_any_more_is_not_written_to(exam: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "markdown"
    own.mkdir(parents=True)
    skeleton = (
        '<% extends "shipped/markdown/feedback.md.jinja" %><% block logo %>Our logo<% endblock %>'
    )
    (own / "feedback.md.jinja").write_text(skeleton, encoding="utf-8")
    assert grade(exam, "-o", tmp_path / "told", "--templates", tmp_path / "own").code == 0
    assert (tmp_path / "told" / "ada.md").read_text(encoding="utf-8").startswith("Our logo")
    (tmp_path / "told").rename(tmp_path / "moved")
    done = examgen("regrade", exam, "--drop", "1", "--yes")
    assert f"Feedback and grades.csv are in {exam / 'instructor/grades'}" in done.out
    assert not (tmp_path / "told").exists()
    (tmp_path / "own").rename(tmp_path / "elsewhere")
    done = examgen("regrade", exam, "--drop", "2a", "--yes")
    assert done.code == 2 and "own: the templates that feedback was written with" in done.err


def test_no_table_keeps_the_points_of_before(exam: Path, tmp_path: Path) -> None:
    folder = exam / "instructor/grades"
    (tmp_path / "canvas.csv").write_text("Student,ID\nBen,ben\n", encoding="utf-8")
    systems = ("--moodle", "--gradescope", "--canvas", tmp_path / "canvas.csv")
    assert grade(exam, *systems).code == 0
    assert not (folder / "totals.csv").exists()
    done = examgen("regrade", exam, "--drop", "1", "--counting", "best", "--yes")
    assert "canvas.csv still has the earlier points" in done.out
    for name, said in (
        ("totals.csv", "ben,,A,1,0,25,25"),
        ("moodle.csv", "ben,,,25.00"),
        ("gradescope.csv", ",ben,,25.00,25.00"),
    ):
        assert said in (folder / name).read_text(encoding="utf-8"), name
    examgen("regrade", exam, "--counting", "latest", "--yes")
    examgen("mark", exam, "--student", "ben", "--label", "2a", "--points", "0")
    assert "ben,,A,1,0,23,25" in (folder / "totals.csv").read_text(encoding="utf-8")


def test_an_accepted_answer_is_right_too(exam: Path) -> None:
    assert changes(exam, "--accept", f"1={wrong(exam)}") == {"ben": (20, 25)}
    examgen("regrade", exam, "--accept", f"1={wrong(exam)}", "--yes")
    assert points(exam) == {"ada": "25", "ben": "25"}


def test_a_corrected_key_costs_nobody_unless_asked(exam: Path) -> None:
    correct = ("--correct", f"1={wrong(exam)}")
    assert changes(exam, *correct) == {"ben": (20, 25)}
    assert changes(exam, *correct, "--may-lose") == {"ben": (20, 25), "ada": (25, 20)}
    examgen("regrade", exam, *correct, "--may-lose", "--yes")
    assert points(exam) == {"ada": "20", "ben": "25"}


@pytest.mark.parametrize("format", ["md", "html"])
def test_students_are_told_the_corrected_answer(exam: Path, tmp_path: Path, format: str) -> None:
    """Not the printed one, which was wrong, nor how to get there."""
    texts = (sheet(exam, id="ada"), sheet(exam, id="cem", _1="", _2a="[90, 91]"))
    for name, text in zip(("ada", "cem"), texts, strict=True):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    sheets = (tmp_path / "ada.txt", tmp_path / "cem.txt")
    assert grade(exam, *sheets, "--format", format).code == 0
    right = {"1": wrong(exam), "2a": "[70, 71]"}
    corrected = [part for label in right for part in ("--correct", f"{label}={right[label]}")]
    for may_lose in ((), ("--may-lose",)):
        examgen("regrade", exam, *corrected, *may_lose, "--yes")
        told = (exam / f"instructor/grades/cem.{format}").read_text(encoding="utf-8")
        said = re.findall(r"The right answer is (?:\*\*`|<code>)(.*?)(?:`|</code>)", told)
        assert said == [right["1"], right["2a"]]
        assert told.count("The printed key was wrong here, and has been corrected.") == 2
        assert "orked solution" not in told
    told = (exam / f"instructor/grades/ada.{format}").read_text(encoding="utf-8")
    assert told.count("The printed key was wrong here, and has been corrected.") == 2


def test_a_decision_may_be_for_one_form_only(exam: Path) -> None:
    assert changes(exam, "--drop", "1", "--form", "a") == {"ben": (20, 25)}
    done = examgen("regrade", exam, "--drop", "1", "--form", "Q")
    assert done.code == 2 and "'A'" in done.err


def test_an_answer_for_a_class_is_about_one_form(tmp_path: Path) -> None:
    """A letter, or a number, says another thing on each."""
    exam = make_class(tmp_path)
    assert grade(exam, hand_in(tmp_path / "subs", exam)).code == 0
    for option, label in (("--accept", "2a"), ("--correct", "1")):
        answer = f"{label}={key(exam, 'm2')[label]}"
        done = examgen("regrade", exam, option, answer)
        assert done.code == 2
        assert f"{label}: the forms ask it in other numbers or with other options" in done.err
        assert examgen("regrade", exam, option, answer, "--form", "m1").code in (0, 1)
    assert changes(exam, "--drop", "1") == {}


def test_the_best_or_the_latest_attempt_counts(exam: Path, tmp_path: Path) -> None:
    worse = sheet(exam, id="ada", _1=wrong(exam), _2a="")
    worse = worse.replace("id: ada", "id: ADA")
    again = tmp_path / "later.txt"
    again.write_text(worse, encoding="utf-8")
    grade(exam, again)
    before, after = changes(exam, "--counting", "best")["ADA"]
    assert before < after == 25
    assert examgen("regrade", exam, "--counting", "best", "--yes").code == 0
    assert changes(exam) == {}
    assert set(changes(exam, "--counting", "latest")) == {"ada"}
    totals = (exam / "instructor/grades/totals.csv").read_text(encoding="utf-8")
    assert len(totals.splitlines()) == 3


def test_lateness_costs_a_share_for_each_day_begun(exam: Path) -> None:
    late = ("--due", "2000-01-01T00:00", "--late", "100%")
    assert changes(exam, *late) == {"ada": (25, 0), "ben": (20, 0)}
    assert changes(exam, "--due", "2100-01-01T00:00", "--late", "10%") == {}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--drop", "99"), "no part has this label"),
        (("--accept", "1=Z"), "'Z' is not understood"),
        (("--accept", "2a"), "is not LABEL=ANSWER"),
        (("--accept", "1=A or B"), "'A or B' is more than one answer"),
        (("--accept", "2a={1, 2}"), "'{1, 2}' leaves the order open"),
        (("--correct", "2a=1 or 2"), "more than one answer"),
        (("--late", "200%"), "is not a share"),
        (("--due", "soon"), "is not a date and time"),
        (("--drop", "1", "--may-lose"), "--may-lose goes with --correct"),
    ],
)
def test_what_makes_no_sense_is_refused(exam: Path, arguments: tuple[str, ...], told: str) -> None:
    done = examgen("regrade", exam, *arguments, "--yes")
    assert done.code == 2 and told in done.err
    assert points(exam) == {"ada": "25", "ben": "20"}


def test_decisions_are_kept_with_who_and_why(exam: Path) -> None:
    examgen("regrade", exam, "--drop", "1", "--who", "Prof. X", "--why", "unclear", "--yes")
    assert key(exam)["1"]  # the record is as it was
    with sqlite3.connect(exam / "instructor/gradebook.sqlite") as book:
        found = book.execute("SELECT kind, label, who, why FROM ruling").fetchall()
    assert found == [("drop", "1", "Prof. X", "unclear")]


def test_what_is_agreed_to_is_written_though_nobody_reads_on(
    exam: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where `head` shows the first lines only."""

    def leave(*_: object, **__: object) -> None:
        raise BrokenPipeError

    with monkeypatch.context() as closed, pytest.raises(BrokenPipeError):
        closed.setattr("examgen.cli.regrade.click.echo", leave)
        examgen("regrade", exam, "--drop", "1", "--yes")
    assert points(exam) == {"ada": "25", "ben": "25"}


def test_decisions_are_listed(exam: Path) -> None:
    assert "No decision is in force" in examgen("regrade", exam, "--list").out
    who = ("--who", "Prof. X", "--why", "unclear", "--yes")
    examgen("regrade", exam, "--drop", "1", "--accept", "2a=[1, 2]", "--form", "a", *who)
    examgen("regrade", exam, "--due", "2026-10-21T16:00", "--late", "10%", "--who", "Y", "--yes")
    out = examgen("regrade", exam, "--list").out
    for said in (
        "  1  part 1 of form A: dropped, everybody has its points (by Prof. X, 20",
        "  2  part 2a of form A: [1, 2] is right as well (by Prof. X, 20",
        " UTC: unclear)",
        "  3  due 2026-10-21 16:00 UTC (by Y, 20",
        "  4  10 % off for each day late (by Y, 20",
    ):
        assert said in out
    found = examgen("regrade", exam, "--list", "--json").json
    assert [each["kind"] for each in found["decisions"]] == ["drop", "accept", "due", "late"]
    assert found["taken_back"] == []
    assert examgen("regrade", exam, "--list", "--drop", "1").code == 2


def test_a_decision_can_be_taken_back(exam: Path) -> None:
    """Who changes is shown first; the marks come back, and the history says all."""
    examgen("regrade", exam, "--drop", "1", "--yes", "--why", "unclear")
    examgen("regrade", exam, "--drop", "1", "--counting", "best", "--yes")
    before = (exam / "instructor/grades/ben.md").read_text(encoding="utf-8")
    done = examgen("regrade", exam, "--take-back", "1", "--why", "it was clear")
    assert "To be taken back: part 1: dropped" in done.out
    assert "ben: 25 → 20 (−5)" in done.out and "Nothing was written" in done.out
    assert points(exam) == {"ada": "25", "ben": "25"}
    back = ("--take-back", "1", "--who", "Dean", "--why", "it was clear", "--yes")
    assert examgen("regrade", exam, *back).code == 0
    assert points(exam) == {"ada": "25", "ben": "20"}
    after = (exam / "instructor/grades/ben.md").read_text(encoding="utf-8")
    assert "dropped" in before and "dropped" not in after
    out = examgen("regrade", exam, "--list").out
    assert "  2  the best attempt counts" in out
    assert "     taken back (by Dean, 20" in out and ": it was clear)" in out
    again = examgen("regrade", exam, *back)
    assert again.code == 2 and "--take-back 1: no decision in force has this number" in again.err
    assert changes(exam, "--drop", "1") == {"ben": (20, 25)}


def test_terms_that_are_taken_back_are_those_of_before(exam: Path) -> None:
    late = ("--due", "2000-01-01T00:00", "--late", "100%", "--yes")
    examgen("regrade", exam, *late)
    examgen("regrade", exam, "--due", "2100-01-01T00:00", "--yes")
    assert changes(exam, "--take-back", "3") == {"ada": (25, 0), "ben": (20, 0)}
    assert changes(exam, "--take-back", "3", "--take-back", "1") == {}


def test_lateness_needs_to_know_when_it_was_due(exam: Path) -> None:
    done = examgen("regrade", exam, "--late", "10%", "--yes")
    assert done.code == 2 and "--due" in done.err


def at(path: Path, moment: str) -> None:
    """Say of a file that it was last changed then."""
    seconds = datetime.fromisoformat(moment).timestamp()
    os.utime(path, (seconds, seconds))


@pytest.fixture
def timed(exam: Path, tmp_path: Path) -> Path:
    """The exam, handed in by Eva an hour after it was due, and by Cem two days after."""
    for name, moment in (("eva", "2026-10-21T17:00Z"), ("cem", "2026-10-23T08:30Z")):
        path = tmp_path / f"{name}.txt"
        path.write_text(sheet(exam, id=name), encoding="utf-8")
        at(path, moment)
        grade(exam, path)
    for name in ("ada", "ben"):
        examgen("regrade", exam, "--due", "2100-01-01T00:00", "--student", name, "--yes")
    return exam


def feedback(exam: Path, student: str) -> str:
    """What a student reads, without the backslashes of Markdown."""
    found = (exam / f"instructor/grades/{student}.md").read_text(encoding="utf-8")
    return found.replace("\\", "")


LATE = ("--due", "2026-10-21T16:00", "--late", "10%", "--yes")


def test_students_are_told_what_lateness_costs(timed: Path) -> None:
    folder = timed / "instructor/grades"
    before = (folder / "ada.md").read_bytes()
    done = examgen("regrade", timed, *LATE)
    assert "2 students are late: 7.5 points are taken off in all" in done.out
    eva, cem = (feedback(timed, each) for each in ("eva", "cem"))
    assert (
        "**22.5 of 25 points.** The answers earned 25; 2.5 points are taken off because your sheet "
        "came late, on 2026-10-21 17:00 UTC: it was due 2026-10-21 16:00 UTC, and the day begun "
        "since then costs 10 % of the points. All 9 answers are right." in eva
    )
    assert "each of the 2 days begun since then costs 10 %" in cem and "**20 of 25 points.**" in cem
    assert (folder / "ada.md").read_bytes() == before
    assert "eva,,A,1,1,22.5,25" in (folder / "totals.csv").read_text(encoding="utf-8")
    examgen("regrade", timed, "--late", "9.98%", "--yes")
    assert "**22.51 of 25 points.** The answers earned 25; 2.49 points" in feedback(timed, "eva")
    examgen("regrade", timed, "--due", "2026-10-21T18:00+02:00", "--yes")
    assert "late, on 2026-10-21 19:00 UTC+02:00: it was due 2026-10-21 18:00 UTC+02:00" in feedback(
        timed, "eva"
    )
    late = examgen("regrade", timed, "--list", "--json").json["decisions"]
    numbers = (str(each["number"]) for each in late if each["kind"] == "late")
    examgen("regrade", timed, *chain(*(("--take-back", each) for each in numbers)), "--yes")
    assert "taken off" not in (folder / "eva.md").read_text(encoding="utf-8")


def test_one_student_may_have_more_time(timed: Path) -> None:
    examgen("regrade", timed, *LATE)
    more = ("--due", "2026-10-22T12:00", "--student", "CEM")
    assert changes(timed, *more) == {"cem": (20, 22.5)}
    examgen("regrade", timed, *more, "--why", "ill", "--yes")
    assert "due 2026-10-22 12:00 UTC for cem (by " in examgen("regrade", timed, "--list").out
    told = feedback(timed, "cem")
    assert "it was due 2026-10-22 12:00 UTC, and the day begun" in told
    assert examgen("regrade", timed, "--student", "cem", "--drop", "1").code == 2
    done = examgen("regrade", timed, "--due", "2026-10-22T12:00", "--student", "zoe")
    assert done.code == 2 and "no student with this id has handed anything in" in done.err


def test_canvas_and_the_files_may_differ_about_lateness(exam: Path, tmp_path: Path) -> None:
    """Nobody is said to be late by a name alone, nor in silence against Canvas."""
    for name, file, moment in (
        ("kim", "kim_LATE_12_345_answers.txt", "2026-10-21T15:00Z"),
        ("lea", "lea_13_346_answers.txt", "2026-10-21T17:00Z"),
        ("max", "max_LATE_14_347_answers.txt", "2026-10-21T17:00Z"),
        ("ole", "ole_15_348_answers.txt", "2026-10-21T15:00Z"),
    ):
        path = tmp_path / file
        path.write_text(sheet(exam, id=name), encoding="utf-8")
        at(path, moment)
        assert "Canvas" not in grade(exam, path).out
    for each in ((), ("--yes",)):
        done = examgen("regrade", exam, *LATE[:-1], *each)
        lines = [line for line in done.out.splitlines() if "Canvas" in line]
        assert len(lines) == 2
        assert "kim_LATE_12_345_answers.txt: late for Canvas, but of 2026-10-21 15:00" in lines[0]
        assert "lea_13_346_answers.txt: in time for Canvas, but of 2026-10-21 17:00" in lines[1]
    assert "late for Canvas" in grade(exam).out


def test_a_gradebook_of_before_keeps_its_decisions(exam: Path) -> None:
    """Schema 1 had the terms among the settings, and noted no time."""
    examgen("regrade", exam, "--drop", "1", "--who", "X", "--yes")
    with sqlite3.connect(exam / "instructor/gradebook.sqlite") as book:
        book.executescript("""
            DROP TABLE taken_back;
            INSERT INTO manual VALUES ('ben', '9', '1', 'x', '1', '', 'Y');
            CREATE TABLE old (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, label TEXT NOT NULL,
              form TEXT NOT NULL, answer TEXT NOT NULL, may_lose INTEGER NOT NULL,
              who TEXT NOT NULL, why TEXT NOT NULL);
            INSERT INTO old SELECT id, kind, label, form, answer, may_lose, who, why FROM ruling;
            DROP TABLE ruling;
            ALTER TABLE old RENAME TO ruling;
            INSERT INTO setting VALUES ('counting', 'best'), ('due', ''), ('late', '1/10');
            PRAGMA user_version = 1;
        """)
    out = examgen("regrade", exam, "--list").out
    assert "  1  part 1: dropped, everybody has its points (by X)" in out
    assert "  2  the best attempt counts\n" in out
    assert "  3  10 % off for each day late\n" in out
    assert "due" not in out
    assert examgen("regrade", exam, "--take-back", "1", "--yes").code == 0
    assert points(exam) == {"ada": "25", "ben": "20"}


def test_an_answer_of_another_kind_is_refused(tmp_path: Path) -> None:
    """An integer cannot be 2.5, though it can be read as that."""
    whole = QUIZ.replace("long-residual-block", "long-decode-with-cache")
    (tmp_path / "quiz.toml").write_text(whole, encoding="utf-8")
    made = ("-o", tmp_path / "exam", "--blueprint", tmp_path / "quiz.toml", "--seed", "s")
    assert examgen("generate", *made, "--format", "md").code == 0
    parts = record(tmp_path / "exam")["items"][1]["parts"]
    label = next(each["label"] for each in parts if each["kind"] == "integer")
    (tmp_path / "a.txt").write_text(sheet(tmp_path / "exam", id="a"), encoding="utf-8")
    grade(tmp_path / "exam", tmp_path / "a.txt")
    done = examgen("regrade", tmp_path / "exam", "--accept", f"{label}=2.5")
    assert done.code == 2 and "allowed is an integer" in done.err
