"""The kinds of answers, one module each, and which one an annotation asks for."""

from fractions import Fraction
from typing import Any

from examgen.answers.kind import Kind
from examgen.answers.kinds import arrays, choices, expressions, indices, numbers, shapes, texts
from examgen.answers.rubric import Rubric
from examgen.answers.writing.formula import Formula
from examgen.exact import Array, Exact, Shape

KINDS = {
    each.name: each
    for each in (
        numbers.INTEGER,
        numbers.RATIONAL,
        numbers.CLOSED,
        expressions.EXPRESSION,
        arrays.ARRAY,
        shapes.SHAPE,
        indices.INDICES,
        choices.CHOICE,
        texts.TEXT,
    )
}
ANNOTATIONS: dict[str, tuple[Any, str]] = {
    "int": (int, "integer"),
    "Fraction": (Fraction, "rational"),
    "Exact": (Exact, "closed"),
    "Formula": (Formula, "expression"),
    "Array": (Array, "array"),
    "Shape": (Shape, "shape"),
    "frozenset[int]": (frozenset[int], "indices"),
    "str": (str, "text"),
    "Rubric": (Rubric, "text"),
}
"""What a procedure may return, as it is spelled there, and the kind that it asks for."""


def kind(name: str) -> Kind:
    """The kind with this name; KeyError names the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        raise KeyError(f"kind: found {name!r}; allowed are {', '.join(KINDS)}") from None


def kind_of(annotation: Any) -> Kind:
    """The kind that a procedure's return annotation asks for; TypeError names any other."""
    for known, name in ANNOTATIONS.values():
        if annotation == known:
            return KINDS[name]
    shown = getattr(annotation, "__name__", None) or repr(annotation)
    raise TypeError(f"an answer annotated {shown}; allowed are {', '.join(ANNOTATIONS)}")
