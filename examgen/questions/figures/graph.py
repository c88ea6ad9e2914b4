"""Graphs: networks of units, computations step by step, tokens that attend to tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise, product
from typing import Literal

from examgen.faults import Fault
from examgen.questions.figures.labels import listed, sentences, spoken


@dataclass(frozen=True)
class Node:
    """A node in a column, from left to right, and a row, from top to bottom.

    A `unit` is a circle, a `box` a box, a `value` bare text; `note` stands below it.
    """

    text: str
    column: int
    row: Fraction | int
    kind: Literal["unit", "box", "value"] = "unit"
    note: str = ""
    marked: bool = False

    @property
    def words(self) -> str:
        """What it is."""
        return spoken(self.text)


@dataclass(frozen=True)
class Edge:
    """An arrow between two nodes, which count from 1."""

    start: int
    end: int
    label: str = ""
    marked: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Graph:
    """Nodes and arrows; raises `Fault` where an arrow joins no nodes."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    title: str = "Graph"

    def __post_init__(self) -> None:
        for edge in self.edges:
            if not {edge.start, edge.end} <= set(range(1, len(self.nodes) + 1)):
                raise Fault("a graph", f"{edge}", f"nodes from 1 to {len(self.nodes)}")

    @classmethod
    def layered(cls, *layers: Sequence[str], title: str = "Network") -> Graph:
        """A network in which every unit feeds every unit of the next layer."""
        most = max(map(len, layers))
        nodes: list[Node] = []
        numbers: list[list[int]] = []
        for column, layer in enumerate(layers):
            first = Fraction(most - len(layer), 2)
            numbers.append([len(nodes) + place for place in range(1, len(layer) + 1)])
            nodes += [Node(text, column, first + place) for place, text in enumerate(layer)]
        edges = [Edge(*ends) for pair in pairwise(numbers) for ends in product(*pair)]
        return cls(tuple(nodes), tuple(edges), title)

    @cached_property
    def alt(self) -> str:
        """The figure in words."""
        return sentences([*self.notes, *self.ways])

    @property
    def notes(self) -> Iterator[str]:
        """What stands beside nodes."""
        for node in self.nodes:
            if node.note:
                yield f"{node.words}: {spoken(node.note)}"

    @property
    def ways(self) -> Iterator[str]:
        """Where arrows lead, from each node."""
        for number, node in enumerate(self.nodes, start=1):
            ends = [self.end_of(edge) for edge in self.edges if edge.start == number]
            if ends:
                arrows = "an arrow leads" if len(ends) == 1 else "arrows lead"
                yield f"from {node.words} {arrows} to {listed(ends)}"

    def end_of(self, edge: Edge) -> str:
        """The node an arrow leads to, with what stands at the arrow."""
        name = self.nodes[edge.end - 1].words
        return f"{name} ({spoken(edge.label)})" if edge.label else name
