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
COMMAND = [sys.executable, "-c", "from examgen.cli.main import main; main()"]


@pytest.fixture
def exam(tmp_path: Path) -> Path:
    """An exam, and its sheets in the folder subs beside it."""
    exam = make_single(tmp_path)
    (tmp_path / "subs").mkdir()
    for number in range(SHEETS):
        text = sheet(exam, id=f"s{number}", _1="A" if number % 2 else "B")
        (tmp_path / f"subs/s{number}.txt").write_text(text, encoding="utf-8")
    return exam


def start(exam: Path, output: Path) -> subprocess.Popen[bytes]:
    """Grade in a process of its own."""
    arguments = ["grade", str(exam), str(exam.parent / "subs"), "-o", str(output), "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [*COMMAND, *arguments], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
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
    for moment in (1, SHEETS // 3):
        process = start(exam, output)
        deadline = time.monotonic() + 60
        while len(list(output.glob("*.md"))) < moment and time.monotonic() < deadline:
            assert process.poll() is None, process.communicate()
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
        process.communicate()
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
