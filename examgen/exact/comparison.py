"""Equality and order of any two values: numbers, arrays, shapes."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np

from examgen.exact.closed import Closed
from examgen.exact.infinity import NegativeInfinity
from examgen.exact.order import sign

_NUMBERS = (int, Fraction, Closed, NegativeInfinity)


def equal(a: Any, b: Any) -> bool:
    """Decide whether two values are equal: numbers, arrays with their shapes, tuples, text, sets."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        if not (isinstance(a, np.ndarray) and isinstance(b, np.ndarray)) or a.shape != b.shape:
            return False
        return all(equal(x, y) for x, y in zip(a.ravel(), b.ravel(), strict=True))
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(equal(x, y) for x, y in zip(a, b, strict=True))
    for x in (a, b):
        if isinstance(x, float | bool | np.generic):
            raise TypeError(f"equal: found {type(x).__name__} {x!r}, which is no exact value")
    return bool(a == b)


def compare(a: Any, b: Any) -> int:
    """Return -1, 0 or 1: the order of two numbers; arrays and shapes lexicographically."""
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        return compare(a.shape, b.shape) or compare(tuple(a.ravel()), tuple(b.ravel()))
    if isinstance(a, tuple) and isinstance(b, tuple):
        for x, y in zip(a, b, strict=False):
            if found := compare(x, y):
                return found
        return (len(a) > len(b)) - (len(a) < len(b))
    for x in (a, b):
        if type(x) not in _NUMBERS:
            raise TypeError(f"compare: found {type(x).__name__} {x!r}, which has no order here")
    if isinstance(a, NegativeInfinity) or isinstance(b, NegativeInfinity):
        return (b is a) - 1 if isinstance(a, NegativeInfinity) else 1
    return sign(a - b)
