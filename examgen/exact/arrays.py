"""Read-only arrays of exact values, and what may stand in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
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
    if not _is_nested(values) or (isinstance(values, np.ndarray) and not values.ndim):
        raise ValueError(f"array: found {described(values)}, allowed are nested lists or arrays")
    if isinstance(values, np.ndarray):
        return _frozen(values.flat, values.shape)
    shape = _shape(values)
    flat: list[Any] = []
    _flatten(values, shape, flat)
    return _frozen(flat, shape)


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
    return _frozen([function(entry(x)) for x in values.flat], values.shape)


def _frozen(flat: Iterable[Any], shape: tuple[int, ...]) -> Array:
    checked = [x if type(x) is int else entry(x) for x in flat]
    made: Array = np.empty(len(checked), dtype=object)
    made[:] = checked
    made = made.reshape(shape)
    # reshape gives a view: freeze what it looks at too, or it could be thawed again
    if made.base is not None:
        made.base.setflags(write=False)
    made.setflags(write=False)
    return made


def _shape(values: Any) -> tuple[int, ...]:
    """Return the lengths along the first entries; `_flatten` checks the others."""
    shape: tuple[int, ...] = ()
    while _is_nested(values):
        if len(shape) == AXES:
            raise ValueError(f"array: found more than {AXES} levels of nesting")
        if isinstance(values, np.ndarray):
            return (*shape, *values.shape)
        shape = (*shape, len(values))
        if not values:
            break
        values = values[0]
    return shape


def _flatten(values: Any, shape: tuple[int, ...], flat: list[Any]) -> None:
    if not _is_nested(values) or len(values) != shape[0]:
        found = f"a list of {len(values)}" if _is_nested(values) else described(values)
        raise ValueError(f"array: found ragged nesting, {found} beside a list of {shape[0]}")
    if len(shape) > 1:
        for value in values:
            _flatten(value, shape[1:], flat)
        return
    flat.extend(values)


def _is_nested(x: object) -> bool:
    return isinstance(x, _NESTED)
