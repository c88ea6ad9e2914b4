"""Drawing graphs: columns of nodes, arrows between their edges, labels where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot

from examgen.documents.figures.lettering import width
from examgen.documents.figures.placing import first_free, taken_by
from examgen.documents.figures.primitives import (
    Circle,
    Ink,
    Point,
    Primitive,
    Text,
    Tint,
    arrow,
    rectangle,
)
from examgen.questions.figures import Edge, Graph, Node

GAP, ROW = 48.0, 46.0
"""Between columns, and from row to row."""
RADIUS = 15.0
HIGH = 26.0
MIDDLE = (0.5, 0.42, 0.35, 0.28, 0.22, 0.58, 0.65, 0.72)
NEAR = (0.28, 0.22, 0.35, 0.42, 0.16, 0.5)
"""How far along an arrow a label may stand: where it is alone, and near its beginning."""


@dataclass(frozen=True)
class Place:
    """A node, its middle, and how wide it is."""

    node: Node
    middle: Point
    wide: float

    def rim(self, toward: Point) -> Point:
        """Where a line from its middle toward a point leaves it."""
        (x, y), (to_x, to_y) = self.middle, toward
        across, down = to_x - x, to_y - y
        length = hypot(across, down) or 1.0
        if self.node.kind == "unit" and self.wide == 2 * RADIUS:
            share = RADIUS / length
        else:
            high = HIGH if self.node.kind != "value" else 16.0
            share = min(
                self.wide / 2 / abs(across) if across else 1e9,
                high / 2 / abs(down) if down else 1e9,
            )
        return x + share * across, y + share * down


def draw_graph(figure: Graph) -> Iterator[Primitive]:
    """Arrows, then nodes, then what stands at the arrows."""
    places = placed(figure)
    drawn: list[Primitive] = []
    for edge in figure.edges:
        drawn += draw_edge(edge, places)
    for place in places:
        drawn += draw_node(place)
    taken = list(taken_by(drawn))
    for edge in figure.edges:
        if edge.label:
            text = first_free(list(spots(edge, places, where(edge, figure))), taken)
            taken.append(text.bounds)
            drawn.append(text)
    yield from drawn


def placed(figure: Graph) -> list[Place]:
    """Where each node stands; a column is as wide as its widest node, a gap as its labels need."""
    columns = sorted({node.column for node in figure.nodes})
    widest = {
        column: max(size(node) for node in figure.nodes if node.column == column)
        for column in columns
    }
    label = max((width(edge.label, "small") for edge in figure.edges), default=0.0)
    middles: dict[int, float] = {}
    left = 0.0
    for column in columns:
        middles[column] = left + widest[column] / 2
        left += widest[column] + max(GAP, label + 54 if label else 0)
    return [
        Place(node, (middles[node.column], float(node.row) * ROW), size(node))
        for node in figure.nodes
    ]


def size(node: Node) -> float:
    """How wide a node is drawn."""
    wide = width(node.text, "normal")
    if node.kind == "value":
        return wide + 6
    return 2 * RADIUS if wide <= 2 * RADIUS - 6 and node.kind == "unit" else max(HIGH, wide + 14)


def draw_node(place: Place) -> Iterator[Primitive]:
    """A node and its note."""
    node, (x, y) = place.node, place.middle
    tint: Tint = "wash" if node.marked else "soft"
    ink: Ink = "accent" if node.marked else "line"
    weight = 1.5 if node.marked else 1.0
    if node.kind == "unit" and place.wide == 2 * RADIUS:
        yield Circle((x, y), RADIUS, ink, tint, weight)
    elif node.kind != "value":
        left, top = x - place.wide / 2, y - HIGH / 2
        rounded = HIGH / 2 if node.kind == "unit" else 4.0
        yield rectangle(
            left, top, place.wide, HIGH, ink=ink, tint=tint, weight=weight, rounded=rounded
        )
    yield Text((x, y), node.text)
    if node.note:
        yield Text((x, y + HIGH / 2 + 9), node.note, size="small", ink="muted")


def draw_edge(edge: Edge, places: list[Place]) -> Iterator[Primitive]:
    """An arrow from rim to rim."""
    start, end = places[edge.start - 1], places[edge.end - 1]
    ink: Ink = "accent" if edge.marked else "line"
    yield from arrow(
        start.rim(end.middle),
        end.rim(start.middle),
        ink=ink,
        weight=1.5 if edge.marked else 1.0,
        dashed=edge.dashed,
    )


def where(edge: Edge, figure: Graph) -> Sequence[float]:
    """How far along an arrow its label may stand: away from where others meet it."""
    leaving = sum(each.start == edge.start for each in figure.edges)
    arriving = sum(each.end == edge.end for each in figure.edges)
    if arriving > leaving:
        return NEAR
    return MIDDLE if arriving == leaving else [1 - share for share in NEAR]


def spots(edge: Edge, places: list[Place], shares: Sequence[float]) -> Iterator[Text]:
    """Where the label of an arrow may stand: along it, above it rather than below."""
    start, end = places[edge.start - 1], places[edge.end - 1]
    (x, y), (to_x, to_y) = start.rim(end.middle), end.rim(start.middle)
    length = hypot(to_x - x, to_y - y) or 1.0
    high = 5.5 + abs(to_x - x) / length * 2.5
    half = width(edge.label, "small") / 2
    away = high * abs(to_x - x) / length + (half + 3) * abs(to_y - y) / length
    normal = ((to_y - y) / length, -(to_x - x) / length)
    for side in (away, -away):
        for share in shares:
            at = (
                x + share * (to_x - x) + side * normal[0],
                y + share * (to_y - y) + side * normal[1],
            )
            yield Text(at, edge.label, size="small")
