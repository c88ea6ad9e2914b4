"""Proving a fixed layout: the boxes of a PDF lie where its outline says."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from examgen.faults import Fault

TOLERANCE = 0.5
"""Points; engines round lengths, and a frame's line is as thick."""


class Corner(NamedTuple):
    """Where the engine put a corner of a box: points from the page's top left."""

    label: str
    which: str
    """`start`, at the top left, or `end`, at the bottom right."""
    page: int
    x: float
    y: float


def expected(outline: str) -> dict[tuple[str, str], Corner]:
    """The corners that an outline (`regions.json`) tells of."""
    told = json.loads(outline)
    boxes = [{"label": each, **told[each]} for each in ("name", "id")] + told["regions"]
    corners = [
        Corner(each["label"], which, each["page"], each["x"] + right, each["y"] + down)
        for each in boxes
        for which, right, down in (("start", 0, 0), ("end", each["width"], each["height"]))
    ]
    return {(each.label, each.which): each for each in corners}


def check(outline: str, corners: Iterable[Corner], name: str) -> None:
    """Raise `Fault` unless these are the outline's corners, at its places."""
    wanted, found = expected(outline), {(each.label, each.which): each for each in corners}
    for key in sorted(wanted.keys() ^ found.keys()):
        raise Fault(name, f"the box {key[0]} is {'missing' if key in wanted else 'one too many'}")
    for key, corner in wanted.items():
        if not alike(corner, found[key]):
            raise Fault(name, f"a box is not in its place: {found[key]}", str(corner))


def alike(one: Corner, other: Corner) -> bool:
    """Whether two corners are at the same place."""
    near = abs(one.x - other.x) <= TOLERANCE and abs(one.y - other.y) <= TOLERANCE
    return one.page == other.page and near
