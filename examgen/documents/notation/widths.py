"""How wide texts and formulas are set, well enough to say what fits side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from math import ceil

from examgen.documents.layout import Formula, Prose
from examgen.documents.notation.checking import checked
from examgen.documents.notation.tree import (
    Brackets,
    Command,
    Group,
    Node,
    Row,
    Scripted,
    Sign,
    Sized,
    Styled,
    Table,
    Words,
    tree,
)

CHARACTER = 5.1
"""Points of a character of running text in 11-point Computer Modern, on average."""
SIGN = 5.6
TYPEWRITER = 5.8
BRACKET, TALL_BRACKET = 4.3, 6.0
SPACED = frozenset("=+-<>*")
SPACED_OUT = 14.0
"""A sign with the spaces around it."""
NARROW = {",": 4.9, ".": 3.0, "|": 3.0, ":": 8.5, ";": 4.9, "!": 3.0, "(": BRACKET, ")": BRACKET}
WORDS = {
    **{r"\,": 1.8, r"\:": 2.4, r"\;": 3.0, r"\!": -1.8, r"\ ": 3.6, "~": 3.6},
    **{r"\quad": 11.0, r"\qquad": 22.0, r"\sum": 15.8, r"\prod": 14.0, r"\int": 11.0},
    **{rf"\{name}": SPACED_OUT for name in ("le", "ge", "ne", "in", "to", "cdot", "times", "star")},
    **{rf"\{name}": BRACKET for name in ("langle", "rangle", "lvert", "rvert")},
    **{r"\infty": 11.0, r"\lVert": 5.5, r"\rVert": 5.5, r"\{": 5.5, r"\}": 5.5},
}
NAMED = frozenset(rf"\{name}" for name in ("max", "min", "log", "ln", "exp", "arg", "sin", "cos"))
COLUMN_GAP = 10.0
SCRIPT = 0.75
PIECE = re.compile(r"(\$[^$]+\$|`[^`]+`)")
ENTRY = r"(?:[^\\{}&\s]|\\infty|\\frac\{\d+\}\{\d+\})+"
MATRIX = re.compile(rf"\\begin\{{bmatrix\}} ({ENTRY}(?: (?:&|\\\\) {ENTRY})*) \\end\{{bmatrix\}}")
"""A matrix of numbers: no other option takes so long to read."""


@lru_cache(maxsize=4096, typed=True)
def width(text: Prose | Formula) -> int:
    """About how many characters wide a line of text or a formula is set."""
    points = formula_width(text) if isinstance(text, Formula) else text_width(text)
    return ceil(points / CHARACTER)


def formula_width(source: str) -> float:
    """The width of a formula in points."""
    if matrix := MATRIX.fullmatch(source):
        rows = [[*map(entry_width, row.split(" & "))] for row in matrix[1].split(r" \\ ")]
        return columns_width(rows)
    return row_width(tree(checked(source)))


@lru_cache(maxsize=1024)
def entry_width(source: str) -> float:
    """The width of an entry of a matrix; kept, for nearly all are small numbers."""
    return formula_width(source)


def text_width(markdown: str) -> float:
    """The width of the longest paragraph of a Markdown text, in points."""
    total = 0.0
    for piece in PIECE.split(markdown):
        if piece.startswith("$"):
            total += formula_width(piece.strip("$"))
        elif piece.startswith("`"):
            total += TYPEWRITER * len(piece.strip("`"))
        else:
            total += CHARACTER * len(piece.replace("*", ""))
    return total


def row_width(nodes: Row) -> float:
    """The width of pieces side by side; a minus before the first has no spaces around it."""
    is_negative = bool(nodes) and nodes[0] == Sign("-")
    return sum(map(node_width, nodes)) - (5.4 if is_negative else 0.0)


def node_width(node: Node) -> float:
    """The width of one piece."""
    return WIDTHS[type(node)](node)


def sign_width(node: Sign) -> float:
    """The width of a letter, a number or a sign."""
    token = node.token
    if token in SPACED:
        return SPACED_OUT
    if token in NARROW:
        return NARROW[token]
    if token.startswith("\\"):
        return WORDS.get(token, SIGN * (len(token) - 1) if token in NAMED else 1.2 * SIGN)
    return SIGN * len(token)


def scripted_width(node: Scripted) -> float:
    """The width of a sign with its scripts."""
    scripts = [row_width(each) for each in (node.below, node.above) if each is not None]
    return node_width(node.main) + 3.0 * node.primes + SCRIPT * max(scripts, default=0.0) + 0.5


def command_width(node: Command) -> float:
    """The width of a fraction, a root, an accent or the like."""
    widest = max(map(row_width, node.arguments))
    return widest + {"sqrt": 10.0, "not": 0.0}.get(node.name, 2.6 if "frac" in node.name else 1.0)


def table_width(node: Table) -> float:
    """The width of a matrix or another environment."""
    return columns_width([[*map(row_width, cells)] for cells in node.rows])


def columns_width(rows: Sequence[Sequence[float]]) -> float:
    """The width of columns within brackets, given the width of each cell, row by row."""
    columns = max(map(len, rows))
    widest = [max(row[n] for row in rows if n < len(row)) for n in range(columns)]
    return sum(widest) + COLUMN_GAP * (columns - 1) + 2 * TALL_BRACKET


WIDTHS: dict[type, Callable[..., float]] = {
    Sign: sign_width,
    Group: lambda node: row_width(node.body),
    Command: command_width,
    Words: lambda node: SIGN * len(node.text),
    Scripted: scripted_width,
    Brackets: lambda node: sum(map(row_width, node.bodies)) + TALL_BRACKET * len(node.edges),
    Sized: lambda _: TALL_BRACKET,
    Styled: lambda node: row_width(node.body),
    Table: table_width,
}
