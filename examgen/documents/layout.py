"""What stands on the pages, before anybody says how it looks: laid out once, rendered often.

A `Prose` is Markdown by our authors, with formulas as `$TeX$`; a `Formula` is the TeX of one value.
Any other text is foreign, or plain like a number, and is escaped by whoever renders it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import ClassVar, Literal, NamedTuple, Self, TypeAlias

from examgen.questions.figures import Figure


class Prose(str):
    """Markdown by examgen's own authors: rendered, where a plain `str` is escaped."""

    __slots__ = ()


NO_TITLE = Prose()


class Formula(str):
    """A value in TeX, without dollars: within a line, or on its own where it has rows."""

    __slots__ = ()

    @property
    def has_rows(self) -> bool:
        """Whether it is a matrix or the like, too tall for a line of Markdown."""
        return "\\begin" in self


class KnownMistake(NamedTuple):
    """A typical mistake: who made it wrote `answer`, in the notation of students.

    It is empty where the option's letter says it all.
    """

    name: str
    """Its name in words."""
    answer: str
    diagnosis: Prose
    """The feedback as it stands after "If you got 5"."""
    points: str
    """What it still earns, in points; empty where students read it."""
    letter: str = ""
    """The option it leads to, in a closed item."""
    runs_on: bool = False
    """Whether the feedback goes on a sentence that begins "If you got 5, …"."""

    @classmethod
    def of(cls, name: str, answer: str, feedback: str, points: str, letter: str = "") -> Self:
        """A mistake with the feedback that is a sentence of its own."""
        runs_on = feedback.startswith(("You ", "Your "))
        diagnosis = Prose(f"y{feedback[1:]}" if runs_on else feedback)
        return cls(name, answer, diagnosis, points, letter, runs_on)


class Key(NamedTuple):
    """What the instructor sees of a part and the student does not."""

    answer: Prose | Formula
    """The right answer; for a choice what the right option says."""
    plain: str
    """The right answer as a student would type it; for a choice its letter."""
    solution: Prose
    mistakes: tuple[KnownMistake, ...]


class OptionLine(NamedTuple):
    """A printed option."""

    letter: str
    text: Prose | Formula
    right: bool = False
    """Whether it is the right one; on a student's page never."""


class PartPage(NamedTuple):
    """A question with a label of its own."""

    label: str
    points: int
    prompt: Prose
    options: tuple[OptionLine, ...] = ()
    key: Key | None = None
    is_array: bool = False
    """Whether its answer is a vector, matrix or tensor; of which size, the room must not tell."""

    @property
    def room(self) -> int:
        """By how many points the room for its answer is measured: rows need more than one's."""
        return max(self.points, 2) if self.is_array else self.points

    @property
    def is_table(self) -> bool:
        """Whether it has rows."""
        return False

    @property
    def rows(self) -> tuple[Row, ...]:
        """Itself, as a table of one answer."""
        return (Row(NO_TITLE, (self,)),)

    def with_parts(self, change: ChangePart) -> PartPage:
        """Itself, changed."""
        return change(self)


class Row(NamedTuple):
    """A row of a table: its title, and a part for each column."""

    title: Prose
    cells: tuple[PartPage, ...]


@dataclass(frozen=True)
class TablePage:
    """Neighbouring parts that ask the same of each layer, token or step."""

    is_table: ClassVar = True
    headings: tuple[Prose, ...]
    rows: tuple[Row, ...]

    @property
    def cells(self) -> tuple[PartPage, ...]:
        """All its parts in the order of their labels."""
        return tuple(cell for row in self.rows for cell in row.cells)

    @property
    def points_each(self) -> int | None:
        """The points of every cell, if they are the same."""
        worths = {cell.points for cell in self.cells}
        return worths.pop() if len(worths) == 1 else None

    def with_parts(self, change: ChangePart) -> TablePage:
        """The table with each of its parts changed."""
        rows = (row._replace(cells=tuple(map(change, row.cells))) for row in self.rows)
        return replace(self, rows=tuple(rows))


Block: TypeAlias = PartPage | TablePage
ChangePart: TypeAlias = Callable[[PartPage], PartPage]


@dataclass(frozen=True)
class ItemPage:
    """A numbered item."""

    number: int
    title: str
    points: int
    stem: Prose
    blocks: tuple[Block, ...]
    closed: bool
    """Whether it is one question with options."""
    figure: Figure | None = None
    illustrated: bool = False
    """Whether its family draws figures, for other draws if not for this one."""

    def with_parts(self, change: ChangePart) -> ItemPage:
        """The item with each of its parts changed."""
        return replace(self, blocks=tuple(block.with_parts(change) for block in self.blocks))


@dataclass(frozen=True)
class SectionPage:
    """A section, and in a sentence what it consists of."""

    title: str
    note: Prose
    items: tuple[ItemPage, ...]


@dataclass(frozen=True)
class Front:
    """The front page."""

    name: str
    """The student's, where it is known; else empty, as is the id."""
    id: str
    title: str
    course: str
    minutes: int
    points: int
    items: tuple[tuple[int, int], ...]
    """The number and the points of each item."""
    instructions: tuple[Prose, ...]
    conventions: tuple[Prose, ...]

    @property
    def rows(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """The items in rows of ten at most, for the table of points."""
        return tuple(self.items[start : start + 10] for start in range(0, len(self.items), 10))


@dataclass(frozen=True)
class Document:
    """A paper, or with keys in its parts the answer key or the worked solutions."""

    exam: str
    form: str
    front: Front
    sections: tuple[SectionPage, ...]
    seed: str | None = None
    """Only the instructor's key has it."""
    kind: Literal["paper", "answer key", "worked solutions"] = "paper"

    @property
    def figures(self) -> dict[int, Figure]:
        """The figures by the number of their items."""
        items = (item for section in self.sections for item in section.items)
        return {item.number: item.figure for item in items if item.figure is not None}

    def with_items(self, change: Callable[[ItemPage], ItemPage]) -> Document:
        """The document with each of its items changed."""
        sections = (
            replace(section, items=tuple(map(change, section.items))) for section in self.sections
        )
        return replace(self, sections=tuple(sections))
