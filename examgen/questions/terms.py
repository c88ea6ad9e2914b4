"""Filters for what the LaTeX of one value cannot know: its neighbours in a sum or a product."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from examgen import answers
from examgen.exact import Array, Closed, array


def signed(value: Any) -> str:
    """The value as a later term of a sum: `+ 3`, `- 2`."""
    text = answers.latex(value)
    return f"- {text.removeprefix('-').lstrip()}" if text.startswith("-") else f"+ {text}"


def factor(value: Any) -> str:
    """The value as a factor or the base of a power: in parentheses if negative or a sum."""
    text = answers.latex(value)
    simple = isinstance(value, int | Fraction) and value >= 0
    if simple or is_one_term(value, text):
        return text
    return rf"\left({text}\right)" if r"\frac" in text else f"({text})"


def is_one_term(value: Any, text: str) -> bool:
    """Whether a closed form is written as one term without a sign."""
    return isinstance(value, Closed) and not text.startswith("-") and not has_sum(text)


def has_sum(text: str) -> bool:
    r"""Whether a sign stands outside all braces: `1 + e`, but not `\frac{1 + e}{2}`."""
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth == 0 and character in "+-":
            return True
    return False


def total(values: Iterable[Any]) -> str:
    """The sum of the values, written out: `1 + 2 - 3`."""
    first, *rest = values
    return " ".join([answers.latex(first), *(signed(each) for each in rest)])


def dot(left: Iterable[Any], right: Iterable[Any]) -> str:
    r"""The sum of products, written out: `1 \cdot 2 + (-1) \cdot 3`."""
    pairs = zip(left, right, strict=True)
    return " + ".join(rf"{factor(each)} \cdot {factor(other)}" for each, other in pairs)


def column(values: Array) -> str:
    """A vector standing upright."""
    return answers.latex(array([[each] for each in values]))


FILTERS = {"signed": signed, "factor": factor, "total": total, "dot": dot, "column": column}
