"""How values are written into the Markdown skeletons."""

from __future__ import annotations

import re

from examgen.documents.counted import points
from examgen.documents.escaping import markdown
from examgen.documents.layout import Formula, Key, Prose
from examgen.documents.writers import Filters, Writers

OWN_LINE = re.compile(r"\$\$|```|[-*+] |\d+[.)] |\|")
"""What must begin a line, and cannot follow a label in one."""
MATH = re.compile(r"(\$[^$]*\$)")


def formula(value: Formula) -> str:
    """A formula within the line, or with rows on its own."""
    return f"$$\n{value}\n$$" if value.has_rows else f"${value}$"


WRITERS: Writers = {Prose: str, Formula: formula, str: markdown.escape}


def after(value: str) -> str:
    """Text after a label: in the same line, unless it begins with what needs a line of its own."""
    text = WRITERS[type(value)](value)
    return f"\n\n{text}" if OWN_LINE.match(text) else f" {text}"


def hanging(value: str) -> str:
    """As `after`, within a list item."""
    text = after(value)
    return re.sub(r"\n(?=[^\n])", "\n  ", text) if "\n" in text else text


def answer(key: Key) -> str:
    """The right answer within a line; a matrix as a student would type it."""
    if isinstance(key.answer, Formula) and key.answer.has_rows:
        return markdown.code_span(key.plain)
    return WRITERS[type(key.answer)](key.answer)


def cell(value: Prose) -> str:
    """Text on one line and without a bar, which would end the cell even within a formula."""
    pieces = MATH.split(" ".join(value.split()))
    return "".join(
        piece.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
        if MATH.fullmatch(piece)
        else re.sub(r"(?<!\\)\|", r"\|", piece)
        for piece in pieces
    )


FILTERS: Filters = {
    "after": after,
    "answer": answer,
    "cell": cell,
    "code": markdown.code_span,
    "hanging": hanging,
    "points": points,
}
