"""Drawing chains: blocks in rows, arrows between them, skips above and groups around."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

from examgen.documents.figures.lettering import width
from examgen.documents.figures.primitives import Circle, Point, Primitive, Text, arrow, rectangle
from examgen.questions.figures import Block, Chain, Group, Skip

WIDEST = 600.0
"""No row is wider: it fits between the margins of a letter page."""
GAP = 24.0
LINE = 15.0
NOTE = 13.0
RADIUS = 10.0
FRAME = 26.0
"""What a group takes below its blocks: its frame and its caption."""
BRANCH = 7.0
"""How far behind a block a skip leaves the arrow."""
RISE = 16.0
"""How far above its blocks a skip runs; each one around another runs as much higher."""


@dataclass(frozen=True)
class Place:
    """Where a block stands: its middle, and the size of what is drawn of it without its note."""

    block: Block
    middle: Point
    wide: float
    high: float

    @property
    def left(self) -> Point:
        """Where the arrow to it ends."""
        return self.middle[0] - self.wide / 2, self.middle[1]

    @property
    def right(self) -> Point:
        """Where the arrow from it begins."""
        return self.middle[0] + self.wide / 2, self.middle[1]

    @property
    def top(self) -> float:
        """The height of its upper edge."""
        return self.middle[1] - self.high / 2

    @property
    def foot(self) -> float:
        """The height below which nothing of it stands, the note included."""
        return self.middle[1] + self.high / 2 + (NOTE if self.block.note else 0)


def size(block: Block) -> tuple[float, float]:
    """How wide and how high a block is drawn."""
    return size_of(block.text, block.kind)


@lru_cache(maxsize=1024)
def size_of(text: str, kind: str) -> tuple[float, float]:
    """The same; kept, for each block is asked several times, and many say the same."""
    lines = text.split("\n")
    widest = max(width(line, "normal") for line in lines)
    if kind == "operation":
        return 2 * RADIUS, 2 * RADIUS
    if kind == "value":
        return widest + 6, LINE * len(lines)
    return max(36.0, widest + 14), LINE * len(lines) + 13


def room(block: Block) -> float:
    """How much of a row a block takes."""
    return max(size(block)[0], width(block.note, "small") - 8)


def draw_chain(figure: Chain) -> Iterator[Primitive]:
    """Groups below, then blocks and arrows, then skips."""
    places = placed(figure)
    for group in figure.groups:
        yield from draw_group(group, places, figure)
    for place in places:
        yield from draw_block(place)
    for place, following in pairwise(places):
        foot = max(each.foot for each in places if each.middle[1] == place.middle[1])
        yield from connect(place, following, foot + (FRAME if figure.groups else 10))
    for skip in figure.skips:
        yield from draw_skip(skip, places, figure)


def placed(figure: Chain) -> list[Place]:
    """Where each block stands, in as few rows as fit and these about equally long."""
    found: list[Place] = []
    top = 0.0
    for row in rows(figure):
        blocks = [figure.blocks[index] for index in row]
        above = headroom(figure, row)
        high = max(size(block)[1] for block in blocks)
        left = 0.0
        for block in blocks:
            wide, own = size(block)
            middle = left + room(block) / 2, top + above + high / 2
            found.append(Place(block, middle, wide, own))
            left += room(block) + GAP
        foot = max(each.foot for each in found[-len(blocks) :])
        top = foot + (FRAME if figure.groups else 0) + 26
    return found


def headroom(figure: Chain, row: Sequence[int]) -> float:
    """The room for skips above a row."""
    levels = [level(skip, figure) for skip in figure.skips if skip.start - 1 in row]
    return RISE * max(levels, default=0)


def rows(figure: Chain) -> list[list[int]]:
    """The indices of the blocks in each row: in as few rows as may be, about equally long."""
    pieces = list(tied(figure))
    fewest = len(widest := broken(pieces, WIDEST))
    if fewest == 1:
        return widest
    runs = combinations(range(len(pieces) + 1), 2)
    lengths = {sum(long for _, long in pieces[first:end]) - GAP for first, end in runs}
    limits = sorted(each for each in {*lengths, WIDEST} if each <= WIDEST)
    return next(found for each in limits if len(found := broken(pieces, each)) == fewest)


def broken(pieces: Sequence[tuple[list[int], float]], limit: float) -> list[list[int]]:
    """Rows no longer than *limit*, where that can be."""
    found: list[list[int]] = []
    left = 0.0
    for piece, long in pieces:
        if not found or left + long - GAP > limit:
            found.append([])
            left = 0.0
        found[-1].extend(piece)
        left += long
    return found


def tied(figure: Chain) -> Iterator[tuple[list[int], float]]:
    """The blocks in pieces between which a row may end, and how long each is with its gaps."""
    piece: list[int] = []
    for index in range(len(figure.blocks)):
        piece.append(index)
        number = index + 1
        if not any(each.start <= number < each.end for each in figure.spans):
            yield piece, sum(room(figure.blocks[each]) + GAP for each in piece)
            piece = []


def draw_block(place: Place) -> Iterator[Primitive]:
    """A block and its note."""
    block, (x, y) = place.block, place.middle
    if block.kind == "operation":
        yield Circle((x, y), RADIUS)
    elif block.kind == "layer":
        yield rectangle(
            x - place.wide / 2, place.top, place.wide, place.high, tint="soft", rounded=4
        )
    lines = block.text.split("\n")
    for position, line in enumerate(lines):
        yield Text((x, y + (position - (len(lines) - 1) / 2) * LINE), line)
    if block.note:
        yield Text((x, y + place.high / 2 + NOTE - 3), block.note, size="small", ink="muted")


def connect(place: Place, following: Place, between: float) -> Iterator[Primitive]:
    """The arrow from a block to the next, *between* the rows if that is on another."""
    start, end = place.right, following.left
    if start[1] == end[1]:
        yield from arrow(start, end)
        return
    out, back = start[0] + 18, end[0] - 18
    corners = ((out, start[1]), (out, between), (back, between), (back, end[1]))
    yield from arrow(start, *corners, end, rounded=5)


def level(skip: Skip, figure: Chain) -> int:
    """How many skips lie one above the other here, this one included."""
    inner = [
        level(each, figure)
        for each in figure.skips
        if each != skip and skip.start <= each.start and each.end <= skip.end
    ]
    return 1 + max(inner, default=0)


def draw_skip(skip: Skip, places: Sequence[Place], figure: Chain) -> Iterator[Primitive]:
    """A line that leaves the arrow after its first block and comes down on its last."""
    start, end = places[skip.start - 1], places[skip.end - 1]
    highest = min(place.top for place in places[skip.start - 1 : skip.end])
    y = highest - RISE * level(skip, figure)
    x = start.right[0] + BRANCH
    landing = (end.middle[0], end.top)
    yield Circle((x, start.middle[1]), 2, None, "accent")
    yield from arrow(
        (x, start.middle[1]), (x, y), (landing[0], y), landing, ink="accent", weight=1.5, rounded=6
    )
    if skip.label:
        yield Text(((x + landing[0]) / 2, y - 8), skip.label, size="small")


def draw_group(group: Group, places: Sequence[Place], figure: Chain) -> Iterator[Primitive]:
    """A dashed frame around the blocks and their skips, its caption below.

    A skip into the group leaves the arrow to its first block, and that is within the frame, too.
    """
    inner = places[group.start - 1 : group.end]
    skips = [each for each in figure.skips if group.start - 1 <= each.start < group.end]
    rise = RISE * max((level(each, figure) for each in skips), default=0)
    top = min(place.top for place in inner) - rise - (18 if any(s.label for s in skips) else 9)
    foot = max(place.foot for place in inner) + 7
    left, right = inner[0].left[0] - 10, inner[-1].right[0] + 10
    if any(each.start < group.start for each in skips):
        left = places[group.start - 2].right[0] + BRANCH - 4
    yield rectangle(left, top, right - left, foot - top, ink="muted", dashed=True, rounded=6)
    yield Text(((left + right) / 2, foot + 10), group.label, size="small")
