"""Common factors of sums, found as common factors of integers and then proved.

Every variable is set to a large integer; the greatest common divisor of the values is read back as
a polynomial (GCDHEU: Char, Geddes and Gonnet 1989). The candidate counts only if it divides every
polynomial; by their theorem it is then the greatest common factor. Square roots stand outside: a
factor is one of all the polynomials that stand before them.
"""

from math import gcd
from typing import TypeAlias

from examgen.exact.effort import cost_of_bits, spend
from examgen.exact.limits import GCD_BITS, TERMS
from examgen.exact.packing import Axis, Packed, Packing, packing
from examgen.exact.sums import Sum

Points: TypeAlias = list[tuple[Axis, int, int]]
"""The variables, each with the integer 2^bits + offset that it is set to: (axis, bits, offset)."""

ATTEMPTS = 4


def cancel(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Divide both by their greatest common polynomial factor, where it is found and proved."""
    if len(numerator) < 2 or len(denominator) < 2:
        return numerator, denominator
    spend(4 * (len(numerator) + len(denominator)))
    frame = packing(frozenset(numerator) | frozenset(denominator))
    above, below = frame.split(numerator), frame.split(denominator)
    found = _cofactors([*above.values(), *below.values()], frame)
    if found is None:
        return numerator, denominator
    remaining = iter(found)
    above = {root: next(remaining) for root in above}
    return frame.join(above), frame.join({root: next(remaining) for root in below})


def _cofactors(polynomials: list[Packed], frame: Packing) -> list[Packed] | None:
    """Return the polynomials divided by their greatest common factor, None if there is none."""
    norm = min([max(map(abs, p.values())) for p in polynomials])
    for attempt in range(ATTEMPTS):
        points = _points(frame.axes, norm.bit_length() * (attempt + 1) + 8, attempt)
        if not points:
            return None
        spend(_cost(polynomials, points))
        values = [_evaluated(p, points) for p in polynomials]
        common = _read(gcd(*values), points)
        if len(common) == 1:
            return None  # a constant: nothing in common
        factor = _primitive(common)
        value = _evaluated(factor, points)
        found = [
            _quotient(p, v, factor, value, points) for p, v in zip(polynomials, values, strict=True)
        ]
        if all(q and frame.contains(q) for q in found) and frame.contains(factor):
            proved = [q for q in found if q]
            # (e^200 - 1)/(e - 1) is shorter as it stands
            return proved if max(map(len, proved)) <= TERMS else None
    return None


def _points(axes: list[Axis], bits: int, attempt: int) -> Points | None:
    """Return the integers for the variables, each beyond the values of all before it together.

    The first exceeds 2·norm + 2, as the theorem asks. The others are no powers of two, because
    v = t³ would make factors of 1 + v that there are not. Return None beyond the limits.
    """
    points: Points = []
    for axis in axes:
        points.append((axis, bits, 17 + 10_007 * attempt if points else 0))
        bits = bits * (axis.degree + 1) + 8
    return points if bits <= GCD_BITS else None


def _cost(polynomials: list[Packed], points: Points) -> int:
    """What the values at the points and their common factor cost."""
    axis, bits, _ = points[-1]
    longest = bits * (axis.degree + 1)
    return sum(map(len, polynomials)) * len(points) * (1 + (longest >> 12)) + cost_of_bits(longest)


def _read(value: int, points: Points) -> Packed:
    """Return the polynomial with the smallest coefficients that has this value at the points."""
    bits = value.bit_length()
    spend(bits // points[0][1] * (1 + (bits >> 14)))
    return _digits(value, points)


def _evaluated(polynomial: Packed, points: Points) -> int:
    """Return the value of a polynomial at the points."""
    if len(points) == 1:
        bits = points[0][1]
        return sum([c << bits * n for n, c in polynomial.items()])
    total = 0
    for position, c in polynomial.items():
        for axis, bits, offset in points:
            c *= ((1 << bits) + offset) ** axis.power(position)
        total += c
    return total


def _digits(value: int, points: Points) -> Packed:
    if not points:
        return {0: value}
    axis, bits, offset = points[-1]
    point = (1 << bits) + offset
    found: Packed = {}
    position = 0
    while value:
        value, digit = divmod(value, point)
        if 2 * digit >= point:
            value, digit = value + 1, digit - point
        if digit:
            for n, c in _digits(digit, points[:-1]).items():
                found[position + n] = c
        position += axis.stride
    return found


def _primitive(polynomial: Packed) -> Packed:
    divisor = gcd(*polynomial.values())
    return {position: c // divisor for position, c in polynomial.items()}


def _quotient(p: Packed, value: int, factor: Packed, divisor: int, points: Points) -> Packed | None:
    """Return p / factor, read from the quotient of their values, or None unless it is proved."""
    whole, rest = divmod(value, divisor)
    if rest:
        return None
    quotient = _read(whole, points)
    return quotient if _product(quotient, factor) == p else None


def _product(a: Packed, b: Packed) -> Packed:
    total: Packed = {}
    for m, c in a.items():
        for n, d in b.items():
            total[m + n] = total.get(m + n, 0) + c * d
    return {position: c for position, c in total.items() if c}
