r"""How values are written into the LaTeX skeletons."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from examgen.documents.escaping import latex
from examgen.documents.latex_math import formula
from examgen.documents.latex_prose import prose
from examgen.documents.layout import Formula, OptionLine, Prose, TablePage
from examgen.documents.markdown_pages import points

LINE = 92
"""About as many characters fit on a line."""
INVISIBLE = re.compile(r"\\(?:begin|end)\{\w+\}|\\(?:left|right|[dt]?frac|operatorname)\b|[{}^_$]")


def write(value: Any) -> str:
    """Authored text converted, a formula between dollars, and anything else escaped."""
    if isinstance(value, Prose):
        return prose(value)
    if isinstance(value, Formula):
        return rf"$\displaystyle {formula(value)}$"
    return str(value) if isinstance(value, int) else latex.escape(str(value))


def code(text: str) -> str:
    """Typewriter type."""
    return rf"\texttt{{{latex.code(text)}}}"


def width(text: str) -> int:
    """About how many characters wide a piece of Markdown or TeX is set; of rows, the widest."""
    rows = INVISIBLE.sub("", text.replace("&", "--")).split("\\\\")
    return max(len(re.sub(r"\\[A-Za-z]+", "m", row)) for row in rows)


def option_share(options: Sequence[OptionLine]) -> str:
    """The share of the line that an option gets: as many side by side as fit."""
    widest = max(width(option.text) for option in options) + 5
    for columns in (len(options), (len(options) + 1) // 2):
        if widest <= LINE // columns:
            return f"{0.99 / columns:.3f}"
    return "0.99"


def table_columns(table: TablePage) -> str:
    """The columns of a table: the titles get what they need, the cells share the rest."""
    cells = len(table.headings)
    longest = max(width(row.title) for row in table.rows) + 4
    titles = min(max(longest / LINE, 0.12), 0.45)
    return f"|S{{{titles:.3f}}}|*{{{cells}}}{{S{{{(1 - titles) / cells:.3f}}}|}}"


def work_space(number: int) -> str:
    """The height left for working out a part: the more points, the more room."""
    return f"{min(0.8 * number + 0.9, 8):.1f}cm"


FILTERS: dict[str, Callable[..., Any]] = {
    "length": len,
    "points": points,
    "code": code,
    "option_share": option_share,
    "table_columns": table_columns,
    "work_space": work_space,
}
