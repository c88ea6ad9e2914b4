"""Files for learning platforms from the command line: on the instructor's side only."""

from pathlib import Path

from tests.cli.classroom import make_class
from tests.cli.running import examgen

FILES = {"moodle.xml", "canvas.zip"}


def found(folder: Path) -> set[str]:
    """The platforms' files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.name in FILES}


def test_the_answers_stand_beside_the_key(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    done = examgen("generate", "-o", exam, "--seed", "p", "--format", "md,moodle,canvas")
    assert done.code == 0, done.err
    assert found(exam) == {"instructor/moodle.xml", "instructor/canvas.zip"}
    assert "moodle.xml" in done.out


def test_they_can_be_all_that_is_asked_for(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    assert examgen("generate", "-o", exam, "--seed", "p", "--format", "moodle").code == 0
    assert found(exam) == {"instructor/moodle.xml"}
    assert not list(exam.rglob("paper.*"))


def test_another_exam_takes_them_away(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    assert examgen("generate", "-o", exam, "--seed", "p", "--format", "moodle,canvas").code == 0
    assert examgen("generate", "-o", exam, "--seed", "q", "--format", "md", "--force").code == 0
    assert not found(exam)


def test_an_exam_drawn_before_is_written_for_a_platform(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    drawn = ("generate", "-o", exam, "--seed", "p")
    assert examgen(*drawn, "--format", "moodle").code == 0
    at_once = (exam / "instructor/moodle.xml").read_bytes()
    assert examgen(*drawn, "--format", "md", "--force").code == 0
    assert examgen("render", exam, "--format", "moodle").code == 0
    assert (exam / "instructor/moodle.xml").read_bytes() == at_once


def test_every_form_of_a_class_has_its_own(tmp_path: Path) -> None:
    exam = make_class(tmp_path)
    forms = {path.parent.name for path in exam.glob("student/*/answers.txt")}
    assert examgen("render", exam, "--format", "canvas").code == 0
    assert found(exam) == {f"instructor/{form}/canvas.zip" for form in forms}
    assert len({(exam / name).read_bytes() for name in found(exam)}) == len(forms) > 1


def test_an_unknown_platform_is_named_with_what_there_is(tmp_path: Path) -> None:
    done = examgen("generate", "-o", tmp_path / "exam", "--format", "moodel")
    assert done.code == 2
    assert "moodle" in done.err
