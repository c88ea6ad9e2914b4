"""Feedback files: their names, and how to tell them from other files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence, Set
from pathlib import Path, PurePath

ONE_OF_SEVERAL = re.compile(r"(?P<file>.+)#(?P<number>[0-9]+)", re.S)
"""What a sheet is called where its file has several."""
EXAM_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{12}(?![0-9a-f])")
BEGINNING = 3000
"""Characters within which feedback says what it is."""


def feedback_names(files: Sequence[str], replaced: Collection[int] = ()) -> list[str]:
    """A name, without ending, for the feedback on each sheet: after its file, and no two alike.

    Those whose places are *replaced* leave the short name to the sheet that replaces them.

    A sheet in a file with several is named by its number (`forms.csv#3`, `forms-3`). The name
    stands in no sheet, so nothing that a student writes becomes a path.
    """
    stems = [stem_of(file) for file in files]
    count = Counter(stem.casefold() for place, stem in enumerate(stems) if place not in replaced)
    names: list[str] = []
    taken: set[str] = set()
    for place, (file, stem) in enumerate(zip(files, stems, strict=True)):
        is_short = place not in replaced and count[stem.casefold()] == 1
        name = stem if is_short else long_name(file)
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


def is_feedback(path: Path, exams: Set[str]) -> bool:
    """Whether a file looks like feedback to one of these forms, and not like a sheet for it."""
    text = whole(path)
    return ": feedback" in text[:BEGINNING] and not exams.isdisjoint(EXAM_ID.findall(text))


def beginning(path: Path) -> str:
    """The first characters of a file."""
    return whole(path)[:BEGINNING]


def whole(path: Path) -> str:
    """The text of a file; empty where it cannot be read as text."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
