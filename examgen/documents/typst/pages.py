"""How values are written into the Typst skeletons."""

from __future__ import annotations

from collections.abc import Sequence

from examgen.documents.counted import points
from examgen.documents.escaping import typst
from examgen.documents.figures import explicit_svg
from examgen.documents.latex.pages import options_beside, title_share, work_space
from examgen.documents.layout import Formula, OptionLine, Prose, TablePage
from examgen.documents.typst.prose import in_line, leading_on, prose
from examgen.documents.writers import Filters, Writers


def option_columns(options: Sequence[OptionLine]) -> str:
    """How many options stand side by side."""
    return str(options_beside(options))


def columns(table: TablePage) -> str:
    """The columns of a table: the titles get what they need, the cells share the rest."""
    cells = len(table.headings)
    titles = title_share(table)
    return f"({titles:.3f}fr, {', '.join([f'{(1 - titles) / cells:.3f}fr'] * cells)})"


def cell_height(table: TablePage) -> str:
    """The height of an empty cell: less in a long table, so that it stays with its question."""
    return "13mm" if len(table.rows) <= 4 else "9mm"


WRITERS: Writers = {
    Prose: prose,
    Formula: lambda value: in_line(value, full_size=True),
    str: typst.escape,
}
FILTERS: Filters = {
    "cell_height": cell_height,
    "code": typst.code,
    "columns": columns,
    "leading_on": leading_on,
    "length": lambda values: str(len(values)),
    "option_columns": option_columns,
    "points": points,
    "string": typst.string,
    "svg": explicit_svg,
    "work_space": work_space,
}
