"""Exponents of e: rational combinations of square roots of squarefree integers.

An integral exponent is an int. Any other is a flat tuple of triples (radicand, numerator,
denominator), radicands ascending, fractions in lowest terms: √2/2 is (2, 1, 2), 1 + √2/2 is
(1, 1, 1, 2, 1, 2). Flat tuples of ints hash and compare ten times faster than Fractions.
"""

from collections.abc import Iterable
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from math import isqrt
from typing import TypeAlias

from examgen.exact.errors import Undefined
from examgen.exact.limits import EXPONENT

Exponent: TypeAlias = int | tuple[int, ...]


def parts(a: Exponent) -> dict[int, Fraction]:
    """Return the rational coefficient of each square root, by radicand."""
    if isinstance(a, int):
        return {1: Fraction(a)} if a else {}
    return {a[i]: Fraction(a[i + 1], a[i + 2]) for i in range(0, len(a), 3)}


def exponent(coefficients: Iterable[tuple[int, Fraction]]) -> Exponent:
    """Return the exponent with these coefficients of square roots."""
    found = sorted((r, q) for r, q in coefficients if q)
    for _, q in found:
        if abs(q.numerator) > EXPONENT or q.denominator > EXPONENT:
            raise Undefined(f"exponent beyond {EXPONENT}")
    if not found:
        return 0
    if len(found) == 1 and found[0][0] == 1 and found[0][1].denominator == 1:
        return found[0][1].numerator
    return tuple(n for r, q in found for n in (r, q.numerator, q.denominator))


@lru_cache(maxsize=8192)
def add(a: Exponent, b: Exponent) -> Exponent:
    """Return a + b."""
    total = parts(a)
    for r, q in parts(b).items():
        total[r] = total.get(r, Fraction(0)) + q
    return exponent(total.items())


@lru_cache(maxsize=8192)
def scale(a: Exponent, factor: Fraction | int) -> Exponent:
    """Return factor · a."""
    return exponent((r, q * factor) for r, q in parts(a).items())


@lru_cache(maxsize=8192)
def compare(a: Exponent, b: Exponent) -> int:
    """Return the sign of a - b as real numbers."""
    if isinstance(a, int) and isinstance(b, int):
        return (a > b) - (a < b)
    return _sign(parts(add(a, scale(b, -1))))


def _sign(coefficients: dict[int, Fraction]) -> int:
    """Return the sign of a combination of square roots; they are independent over Q."""
    if not coefficients:
        return 0
    scale_bits = 64
    while True:
        unit = 1 << scale_bits
        total = sum(q * isqrt(r * unit * unit) for r, q in coefficients.items())
        error = sum(abs(q) for q in coefficients.values())
        if abs(total) > error:
            return 1 if total > 0 else -1
        scale_bits *= 2


ascending = cmp_to_key(compare)
"""Sort key: exponents by their real value."""
