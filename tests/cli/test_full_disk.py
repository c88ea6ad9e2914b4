"""A disk that really is full, and a folder that really cannot be written: nothing is lost."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.classroom import QUIZ, grade, make_single, sheet
from tests.cli.running import examgen

SHEETS = 40


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount("-t", "tmpfs", "-o", "size=1M,mode=1777", "examgen-test", str(folder))
    try:
        yield folder
    finally:
        as_root("umount", str(folder))


def as_root(*command: str) -> str:
    """Run a command as root; what it says if it fails."""
    if sys.platform != "linux":
        return "this is no Linux"
    sudo = () if os.geteuid() == 0 else ("sudo", "-n")
    try:
        done = subprocess.run([*sudo, *command], capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return str(error)
    return done.stderr.strip() or "it failed" if done.returncode else ""


def mount(*arguments: str) -> None:
    """Mount something, or skip the test; where CI runs as root it must be possible."""
    if fault := as_root("mount", *arguments):
        if "CI" in os.environ and sys.platform == "linux" and os.geteuid() == 0:
            pytest.fail(f"nothing can be mounted in CI: {fault}")
        pytest.skip(f"nothing can be mounted here: {fault}")


@pytest.fixture
def submissions(tmp_path: Path) -> tuple[Path, Path]:
    """An exam, and a folder of sheets."""
    exam, folder = make_single(tmp_path), tmp_path / "subs"
    folder.mkdir()
    for number in range(SHEETS):
        text = sheet(exam, id=f"s{number}", _1="A" if number % 2 else "B", _2a="7")
        (folder / f"s{number}.txt").write_text(text, encoding="utf-8")
    return exam, folder


def fill(disk: Path, left: int) -> Path:
    """A file that leaves so many bytes of the disk."""
    found = os.statvfs(disk)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(max(0, found.f_bavail * found.f_frsize - left)))
    return ballast


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("left", [0, 20_000, 100_000])
def test_grading_goes_on_where_the_disk_was_full(
    submissions: tuple[Path, Path], disk: Path, tmp_path: Path, left: int
) -> None:
    exam, folder = submissions
    places = ("-o", disk / "grades", "--gradebook", disk / "book.sqlite")
    ballast = fill(disk, left)
    done = grade(exam, folder, *places)
    assert done.code == 2 and ("No space left" in done.err or "room on" in done.err), done.err
    assert "Traceback" not in done.err
    ballast.unlink()
    assert grade(exam, folder, *places).code == 0
    elsewhere = ("-o", tmp_path / "o", "--gradebook", tmp_path / "b.sqlite")
    assert grade(exam, folder, *elsewhere).code == 0
    assert contents(disk / "grades") == contents(tmp_path / "o")


@pytest.mark.parametrize("left", [0, 60_000])
def test_a_class_is_resumed_where_the_disk_was_full(disk: Path, tmp_path: Path, left: int) -> None:
    quiz = tmp_path / "quiz.toml"
    quiz.write_text(QUIZ, encoding="utf-8")
    common = ("--blueprint", quiz, "--forms", "12", "--seed", "s", "--format", "md", "--jobs", "1")
    ballast = fill(disk, left)
    done = examgen("generate", "-o", disk / "exam", *common)
    assert done.code == 2 and "No space left" in done.err, done.err
    ballast.unlink()
    assert examgen("generate", "-o", disk / "exam", *common).code == 0
    assert examgen("generate", "-o", tmp_path / "exam", *common).code == 0
    assert tree(disk / "exam") == tree(tmp_path / "exam")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def read_only(submissions: tuple[Path, Path]) -> Iterator[Path]:
    """The exam on a disk that cannot be written: root is not asked for permissions."""
    exam = str(submissions[0])
    mount("--bind", exam, exam)
    try:
        mount("-o", "remount,ro,bind", exam)
        yield submissions[0]
    finally:
        as_root("umount", exam)


def test_a_read_only_exam_is_graded_elsewhere(
    read_only: Path, submissions: tuple[Path, Path], tmp_path: Path
) -> None:
    _, folder = submissions
    done = grade(read_only, folder)
    assert done.code == 2 and "--gradebook FILE elsewhere" in done.err, done.err
    done = grade(read_only, folder, "--gradebook", tmp_path / "b.sqlite")
    assert done.code == 2 and "it cannot be written" in done.err, done.err
    done = grade(read_only, folder, "--gradebook", tmp_path / "b.sqlite", "-o", tmp_path / "o")
    assert done.code == 0, done.err
    assert len(list((tmp_path / "o").glob("*.md"))) == SHEETS
