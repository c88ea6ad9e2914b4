"""A blueprint: what to draw, how many, how hard, and how it is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from examgen.answers import Policy
from examgen.questions.levels import Level

Response: TypeAlias = Literal["closed", "open"]


@dataclass(frozen=True)
class Section:
    """Items of one sort: closed ones have options, open ones are answered in writing."""

    title: str
    response: Response
    count: int
    points: int
    """Points of each item."""
    levels: tuple[Level, ...]
    """The level of each slot, in printed order."""
    options: int = 4
    topics: Mapping[str, int] = field(default_factory=dict)
    """The least number of items of a topic."""
    families: tuple[str, ...] = ()
    """If named, only these are drawn; as many as there are slots are asked in this order."""
    distinct_topics: bool = False
    """Whether no topic may occur twice."""
    line: int = field(default=0, compare=False)
    """Where the section begins in its file, for messages."""


@dataclass(frozen=True)
class Blueprint:
    """What an instructor wants asked."""

    title: str
    course: str
    minutes: int
    policy: Policy
    sections: tuple[Section, ...]
    banks: tuple[str, ...] = ()
    """The instructor's own banks that items were chosen from, with a digest of each."""
    source: str = field(default="blueprint", compare=False)
    """The file's name, for messages."""

    @property
    def points(self) -> int:
        """The points of the whole exam."""
        return sum(section.count * section.points for section in self.sections)

    def at_level(self, level: Level | None) -> Blueprint:
        """The same with every slot at *level*; unchanged if that is None."""
        if level is None:
            return self
        sections = (replace(each, levels=(level,) * each.count) for each in self.sections)
        return replace(self, sections=tuple(sections))
