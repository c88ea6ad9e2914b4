"""Equal seeds give equal bytes on every Python, whatever the shell has set."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
# Interpreters that have examgen installed, as .ci/run prepares them.
OTHERS = [python for python in os.environ.get("EXAMGEN_PYTHONS", "").split(os.pathsep) if python]
USUAL = {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
# Without UTF-8 mode, the C locale makes ASCII the encoding of a file that is opened without one.
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
UNUSUAL = {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati"} | ASCII


SUBJECTS = ("draws", "exams")


@cache
def printed(subject: str, python: str = sys.executable, **settings: str) -> list[str]:
    """The lines of portable.py under that interpreter, with the examgen that it has installed."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python, HERE / "portable.py", subject],
        cwd=HERE,  # not the root: its examgen must not come before the installed one
        env=kept | settings | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{python} {subject}\n{done.stderr}"
    return done.stdout.splitlines()


def test_draws_are_the_recorded_ones() -> None:
    recorded = (HERE / "draws.jsonl").read_text(encoding="utf-8").splitlines()
    assert printed("draws", **USUAL) == recorded


@pytest.mark.parametrize("subject", SUBJECTS)
def test_neither_hash_order_nor_locale_nor_time_zone_shows(subject: str) -> None:
    assert printed(subject, **UNUSUAL) == printed(subject, **USUAL)


@pytest.mark.parametrize("subject", SUBJECTS)
@pytest.mark.parametrize("python", OTHERS)
def test_another_python_writes_the_same(python: str, subject: str) -> None:
    assert printed(subject, python, **UNUSUAL) == printed(subject, **USUAL)
