"""Files that were handed in, found one by one, in folders and in zip archives.

None can do harm or keep the others from being read.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

LARGEST = 5_000_000
"""Bytes; a sheet is a page of text, a table one of a class: a larger file is read no further."""
MOST_IN_ARCHIVE = 100_000
"""Files in one archive."""
JUNK = frozenset(("__MACOSX", "Thumbs.db", "submission_metadata.yml"))
"""What nobody handed in: macOS, Windows and Gradescope add it to archives and exports."""


@dataclass(frozen=True)
class FoundFile:
    """A file as it was found: its content, or why it was not read."""

    file: str
    content: bytes = b""
    refused: str = ""
    received: str = ""
    """When it was last changed, ISO 8601 in UTC; empty where nothing tells."""


def find_files(paths: Iterable[Path], without: Collection[Path] = ()) -> Iterator[FoundFile]:
    """Every file named, every file in a folder or an archive named, each once.

    What is found on the way at one of the paths *without*, and below it, is passed over.
    """
    before: list[Path] = []
    passed = [each.resolve() for each in without]
    for path in paths:
        named = path.resolve()
        below = (each.relative_to(named) for each in passed if named in each.parents)
        over = frozenset(path / each for each in below)
        for each in walk(path, over) if path.is_dir() else [path]:
            if not any(is_within(one, named / each.relative_to(path)) for one in before):
                yield from opened(each, is_named=each == path)
        before.append(named)


def walk(folder: Path, over: Collection[Path] = ()) -> Iterator[Path]:
    """The files below a folder but hidden ones and those passed *over*, in order.

    Linked folders are not entered. Nothing but the names in the folders that were entered is kept:
    a class may be large.
    """
    entered = [(folder, names_in(folder))]
    while entered:
        where, names = entered[-1]
        if not names:
            entered.pop()
            continue
        path = where / names.pop()
        if path in over:
            continue
        if not is_folder(path):
            yield path
        elif not path.is_symlink():
            entered.append((path, names_in(path)))


def names_in(folder: Path) -> list[str]:
    """What is not hidden in a folder, the last first; nothing where it cannot be read."""
    try:
        found = [each.name for each in folder.iterdir() if not is_junk(each.name)]
    except OSError:
        return []
    return sorted(found, key=os.path.normcase, reverse=True)


def is_folder(path: Path) -> bool:
    """Whether something is a folder, or a link to one; what cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def is_within(folder: Path, file: Path) -> bool:
    """Whether a file is one of those below a folder, or the same as this one."""
    if not file.is_relative_to(folder):
        return False
    return not any(map(is_junk, file.relative_to(folder).parts))


def is_junk(name: str) -> bool:
    """Whether a file or folder is hidden, or a computer's or Gradescope's own."""
    return name.startswith(".") or name in JUNK


def opened(path: Path, *, is_named: bool) -> Iterator[FoundFile]:
    """A file, or what is in an archive."""
    name = written(path)
    try:
        found = path.stat() if is_named else path.lstat()
        if stat.S_ISLNK(found.st_mode):
            yield FoundFile(name, refused="it is a link, not a file")
            return
        if not stat.S_ISREG(found.st_mode):
            yield FoundFile(name, refused="it is not a regular file")
            return
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        yield FoundFile(name, refused=f"it cannot be read ({error.strerror})")
        return
    if content.startswith(b"PK\x03\x04") and path.suffix.lower() == ".zip":
        yield from unpacked(path)
        return
    changed = datetime.fromtimestamp(int(found.st_mtime), UTC).isoformat()
    yield limited(name, content, changed)


def written(path: Path) -> str:
    r"""A path as text that any file can hold: what is no UTF-8 in its name is written `\xe4`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def limited(file: str, content: bytes, received: str) -> FoundFile:
    """A file, refused where it is larger than any sheet."""
    if len(content) > LARGEST:
        return FoundFile(file, refused=f"it has more than {LARGEST} bytes, more than any sheet")
    return FoundFile(file, content, received=received)


def unpacked(path: Path) -> Iterator[FoundFile]:
    """The files in a zip archive. Nothing is written, whatever they are called."""
    name = written(path)
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            for entry in entries[:MOST_IN_ARCHIVE]:
                if not entry.is_dir() and not is_packed_junk(entry.filename):
                    yield unpack(archive, entry, f"{name}/{entry.filename}")
            if len(entries) > MOST_IN_ARCHIVE:
                refused = f"it has more than {MOST_IN_ARCHIVE} files; the rest was not read"
                yield FoundFile(name, refused=refused)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        yield FoundFile(name, refused=f"the zip archive is damaged ({error})")


def is_packed_junk(name: str) -> bool:
    """Whether something in an archive is hidden, or a computer's own."""
    return any(is_junk(part) for part in name.split("/") if part not in (".", ".."))


def unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: str) -> FoundFile:
    """One file of an archive; of a bomb no more is unpacked than a sheet can have."""
    if stat.S_ISLNK(entry.external_attr >> 16):
        return FoundFile(file, refused="it is a link, not a file")
    try:
        with archive.open(entry) as packed:
            content = packed.read(LARGEST + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError) as error:
        return FoundFile(file, refused=f"it is damaged in the archive ({error})")
    except (RuntimeError, NotImplementedError) as error:
        return FoundFile(file, refused=f"it cannot be unpacked ({error})")
    return limited(file, content, packed_at(entry))


def packed_at(entry: zipfile.ZipInfo) -> str:
    """When a file in an archive was last changed; archives do not say in which zone."""
    try:
        return datetime(*entry.date_time, tzinfo=UTC).isoformat()
    except ValueError:
        return ""
