"""Read-only arrays of exact values, and what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from examgen.exact.closed import Closed, Exact
from examgen.exact.errors import described
from examgen.exact.infinity import NegativeInfinity

Array: TypeAlias = npt.NDArray[np.object_]
Entry: TypeAlias = Exact | NegativeInfinity

_NESTED = (list, tuple, np.ndarray)
AXES = 16
"""Levels of nesting in an array; the tensors of a course have five at most."""


def array(values: Any) -> Array:
    """Return nested lists, tuples or an array as a read-only array of exact values.

    Always a copy. numpy integers become int, integral Fractions int. Raise TypeError for floats,
    bools and whatever else is no exact value, ValueError for ragged nesting and for a single
    number outside of any list. A slice of the result is read-only too.
    """
    if isinstance(values, np.ndarray):
        if values.ndim:
            return shaped(_listed(values), values.shape)
    elif isinstance(values, list | tuple):
        return shaped(*_flat(values))
    raise ValueError(f"array: found {described(values)}, allowed are nested lists or arrays")


def entry(x: Any) -> Entry:
    """Return one value in its canonical type; raise TypeError, for a list ValueError."""
    kind = type(x)
    if kind is int or kind is Closed or kind is NegativeInfinity:
        return x  # type: ignore[no-any-return]
    if kind is Fraction:
        return x if x.denominator != 1 else int(x)
    if isinstance(x, np.integer):
        return int(x)
    if _is_nested(x):
        raise ValueError("array: found ragged nesting, lists beside numbers")
    raise TypeError(f"array: found {described(x)}, allowed are int, Fraction, Closed and NEG_INF")


def entries(values: Array) -> list[Any]:
    """Return the entries row by row in a flat list."""
    return [*values.flat]


def each(function: Callable[[Any], Any], values: Array) -> Array:
    """Return the array of function(entry), of the same shape."""
    return shaped([function(entry(x)) for x in values.flat], values.shape)


def shaped(flat: Iterable[Any], shape: tuple[int, ...]) -> Array:
    """Return these entries, row by row, as a read-only array of exact values."""
    checked = [x if type(x) is int else entry(x) for x in flat]
    frozen: Array = np.fromiter(checked, dtype=object, count=len(checked))
    frozen.setflags(write=False)
    return frozen.reshape(shape)  # a view, which cannot be thawed: what it looks at is frozen


def _listed(values: npt.NDArray[Any]) -> Iterable[Any]:
    """Return the entries row by row; those of numpy's own types as they are, to be refused."""
    return values.ravel().tolist() if values.dtype == object else values.flat


def _flat(values: Any) -> tuple[Any, tuple[int, ...]]:
    """Return the entries row by row, and the shape; raise ValueError for ragged lists."""
    shape = [len(values)]
    while values and _is_nested(values[0]):
        if len(shape) == AXES:
            raise ValueError(f"array: found more than {AXES} levels of nesting")
        length = len(values[0])
        for row in values:
            if not _is_nested(row) or len(row) != length:
                found = f"a list of {len(row)}" if _is_nested(row) else described(row)
                raise ValueError(f"array: found ragged nesting, {found} beside a list of {length}")
        shape.append(length)
        values = [*chain.from_iterable(values)]
    return values, tuple(shape)


def _is_nested(x: object) -> bool:
    return isinstance(x, _NESTED)
