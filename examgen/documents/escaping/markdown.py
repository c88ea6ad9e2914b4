"""Foreign text in Markdown: titles as literal text, what a student wrote as code spans."""

from __future__ import annotations

import re
from functools import lru_cache

from examgen.documents.escaping.echoes import echo
from examgen.faults import visible

ACTIVE = re.compile(
    r"""[\\`*_\[\]<>|$~^&\#{}]        # emphasis, code, links, HTML, tables, math, entities
    | (?<=\w):(?=\S) | :(?=\w)        # https://…, :emoji:
    | (?<=www)\.                      # www.… becomes a link without a scheme
    """,
    re.VERBOSE | re.IGNORECASE,
)
OPENING = re.compile(r"[-+=:%]|\d+(?=[.)](?:\s|$))")
"""What makes a block of the line it begins: a list, a heading's underline, a fence, metadata."""
ACTING = re.compile(r"(?<=\{)(?=\{)|(?<=`)(?=r[ #]|\{)")
"""Where a space breaks what tools read even in code: Quarto's `{{<`, knitr's inline `r …`."""

NUMBERS = re.compile(r"[-0-9\[(](?:[-0-9\[\](), ./]{0,200}[-0-9\])])?")
"""What most answers are, a number or an array of them: nothing in it acts, nor is it too long."""


@lru_cache(maxsize=4096)
def escape(text: str) -> str:
    """Foreign text as literal Markdown on one line.

    An @ stands in a code span: no backslash keeps `ada@example.org` from becoming a link.
    """
    line = visible(text).strip()
    escaped = re.sub("@+", r"`\g<0>`", ACTIVE.sub(r"\\\g<0>", line))
    opening = OPENING.match(escaped)
    if opening is None:
        return escaped
    end = opening.end()
    marked = escaped[:end] if opening[0].isdigit() else ""
    return f"{marked}\\{escaped[len(marked) :]}"


@lru_cache(maxsize=4096)
def code_span(text: str) -> str:
    """What somebody typed, as a code span in which nothing acts; line ends become ⏎.

    The fence is longer than any run of backticks inside. The spaces that Markdown takes off again
    keep a backtick, and the `r …` and `{python} …` that some tools would execute, off the fence.
    """
    if NUMBERS.fullmatch(text):
        return f"`{text}`"
    shown = ACTING.sub(" ", echo(text)) or " "
    runs = re.findall("`+", shown) if "`" in shown else ()
    fence = "`" * (1 + max(map(len, runs), default=0))
    return f"{fence} {shown} {fence}" if needs_room(shown) else f"{fence}{shown}{fence}"


def needs_room(shown: str) -> bool:
    """Whether the text would run together with its fence."""
    return shown.startswith(("`", "r ", "r#", "{")) or shown.endswith("`")
