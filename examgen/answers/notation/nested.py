"""Nested lists, as they stand between the brackets of an array."""

from typing import Any

from examgen.answers.limits import AXES
from examgen.answers.reading import Unreadable


class Nested(list[Any]):
    """A list of entries or of further lists."""


def transposed(value: Any, at: int) -> Nested:
    """A row as a column, a matrix as its transpose."""
    if not any(isinstance(row, Nested) for row in value):
        return Nested(Nested([entry]) for entry in value)
    if len(shape_of(value, at)) != 2:
        raise Unreadable("only a vector or a matrix has a transpose", at)
    return Nested(Nested(column) for column in zip(*value, strict=True))


def shape_of(value: Any, at: int) -> tuple[int, ...]:
    """The shape of nested lists; ragged ones are refused."""
    if not isinstance(value, Nested):
        return ()
    if not value:
        return (0,)
    shapes = [shape_of(each, at) for each in value]
    if any(shape != shapes[0] for shape in shapes):
        raise Unreadable(f"rows of different lengths ({lengths(value)})", at)
    if len(shapes[0]) >= AXES:
        raise Unreadable(f"an array has at most {AXES} levels of brackets here", at)
    return (len(value), *shapes[0])


def lengths(value: Nested) -> str:
    """The lengths of the rows, the first eight of them."""
    found = [str(len(each)) if isinstance(each, Nested) else "a number" for each in value]
    return ", ".join(found[:8]) + (", …" if len(found) > 8 else "")


def flattened(value: Any) -> list[Any]:
    """The entries of nested lists, row by row."""
    if not isinstance(value, Nested):
        return [value]
    return [entry for each in value for entry in flattened(each)]
