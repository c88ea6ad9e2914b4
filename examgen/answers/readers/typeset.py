r"""The plain notation of what we, and most students, write in LaTeX: fractions and matrices.

`\frac{8 e^{2}}{1 + e^{2}}` becomes `(8 e^{2})/(1 + e^{2})`, a `bmatrix` its cells; all other
LaTeX is left to the tokens.
"""

import re

ARGUMENT = r"\{((?:[^{}\\]|\{[^{}\\]*\})*)\}"
FRACTION = re.compile(rf"(-?) ?\\[dt]?frac ?{ARGUMENT} ?{ARGUMENT}")
TIMES = re.compile(r"\\cdot(?![A-Za-z])|\\times(?![A-Za-z])")
MATRIX = re.compile(r"\\begin\{([bp]matrix)\}(.*)\\end\{\1\}", re.DOTALL)
INTEGER_CELLS = re.compile(r"(?:[-0-9&\s]|\\\\)*", re.ASCII)
MASKED = re.compile(r"\s*-\\infty\s*")
BLANKS = " \t\n"
DIGITS = re.compile(r"[0-9]+", re.ASCII)


def without_dollars(text: str) -> str:
    """The text without `$` around it."""
    if len(text) > 2 and text[0] == text[-1] == "$" and text[1] != "$":
        return text[1:-1].strip(BLANKS)
    return text


def plain_fraction(text: str) -> str:
    r"""A number with `/` for a `\frac` around all of it, else as it is."""
    if "\\" not in text:
        return text
    text = TIMES.sub("*", text)
    match = FRACTION.fullmatch(text)
    if match is None:
        return text
    minus, above, below = match.groups()
    above, below = above.strip(" "), below.strip(" ")
    if not DIGITS.fullmatch(above):
        above = f"({above})"
    if not DIGITS.fullmatch(below):
        below = f"({below})"
    return f"{minus}{above}/{below}"


def rows_of(text: str) -> list[list[str]] | None:
    """The cells of a matrix, row by row; None for anything else and for ragged rows."""
    match = MATRIX.fullmatch(text)
    if match is None:
        return None
    rows = [row.split("&") for row in match[2].split(r"\\")]
    return rows if len({len(row) for row in rows}) == 1 else None


def as_lists(text: str) -> str:
    """A matrix of integers as nested lists, a single row as one; "" for anything else."""
    match = MATRIX.fullmatch(text)
    if match is None or not INTEGER_CELLS.fullmatch(match[2]):
        return ""
    rows = match[2].replace("&", ",").replace(r"\\", "], [")
    return f"[[{rows}]]" if "[" in rows else f"[{rows}]"


def is_masked(cell: str) -> bool:
    r"""Whether a cell is `-\infty`."""
    return MASKED.fullmatch(cell) is not None
