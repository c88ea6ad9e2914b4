"""Square roots in denominators: cleared where a person would clear them."""

from functools import reduce
from math import gcd

from examgen.exact.errors import Undefined
from examgen.exact.polynomials import cancel
from examgen.exact.primes import factor
from examgen.exact.sums import Sum, content, multiply, shrink


def without_roots(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Clear the denominator of square roots where it is algebraic or becomes shorter so.

    1/√2 is √2/2 and 1/(1 + √2) is √2 - 1; 1/(e + √2) stays.
    """
    if all(m[1] == 1 for m in denominator):
        return numerator, denominator
    numerator, denominator = _without_shared_root(numerator, denominator)
    primes = _primes_under_roots(denominator)
    if not primes:
        return numerator, denominator
    try:
        above, below = cancel(*_rationalised(numerator, denominator, primes))
    except Undefined:  # longer than the limits, so not shorter
        return numerator, denominator
    algebraic = all(m[0] == 0 and not m[2] for m in denominator)
    if algebraic or len(above) + len(below) < len(numerator) + len(denominator):
        return above, below
    return numerator, denominator


def _without_shared_root(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Expand by the square root that every term of the denominator has."""
    shared = reduce(gcd, [m[1] for m in denominator])
    unit: Sum = {(0, shared, ()): 1}
    return multiply(numerator, unit), multiply(denominator, unit)


def _primes_under_roots(a: Sum) -> list[int]:
    return sorted({p for m in a for p, _ in factor(m[1])})


def _rationalised(numerator: Sum, denominator: Sum, primes: list[int]) -> tuple[Sum, Sum]:
    """Expand by conjugates, one prime after the other, until no root is left below the line."""
    for p in primes:
        conjugate = {m: -c if m[1] % p == 0 else c for m, c in denominator.items()}
        if conjugate == denominator:
            continue  # an earlier step cleared this prime too
        numerator, denominator = multiply(numerator, conjugate), multiply(denominator, conjugate)
        common = gcd(content(numerator), content(denominator))
        numerator, denominator = shrink(numerator, common), shrink(denominator, common)
    return numerator, denominator
