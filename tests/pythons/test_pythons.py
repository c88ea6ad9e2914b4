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
UNUSUAL = {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Pacific/Kiritimati"}


@cache
def printed(python: str, **settings: str) -> list[str]:
    """The lines of portable.py under that interpreter; its own examgen, not this checkout's."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [python, HERE / "portable.py"],
        env=kept | settings | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"{python}\n{done.stderr}"
    return done.stdout.splitlines()


def test_draws_are_the_recorded_ones() -> None:
    recorded = (HERE / "draws.jsonl").read_text(encoding="utf-8").splitlines()
    assert printed(sys.executable, **USUAL)[: len(recorded)] == recorded


def test_neither_hash_order_nor_locale_nor_time_zone_shows() -> None:
    assert printed(sys.executable, **UNUSUAL) == printed(sys.executable, **USUAL)


@pytest.mark.parametrize("python", OTHERS)
def test_another_python_writes_the_same(python: str) -> None:
    assert printed(python, **UNUSUAL) == printed(sys.executable, **USUAL)
