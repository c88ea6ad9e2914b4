"""What is not overwritten, not even by force: the forms of a class, and what was graded."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from examgen.cli.exam_folder import GRADEBOOK
from examgen.cli.folders import RECORD
from examgen.cli.steering import class_in
from examgen.faults import Fault


def check_place(folder: Path) -> None:
    """Refuse a folder where an exam of one form would hide those of a class, or what was graded."""
    if class_in(folder) is not None:
        raise Fault(str(folder), "the forms of a class are there already", "another folder")
    check_ungraded(folder)


def check_ungraded(folder: Path) -> None:
    """Refuse to draw anew where sheets were handed in: their gradebook needs the exam's record.

    A gradebook with nothing in it goes with the exam that it was for.
    """
    path = folder / RECORD.parent / GRADEBOOK
    if not path.exists():
        return
    # It takes long to import, and is seldom needed here.
    import sqlite3

    try:
        with closing(sqlite3.connect(path)) as book:
            tables = ("submission", "ruling")
            is_used = any(book.execute(f"SELECT 1 FROM {each}").fetchone() for each in tables)
    except sqlite3.Error:
        is_used = True
    if is_used:
        found = "sheets were graded here for the exam that would be replaced"
        raise Fault(str(path), found, "another folder, or move it away")
    path.unlink()
