"""Authored Markdown, read once: its tokens, for every renderer that writes other than Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

FORMULAS = "$x$ without spaces inside, or $$ on lines of its own with empty lines around"
ALLOWED = "paragraphs, emphasis, code, lists, tables and $formulas$"
"""What authors may write, as a `Fault` says it."""

CONNECTED = re.compile(r"^(?:[ \t]|[-*+] |\d+[.)] |```|~~~|\||>|\[|<)|\n\n\n", re.MULTILINE)
"""What may reach over an empty line, or be something else without the lines around it."""
DISPLAY = re.compile(r"\$\$(\n[^$]+?\n)\$\$")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The Markdown of our authors; HTML is text like any other."""
    made = MarkdownIt("commonmark", {"html": False}).enable("table")
    return made.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False)


def tokens(markdown: str) -> Sequence[Token]:
    """The tokens of a text. What many texts share is read once: each of its blocks by itself.

    Blocks with empty lines in them, such as lists, do not come apart: such a text is read whole.
    """
    blocks = markdown.strip("\n").split("\n\n")
    if len(blocks) == 1 or CONNECTED.search(markdown) or any(map(is_half, blocks)):
        return parsed(markdown)
    return [token for block in blocks for token in parsed(block)]


def is_half(block: str) -> bool:
    """Whether it begins or ends a display without doing both."""
    return block.count("$$") % 2 == 1


@lru_cache(maxsize=4096)
def parsed(markdown: str) -> Sequence[Token]:
    """The tokens of a text or a block; those of a display alone need no parser."""
    display = DISPLAY.fullmatch(markdown)
    if display is None:
        return tuple(parser().parse(markdown))
    return (Token("math_block", "math", 0, content=display[1], markup="$$", block=True),)
