"""Sums of monomials with integer coefficients: dicts from monomial to a coefficient, none zero.

A sum is zero iff its dict is empty: e^a for different algebraic a are linearly independent over
the algebraic numbers (Lindemann-Weierstrass), square roots of squarefree integers over Q, and
ln p and π are treated as independent symbols (no relation between them is known).
Sums are shared between values and never changed once made.
"""

from math import gcd
from typing import TypeAlias

from examgen.exact.effort import budget, cost_of_bits, spend
from examgen.exact.errors import Undefined
from examgen.exact.limits import BITS, EXPONENT, TERMS
from examgen.exact.monomials import ONE, Monomial, check_limits, times

Sum: TypeAlias = dict[Monomial, int]

UNIT: Sum = {ONE: 1}


def add(a: Sum, b: Sum) -> Sum:
    """Return a + b."""
    total = dict(a)
    for monomial, coefficient in b.items():
        if monomial not in total:
            total[monomial] = coefficient
        elif value := total[monomial] + coefficient:
            total[monomial] = value
        else:
            del total[monomial]
    return total


def scale(a: Sum, factor: int) -> Sum:
    """Return factor · a, for a factor other than zero."""
    if factor == 1:
        return a
    return {monomial: factor * coefficient for monomial, coefficient in a.items()}


def shrink(a: Sum, divisor: int) -> Sum:
    """Return a / divisor, for a divisor of every coefficient."""
    if divisor == 1:
        return a
    return {monomial: coefficient // divisor for monomial, coefficient in a.items()}


def multiply(a: Sum, b: Sum) -> Sum:
    """Return a · b; raise `Undefined` beyond the limits."""
    found = product(a, b)
    return a if found is a else bounded(found)


def product(a: Sum, b: Sum) -> Sum:
    """Return a · b however long it is: for comparing, not for keeping."""
    if budget() is not None:
        _spend_on_product(a, b)
    if len(b) == 1 and ONE in b:
        return scale(a, b[ONE])
    total: Sum = {}
    for left, factor in a.items():
        for right, coefficient in b.items():
            integer, monomial = times(left, right)
            if monomial in total:
                total[monomial] += integer * factor * coefficient
            else:
                total[monomial] = integer * factor * coefficient
    if len(a) > 1 and len(b) > 1:
        return {monomial: value for monomial, value in total.items() if value}
    return total


def _spend_on_product(a: Sum, b: Sum) -> None:
    """Count the products of two terms; those with roots, logarithms and fractions cost more."""
    each = 1 if is_plain(a) and is_plain(b) else 8 if _has_symbols(a) and _has_symbols(b) else 3
    spend(each * len(a) * len(b) + cost_of_bits(bits(a) + bits(b)))


def _has_symbols(a: Sum) -> bool:
    return any(m[2] for m in a)


def is_plain(a: Sum) -> bool:
    """Whether only powers of e with integral exponents occur."""
    for exponent, root, symbols in a:
        if root != 1 or symbols or type(exponent) is not int:
            return False
    return True


def bits(a: Sum) -> int:
    """The bits of all coefficients together."""
    return sum(map(int.bit_length, a.values()))


def power(a: Sum, exponent: int) -> Sum:
    """Return a to a power that is not negative; raise `Undefined` beyond the limits."""
    total, square = UNIT, a
    while exponent:
        if exponent & 1:
            total = multiply(square, total)
        exponent >>= 1
        if exponent:
            square = multiply(square, square)
    return bounded(total)


def content(a: Sum) -> int:
    """Return the greatest common divisor of the coefficients."""
    return gcd(*a.values())


def bounded(a: Sum) -> Sum:
    """Return a, or raise `Undefined` where it is beyond the limits."""
    if len(a) > TERMS:
        raise Undefined(f"more than {TERMS} terms")
    length = 0
    for monomial, coefficient in a.items():
        length += coefficient.bit_length()
        exponent, root, symbols = monomial
        if root != 1 or symbols or type(exponent) is not int or abs(exponent) > EXPONENT:
            check_limits(monomial)
    if length > BITS:
        raise Undefined(f"coefficients of more than {BITS} bits")
    return a
