"""The fixed layout: the same pages with the same boxes in the same places, whatever was drawn.

Scanning services split a class's scans by one outline. So every place is planned here from the
blueprint alone (which items, how many parts, rows and columns), never from what the text needs;
the pages only fill the places, and refuse what does not fit. All lengths are points (1/72 inch),
from the top left corner of the page or, in a `TextPlace`, of the text on it.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import Literal

from examgen.documents.layout import (
    Block,
    Document,
    ItemPage,
    PartPage,
    Prose,
    SectionPage,
    TablePage,
)
from examgen.documents.paper import HOW_TO_ANSWER
from examgen.faults import Fault

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 612, 792, 72
WIDTH, HEIGHT = PAGE_WIDTH - 2 * MARGIN, PAGE_HEIGHT - 2 * MARGIN
SECTION = 48
CLOSED, CLOSED_WITH_FIGURE = 300, 600
"""Two closed items fit on a page, or one with a figure; under the title of their section too."""
LETTER = (60, 26)
STEM, STEM_WITH_FIGURE = 390, 500
PROMPT = 60
GAP = 6
HEAD_ROW = 24
TITLES = 0.34
"""The share of a table's width that the titles of its rows get."""
ROOMIEST = HEIGHT - PROMPT - GAP
"""The largest space for an answer."""
IN_BOXES = Prose(
    "Write each answer into its box: nothing outside of the boxes is marked. A blank earns nothing "
    "and costs nothing."
)
NAME, ID = (0, 104, 300, 32), (316, 104, 152, 32)

Sort = Literal["section", "closed", "stem", "part", "table"]


@dataclass(frozen=True)
class Region:
    """A box to write into."""

    label: str
    page: int
    x: float
    y: float
    width: float
    height: float
    note: str = field(default="", compare=False)
    """What is printed after its label, such as the points of a cell."""

    @property
    def left(self) -> float:
        """Its distance from where the text of the page begins."""
        return self.x - MARGIN

    @property
    def top(self) -> float:
        """Its distance from where the text of the page begins, downwards."""
        return self.y - MARGIN


@dataclass(frozen=True)
class Cell:
    """A box of a table that has something in it already."""

    x: float
    y: float
    width: float
    height: float
    text: Prose


