"""`examgen mark`: a person's marks are taken one by one, kept at once, and survive a regrade."""

import csv
import io
import re
import sys
from pathlib import Path

import pytest

from tests.cli.classroom import grade, make_single, sheet
from tests.cli.running import Done, examgen


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """An exam whose item 1 nobody can read on the sheets of Ada and Ben."""
    exam = make_single(tmp_path)
    for name in ("ada", "ben"):
        text = sheet(exam, id=name, _1="the \x1b[31mthird one")
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    assert grade(exam, tmp_path / "ada.txt", tmp_path / "ben.txt").code == 0
    assert points(exam) == {"ada": "20", "ben": "20"}
    return exam


def points(exam: Path) -> dict[str, str]:
    """grades.csv."""
    with (exam / "instructor/grades/grades.csv").open(encoding="utf-8") as file:
        return {row["id"]: row["points"] for row in csv.DictReader(file)}


def mark(monkeypatch: pytest.MonkeyPatch, exam: Path, typed: str, *arguments: str) -> Done:
    """Mark with these lines typed."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
    return examgen("mark", exam, "--who", "Prof. X", *arguments)


def test_answers_are_shown_and_marked(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = mark(monkeypatch, exam, "5\n\n7/2\nnearly\n")
    assert done.code == 0
    assert "[1 of 2] 1, ada" in done.out and "key: " in done.out
    assert "\x1b[31m" not in done.out and "third one" in done.out
    assert points(exam) == {"ada": "25", "ben": "23.5"}
    feedback = (exam / "instructor/grades/ben.md").read_text(encoding="utf-8")
    assert "nearly" in feedback and "3.5 of 5" in feedback
    assert "Nothing waits" in mark(monkeypatch, exam, "").out


def test_it_goes_on_where_it_stopped(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = mark(monkeypatch, exam, "5\nwell read\nq\n")
    assert done.code == 1
    assert points(exam) == {"ada": "25", "ben": "20"}
    done = mark(monkeypatch, exam, "s\n")
    assert "[1 of 1] 1, ben" in done.out and done.code == 1
    assert mark(monkeypatch, exam, "1\n\n").code == 0
    assert points(exam) == {"ada": "25", "ben": "21"}


@pytest.mark.parametrize("nonsense", ["6", "-1", "x", "1/0", "9" * 50, "nan", "1e1"])
def test_nonsense_is_asked_again(
    exam: Path, monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    done = mark(monkeypatch, exam, f"{nonsense}\n2\n\nq\n")
    assert "is not one of these" in done.out
    assert points(exam) == {"ada": "22", "ben": "20"}


def test_each_attempt_keeps_its_mark(
    exam: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else one would be asked again for ever, and the best one lost."""
    again = tmp_path / "ada again.txt"
    again.write_text(sheet(exam, id="ada", _1="the fourth"), encoding="utf-8")
    grade(exam, again)
    assert "[3 of 3]" in mark(monkeypatch, exam, "4\n\n2\n\n1\n\n").out
    assert "Nothing waits" in mark(monkeypatch, exam, "").out
    with (exam / "instructor/grades/grades.csv").open(encoding="utf-8") as file:
        found = sorted((row["id"], row["points"]) for row in csv.DictReader(file))
    assert found == [("ada", "21"), ("ada", "24"), ("ben", "22")]
    examgen("regrade", exam, "--counting", "best", "--yes")
    overruled = ("--student", "ada", "--label", "1", "--points", "3")
    assert examgen("mark", exam, *overruled).code == 0
    totals = (exam / "instructor/grades/totals.csv").read_text(encoding="utf-8")
    assert "ada,,A,2,0,23,25" in totals


