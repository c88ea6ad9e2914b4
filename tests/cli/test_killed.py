"""Grading killed as nothing can refuse, and run twice at once: nothing is lost, nothing double."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from examgen.cli.folders import LONG_AGO
from tests.cli.classroom import grade, make_single, sheet

SHEETS = 60
RUN = "from examgen.cli.main import main; main()"
KILLED = """
import os, signal, sys
left, replace = int(sys.argv.pop(1)), os.replace
def replace_and_die(*paths):
    global left
    replace(*paths)
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
os.replace = replace_and_die
"""
"""Kills the process as soon as it has written so many files."""


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """An exam, and its sheets in the folder subs beside it."""
    exam = make_single(tmp_path)
    (tmp_path / "subs").mkdir()
    for number in range(SHEETS):
        text = sheet(exam, id=f"s{number}", _1="A" if number % 2 else "B")
        (tmp_path / f"subs/s{number}.txt").write_text(text, encoding="utf-8")
    return exam


def start(exam: Path, output: Path, written: int | None = None) -> subprocess.Popen[bytes]:
    """Grade in a process of its own, which is killed when it has *written* so many files."""
    arguments = ["grade", str(exam), str(exam.parent / "subs"), "-o", str(output), "--jobs", "1"]
    code = [RUN] if written is None else [f"{KILLED}{RUN}", str(written)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-c", *code, *arguments],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in folder.iterdir() if not path.name.startswith(".")
    }


def marks(exam: Path) -> list[tuple[object, ...]]:
    """All marks in the gradebook, and that it is whole."""
    with sqlite3.connect(exam / "instructor/gradebook.sqlite") as book:
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return book.execute(
            "SELECT student, label, verdict, points FROM mark JOIN submission ON id = submission"
            " ORDER BY student, position"
        ).fetchall()


def test_killed_at_any_moment_the_next_run_completes(exam: Path, tmp_path: Path) -> None:
    output = tmp_path / "o"
    for moment in (1, SHEETS // 3, SHEETS // 3):
        process = start(exam, output, moment)
        _, said = process.communicate(timeout=120)
        assert process.returncode == -signal.SIGKILL, said
    assert not (output / "grades.csv").exists()
    assert grade(exam, tmp_path / "subs", "-o", output).code == 0
    broken = marks(exam)
    for path in (exam / "instructor").glob("gradebook*"):
        path.unlink()
    assert grade(exam, tmp_path / "subs", "-o", tmp_path / "undisturbed").code == 0
    assert marks(exam) == broken
    assert contents(output) == contents(tmp_path / "undisturbed")


def test_two_runs_at_once_are_safe(exam: Path, tmp_path: Path) -> None:
    runs = [start(exam, tmp_path / "o") for _ in range(2)]
    for each in runs:
        _, said = each.communicate(timeout=120)
        assert each.returncode == 0, said
    together = marks(exam)
    assert len(together) == SHEETS * len({label for _, label, *_ in together})
    assert len(contents(tmp_path / "o")) == SHEETS + 1


def test_what_killed_runs_left_is_taken_away_in_time(exam: Path, tmp_path: Path) -> None:
    """What is young may be another run's, which is writing it."""
    output = tmp_path / "o"
    output.mkdir()
    old, young, other = (output / name for name in (".examgen-1", ".examgen-2", ".mine"))
    for each in (old, young, other):
        each.write_text("half a pa", encoding="utf-8")
    for each in (old, other):
        os.utime(each, (time.time() - 2 * LONG_AGO,) * 2)
    grade(exam, exam.parent / "subs", "-o", output)
    assert [each.exists() for each in (old, young, other)] == [False, True, True]