@dataclass(frozen=True)
class TextPlace:
    """A place for a piece of text, and the height that the text may have."""

    sort: Sort
    what: str
    """What stands there, for messages."""
    top: float
    room: float
    section: SectionPage
    item: ItemPage | None = None
    block: Block | None = None
    cells: tuple[Cell, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether the text stands on the bottom of its place, just above the box it asks for."""
        return self.sort in ("part", "table")


@dataclass
class QuestionPage:
    """A page of questions."""

    number: int
    slots: list[TextPlace] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    filled: float = 0


@dataclass(frozen=True)
class FixedPages:
    """Where everything stands. The first page is the cover, the second has the conventions."""

    name: Region
    id: Region
    sheets: tuple[QuestionPage, ...]

    height: float = HEIGHT
    """Of the text on a page."""
    cover: float = NAME[1] + NAME[3] + 16
    """Where the text under the boxes for name and id begins."""

    @property
    def needs_blank(self) -> bool:
        """Whether an empty page makes their number even."""
        return len(self.sheets) % 2 == 1

    @property
    def count(self) -> int:
        """The number of pages: even, so that a sheet of paper holds pages of one paper only."""
        return 2 + len(self.sheets) + self.needs_blank

    @property
    def regions(self) -> tuple[Region, ...]:
        """The boxes for answers, in the order of their labels."""
        return tuple(region for sheet in self.sheets for region in sheet.regions)


class Planner:
    """Fills pages from top to bottom."""

    def __init__(self, answer_space: float) -> None:
        self.answer_space = answer_space
        self.sheets: list[QuestionPage] = []

    def new_sheet(self) -> None:
        """Begin another page."""
        self.sheets.append(QuestionPage(number=3 + len(self.sheets)))

    def take(self, height: float, what: str) -> float:
        """The top of a place of this height, on this page or the next."""
        if height > HEIGHT:
            raise Fault(what, "it is taller than a page of the fixed layout", "--layout compact")
        if self.sheets[-1].filled + height > HEIGHT:
            self.new_sheet()
        top = self.sheets[-1].filled
        self.sheets[-1].filled += height
        return top

    def add(self, slot: TextPlace, *regions: Region) -> None:
        """Put a slot and its boxes on the page where its place was taken."""
        self.sheets[-1].slots.append(slot)
        self.sheets[-1].regions += regions

    def box(
        self, label: str, x: float, y: float, size: tuple[float, float], note: str = ""
    ) -> Region:
        """A box on this page; *x* and *y* count from where its text begins."""
        x, y, width, height = (round(each, 2) for each in (MARGIN + x, MARGIN + y, *size))
        return Region(label, self.sheets[-1].number, x, y, width, height, note)

    def section(self, section: SectionPage) -> None:
        """A section begins a page, and so does each of its items with several parts."""
        self.new_sheet()
        top = self.take(SECTION, section.title)
        self.add(TextPlace("section", "the title of a section", top, SECTION, section))
        for number, item in enumerate(section.items):
            if item.closed:
                self.closed(section, item)
                continue
            if number:
                self.new_sheet()
            what = f"item {item.number}, before its first part,"
            height = STEM_WITH_FIGURE if item.illustrated else STEM
            self.add(TextPlace("stem", what, self.take(height, what), height - GAP, section, item))
            for block in item.blocks:
                if isinstance(block, PartPage):
                    self.part(section, item, block)
                else:
                    self.table(section, item, block)

    def closed(self, section: SectionPage, item: ItemPage) -> None:
        """A question with options, and a box for a letter."""
        what = f"item {item.number}"
        height = CLOSED_WITH_FIGURE if item.illustrated else CLOSED
        top = self.take(height, what)
        room = height - LETTER[1] - 2 * GAP
        (block,) = item.blocks
        region = self.box(str(item.number), WIDTH - LETTER[0], top + room + GAP, LETTER, "(letter)")
        self.add(TextPlace("closed", what, top, room, section, item, block), region)

    def part(self, section: SectionPage, item: ItemPage, block: PartPage) -> None:
        """A part, and a box for its answer."""
        top = self.take(PROMPT + self.answer_space + GAP, block.label)
        region = self.box(block.label, 0, top + PROMPT, (WIDTH, self.answer_space))
        self.add(TextPlace("part", block.label, top, PROMPT - GAP, section, item, block), region)

    def table(self, section: SectionPage, item: ItemPage, block: TablePage) -> None:
        """A table, whose cells are boxes."""
        row_height = 36 if len(block.rows) <= 4 else 27
        what = f"the table of item {item.number}"
        top = self.take(PROMPT + HEAD_ROW + row_height * len(block.rows) + GAP, what)
        width = (1 - TITLES) * WIDTH / len(block.headings)
        lefts = [TITLES * WIDTH + width * column for column in range(len(block.headings))]
        first = top + PROMPT + HEAD_ROW
        cells = [
            Cell(left, first - HEAD_ROW, width, HEAD_ROW, text)
            for left, text in zip(lefts, block.headings, strict=True)
        ]
        regions = []
        for number, row in enumerate(block.rows):
            y = first + row_height * number
            cells.append(Cell(0, y, TITLES * WIDTH, row_height, row.title))
            for left, part in zip(lefts, row.cells, strict=True):
                note = "" if block.points_each else f"({part.points})"
                regions.append(self.box(part.label, left, y, (width, row_height), note))
        slot = TextPlace("table", what, top, PROMPT - GAP, section, item, block, tuple(cells))
        self.add(slot, *regions)


def for_boxes(paper: Document) -> Document:
    """The paper with a cover that tells students to write into the boxes."""
    told = tuple(IN_BOXES if each == HOW_TO_ANSWER else each for each in paper.front.instructions)
    return replace(paper, front=replace(paper.front, instructions=told))


def plan(paper: Document, answer_space: float) -> FixedPages:
    """The places of a paper, with *answer_space* points for the answer to each part."""
    planner = Planner(answer_space)
    for section in paper.sections:
        planner.section(section)
    name, id_ = (
        Region(label, 1, MARGIN + x, MARGIN + y, width, height)
        for label, (x, y, width, height) in (("name", NAME), ("id", ID))
    )
    return FixedPages(name, id_, tuple(planner.sheets))


def write_regions(pages: FixedPages) -> str:
    """The outline that a scanning service asks for, as JSON."""
    regions = [{k: v for k, v in asdict(each).items() if k != "note"} for each in pages.regions]
    outline = {
        "unit": "point, from the top left corner of the page",
        "page_size": [PAGE_WIDTH, PAGE_HEIGHT],
        "pages": pages.count,
        "name": box(pages.name),
        "id": box(pages.id),
        "regions": regions,
    }
    return json.dumps(outline, indent=1) + "\n"


def box(region: Region) -> dict[str, float]:
    """A box without its label."""
    return {name: getattr(region, name) for name in ("page", "x", "y", "width", "height")}
