"""Order, sign and rounding of exact numbers: never by floats."""

from fractions import Fraction

from examgen.exact import evaluation, quotients
from examgen.exact.closed import Closed, Exact, sums_of
from examgen.exact.errors import Undefined
from examgen.exact.limits import PRECISION

LONGEST = 13_000
"""Bits of the digits of a decimal; Python writes integers of up to 4300 digits."""


def sign(x: Exact) -> int:
    """Return -1, 0 or 1."""
    return x.sign() if isinstance(x, Closed) else (x > 0) - (x < 0)


def order(a: Exact, b: Exact) -> int:
    """Return -1, 0 or 1, the sign of a - b."""
    if isinstance(a, Closed):
        return quotients.compare(a.sums, sums_of(b))
    return -order(b, a) if isinstance(b, Closed) else (a > b) - (a < b)


def enclose(x: Exact, bits: int) -> tuple[Fraction, Fraction]:
    """Return rational bounds low <= x <= high with high - low <= 2^-bits.

    Raise `Undefined` where that needs an evaluation beyond the limits.
    """
    if not isinstance(x, Closed):
        return Fraction(x), Fraction(x)
    width = Fraction(1, 1 << bits)
    precision = bits + 64
    while precision <= PRECISION:
        bounds = evaluation.enclosure(*x.sums, precision)
        if bounds and bounds[1] - bounds[0] <= width:
            return bounds
        precision *= 2
    raise Undefined(f"bounds undecided at {PRECISION} bits")


def approximate(x: Exact, places: int) -> str:
    """Return x rounded half away from zero to this many decimal places, as a decimal."""
    unit = 10**places
    bits = unit.bit_length() + 8
    while True:
        low, high = (_nearest(bound * unit) for bound in enclose(x, bits))
        if low == high:
            return _decimal(low, places)
        bits *= 2


def _nearest(q: Fraction) -> int:
    """Return the nearest integer, half away from zero."""
    magnitude = (2 * abs(q.numerator) + q.denominator) // (2 * q.denominator)
    return magnitude if q >= 0 else -magnitude


def _decimal(scaled: int, places: int) -> str:
    if scaled.bit_length() > LONGEST:
        raise Undefined("a decimal too long to be written")
    digits = str(abs(scaled)).rjust(places + 1, "0")
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if scaled < 0 else "") + whole + ("." + fraction if places else "")
