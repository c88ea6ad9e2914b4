"""Read-only arrays of exact values, and the values that stand in them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from examgen.exact.closed import Closed, Exact
from examgen.exact.infinity import NegativeInfinity

Array: TypeAlias = npt.NDArray[np.object_]
Entry: TypeAlias = Exact | NegativeInfinity


def array(values: Any) -> Array:
    """Return nested lists, tuples or an array as a read-only array of exact values.

    numpy integers become int, integral Fractions int. Raise TypeError for floats, bools and
    anything else that is no exact value, ValueError for ragged nesting and for a bare number.
    """
    if not isinstance(values, list | tuple | np.ndarray):
        raise ValueError(f"array: found the bare {_name(values)}, allowed are nested lists")
    shape = _shape(values)
    flat: list[Any] = []
    _flatten(values, shape, flat)
    made = np.empty(len(flat), dtype=object)
    made[:] = [entry(x) for x in flat]
    made = made.reshape(shape)
    made.setflags(write=False)
    return made


def entry(x: Any) -> Entry:
    """Return one value in its canonical type; raise TypeError for what is no exact value."""
    kind = type(x)
    if kind is int or kind is Closed or kind is NegativeInfinity:
        return x  # type: ignore[no-any-return]
    if kind is Fraction:
        return x if x.denominator != 1 else int(x)
    if isinstance(x, np.integer):
        return int(x)
    raise TypeError(f"array: found {_name(x)}, allowed are int, Fraction, Closed and NEG_INF")


def entries(values: Array) -> list[Any]:
    """Return the entries row by row in a flat list."""
    return list(values.ravel())


def divide(values: Array, scalar: Exact) -> Array:
    """Return the array with every entry divided by the scalar."""
    from examgen.exact.functions import ratio

    return each(
        lambda x: x / scalar if isinstance(x, NegativeInfinity) else ratio(x, scalar), values
    )


def each(function: Callable[[Any], Any], values: Array) -> Array:
    """Return the array of function(entry)."""
    made = np.empty(values.size, dtype=object)
    made[:] = [entry(function(entry(x))) for x in values.ravel()]
    made = made.reshape(values.shape)
    made.setflags(write=False)
    return made


def _shape(values: Any) -> tuple[int, ...]:
    if isinstance(values, np.ndarray):
        if values.ndim == 0:
            raise ValueError("array: found a 0-d array, allowed are nested lists")
        return values.shape
    if not isinstance(values, list | tuple):
        return ()
    if not values:
        return (0,)
    return (len(values), *_shape(values[0]))


def _flatten(values: Any, shape: tuple[int, ...], flat: list[Any]) -> None:
    if not shape:
        if isinstance(values, list | tuple | np.ndarray):
            raise ValueError("array: ragged nesting")
        flat.append(values)
        return
    if not isinstance(values, list | tuple | np.ndarray) or len(values) != shape[0]:
        raise ValueError("array: ragged nesting")
    for value in values:
        _flatten(value, shape[1:], flat)


def _name(x: Any) -> str:
    return f"{type(x).__name__} {x!r}"
