"""An exam's folder: where its files lie, and writing and reading them."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from examgen.exams.exam import Exam
from examgen.exams.record import read_record
from examgen.faults import Fault

RECORD = Path("instructor", "exam.json")
OUTLINE = "instructor/regions.json"
"""Where the boxes of the fixed layout lie: in all forms of a class at the same places."""
UNFINISHED = ".examgen-"
"""How the name of a file begins that is being written: whoever is killed then leaves it there."""
LONG_AGO = 3600
"""Seconds after which nobody writes at such a file any more."""
PAGES = (
    "paper.*",
    "key.*",
    "solutions.*",
    "figures/*.svg",
    "images/*",
    "moodle.xml",
    "canvas.zip",
    "why.md",
    f"{UNFINISHED}*",
    f"figures/{UNFINISHED}*",
)
"""What an earlier exam may have left, on either side, in other formats."""


def write_exam(folder: Path, files: Mapping[str, str | bytes], *, force: bool) -> None:
    """Write an exam's files; an existing exam only with *force*, and then wholly replaced.

    The record is written last: a folder with a record is a whole exam.
    """
    present = [name for name in files if (folder / name).exists()]
    if present and not force:
        raise Fault(
            str(folder / present[0]), "an exam is there already", "another folder, or --force"
        )
    (folder / OUTLINE).unlink(missing_ok=True)
    clear(folder / "student", folder / "instructor")
    for name in sorted(files, key=lambda each: each == RECORD.as_posix()):
        write_file(folder / name, files[name])


def clear(*rooms: Path) -> None:
    """Take the pages of an earlier exam out of its folders; what is not ours stays."""
    for room in rooms:
        for pattern in PAGES:
            for old in room.glob(pattern):
                old.unlink()
        for emptied in (room / "figures", room / "images"):
            if emptied.is_dir() and not any(emptied.iterdir()):
                emptied.rmdir()


def sweep(folder: Path) -> None:
    """Take away what runs that were killed left unfinished, an hour ago or longer."""
    latest = time.time() - LONG_AGO  # noqa: TID251  it is for no file that is written
    for left in folder.glob(f"{UNFINISHED}*"):
        # Another run may take it away, too.
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < latest:
                left.unlink()


def check_writable(folder: Path) -> None:
    """Refuse a folder that cannot be written to, or made; nothing is made here."""
    whole = folder.resolve()
    there = next(each for each in (whole, *whole.parents) if os.path.lexists(each))
    found = "" if os.access(there, os.W_OK | os.X_OK) else "it cannot be written"
    if not there.is_dir():
        found = "it is a file" if there == whole else f"{there} is a file"
    if found:
        raise Fault(str(folder), found, "a folder that you may write to")


def write_file(path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, with the same bytes on every system."""
    data = content.encode() if isinstance(content, str) else content
    with replaced(path) as new:
        new.write(data)


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a file whole or not at all, line by line."""
    with replaced(path) as new:
        new.writelines(line.encode() for line in lines)


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """A new file to write to, which becomes the one at *path* when nothing went wrong."""
    try:
        new = new_file(path)
        try:
            with new:
                yield new
            os.replace(new.name, path)  # noqa: PTH105  a path costs as much as the file
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Fault(
            str(path), f"it cannot be written ({error.strerror})", "a folder that you may write to"
        ) from error


def new_file(path: Path) -> BinaryIO:
    """A new file beside *path* that nobody else writes to; its folder is made if need be."""
    while True:
        try:
            name = f"{path.parent}{os.sep}{UNFINISHED}{secrets.token_hex(8)}"
            return open(name, "xb")  # noqa: PTH123  closed by `replaced`
        except FileExistsError:
            continue
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)


def read_exam(path: Path) -> tuple[Exam, Path]:
    """The exam in this folder, or with this record, and where the record lies."""
    record = find_record(path)
    return read_record(read_text(record), str(record)), record


def find_record(path: Path) -> Path:
    """Where the record of the exam in this folder lies; a record that is named is it."""
    record = path / RECORD if path.is_dir() else path
    if path.is_dir() and not record.exists() and (path / RECORD.name).exists():
        return path / RECORD.name
    return record


def read_text(record: Path) -> str:
    """The text of a record."""
    try:
        return record.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(
            str(record), "no exam's record can be read there", "an exam's folder or its exam.json"
        ) from error
