"""The files handed in, and the names of what is written about each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from examgen.faults import Fault

LARGEST = 5_000_000
"""Bytes; a sheet is a page of text, a table one of a class: a larger file is read no further."""
ONE_OF_SEVERAL = re.compile(r"(?P<file>.+)#(?P<number>[0-9]+)", re.S)
"""What a sheet is called where its file has several."""


def find_sheets(paths: Iterable[Path]) -> Iterator[tuple[str, bytes]]:
    """Every file named, and every file in a folder named, each once, with its content."""
    seen: set[Path] = set()
    for path in paths:
        found = (
            sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        )
        for each in found:
            hidden = any(part.startswith(".") for part in each.relative_to(path).parts)
            if not hidden and each.resolve() not in seen:
                seen.add(each.resolve())
                yield str(each), read_bytes(each)


def read_bytes(path: Path) -> bytes:
    """The file's content, no more of it than a sheet can have."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as error:
        raise Fault(
            str(path), f"it cannot be read ({error.strerror})", "a readable file"
        ) from error


def feedback_names(files: Sequence[str]) -> list[str]:
    """A name, without ending, for the feedback on each sheet: after its file, and no two alike.

    A sheet in a file with several is named by its number (`forms.csv#3`, `forms-3`). The name
    stands in no sheet, so nothing that a student writes becomes a path.
    """
    stems = [stem_of(file) for file in files]
    count = Counter(stem.casefold() for stem in stems)
    names: list[str] = []
    taken: set[str] = set()
    for file, stem in zip(files, stems, strict=True):
        name = stem if count[stem.casefold()] == 1 else long_name(file)
        unique, number = name, 1
        while unique.casefold() in taken:
            number += 1
            unique = f"{name}-{number}"
        taken.add(unique.casefold())
        names.append(unique)
    return names


def stem_of(file: str) -> str:
    """A sheet's name without its folder and ending."""
    match = ONE_OF_SEVERAL.fullmatch(file)
    stem = safe(PurePath(match["file"] if match else file).stem)
    return f"{stem}-{match['number']}" if match else stem


def long_name(file: str) -> str:
    """A sheet's name with its folder and ending, where others have the same without."""
    return safe("-".join(PurePath(file).parts[-2:]))


def safe(name: str) -> str:
    """The name with only letters, digits, dots, dashes and underscores, not too long."""
    return re.sub(r"[^\w.\-]+", "_", name).strip(".")[:100] or "sheet"
