"""Quotients of sums of integral powers of e: most closed forms of a course, made at once."""

from collections.abc import Mapping
from fractions import Fraction
from math import gcd

from examgen.exact.closed import Closed, Exact, value
from examgen.exact.errors import Undefined
from examgen.exact.sums import Sum, bounded


def quotient_of_powers(above: Mapping[int, int], below: Mapping[int, int]) -> Exact:
    """Return the quotient of two sums, each the coefficients (none zero) of the powers of e.

    The same number in the same form as by `exp` and arithmetic.
    """
    if not below:
        raise Undefined("division by zero")
    if not above:
        return 0
    lowest = min(min(above), min(below))
    if len(above) > 1 and len(below) > 1:  # they may have a polynomial in common
        return value(_sum_of(above, lowest, 1), _sum_of(below, lowest, 1))
    common = gcd(*above.values(), *below.values())
    if below[max(below)] < 0:
        common = -common
    numerator = bounded(_sum_of(above, lowest, common))
    denominator = bounded(_sum_of(below, lowest, common))
    if numerator.keys() == denominator.keys():
        ((n,), (d,)) = numerator.values(), denominator.values()
        return n if d == 1 else Fraction(n, d)
    return Closed(numerator, denominator)


def _sum_of(powers: Mapping[int, int], lowest: int, divisor: int) -> Sum:
    """Return the sum over e^lowest and over a divisor of every coefficient."""
    return {(power - lowest, 1, ()): c // divisor for power, c in powers.items()}
