"""Whose a file is by its name, as schools' systems and people name what is handed in."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import NamedTuple

BY_CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<id>\d+)_\d+_.")
"""In the archive of all submissions: the student, `LATE` where it was, Canvas's number of the
student and that of the file."""
BY_MOODLE = re.compile(r"(?P<name>.+?)_\d+_assignsubmission_")
"""A folder, or a file, in Moodle's archive."""
AS_HANDED_OUT = re.compile(r"(?:answers|paper)(?:[ _-]*\(?\d{1,3}\)?)?", re.IGNORECASE)
"""The name of a sheet that everybody has, as the second one in a folder of downloads, too."""


class Owner(NamedTuple):
    """Who handed a file in, as far as its name tells."""

    id: str
    """Canvas's own number; else empty."""
    name: str


def owner_of(file: str) -> Owner:
    """Whose a file is: by the system that named it, else by its own name or its folder's."""
    path = PurePath(file)
    if match := BY_CANVAS.match(path.name):
        return Owner(match["id"], match["name"])
    for name in (path.name, path.parent.name):
        if match := BY_MOODLE.match(name):
            return Owner("", match["name"])
    return Owner("", telling_name(path))


def telling_name(path: PurePath) -> str:
    """The name of a file without its ending, or of its folder if it is called as it was handed out.

    An archive that holds a student's sheet is such a folder.
    """
    folder = path.parent.name.removesuffix(".zip")
    return folder if folder and AS_HANDED_OUT.fullmatch(path.stem) else path.stem
