"""What all formats have in common when they write the tokens of authored Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from markdown_it.token import Token

from examgen.documents.authored.reading import ALLOWED, FORMULAS
from examgen.faults import Fault

OPENING = re.compile(r"(?<![^\s(\[])\"(?=\w|$)")
"""A quote that follows a space or begins a text, before a word, a formula or emphasis."""
CLOSING = re.compile('"')
Write: TypeAlias = Callable[[Token], str]
Known: TypeAlias = Mapping[str, Write]
"""How a format writes each token, by its type."""


class Table(NamedTuple):
    """A table."""

    sides: tuple[str, ...]
    """How each column is aligned (left, center or right); empty where nothing is said."""
    cells: tuple[Token, ...]
    """The cells row by row, the headings first; each is one inline token."""


def with_tables(tokens: Iterable[Token]) -> Iterator[Token | Table]:
    """Block tokens as they come, but those of a table together, when it closes."""
    gathered: list[Token] | None = None
    for token in tokens:
        if token.type == "table_open":
            gathered = []
        elif token.type == "table_close":
            yield table_of(gathered or [])
            gathered = None
        elif gathered is not None:
            gathered.append(token)
        else:
            yield token


def table_of(tokens: Iterable[Token]) -> Table:
    """The table that the tokens within it make."""
    known = list(tokens)
    styles = (str(each.attrs.get("style", "")) for each in known if each.type == "th_open")
    sides = tuple(style.removeprefix("text-align:") for style in styles)
    return Table(sides, tuple(each for each in known if each.type == "inline"))


def render(token: Token, known: Known) -> str:
    """A token as a format writes it; raises `Fault` where it has nothing for it."""
    write = known.get(token.type)
    if write is None:
        raise Fault(f"the Markdown {token.markup or token.content!r}", token.type, ALLOWED)
    return write(token)


def constant(text: str) -> Write:
    """A token that is always written the same."""
    return lambda _: text


def running_text(escape: Callable[[str], str]) -> Write:
    """Running text, escaped; a dollar in it is a formula gone wrong: there are no prices here."""

    def text(token: Token) -> str:
        if "$" in token.content:
            raise Fault(f"the text {token.content!r}", "a $ that opens no formula", FORMULAS)
        return escape(curled(token.content) if '"' in token.content else token.content)

    return text


def curled(text: str) -> str:
    """Running text with quotes as they are printed; code keeps them as they are typed.

    One that stands alone between two other tokens could be either, and is left.
    """
    return text if text == '"' else CLOSING.sub("”", OPENING.sub("“", text))
