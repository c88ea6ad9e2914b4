"""Most lists, read at once: items that are plain paragraphs, without empty lines between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from examgen.documents.authored.plain_paragraphs import plain_paragraph

ITEM = re.compile(r"(?:(?P<number>\d{1,9})[.)]|[-*+]) ")
"""How an item begins."""
OPEN = Token("paragraph_open", "p", 1, block=True, hidden=True)
CLOSE = Token("paragraph_close", "p", -1, block=True, hidden=True)


def plain_list(text: str) -> Sequence[Token] | None:
    """The tokens of a list; None where only the parser can tell what the text is."""
    first = ITEM.match(text)
    if first is None:
        return None
    mark, number = first[0][-2], first["number"]
    inside: list[Token] = []
    for item in items_of(text, mark):
        paragraph = plain_paragraph(item)
        if paragraph is None:
            return None
        inside.append(Token("list_item_open", "li", 1, markup=mark, block=True))
        inside += OPEN, paragraph[1], CLOSE
        inside.append(Token("list_item_close", "li", -1, markup=mark, block=True))
    name, tag = ("ordered_list", "ol") if number else ("bullet_list", "ul")
    opening = Token(f"{name}_open", tag, 1, markup=mark, block=True)
    if number and int(number) != 1:
        opening.attrs["start"] = int(number)
    return [opening, *inside, Token(f"{name}_close", tag, -1, markup=mark, block=True)]


def items_of(text: str, mark: str) -> list[str]:
    """The texts of the items; none is plain where a line belongs to no item."""
    items: list[str] = []
    indent = ""
    for line in text.split("\n"):
        begun = ITEM.match(line)
        if begun and begun[0][-2] == mark:
            indent = " " * len(begun[0])
            items.append(line[len(indent) :])
        elif begun or not line.startswith(indent):
            return [""]
        else:
            items[-1] += f"\n{line[len(indent) :]}"
    return items
