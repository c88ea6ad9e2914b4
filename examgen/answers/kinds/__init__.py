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
ANNOTATIONS: tuple[tuple[Any, str], ...] = (
    (int, "integer"),
    (Fraction, "rational"),
    (Exact, "closed"),
    (Formula, "expression"),
    (Array, "array"),
    (Shape, "shape"),
    (frozenset[int], "indices"),
    (str, "text"),
    (Rubric, "text"),
)


def kind(name: str) -> Kind:
    """The kind with this name; KeyError names the known ones."""
    try:
        return KINDS[name]
    except KeyError:
        raise KeyError(f"kind: found {name!r}; allowed are {', '.join(KINDS)}") from None


def kind_of(annotation: Any) -> Kind:
    """The kind that a procedure's return annotation asks for; TypeError names any other."""
    for known, name in ANNOTATIONS:
        if annotation == known:
            return KINDS[name]
    allowed = "int, Fraction, Exact, Array, Shape, frozenset[int], str, Rubric"
    shown = getattr(annotation, "__name__", None) or repr(annotation)
    raise TypeError(f"an answer annotated {shown}; allowed are {allowed}")
