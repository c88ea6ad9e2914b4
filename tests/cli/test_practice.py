"""`examgen practice`: from a gradebook to the next exam."""

import json
from pathlib import Path

import pytest

from tests.cli.classroom import grade, hand_in, make_class, record, sheet
from tests.cli.running import examgen

BLUEPRINT = ("--format", "md", "--seed", "s")


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of which Emmy left the skip out, and the others were right."""
    folder = tmp_path_factory.mktemp("practice")
    exam = make_class(folder)
    subs = hand_in(folder / "subs", exam)
    part = next(each for each in parts(exam, "m2") if mistake(each))
    text = sheet(exam, "m2", **{f"_{part['label']}": str(mistake(part))})
    (subs / "m2.txt").write_text(text, encoding="utf-8")
    assert grade(exam, subs).code == 0
    return exam


def parts(exam: Path, form: str) -> list[dict[str, object]]:
    return [part for item in record(exam, form)["items"] for part in item["parts"]]


def mistake(part: dict[str, object]) -> object:
    """What somebody answers who forgets the skip."""
    known = part["misconceptions"]
    assert isinstance(known, list)
    return next((each["answer"] for each in known if each["name"] == "forgets_the_skip"), None)


def test_a_student_s_mistakes_come_back(exam: Path, tmp_path: Path) -> None:
    done = examgen("practice", exam, "--student", "M2", "-o", tmp_path / "p", *BLUEPRINT)
    assert done.code == 0, done.err
    why = (tmp_path / "p/student/why.md").read_text(encoding="utf-8")
    assert "forgets the skip" in why and why.count("\n1. ") == 1 and why.count("\n2. ") == 1
    drawn = json.loads((tmp_path / "p/instructor/exam.json").read_text(encoding="utf-8"))
    offered = {
        each["name"]
        for item in drawn["items"]
        for part in item["parts"]
        for each in part["misconceptions"]
    }
    assert "forgets_the_skip" in offered
    sections = [(each["count"], each["points"]) for each in drawn["blueprint"]["sections"]]
    assert sections == [(1, 5), (1, 20)]
    assert "seed" not in why and drawn["seed"] not in why.split()


def test_the_class_s_mistakes_come_back(exam: Path, tmp_path: Path) -> None:
    done = examgen("practice", exam, "--class", "-o", tmp_path / "p", "--json", *BLUEPRINT)
    assert "forgets the skip" in "".join(done.json["why"])


def test_the_practice_exam_is_an_exam(exam: Path, tmp_path: Path) -> None:
    drawn = ("practice", exam, "--student", "m2", "-o", tmp_path / "p", *BLUEPRINT)
    assert examgen(*drawn, "--solutions").code == 0
    assert (tmp_path / "p/instructor/solutions.md").exists()
    (tmp_path / "right.txt").write_text(sheet(tmp_path / "p"), encoding="utf-8")
    done = grade(tmp_path / "p", tmp_path / "right.txt", "--json")
    assert done.json["sheets"][0]["points"] == done.json["possible"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "either --student ID or --class"),
        (("--student", "m1", "--class"), "either --student ID or --class"),
        (("--student", "m9"), "no student with this id"),
    ],
)
def test_whose_mistakes_must_be_said(
    exam: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = examgen("practice", exam, *arguments, "-o", tmp_path / "p")
    assert done.code == 2 and told in done.err
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize("whose", [("--class",), ("--student", "m1")])
def test_somebody_must_have_been_graded(tmp_path: Path, whose: tuple[str, ...]) -> None:
    exam = make_class(tmp_path)
    (tmp_path / "empty.txt").touch()
    assert grade(exam, tmp_path / "empty.txt").code == 1
    done = examgen("practice", exam, *whose, "-o", tmp_path / "p")
    assert done.code == 2 and "nobody has been graded in it; `examgen grade` first" in done.err
