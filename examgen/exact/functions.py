"""Exact division, exp, ln and sqrt of numbers and, entry by entry, of arrays."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache
from typing import Any, cast, overload

import numpy as np

from examgen.exact import transcendental
from examgen.exact.arrays import Array, each
from examgen.exact.closed import Closed, Exact, sums_of, value
from examgen.exact.errors import Undefined, described
from examgen.exact.infinity import NegativeInfinity
from examgen.exact.monomials import PI_SYMBOL
from examgen.exact.quotients import Quotient
from examgen.exact.sums import UNIT, Sum


def ratio(a: Exact, b: Exact) -> Exact:
    """Return a / b exactly; raise `Undefined` where b is zero, TypeError for floats and bools."""
    if type(a) is not int or type(b) is not int:
        _check("ratio", a)
        _check("ratio", b)
    if isinstance(a, Closed):
        return a / b
    if isinstance(b, Closed):
        return a / b
    if not b:
        raise Undefined("division by zero")
    quotient = Fraction(a, b)
    return quotient.numerator if quotient.denominator == 1 else quotient


def canonical(x: Exact) -> Exact:
    """Return x in its canonical type: an integral Fraction as int, anything else as it is.

    Arithmetic on Fractions leaves 4/2 a Fraction. Raise TypeError for floats and bools.
    """
    if type(x) is int:
        return x
    _check("canonical", x)
    return x.numerator if isinstance(x, Fraction) and x.denominator == 1 else x


def rational(x: Exact) -> Fraction:
    """Return x where it is rational, an integral one as int; raise `Undefined` where it is not.

    For answers that are rational by what they are made of: the checker of types cannot know.
    """
    number = canonical(x)
    if isinstance(number, Closed):
        raise Undefined("a closed form where a rational number is asked for")
    return cast(Fraction, number)


def height(x: Exact) -> int:
    """Return the larger of numerator and denominator, regardless of sign: how long x is to write.

    Raise `Undefined` where x is not rational.
    """
    number = rational(x)
    return max(abs(number.numerator), number.denominator)


def divide(values: Array, scalar: Exact) -> Array:
    """Return the array with every entry divided by the scalar; NEG_INF stays over a positive one.

    Raise `Undefined` where the scalar is zero.
    """
    _check("divide", scalar)
    return each(lambda x: x / scalar if _is_masked(x) else ratio(x, scalar), values)


@overload
def exp(x: Exact | NegativeInfinity) -> Exact: ...
@overload
def exp(x: Array) -> Array: ...
def exp(x: Any) -> Any:
    """Return e^x; exp(NEG_INF) is 0.

    Raise `Undefined` unless x is a rational combination of square roots plus multiples k/2 of
    logarithms of rationals.
    """
    return each(_exp, x) if isinstance(x, np.ndarray) else _exp(x)


@overload
def ln(x: Exact) -> Exact: ...
@overload
def ln(x: Array) -> Array: ...
def ln(x: Any) -> Any:
    """Return the natural logarithm; raise `Undefined` unless x is a positive single term c·e^a·√r.

    Also where c is too large to be factored (see `limits.COFACTOR`).
    """
    return each(_ln, x) if isinstance(x, np.ndarray) else _ln(x)


@overload
def sqrt(x: Exact) -> Exact: ...
@overload
def sqrt(x: Array) -> Array: ...
def sqrt(x: Any) -> Any:
    """Return the square root that is not negative.

    Raise `Undefined` unless x is rational or a single term c·e^a with squares of ln p and π, not
    negative, and where c is too large to be factored.
    """
    return each(_sqrt, x) if isinstance(x, np.ndarray) else _sqrt(x)


def _exp(x: Exact | NegativeInfinity) -> Exact:
    if isinstance(x, NegativeInfinity):
        return 0
    _check("exp", x)
    return x.exp() if isinstance(x, Closed) else _exp_of_rational(x)


@lru_cache(maxsize=4096)
def _exp_of_rational(x: int | Fraction) -> Exact:
    return _applied(transcendental.exp, x)


def _ln(x: Exact) -> Exact:
    _check("ln", x)
    if isinstance(x, Closed):
        return x.log()
    if x <= 0:
        raise Undefined("the logarithm of a number that is not positive")
    return _applied(transcendental.ln, x)


def _sqrt(x: Exact) -> Exact:
    _check("sqrt", x)
    if isinstance(x, Closed):
        return x.sqrt()
    return _applied(transcendental.sqrt, x) if x else 0


def _applied(function: Callable[[Sum, Sum], Quotient], x: int | Fraction) -> Exact:
    return value(*function(*sums_of(x)))


def _check(where: str, x: object) -> None:
    if type(x) not in (int, Fraction, Closed) and not _is_masked(x):
        raise TypeError(f"{where}: found {described(x)}, allowed are int, Fraction and Closed")
    if _is_masked(x):
        raise Undefined(f"{where} of -inf")


def _is_masked(x: object) -> bool:
    return isinstance(x, NegativeInfinity)


E = Closed({(1, 1, ()): 1}, UNIT)
PI = Closed({(0, 1, (PI_SYMBOL, 1)): 1}, UNIT)
