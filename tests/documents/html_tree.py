"""HTML as a tree, read strictly: every element closes in its turn, or where HTML says it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "br", "link", "img", "hr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
BLOCKS = HEADINGS | {
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "pre",
    "details",
    "figure",
    "section",
    "article",
}
ENDED = {
    "p": BLOCKS,
    "li": {"li"},
    "td": {"td", "th", "tr", "tbody"},
    "th": {"td", "th", "tr", "tbody"},
    "tr": {"tr", "tbody"},
    "thead": {"tbody"},
    "tbody": {"tbody"},
}
"""What ends with the element around it, and before which elements, without an end tag."""


@dataclass
class Element:
    """An element with what stands in it."""

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This and every element in it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, *tags: str) -> list[Element]:
        """The elements of these tags."""
        return [each for each in self.walk() if each.tag in tags]

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def classes(self) -> set[str]:
        return set(self.attributes.get("class", "").split())


class Reader(HTMLParser):
    """Builds the tree, and refuses what a browser would have to mend."""

    def __init__(self, ended: dict[str, set[str]]) -> None:
        super().__init__(convert_charrefs=True)
        self.ended = ended
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, attrs)
        while tag in self.ended.get(self.open[-1].tag, ()):
            self.open.pop()
        made = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(made)
        if tag not in VOID:
            self.open.append(made)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.open[-1].tag != tag and self.open[-1].tag in self.ended:
            self.open.pop()
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(page: str, *, every_end: bool = False) -> Element:
    """The tree of a page, or only of one that has every end tag."""
    reader = Reader({} if every_end else ENDED)
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], [each.tag for each in reader.open]
    return reader.root


def structure(page: str) -> list[str]:
    """Its elements in order, with all attributes but those that name."""
    return [
        " ".join([each.tag, *sorted(f"{k}={v}" for k, v in each.attributes.items())])
        for each in read(page).walk()
    ]
