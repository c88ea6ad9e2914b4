"""The names of the files in which students are told how it went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath

ONE_OF_SEVERAL = re.compile(r"(?P<file>.+)#(?P<number>[0-9]+)", re.S)
"""What a sheet is called where its file has several."""


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
