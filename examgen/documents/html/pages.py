"""How values are written into the HTML skeletons."""

from __future__ import annotations

from collections.abc import Sequence

from examgen.documents.counted import points
from examgen.documents.escaping import html
from examgen.documents.figures import inline_svg
from examgen.documents.html import slim
from examgen.documents.html.formulas import full_size
from examgen.documents.html.prose import flow, prose
from examgen.documents.html.widths import width
from examgen.documents.layout import Formula, OptionLine, Prose
from examgen.documents.writers import Filters, Writers

OPTION_WIDTHS = {1: 74, 2: 33, 3: 19, 4: 13}
"""How many digits fit beside a letter, by how many options share a line."""


def flowing(value: str) -> str:
    """Text within a line, a cell or a list, by its type."""
    return flow(value) if isinstance(value, Prose) else WRITERS[type(value)](value)


def side_by_side(options: Sequence[OptionLine]) -> str:
    """How many options fit beside each other: all, half or one."""
    widest = max(shown_width(option.text) for option in options)
    for count in (len(options), (len(options) + 1) // 2):
        if widest <= OPTION_WIDTHS.get(count, 0):
            return str(count)
    return "1"


def shown_width(text: Prose | Formula) -> int:
    """About how many digits wide an option is."""
    return width(text) if isinstance(text, Formula) else len(text)


def room(number: int) -> str:
    """Room for working, in tenths of a centimetre: the more points, the more."""
    return str(min(8 * number + 9, 80))


WRITERS: Writers = {Prose: prose, Formula: full_size, str: html.escape}
FILTERS: Filters = {
    "code": html.code,
    "css_string": html.css_string,
    "figure": inline_svg,
    "flow": flowing,
    "points": points,
    "room": room,
    "rules": slim.style,
    "side_by_side": side_by_side,
    "unquoted": slim.page,
}
