"""Markdown as a reader of CommonMark with tables and formulas takes it."""

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(dollarmath_plugin)
QUOTED = {"text", "code_inline"}
"""Where an @ of foreign text is escaped, it stands in a code span of its own."""


def structure(source: str) -> list[str]:
    """The kinds of all tokens but words and code, in order."""
    kinds: list[str] = []
    for token in READER.parse(source):
        kinds.append(token.type)
        kinds += [each.type for each in token.children or () if each.type not in QUOTED]
    return kinds
