"""What is not lost by overwriting: the forms of a class, and exams for which sheets were graded."""

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


def gradebooks(exam: Path) -> list[str]:
    """Where the gradebooks of an exam lie that others have replaced."""
    kept = (exam / "instructor/replaced").rglob("gradebook.sqlite")
    return sorted(path.parent.name for path in kept)


def test_an_exam_for_which_sheets_were_graded_is_kept(single: Path) -> None:
    ids = []
    anew = ("generate", "-o", single)
    practice = ("practice", single, "--class", "-o", single)
    for command in (anew, (*anew, "--redraw", 1), practice):
        right = single.parent / "right.txt"
        right.write_text(sheet(single), encoding="utf-8")
        assert grade(single, right).code == 0
        ids.append(record(single)["id"])
        before = (single / "instructor/exam.json").read_bytes()
        done = examgen(*command, *DRAWN)
        assert done.code == 0, done.err
        assert gradebooks(single) == sorted(ids)
        kept = single / "instructor/replaced" / ids[-1]
        assert str(kept) in done.err
        assert (kept / "exam.json").read_bytes() == before
        assert record(single)["id"] not in ids
        told = grade(kept, "--json").json
        assert [each["points"] for each in told["sheets"]] == [told["possible"]]
        assert examgen("regrade", kept, "--list").code == 0


def test_without_force_nothing_is_replaced_or_put_away(single: Path) -> None:
    right = single.parent / "right.txt"
    right.write_text(sheet(single), encoding="utf-8")
    assert grade(single, right).code == 0
    before = contents(single)
    assert examgen("generate", "-o", single, "--format", "md").code == 2
    assert contents(single) == before
    assert not gradebooks(single)


def test_the_same_exam_keeps_its_gradebook(single: Path) -> None:
    """As when it is drawn again in another format."""
    right = single.parent / "right.txt"
    right.write_text(sheet(single), encoding="utf-8")
    assert grade(single, right).code == 0
    seed, id_ = (record(single)[each] for each in ("seed", "id"))
    blueprint = ("--blueprint", single.parent / "quiz.toml")
    again = ("generate", "-o", single, *blueprint, "--seed", seed, "--format", "html", "--force")
    assert examgen(*again).code == 0
    assert record(single)["id"] == id_
    assert not gradebooks(single)
    assert len(grade(single, "--json").json["sheets"]) == 1


def test_a_broken_gradebook_is_kept_too(single: Path) -> None:
    (single / "instructor/gradebook.sqlite").write_text("no database", encoding="utf-8")
    for _ in range(2):
        assert examgen("generate", "-o", single, *DRAWN).code == 0
        (single / "instructor/gradebook.sqlite").write_text("another", encoding="utf-8")
    assert gradebooks(single) == ["unknown", "unknown-2"]


def test_an_empty_gradebook_goes_with_its_exam(single: Path) -> None:
    assert grade(single).code == 0
    assert examgen("generate", "-o", single, *DRAWN, "--seed", "2").code == 0
    right = single.parent / "right.txt"
    right.write_text(sheet(single), encoding="utf-8")
    assert grade(single, right).code == 0


def test_a_class_for_which_sheets_were_graded_is_kept(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    grade(exam, hand_in(tmp_path / "subs", exam))
    before = {path.name: path.read_bytes() for path in (exam / "instructor/m1").glob("*.json")}
    again = ("generate", "-o", exam, "--roster", tmp_path / "roster.csv", "--jobs", 1)
    assert examgen(*again, *DRAWN).code == 0
    assert not gradebooks(exam), "the forms are those that were graded"
    assert examgen(*again, "--redraw", 1, *DRAWN).code == 0
    (id_,) = gradebooks(exam)
    kept = exam / "instructor/replaced" / id_
    assert {path.name: path.read_bytes() for path in (kept / "m1").iterdir()} == before
    told = grade(kept, "--json").json
    assert {each["points"] for each in told["sheets"]} == {told["possible"]}
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
