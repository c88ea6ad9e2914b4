"""Authored Markdown, read once: its tokens, for every renderer that writes other than Markdown."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

FORMULAS = "$x$ without spaces inside, or $$ on lines of its own with empty lines around"
ALLOWED = "paragraphs, emphasis, code, lists, tables and $formulas$"
"""What authors may write, as a `Fault` says it."""


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The Markdown of our authors; HTML is text like any other."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    return made.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False)


@lru_cache(maxsize=2048)
def tokens(markdown: str) -> Sequence[Token]:
    """The tokens of a text; kept, since paper and key share it, and often all forms do."""
    return tuple(parser().parse(markdown))
