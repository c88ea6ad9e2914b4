"""How values are written into the Markdown skeletons."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from examgen.documents.escaping import markdown
from examgen.documents.layout import Formula, Key, Prose

OWN_LINE = re.compile(r"\$\$|```|[-*+] |\d+[.)] |\|")
"""What must begin a line, and cannot follow a label in one."""
MATH = re.compile(r"(\$[^$]*\$)")


def write(value: Any) -> str:
    """Authored text as it is, a formula between dollars, and anything else escaped."""
    if isinstance(value, Prose):
        return str(value)
    if isinstance(value, Formula):
        return f"$$\n{value}\n$$" if value.has_rows else f"${value}$"
    return str(value) if isinstance(value, int) else markdown.escape(str(value))


def after(value: Any) -> str:
    """Text after a label: in the same line, unless it begins with what needs a line of its own."""
    text = write(value)
    return f"\n\n{text}" if OWN_LINE.match(text) else f" {text}"


def hanging(value: Any) -> str:
    """As `after`, within a list item."""
    return re.sub(r"\n(?=[^\n])", "\n  ", after(value))


def answer(key: Key) -> str:
    """The right answer within a line; a matrix as a student would type it."""
    if isinstance(key.answer, Formula) and key.answer.has_rows:
        return markdown.code_span(key.plain)
    return write(key.answer)


def cell(value: Any) -> str:
    """Text on one line and without a bar, which would end the cell even within a formula."""
    pieces = MATH.split(" ".join(write(value).split()))
    return "".join(
        piece.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
        if MATH.fullmatch(piece)
        else re.sub(r"(?<!\\)\|", r"\|", piece)
        for piece in pieces
    )


def points(number: int) -> str:
    """Points in words."""
    return f"{number} point{'' if number == 1 else 's'}"


FILTERS: dict[str, Callable[..., Any]] = {
    "after": after,
    "answer": answer,
    "hanging": hanging,
    "cell": cell,
    "points": points,
    "code": markdown.code_span,
}
