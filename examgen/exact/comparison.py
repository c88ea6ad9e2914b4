"""Equality and order of any two values: numbers, arrays, shapes; equality of sets and text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from examgen.exact.closed import Closed
from examgen.exact.errors import described
from examgen.exact.infinity import NegativeInfinity
from examgen.exact.order import order

_NUMBERS = frozenset({int, Fraction, Closed, NegativeInfinity})
_OTHERS = (np.ndarray, tuple, frozenset, str, type(None))


def equal(a: Any, b: Any) -> bool:
    """Decide whether two values are equal; values of different sorts are not.

    Arrays are equal where their shapes and all entries are, shapes as tuples are. Raise TypeError
    for what is no value (float, bool, numpy scalar, list).
    """
    if type(a) is int and type(b) is int:
        return a == b
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return a.shape == b.shape and _all_equal(a.ravel().tolist(), b.ravel().tolist())
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and _all_equal(a, b)
    _check("equal", a)
    _check("equal", b)
    return not isinstance(a, np.ndarray) and not isinstance(b, np.ndarray) and bool(a == b)


def compare(a: Any, b: Any) -> int:
    """Return -1, 0 or 1, the order of two numbers, NEG_INF below all.

    Shapes lexicographically; arrays by shape, then entry by entry. Raise TypeError for any other
    pair, `Undefined` where the sign of the difference is beyond the limits.
    """
    if type(a) is int and type(b) is int:
        return (a > b) - (a < b)
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return _compare_all(a.shape, b.shape) or _compare_all(
            a.ravel().tolist(), b.ravel().tolist()
        )
    if isinstance(a, tuple) and isinstance(b, tuple):
        return _compare_all(a, b)
    for x in (a, b):
        if type(x) not in _NUMBERS:
            raise TypeError(f"compare: found {described(x)}, which has no order here")
    if isinstance(a, NegativeInfinity) or isinstance(b, NegativeInfinity):
        return isinstance(b, NegativeInfinity) - isinstance(a, NegativeInfinity)
    return order(a, b)


def _compare_all(a: Sequence[Any], b: Sequence[Any]) -> int:
    for x, y in zip(a, b, strict=False):
        found = compare(x, y)
        if found:
            return found
    return (len(a) > len(b)) - (len(a) < len(b))


def _all_equal(a: Any, b: Any) -> bool:
    for x, y in zip(a, b, strict=True):
        if type(x) is int and type(y) is int:  # most are, and asking costs more than comparing
            if x != y:
                return False
        elif not equal(x, y):
            return False
    return True


def _check(where: str, x: object) -> None:
    if type(x) not in _NUMBERS and not isinstance(x, _OTHERS):
        raise TypeError(f"{where}: found {described(x)}, which is not an exact value")
