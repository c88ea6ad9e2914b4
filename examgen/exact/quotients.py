"""Quotients of two sums in the form a person would write: everything cancelled that can be."""

from math import gcd
from typing import TypeAlias

from examgen.exact import exponents
from examgen.exact.errors import Undefined
from examgen.exact.evaluation import sign
from examgen.exact.monomials import ONE, Monomial, powers, symbols_of
from examgen.exact.polynomials import cancel
from examgen.exact.radicals import without_roots
from examgen.exact.sums import UNIT, Sum, add, content, multiply, product, scale, shrink

Quotient: TypeAlias = tuple[Sum, Sum]


def reduced(numerator: Sum, denominator: Sum) -> Quotient:
    """Return the quotient simplified: equal in value, rational values as integers over integers.

    Raise `Undefined` where the denominator is zero or the result is beyond the limits.
    """
    if not denominator:
        raise Undefined("division by zero")
    if not numerator:
        return numerator, UNIT
    if denominator == UNIT:
        return numerator, UNIT
    if len(denominator) > 1 or ONE not in denominator:
        numerator, denominator = _shifted(numerator, denominator)
        is_plain = not any(m[1] != 1 or m[2] for m in denominator)
        if not is_plain:
            numerator, denominator = without_roots(*_without_symbols(numerator, denominator))
        above, below = cancel(numerator, denominator)
        if above is not numerator or not is_plain:
            numerator, denominator = _shifted(above, below)
    return _rational(*_lowest_terms(numerator, denominator))


def sum_of(a: Quotient, b: Quotient) -> Quotient:
    """Return numerator and denominator of a + b, not reduced."""
    (n, d), (m, e) = a, b
    if d == e:
        return add(n, m), d
    if len(d) == len(e) == 1 and ONE in d and ONE in e:
        common = gcd(d[ONE], e[ONE])
        left, right = e[ONE] // common, d[ONE] // common
        return add(scale(n, left), scale(m, right)), scale(d, left)
    return add(multiply(n, e), multiply(m, d)), multiply(d, e)


def equal(a: Quotient, b: Quotient) -> bool:
    """Decide by cross-multiplication whether two quotients are equal."""
    return product(a[0], b[1]) == product(b[0], a[1])


def compare(a: Quotient, b: Quotient) -> int:
    """Return the sign of a - b."""
    (n, d), (m, e) = a, b
    if d == e:
        return sign(add(n, scale(m, -1))) * sign(d)
    return sign(add(product(n, e), scale(product(m, d), -1))) * sign(d) * sign(e)


def _shifted(numerator: Sum, denominator: Sum) -> Quotient:
    """Take the smallest exponent of e out of both, so that the smallest left is 0."""
    present = [m[0] for m in numerator]
    present += [m[0] for m in denominator]
    if set(map(type, present)) == {int}:
        lowest = min(present)
    else:
        lowest = min(present, key=exponents.ascending)
    if lowest == 0:
        return numerator, denominator
    unit: Sum = {(exponents.scale(lowest, -1, 1), 1, ()): 1}
    return multiply(numerator, unit), multiply(denominator, unit)


def _without_symbols(numerator: Sum, denominator: Sum) -> Quotient:
    """Cancel the powers of ln p and π that every term has."""
    monomials = (*denominator, *numerator)
    if not all(m[2] for m in monomials):
        return numerator, denominator
    rows = [powers(m[2]) for m in monomials]
    common = {s: min(row.get(s, 0) for row in rows) for s in rows[0]}
    return _divided(numerator, common), _divided(denominator, common)


def _divided(a: Sum, common: dict[int, int]) -> Sum:
    found: Sum = {}
    for (exponent, root, symbols), c in a.items():
        power = {s: k - common.get(s, 0) for s, k in powers(symbols).items()}
        found[(exponent, root, symbols_of(power))] = c
    return found


def _lowest_terms(numerator: Sum, denominator: Sum) -> Quotient:
    """Cancel integers and make the denominator's highest term positive."""
    common = gcd(content(numerator), content(denominator))
    if denominator[_highest(denominator)] < 0:
        common = -common
    return shrink(numerator, common), shrink(denominator, common)


def _highest(a: Sum) -> Monomial:
    if len(a) == 1:
        return next(iter(a))
    if all(type(m[0]) is int for m in a):
        return max(a, key=lambda m: (m[0], m[2], m[1]))
    return max(a, key=lambda m: (exponents.ascending(m[0]), m[2], m[1]))


def _rational(numerator: Sum, denominator: Sum) -> Quotient:
    """Recognise a rational number: numerator and denominator are multiples of one sum."""
    if len(denominator) == 1 or numerator.keys() != denominator.keys():
        return numerator, denominator
    n, d = content(numerator), content(denominator)
    for unit in (n, -n):
        if shrink(numerator, unit) == shrink(denominator, d):
            return {ONE: unit}, {ONE: d}
    return numerator, denominator
