"""What no command writes over: the forms of a class, and exams for which sheets were graded."""

from pathlib import Path

import pytest

from tests.cli.classroom import grade, hand_in, make_class, make_single, record, sheet
from tests.cli.running import examgen

DRAWN = ("--format", "md", "--force")


@pytest.fixture
def single(tmp_path: Path) -> Path:
    """An exam of one form."""
    return make_single(tmp_path)


def contents(folder: Path) -> dict[Path, bytes]:
    """All files but the gradebook, which may be looked into."""
    return {
        path: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "sqlite" not in path.name
    }


def test_an_exam_for_which_sheets_were_graded_is_not_replaced(single: Path) -> None:
    right = single.parent / "right.txt"
    right.write_text(sheet(single), encoding="utf-8")
    assert grade(single, right).code == 0
    before = contents(single)
    practice = ("practice", single, "--class", "-o", single)
    anew = ("generate", "-o", single)
    for command in (anew, (*anew, "--redraw", 1), practice):
        done = examgen(*command, *DRAWN)
        assert done.code == 2
        assert "gradebook.sqlite: sheets were graded here for the exam" in done.err
        assert contents(single) == before
    assert grade(single).code == 0


def test_an_empty_gradebook_goes_with_its_exam(single: Path) -> None:
    assert grade(single).code == 0
    assert examgen("generate", "-o", single, *DRAWN, "--seed", "2").code == 0
    right = single.parent / "right.txt"
    right.write_text(sheet(single), encoding="utf-8")
    assert grade(single, right).code == 0


def test_a_class_for_which_sheets_were_graded_is_not_drawn_again(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    grade(exam, hand_in(tmp_path / "subs", exam))
    before = contents(exam)
    again = ("generate", "-o", exam, "--roster", tmp_path / "roster.csv", "--jobs", 1)
    done = examgen(*again, "--redraw", 1, *DRAWN)
    assert done.code == 2 and "sheets were graded here" in done.err
    assert contents(exam) == before
    (tmp_path / "roster.csv").write_text("id,name\nm4,Maryam\n", encoding="utf-8")
    assert examgen(*again, "--format", "md").code == 0
    assert record(exam, "m4")["form"] == "m4"


def test_practice_is_not_written_among_the_forms_of_a_class(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    grade(exam, hand_in(tmp_path / "subs", exam))
    before = contents(exam)
    done = examgen("practice", exam, "--class", "-o", exam, "--format", "md")
    assert done.code == 2 and "the forms of a class are there already" in done.err
    assert contents(exam) == before


def test_the_reasons_of_practice_go_with_its_exam(single: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("1: A\n", encoding="utf-8")
    grade(single, wrong)
    assert examgen("practice", single, "--class", "-o", tmp_path / "p", "--format", "md").code == 0
    assert (tmp_path / "p/student/why.md").exists()
    assert examgen("generate", "-o", tmp_path / "p", *DRAWN).code == 0
    assert not (tmp_path / "p/student/why.md").exists()
