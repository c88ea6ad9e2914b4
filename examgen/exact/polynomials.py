"""Common factors of sums, found as common factors of integers and then proved.

A packed polynomial is evaluated at a large power of two; the greatest common divisor of such
integers is read back as a polynomial (GCDHEU: Char, Geddes and Gonnet 1989). The candidate counts
only if it divides every polynomial, and by their theorem it is then the greatest common factor.
Square roots stand outside: a factor is one of the polynomials before each of them.
"""

from collections.abc import Iterable
from math import gcd
from typing import TypeAlias

from examgen.exact.limits import GCD_BITS
from examgen.exact.packing import Packing, packing
from examgen.exact.sums import Sum

Packed: TypeAlias = dict[int, int]

ATTEMPTS = 3


def cancel(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Divide both by their greatest common polynomial factor, where it is found and proved."""
    if len(numerator) < 2 or len(denominator) < 2:
        return numerator, denominator
    frame = packing(frozenset(numerator) | frozenset(denominator))
    above, below = frame.split(numerator), frame.split(denominator)
    polynomials = [*above.values(), *below.values()]
    found = _cofactors(polynomials, frame)
    if found is None:
        return numerator, denominator
    remaining = iter(found)
    above = {root: next(remaining) for root in above}
    return frame.join(above), frame.join({root: next(remaining) for root in below})


def _cofactors(polynomials: list[Packed], frame: Packing) -> list[Packed] | None:
    """Return the polynomials divided by their greatest common factor, None if there is none."""
    norm = min([max(map(abs, p.values())) for p in polynomials])
    bits = norm.bit_length() + 8  # above 2·norm + 2, as the theorem asks
    for _ in range(ATTEMPTS):
        if frame.size * bits > GCD_BITS:
            return None
        values = [_evaluate(p, bits) for p in polynomials]
        common = gcd(*values)
        if common.bit_length() < bits:
            return None  # read back, a constant
        factor = _primitive(_digits(common, bits))
        if frame.contains(factor):
            value = _evaluate(factor, bits)
            found = [
                _quotient(p, v, factor, value, bits)
                for p, v in zip(polynomials, values, strict=True)
            ]
            if all(q is not None and frame.contains(q) for q in found):
                return [q for q in found if q is not None]
        bits += bits // 2
    return None


def _evaluate(polynomial: Packed, bits: int) -> int:
    """Return the polynomial at 2^bits."""
    return sum([c << bits * position for position, c in polynomial.items()])


def _digits(value: int, bits: int) -> Packed:
    """Return the polynomial with coefficients between -2^bits/2 and 2^bits/2 and this value."""
    found: Packed = {}
    full, half = 1 << bits, 1 << (bits - 1)
    position = 0
    while value:
        digit = value & (full - 1)
        if digit >= half:
            digit -= full
        if digit:
            found[position] = digit
        value = (value - digit) >> bits
        position += 1
    return found


def _primitive(polynomial: Packed) -> Packed:
    divisor = gcd(*polynomial.values())
    return {position: c // divisor for position, c in polynomial.items()}


def _quotient(p: Packed, value: int, factor: Packed, factor_value: int, bits: int) -> Packed | None:
    """Return p / factor, read from the quotient of their values, or None unless it is proved."""
    whole, rest = divmod(value, factor_value)
    if rest:
        return None
    quotient = _digits(whole, bits)
    return quotient if _product(quotient.items(), factor.items()) == p else None


def _product(left: Iterable[tuple[int, int]], right: Iterable[tuple[int, int]]) -> Packed:
    total: Packed = {}
    for m, a in left:
        for n, b in right:
            total[m + n] = total.get(m + n, 0) + a * b
    return {position: c for position, c in total.items() if c}
