"""Exact division, exp, ln and sqrt of numbers and, entry by entry, of arrays."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, overload

import numpy as np

from examgen.exact import transcendental
from examgen.exact.arrays import Array, each
from examgen.exact.closed import Closed, Exact, value
from examgen.exact.errors import Undefined
from examgen.exact.infinity import NegativeInfinity
from examgen.exact.monomials import ONE
from examgen.exact.sums import Sum


def ratio(a: Exact, b: Exact) -> Exact:
    """Return a / b exactly; raise `Undefined` where b is zero."""
    for x in (a, b):
        if type(x) not in (int, Fraction, Closed):
            raise TypeError(f"ratio: found {type(x).__name__} {x!r}")
    if b == 0:
        raise Undefined("division by zero")
    if isinstance(a, Closed) or isinstance(b, Closed):
        return a / b
    quotient = Fraction(a, b)
    return quotient.numerator if quotient.denominator == 1 else quotient


@overload
def exp(x: Exact | NegativeInfinity) -> Exact: ...
@overload
def exp(x: Array) -> Array: ...
def exp(x: Any) -> Any:
    """Return e^x; exp(NEG_INF) is 0. Raise `Undefined` for what cannot be held."""
    return each(_exp, x) if isinstance(x, np.ndarray) else _exp(x)


@overload
def ln(x: Exact) -> Exact: ...
@overload
def ln(x: Array) -> Array: ...
def ln(x: Any) -> Any:
    """Return the natural logarithm. Raise `Undefined` unless x is positive and a single term."""
    return each(_ln, x) if isinstance(x, np.ndarray) else _ln(x)


@overload
def sqrt(x: Exact) -> Exact: ...
@overload
def sqrt(x: Array) -> Array: ...
def sqrt(x: Any) -> Any:
    """Return the square root. Raise `Undefined` unless x is rational or a single square, x >= 0."""
    return each(_sqrt, x) if isinstance(x, np.ndarray) else _sqrt(x)


def _exp(x: Exact | NegativeInfinity) -> Exact:
    if isinstance(x, NegativeInfinity):
        return 0
    return _applied(transcendental.exp, x)


def _ln(x: Exact) -> Exact:
    if not isinstance(x, Closed) and x == 0:
        raise Undefined("the logarithm of 0")
    return _applied(transcendental.ln, x)


def _sqrt(x: Exact) -> Exact:
    if not isinstance(x, Closed) and x == 0:
        return 0
    return _applied(transcendental.sqrt, x)


def _applied(function: Callable[[Sum, Sum], tuple[Sum, Sum]], x: Exact) -> Exact:
    if isinstance(x, Closed):
        return value(*function(*x.sums))
    if type(x) not in (int, Fraction):
        raise TypeError(f"found {type(x).__name__} {x!r}, allowed are exact numbers")
    top = {ONE: x.numerator} if x else {}
    return value(*function(top, {ONE: x.denominator}))


E: Exact = exp(1)
PI: Exact = Closed({(0, 1, (1, 1)): 1}, {ONE: 1})
