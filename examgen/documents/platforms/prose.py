r"""Authored Markdown as HTML with its formulas left in TeX, between `\(` and `\)`, for MathJax.

Platforms bring MathJax with them; MathML would be taken out by some of their editors.
"""

from __future__ import annotations

from functools import lru_cache

from markdown_it.token import Token

from examgen.documents.authored.token_writing import Write, render
from examgen.documents.counted import points
from examgen.documents.escaping import html
from examgen.documents.html import prose as pages
from examgen.documents.layout import Formula, Prose
from examgen.documents.notation.checking import checked
from examgen.documents.writers import Filters, Writers


@lru_cache(maxsize=2048)
def prose(markdown: str) -> str:
    """The HTML of a piece of Markdown; raises `Fault` where we have nothing for it."""
    return pages.whole(markdown, BLOCKS)


@lru_cache(maxsize=2048)
def flow(markdown: str) -> str:
    """As `prose`, but a single paragraph is only its words, for a cell or an item of a list."""
    return pages.flowing(markdown, BLOCKS)


def inlines(token: Token) -> str:
    """The HTML of what stands within a line."""
    return "".join(render(child, INLINES) for child in token.children or ())


def within(tex: str) -> str:
    """A formula within a line."""
    return rf"\({on_one_line(tex)}\)"


def display(token: Token) -> str:
    """A formula on a line of its own."""
    return f"<p>\\[{on_one_line(token.content)}\\]</p>\n"


def on_one_line(tex: str) -> str:
    """The TeX, which means the same without its line breaks."""
    return html.words(" ".join(checked(tex).split()))


def flowing(value: str) -> str:
    """Text within a cell or a list, by its type."""
    return flow(value) if isinstance(value, Prose) else WRITERS[type(value)](value)


BLOCKS: dict[str, Write] = {
    **pages.BLOCKS,
    "inline": inlines,
    "math_block": display,
}
INLINES: dict[str, Write] = {
    **pages.INLINES,
    "math_inline": lambda token: within(token.content),
}
WRITERS: Writers = {Prose: prose, Formula: within, str: html.escape}
FILTERS: Filters = {"flow": flowing, "code": html.code, "points": points}
