"""The elements of MathML, read one by one and written in few bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape, unescape

from examgen.documents.html.slim import attributes

TOKENS = frozenset(("mi", "mn", "mtext", "mspace"))
LEAVES = TOKENS | {"mo"}
AMPERSAND = re.compile("&amp;(?![A-Za-z#])")
"""One that begins no character's name."""
GIVEN = re.compile(r'\s([\w-]+)="([^"]*)"')


@dataclass(slots=True, eq=False)
class Element:
    """An element with what stands in it; of one that is a leaf, how it is written."""

    tag: str
    given: dict[str, str]
    text: str = ""
    written: str = ""
    inside: list[Element] = field(default_factory=list)


@lru_cache(maxsize=4096)
def begun(piece: str) -> Element:
    """The element that begins with what stands between two `<`; a leaf is all there."""
    start, _, text = piece.partition(">")
    tag = start.partition(" ")[0].rstrip("/")
    given = {name: unescape(value) for name, value in GIVEN.findall(start)}
    return leaf(tag, given, unescape(text)) if tag in LEAVES else Element(tag, given)


def leaf(tag: str, given: dict[str, str], text: str) -> Element:
    """An element with nothing but text in it."""
    return Element(tag, given, text, tagged(tag, given, escaped(text)))


def text_of(node: Element) -> str:
    """As it is written in a page."""
    if node.written:
        return node.written
    return tagged(node.tag, node.given, "".join([text_of(each) for each in node.inside]))


def tagged(tag: str, given: dict[str, str], inner: str) -> str:
    """An element of which everything is said."""
    said = attributes(given) if given else ""
    if inner:
        return f"<{tag}{said}>{inner}</{tag}>"
    return f"<{tag}{said} />" if said else f"<{tag}/>"


def escaped(text: str) -> str:
    """As text that is short."""
    return AMPERSAND.sub("&", escape(text, quote=False))
