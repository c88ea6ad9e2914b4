"""Exponents of e: rational combinations of square roots of squarefree integers.

An integral exponent is an int. Any other is a flat tuple of triples (radicand, numerator,
denominator), radicands ascending, fractions in lowest terms: √2/2 is (2, 1, 2), 1 + √2/2 is
(1, 1, 1, 2, 1, 2). Flat tuples of ints hash and compare ten times faster than Fractions.
"""

from collections.abc import Iterable
from functools import cmp_to_key, lru_cache
from math import gcd, isqrt, lcm
from typing import TypeAlias

from examgen.exact.errors import Undefined
from examgen.exact.limits import EXPONENT, RADICANDS

Exponent: TypeAlias = int | tuple[int, ...]


def fractions(a: Exponent) -> dict[int, tuple[int, int]]:
    """Return numerator and denominator of the coefficient of each square root, by radicand."""
    if isinstance(a, int):
        return {1: (a, 1)} if a else {}
    return {a[i]: (a[i + 1], a[i + 2]) for i in range(0, len(a), 3)}


def exponent(coefficients: Iterable[tuple[int, int, int]]) -> Exponent:
    """Return the exponent with these triples of radicand, numerator and denominator."""
    flat: list[int] = []
    for radicand, n, d in sorted(coefficients):
        if n:
            common = gcd(n, d)
            flat += (radicand, n // common, d // common)
    if not flat:
        return 0
    return flat[1] if len(flat) == 3 and flat[0] == flat[2] == 1 else tuple(flat)


def check_limits(a: Exponent) -> None:
    """Raise `Undefined` for an exponent beyond the limits."""
    if isinstance(a, int):
        if not -EXPONENT <= a <= EXPONENT:
            raise Undefined(f"exponent beyond {EXPONENT}")
    else:
        _check_fractions(a)


@lru_cache(maxsize=8192)
def _check_fractions(a: tuple[int, ...]) -> None:
    triples = [(r, n, d) for r, (n, d) in fractions(a).items()]
    if len(triples) > RADICANDS or max(d for _, _, d in triples) > EXPONENT:
        raise Undefined("exponent of too many or too small parts")
    if sum(abs(n) * (isqrt(r) + 1) // d for r, n, d in triples) > EXPONENT:
        raise Undefined(f"exponent beyond {EXPONENT}")


def add(a: Exponent, b: Exponent) -> Exponent:
    """Return a + b."""
    if isinstance(a, int) and isinstance(b, int):
        return a + b
    return _added(a, b)


@lru_cache(maxsize=8192)
def _added(a: Exponent, b: Exponent) -> Exponent:
    left, right = fractions(a), fractions(b)
    triples = []
    for radicand in left.keys() | right.keys():
        (n, d), (m, e) = left.get(radicand, (0, 1)), right.get(radicand, (0, 1))
        triples.append((radicand, n * e + m * d, d * e))
    return exponent(triples)


@lru_cache(maxsize=8192)
def scale(a: Exponent, n: int, d: int) -> Exponent:
    """Return n/d · a, for a positive d."""
    return exponent((r, n * m, d * e) for r, (m, e) in fractions(a).items())


@lru_cache(maxsize=8192)
def compare(a: Exponent, b: Exponent) -> int:
    """Return the sign of a - b as real numbers."""
    if isinstance(a, int) and isinstance(b, int):
        return (a > b) - (a < b)
    return _sign(fractions(add(a, scale(b, -1, 1))))


def _sign(coefficients: dict[int, tuple[int, int]]) -> int:
    """Return the sign of a combination of square roots, which are independent over Q."""
    if not coefficients:
        return 0
    whole = lcm(*(d for _, d in coefficients.values()))
    terms = [(r, n * (whole // d)) for r, (n, d) in coefficients.items()]
    error = sum(abs(n) for _, n in terms)
    bits = 64
    while True:
        total = sum(n * isqrt(r << 2 * bits) for r, n in terms)
        if abs(total) > error:
            return 1 if total > 0 else -1
        bits *= 2


ascending = cmp_to_key(compare)
"""Sort key: exponents by their real value."""
