"""Authored Markdown, read once: its tokens, for every renderer that writes other than Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from examgen.documents.authored.plain_lists import ITEM, plain_list
from examgen.documents.authored.plain_paragraphs import plain_paragraph

FORMULAS = "$x$ without spaces inside, or $$ on lines of its own with empty lines around"
ALLOWED = "paragraphs, emphasis, code, lists, tables and $formulas$"
"""What authors may write, as a `Fault` says it."""

CONNECTED = re.compile(r"^(?:[ \t]|[-*+] |\d+[.)] |```|~~~|\||>|\[|<)|\$\$", re.MULTILINE)
"""What may reach over an empty line, or be something else without the lines around it."""
DISPLAY = re.compile(r"\$\$(\n[^$]+?\n)\$\$")
LISTING = re.compile(r"```([a-z]*)\n([^`]*\n)```")


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """The Markdown of our authors; HTML is text like any other."""
    markdown_it = MarkdownIt("commonmark", {"html": False}).enable("table")
    return markdown_it.use(
        dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=False
    )


def tokens(markdown: str) -> Sequence[Token]:
    """The tokens of a text. What many texts share is read once: each of its blocks by itself."""
    return [token for block in apart(markdown) for token in parsed(block)]


def apart(markdown: str) -> Sequence[str]:
    """The blocks of a text, or the whole of it where they do not come apart.

    Blocks with empty lines in them are one with their neighbours, and so are two lists.
    """
    text = markdown.strip("\n")
    if "\n\n" in text and "\n\n\n" not in text:
        blocks = text.split("\n\n")
        lists = [ITEM.match(block) for block in blocks]
        if all(map(stands_alone, blocks)) and not any(map(all, pairwise(lists))):
            return blocks
    return (text,)


def stands_alone(block: str) -> bool:
    """Whether a block is the same without the blocks around it."""
    return bool(simple(block)) or not CONNECTED.search(block)


def parsed(markdown: str) -> Sequence[Token]:
    """The tokens of a text or a block."""
    return simple(markdown) or by_parser(markdown)


@lru_cache(maxsize=1024)
def by_parser(markdown: str) -> Sequence[Token]:
    """The tokens of what only the parser can read."""
    return tuple(parser().parse(markdown))


@lru_cache(maxsize=4096)
def simple(block: str) -> Sequence[Token] | None:
    """The tokens of a display, a listing, a plain list or paragraph, which need no parser."""
    if display := DISPLAY.fullmatch(block):
        return (Token("math_block", "math", 0, content=display[1], markup="$$", block=True),)
    if code := LISTING.fullmatch(block):
        return (Token("fence", "code", 0, content=code[2], markup="```", info=code[1], block=True),)
    return plain_paragraph(block) or plain_list(block)
