"""Values as a student would type them and as LaTeX."""

from fractions import Fraction
from typing import Any

import numpy as np

from examgen.answers.rubric import Rubric
from examgen.answers.writing import closed_forms
from examgen.answers.writing.digits import digits
from examgen.answers.writing.formula import Formula
from examgen.answers.writing.styles import LATEX, PLAIN, Style
from examgen.exact import Array, Closed, NegativeInfinity, Shape


def plain(value: Any) -> str:
    """One line in the notation a student would type.

    `-3`, `5/7`, `e/(1+e)`, `[[1, 2], [3, -inf]]`, `(8, 24, 24)`, `{2, 3}`; text as it is.
    """
    kind = type(value)
    if kind is int:
        return digits(value)
    if kind is np.ndarray:
        return nested(value)
    if kind is Shape:
        comma = "," if len(value) == 1 else ""
        return f"({', '.join(map(digits, value))}{comma})"
    if kind is frozenset:
        return f"{{{', '.join(map(digits, sorted(value)))}}}"
    if kind is str or kind is Rubric:
        return str(value)
    if kind is Formula:
        return str(value.text)
    return number(value, PLAIN)


def latex(value: Any) -> str:
    r"""The value in the LaTeX that every output format understands.

    `\frac{e}{1 + e}`, `\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix}` (a vector as one row, a
    tensor as a list of matrices), `(8, 24, 24)`, `\lbrace 2, 3 \rbrace`, `-\infty`.
    """
    kind = type(value)
    if kind is int:
        return digits(value)
    if kind is np.ndarray:
        return matrices(value)
    if kind is Shape:
        return plain(value)
    if kind is frozenset:
        inside = ", ".join(map(digits, sorted(value)))
        return rf"\lbrace {inside} \rbrace" if value else r"\emptyset"
    if kind is str:
        return rf"\text{{{value}}}"
    if kind is Rubric:
        return rf"\text{{{value.model or value.criteria}}}"
    if kind is Formula:
        return str(value.latex)
    return number(value, LATEX)


def number(value: Any, style: Style) -> str:
    """One number, in either notation."""
    kind = type(value)
    if kind is int:
        return digits(value)
    if kind is Fraction:
        minus = "-" if value < 0 else ""
        return minus + style.fraction(digits(abs(value.numerator)), digits(value.denominator))
    if kind is Closed:
        return closed_forms.write(value, style)
    if kind is NegativeInfinity:
        return style.infinity
    raise TypeError(f"found {kind.__name__} {value!r}, which cannot be an answer")


def nested(value: Array) -> str:
    """An array as nested lists."""
    return bracketed(value.tolist(), value.ndim)


def bracketed(entries: list[Any], axes: int) -> str:
    """Numbers in nested lists, of *axes* levels."""
    inner = axes - 1
    parts = [bracketed(each, inner) if inner else number(each, PLAIN) for each in entries]
    return f"[{', '.join(parts)}]"


def matrices(value: Array) -> str:
    """An array as a matrix, or as a list of what stands along its first axis."""
    if value.size == 0:
        return nested(value)
    if value.ndim <= 2:
        rows = [value.tolist()] if value.ndim == 1 else value.tolist()
        inside = r" \\ ".join([" & ".join(map(latex, row)) for row in rows])
        return rf"\begin{{bmatrix}} {inside} \end{{bmatrix}}"
    return rf"\left[ {', '.join([matrices(part) for part in value])} \right]"
