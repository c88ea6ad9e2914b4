"""What the weights of a row are proportional to, step by step, for worked solutions."""

from fractions import Fraction
from math import gcd, lcm

from examgen.exact import Array, array, divide, entries, exp


def without_smallest(scores: Array) -> Array:
    """Return the scores less the smallest of them, which changes no weight."""
    return array(scores - min(entries(scores)))


def proportions(scores: Array, *, rational: bool) -> Array:
    """Return numbers in the proportions of e^s, for scores none of which is masked.

    The smallest is 1; where all e^s are fractions (*rational*), they are integers without a common
    divisor.
    """
    if not rational:
        return exp(without_smallest(scores))
    powers = entries(exp(scores))
    below = lcm(*(each.denominator for each in powers))
    return divide(exp(scores), Fraction(gcd(*(int(each * below) for each in powers)), below))
