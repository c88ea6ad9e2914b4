"""A blueprint: what to draw, how many, how hard, and how it is marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

from examgen.answers import Policy
from examgen.questions.levels import Level

Response: TypeAlias = Literal["closed", "open", "any"]


@dataclass(frozen=True)
class Section:
    """Items of one sort.

    Closed ones have options, open ones are answered in writing; `any` asks a family with one part
    closed and one with several open.
    """

    title: str
    response: Response
    count: int
    points: int
    """Points of each item; 0: what the item is worth by itself."""
    levels: tuple[Level, ...]
    """The level of each slot, in printed order."""
    options: int = 4
    topics: Mapping[str, int] = field(default_factory=dict)
    """The least number of items of a topic."""
    families: tuple[str, ...] = ()
    """If named, only these are drawn; as many as there are slots are asked in this order."""
    distinct_topics: bool = False
    """Whether no topic may occur twice."""
    tags: Mapping[str, int] = field(default_factory=dict)
    """The least number of items with a tag."""
    at_most: Mapping[str, int] = field(default_factory=dict)
    """The most items of a topic or with a tag; how many it is, from the least on, is drawn."""
    only: tuple[str, ...] = ()
    """If named, nothing is drawn that has none of these topics or tags."""
    without: tuple[str, ...] = ()
    """Topics and tags of which nothing is drawn."""
    repeat: bool = False
    """Whether all slots are filled by one family, or in turn by those that are named."""
    minutes_each: int | None = None
    """The most time that an item may take."""
    work_each: int | None = None
    """The most hand-work of an item, in seconds."""
    line: int = field(default=0, compare=False)
    """Where the section begins in its file, for messages."""

    @property
    def named(self) -> str:
        """What a message calls it; one that was read from a record has no line."""
        return f"section {self.title!r}{f', line {self.line}' if self.line else ''}"

    def __hash__(self) -> int:
        """A hash, so that what follows from a section can be remembered; its mappings have none."""
        return hash((self.title, self.response, self.count, self.points, self.levels))


@dataclass(frozen=True)
class Blueprint:
    """What an instructor wants asked."""

    title: str
    course: str
    minutes: int
    policy: Policy
    sections: tuple[Section, ...]
    variants: int = 100
    """How many variants of each item the forms of a class are put together from."""
    banks: tuple[str, ...] = ()
    """The instructor's own banks that items were chosen from, with a digest of each."""
    include: tuple[str, ...] = ()
    """Families that must be asked."""
    exclude: tuple[str, ...] = ()
    """Families that must not be asked."""
    redraws: Mapping[int, int] = field(default_factory=dict)
    """How often an item, by its number, was redrawn."""
    source: str = field(default="blueprint", compare=False)
    """The file's name, for messages."""

    def place(self, section: Section) -> str:
        """Where a message says that a section is."""
        return f"{self.source}:{section.line}" if section.line else self.source

    def at_level(self, level: Level | None) -> Blueprint:
        """The same with every slot at *level*; unchanged if that is None."""
        if level is None:
            return self
        sections = (replace(each, levels=(level,) * each.count) for each in self.sections)
        return replace(self, sections=tuple(sections))
