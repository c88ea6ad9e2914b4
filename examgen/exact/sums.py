"""Sums of monomials with integer coefficients: dicts from monomial to a coefficient, none zero.

A sum is zero iff its dict is empty: e^a for different a are independent over the algebraic numbers
(Lindemann-Weierstrass), square roots of squarefree integers over Q, and ln p and π are symbols.
Sums are shared between values and never changed once made.
"""

from math import gcd
from typing import TypeAlias

from examgen.exact.errors import Undefined
from examgen.exact.limits import BITS, TERMS
from examgen.exact.monomials import ONE, Monomial, times

Sum: TypeAlias = dict[Monomial, int]

UNIT: Sum = {ONE: 1}


def add(a: Sum, b: Sum) -> Sum:
    """Return a + b."""
    total = dict(a)
    for monomial, coefficient in b.items():
        if value := total.get(monomial, 0) + coefficient:
            total[monomial] = value
        else:
            del total[monomial]
    return bounded(total)


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
    """Return a · b."""
    total: Sum = {}
    for left, factor in a.items():
        for right, coefficient in b.items():
            integer, monomial = times(left, right)
            total[monomial] = total.get(monomial, 0) + integer * factor * coefficient
    return bounded({monomial: value for monomial, value in total.items() if value})


def content(a: Sum) -> int:
    """Return the greatest common divisor of the coefficients."""
    return gcd(*a.values())


def bounded(a: Sum) -> Sum:
    """Return a, or raise `Undefined` where it is beyond the limits."""
    if len(a) > TERMS:
        raise Undefined(f"more than {TERMS} terms")
    if sum(map(int.bit_length, a.values())) > BITS:
        raise Undefined(f"coefficients of more than {BITS} bits")
    return a
