"""What overwriting an exam must not lose: the forms of a class, and what was graded."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from examgen.cli.drawing.steering import class_in
from examgen.cli.exam_folder import GRADEBOOK, GRADES, ROSTER
from examgen.cli.folders import RECORD
from examgen.faults import Fault

REPLACED = "replaced"
"""The folder beside the records where graded exams are kept that others have replaced."""


def check_place(folder: Path) -> None:
    """Refuse a folder where an exam of one form would hide those of a class."""
    if class_in(folder) is not None:
        raise Fault(str(folder), "the forms of a class are there already", "another folder")


def keep_graded(folder: Path, new: str) -> None:
    """Keep what was graded for an exam that the exam with the id *new* is about to replace.

    Gradebook, feedback and tables are moved, and the records copied, into a folder of their own
    that every command takes for an exam's. A gradebook with nothing in it goes with the exam
    that it was for.
    """
    room = folder / RECORD.parent
    book = room / GRADEBOOK
    if not book.exists():
        return
    # SQLite takes long to import, and is seldom needed here.
    from examgen.grading.gradebook.schema import looked_into

    graded, is_used = looked_into(book)
    if graded == new:
        return
    if not is_used:
        book.unlink()
        return
    kept = unused(room / REPLACED / (graded or "unknown"))
    records = [path for name in ("", "*/") for path in room.glob(f"{name}{RECORD.name}")]
    for path in (*records, *room.glob(ROSTER)):
        copy = kept / path.relative_to(room)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    kept.mkdir(parents=True, exist_ok=True)
    for name in (GRADES, GRADEBOOK):  # what can only be moved comes last
        if (room / name).exists():
            (room / name).rename(kept / name)
    click.echo(f"The exam that was graded here is kept in {kept}", err=True)


def unused(folder: Path) -> Path:
    """This folder, or one with a number after its name where there is such a gradebook already."""
    number, free = 1, folder
    while (free / GRADEBOOK).exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free
