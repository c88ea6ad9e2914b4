"""`examgen render`: pages come from the record, and only from it."""

from pathlib import Path

import pytest

from tests.cli.classroom import make_class, make_single
from tests.cli.running import examgen


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_the_pages_are_those_that_generate_writes(tmp_path: Path) -> None:
    exam = make_single(tmp_path)
    before = contents(exam)
    for path in exam.rglob("*.md"):
        path.unlink()
    assert examgen("render", exam, "--format", "md").code == 0
    assert contents(exam) == before


def test_another_format_leaves_the_others_and_the_record(tmp_path: Path) -> None:
    exam = make_single(tmp_path)
    before = contents(exam)
    assert examgen("render", exam, "--format", "html").code == 0
    after = contents(exam)
    assert {"student/paper.html", "instructor/key.html"} == set(after) - set(before)
    assert all(after[name] == content for name, content in before.items())


def test_solutions_come_beside_the_key(tmp_path: Path) -> None:
    exam = make_single(tmp_path)
    before = contents(exam)
    assert examgen("render", exam, "--format", "md", "--solutions").code == 0
    after = contents(exam)
    assert {"instructor/solutions.md"} == set(after) - set(before)
    assert all(after[name] == content for name, content in before.items())


def test_every_form_of_a_class_keeps_its_owner(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    before = contents(exam)
    for path in exam.rglob("*.md"):
        path.unlink()
    for path in exam.rglob("answers.txt"):
        path.unlink()
    assert examgen("render", exam, "--format", "md").code == 0
    assert contents(exam) == before


def test_the_boxes_of_a_class_are_told_once(tmp_path: Path) -> None:
    """As `generate` does, whatever was rendered before."""
    exam, made = make_class(tmp_path), tmp_path / "made"
    fixed = ("--layout", "fixed", "--format", "tex")
    whole = ("--blueprint", tmp_path / "quiz.toml", "--roster", tmp_path / "roster.csv")
    assert examgen("generate", "-o", made, *whole, "--seed", "s", *fixed).code == 0
    for space in ("3in", "2in"):
        done = examgen("render", exam, *fixed, "--answer-space", space)
        assert done.code == 0, done.err
    assert [path.parent for path in exam.rglob("regions.json")] == [exam / "instructor"]
    assert contents(made).items() <= contents(exam).items()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--layout", "fixed", "--format", "html,md"), "--layout fixed is for print"),
        (("--style", "exam", "--format", "md"), "--style exam is LaTeX's"),
        (("--style", "exam", "--layout", "fixed"), "leave --style exam out"),
    ],
)
def test_a_look_that_would_change_nothing_is_refused(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    exam = make_single(tmp_path)
    for command in (("render", exam), ("generate", "-o", tmp_path / "new")):
        done = examgen(*command, *options)
        assert done.code == 2 and said in done.err


def test_a_record_alone_has_no_place_for_pages(tmp_path: Path) -> None:
    exam = make_single(tmp_path)
    alone = tmp_path / "alone"
    alone.mkdir()
    (exam / "instructor/exam.json").rename(alone / "exam.json")
    done = examgen("render", alone / "exam.json")
    assert done.code == 2 and "only its record is there" in done.err
