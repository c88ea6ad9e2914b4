"""Quotients of two sums in the form a person would write: everything cancelled that can be."""

from functools import reduce
from math import gcd

from examgen.exact import exponents
from examgen.exact.errors import Undefined
from examgen.exact.exponents import Exponent
from examgen.exact.monomials import ONE, Symbols, powers, symbols_of
from examgen.exact.polynomials import cancel
from examgen.exact.primes import factor
from examgen.exact.sums import UNIT, Sum, add, content, multiply, scale, shrink


def reduced(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Return the quotient simplified: equal in value, rational values as integers over integers.

    Raise `Undefined` where the denominator is zero or the result is beyond the limits.
    """
    if not denominator:
        raise Undefined("division by zero")
    if not numerator:
        return numerator, UNIT
    if len(denominator) > 1 or ONE not in denominator:
        numerator, denominator = _shifted(numerator, denominator)
        numerator, denominator = _without_symbols(numerator, denominator)
        numerator, denominator = _rationalised(numerator, denominator)
        numerator, denominator = cancel(numerator, denominator)
        numerator, denominator = _shifted(numerator, denominator)
    return _lowest_terms(numerator, denominator)


def _lowest_terms(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Cancel integers, make the denominator's highest term positive, recognise a rational."""
    common = gcd(content(numerator), content(denominator))
    if denominator[_highest(denominator)] < 0:
        common = -common
    numerator, denominator = shrink(numerator, common), shrink(denominator, common)
    if len(denominator) > 1 and numerator.keys() == denominator.keys():
        ratios = {(c // (g := gcd(c, d)), d // g) for c, d in _pairs(numerator, denominator)}
        if len({(n, d) if d > 0 else (-n, -d) for n, d in ratios}) == 1:
            n, d = ratios.pop()
            return ({ONE: n}, {ONE: d}) if d > 0 else ({ONE: -n}, {ONE: -d})
    return numerator, denominator


def _pairs(numerator: Sum, denominator: Sum) -> list[tuple[int, int]]:
    return [(c, denominator[monomial]) for monomial, c in numerator.items()]


def _highest(a: Sum) -> tuple[Exponent, int, Symbols]:
    if len(a) == 1:
        return next(iter(a))
    return max(a, key=lambda m: (exponents.ascending(m[0]), m[2], m[1]))


def _shifted(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Take the smallest exponent of e out of both, so that the smallest left is 0."""
    present = {m[0] for m in numerator} | {m[0] for m in denominator}
    if 0 in present and all(type(a) is int for a in present):
        lowest: Exponent = min(a for a in present if isinstance(a, int))
    else:
        lowest = min(present, key=exponents.ascending)
    if lowest == 0:
        return numerator, denominator
    unit = {(exponents.scale(lowest, -1), 1, ()): 1}
    return multiply(numerator, unit), multiply(denominator, unit)


def _without_symbols(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Cancel the powers of ln p and π that every term has."""
    if not all(m[2] for m in denominator) or not all(m[2] for m in numerator):
        return numerator, denominator
    rows = [powers(m[2]) for m in (*numerator, *denominator)]
    common = {s: min(row.get(s, 0) for row in rows) for s in rows[0]}
    if not any(common.values()):
        return numerator, denominator
    return _divide_symbols(numerator, common), _divide_symbols(denominator, common)


def _divide_symbols(a: Sum, common: dict[int, int]) -> Sum:
    found: Sum = {}
    for (exponent, root, symbols), c in a.items():
        power = {s: k - common.get(s, 0) for s, k in powers(symbols).items()}
        found[(exponent, root, symbols_of(power))] = c
    return found


def _rationalised(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Clear the denominator of square roots where that makes it shorter or an algebraic number."""
    shared = reduce(gcd, (m[1] for m in denominator))
    if shared > 1:
        unit = {(0, shared, ()): 1}
        numerator, denominator = multiply(numerator, unit), multiply(denominator, unit)
    primes = _primes_under_roots(denominator)
    if not primes or any(m[0] != 0 or m[2] for m in denominator):
        return numerator, denominator
    for p in primes:
        mirrored = {m: -c if m[1] % p == 0 else c for m, c in denominator.items()}
        if mirrored == denominator:
            continue
        numerator, denominator = multiply(numerator, mirrored), multiply(denominator, mirrored)
        common = gcd(content(numerator), content(denominator))
        numerator, denominator = shrink(numerator, common), shrink(denominator, common)
    return numerator, denominator


def _primes_under_roots(a: Sum) -> list[int]:
    return sorted({p for m in a if m[1] > 1 for p, _ in factor(m[1])})


def sum_of(a: tuple[Sum, Sum], b: tuple[Sum, Sum]) -> tuple[Sum, Sum]:
    """Return the numerator and denominator of a + b, not reduced."""
    (n, d), (m, e) = a, b
    if d == e:
        return add(n, m), d
    if len(d) == len(e) == 1 and ONE in d and ONE in e:
        common = gcd(d[ONE], e[ONE])
        left, right = e[ONE] // common, d[ONE] // common
        return add(scale(n, left), scale(m, right)), scale(d, left)
    return add(multiply(n, e), multiply(m, d)), multiply(d, e)
