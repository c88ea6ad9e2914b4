r"""How values are written into the LaTeX skeletons."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase

from examgen.documents.counted import points
from examgen.documents.escaping import latex
from examgen.documents.figures import tikz
from examgen.documents.latex.prose import prose
from examgen.documents.layout import Formula, OptionLine, Prose, TablePage
from examgen.documents.notation.checking import formula
from examgen.documents.notation.widths import width
from examgen.documents.writers import Filters, Writers

LINE = 92
"""About as many characters fit on a line."""


def in_line(value: Formula) -> str:
    """A formula within a line, its fractions in full size."""
    return rf"$\displaystyle {formula(value)}$"


def code(text: str) -> str:
    """Typewriter type."""
    return rf"\texttt{{{latex.code(text)}}}"


def options_beside(options: Sequence[OptionLine], line: int = LINE) -> int:
    """How many options stand side by side: as many as fit on a line of *line* characters."""
    for side_by_side in (len(options), (len(options) + 1) // 2):
        if all(width(option.text) + 5 <= line // side_by_side for option in options):
            return side_by_side
    return 1


def parts_before(label: str) -> str:
    """How many parts of its item come before the part of this label."""
    return str(ascii_lowercase.index(label[-1]))


def option_share(options: Sequence[OptionLine], line: int = LINE) -> str:
    """The share of the line that an option gets."""
    share = 0.99 / options_beside(options, line)
    return "0.99" if share == 0.99 else f"{share:.3f}"


def title_share(table: TablePage) -> float:
    """The share of a table's width that the titles of its rows get."""
    longest = max(width(row.title) for row in table.rows) + 4
    return min(max(longest / LINE, 0.12), 0.45)


def columns(table: TablePage) -> str:
    """The columns of a table: the titles get what they need, the cells share the rest."""
    cells = len(table.headings)
    titles = title_share(table)
    return f"|S{{{titles:.3f}}}|*{{{cells}}}{{S{{{(1 - titles) / cells:.3f}}}|}}"


def cell_height(table: TablePage) -> str:
    """The height of an empty cell: less in a long table, so that it stays with its question."""
    return "13mm" if len(table.rows) <= 4 else "9mm"


def work_space(number: int) -> str:
    """The height left for working out a part: the more points, the more room."""
    return f"{min(0.8 * number + 0.9, 8):.1f}cm"


def pdf_text(text: str) -> str:
    """A text for the PDF's own records, in which nothing acts: UTF-16 in hexadecimal."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


WRITERS: Writers = {Prose: prose, Formula: in_line, str: latex.escape}
FILTERS: Filters = {
    "cell_height": cell_height,
    "code": code,
    "columns": columns,
    "figure": tikz,
    "length": lambda values: str(len(values)),
    "option_share": option_share,
    "parts_before": parts_before,
    "pdf_text": pdf_text,
    "points": points,
    "work_space": work_space,
}
