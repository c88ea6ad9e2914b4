"""Drawing attention masks."""

from __future__ import annotations

from collections.abc import Iterator

from examgen.documents.figures.lettering import width
from examgen.documents.figures.primitives import Circle, Primitive, Text, rectangle
from examgen.questions.figures import Mask

CELL = 22.0
DOT = 3.5


def draw_mask(figure: Mask) -> Iterator[Primitive]:
    """Keys above, queries to the left, a dot where a query may attend, and what a dot means."""
    wide = len(figure.keys) * CELL
    for row, (query, states) in enumerate(zip(figure.queries, figure.states, strict=True)):
        middle = (row + 0.5) * CELL
        yield Text((-8, middle), query, "end")
        for column, state in enumerate(states):
            yield from draw_cell(column * CELL, row * CELL, state)
    for column, key in enumerate(figure.keys):
        yield Text(((column + 0.5) * CELL, -10), key)
    yield Text((wide / 2, -27), "key", size="small", ink="muted")
    out = max(width(each, "normal") for each in figure.queries) + 16
    yield Text((-out, len(figure.queries) * CELL / 2), "query", "end", "small", "muted")
    yield from draw_legend(figure, wide + 22)


def draw_cell(left: float, top: float, state: str) -> Iterator[Primitive]:
    """One pair of a query and a key."""
    tint = {"allowed": "wash", "masked": None, "open": "soft"}[state]
    yield rectangle(left, top, CELL, CELL, ink="muted", tint=tint)  # type: ignore[arg-type]
    if state == "allowed":
        yield Circle((left + CELL / 2, top + CELL / 2), DOT, None, "accent")
    elif state == "open":
        yield Text((left + CELL / 2, top + CELL / 2), "?", ink="muted")


def draw_legend(figure: Mask, left: float) -> Iterator[Primitive]:
    """What the cells mean."""
    meanings = {"allowed": "may attend", "masked": "masked", "open": "to be found"}
    used = {state for row in figure.states for state in row}
    shown = [(state, said) for state, said in meanings.items() if state in used]
    for position, (state, said) in enumerate(shown):
        top = position * (CELL + 6)
        yield from draw_cell(left, top, state)
        yield Text((left + CELL + 8, top + CELL / 2), said, "start", "small")