def test_marks_by_hand_survive_a_regrade(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark(monkeypatch, exam, "4\n\n3\n\n")
    before = points(exam)
    assert examgen("regrade", exam, "--yes").code == 0
    assert points(exam) == before == {"ada": "24", "ben": "23"}


def test_a_dropped_part_waits_for_nobody(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody has its points: who wrote nothing or nothing legible, or was marked by hand."""
    mark(monkeypatch, exam, "2\nnearly\nq\n")
    (exam / "cleo.txt").write_text(sheet(exam, id="cleo", _1=""), encoding="utf-8")
    grade(exam, exam / "cleo.txt")
    assert points(exam)["cleo"] == "20"
    done = examgen("regrade", exam, "--drop", "1", "--yes")
    assert "3 students change: 3 gain, 0 lose" in done.out
    assert points(exam) == {"ada": "25", "ben": "25", "cleo": "25"}
    for name in ("ada", "ben", "cleo"):
        told = (exam / f"instructor/grades/{name}.md").read_text(encoding="utf-8")
        assert "(5 of 5)" in told and "his part was dropped: everybody gets its points." in told
        assert "earns nothing" not in told and "has earned nothing" not in told
    assert "Nothing waits" in mark(monkeypatch, exam, "").out
    assert "Needs a person" not in grade(exam).out
    done = mark(monkeypatch, exam, "", "--student", "ben", "--label", "1", "--points", "1")
    assert done.code == 2 and "this part was dropped; everybody has its points" in done.err


def test_who_was_right_has_the_points_of_a_dropped_part_too(exam: Path) -> None:
    """Whatever a person gave: the others have all of them."""
    overruled = ("--student", "ada", "--label", "2a", "--points", "0")
    assert examgen("mark", exam, *overruled).code == 0
    before = points(exam)
    assert before["ada"] != before["ben"]
    assert examgen("regrade", exam, "--drop", "2a", "--yes").code == 0
    assert points(exam) == {"ada": before["ben"], "ben": before["ben"]}
    done = examgen("mark", exam, *overruled)
    assert done.code == 2 and "this part was dropped" in done.err


@pytest.mark.usefixtures("exam")
def test_a_row_of_a_table_is_named(tmp_path: Path) -> None:
    """What is asked in every row says little by itself."""
    blueprint = (tmp_path / "quiz.toml").read_text(encoding="utf-8")
    table = blueprint.replace("long-residual-block", "long-cnn-shape-table")
    (tmp_path / "table.toml").write_text(table, encoding="utf-8")
    shapes = tmp_path / "shapes"
    made = ("--blueprint", tmp_path / "table.toml", "--seed", "s", "--format", "md")
    assert examgen("generate", "-o", shapes, *made).code == 0
    (tmp_path / "zoe.txt").write_text(sheet(shapes, id="zoe", _2a="eight by eight"), "utf-8")
    grade(shapes, tmp_path / "zoe.txt")
    with pytest.MonkeyPatch.context() as patch:
        assert re.search(r"  Layer 1, .*: Output shape", mark(patch, shapes, "q\n").out)


def test_a_label_that_nobody_has_is_refused(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = mark(monkeypatch, exam, "", "--label", "2aa")
    assert done.code == 2
    assert "'2aa': no part has this label; did you mean '2a'?" in done.err


def test_a_new_answer_is_asked_anew(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(monkeypatch, exam, "4\n\n3\n\n")
    (tmp_path / "ada.txt").write_text(
        sheet(exam, id="ada", _1="perhaps the fourth"), encoding="utf-8"
    )
    grade(exam, tmp_path / "ada.txt")
    assert "[1 of 1] 1, ada" in mark(monkeypatch, exam, "q\n").out


def test_one_mark_is_overruled(exam: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = ("--student", "ADA", "--label", "2a", "--points", "0", "--comment", "copied")
    done = mark(monkeypatch, exam, "", *arguments)
    assert done.code == 0, done.err
    assert float(points(exam)["ada"]) < 20
    assert "copied" in (exam / "instructor/grades/ada.md").read_text(encoding="utf-8")
    done = mark(monkeypatch, exam, "", "--student", "zoe", "--label", "2a", "--points", "0")
    assert done.code == 2 and "no student of this name" in done.err
    done = mark(monkeypatch, exam, "", "--student", "ada", "--label", "2a", "--points", "99")
    assert done.code == 2
