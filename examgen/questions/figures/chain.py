"""Chains of blocks: layers one after the other, and skips around some of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from examgen.faults import Fault
from examgen.questions.figures.labels import listed, sentences, spoken


@dataclass(frozen=True)
class Block:
    """A link of a chain: a layer in a box, a value without one, or the sign of an operation.

    `text` may have several lines; `note` stands below.
    """

    text: str
    note: str = ""
    kind: Literal["layer", "value", "operation"] = "layer"

    @property
    def words(self) -> str:
        """What it is."""
        return (f"{spoken(self.note)}: " if self.note else "") + spoken(self.text)


@dataclass(frozen=True)
class Skip:
    """A way around: from what block `start` puts out into block `end`; blocks count from 1."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True)
class Group:
    """The blocks `start` to `end` taken together, with a caption."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class Chain:
    """Blocks in a row, an arrow from each to the next.

    Raises `Fault` where a skip or a group names no block, or a skip leads nowhere forward.
    """

    blocks: tuple[Block, ...]
    skips: tuple[Skip, ...] = ()
    groups: tuple[Group, ...] = ()

    title = "Block diagram"

    def __post_init__(self) -> None:
        last = len(self.blocks)
        for each in self.spans:
            least = each.start + (1 if isinstance(each, Skip) else 0)
            if not 1 <= each.start <= least <= each.end <= last:
                raise Fault("a chain", f"{each}", f"blocks from 1 to {last}, in order")

    @property
    def spans(self) -> tuple[Skip | Group, ...]:
        """All that ties blocks together."""
        return (*self.skips, *self.groups)

    @cached_property
    def alt(self) -> str:
        """The figure in words."""
        return sentences([self.sequence, *self.ways, *self.captions])

    @property
    def sequence(self) -> str:
        """The blocks in order."""
        return f"in order: {' → '.join(each.words for each in self.blocks)}"

    @property
    def ways(self) -> Iterator[str]:
        """The skips in words."""
        for skip in self.skips:
            around = self.blocks[skip.start : skip.end - 1]
            name = f", labelled {spoken(skip.label)}," if skip.label else ""
            start, end = self.blocks[skip.start - 1], self.blocks[skip.end - 1]
            inner = f" around {listed([each.words for each in around])}" if around else ""
            yield f"a skip{name} leads from {start.words}{inner} to {end.words}"

    @property
    def captions(self) -> Iterator[str]:
        """The groups in words."""
        for group in self.groups:
            inner = listed([each.words for each in self.blocks[group.start - 1 : group.end]])
            yield f"{spoken(group.label)} consists of {inner}"
