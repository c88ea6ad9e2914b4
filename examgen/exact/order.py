"""Order, sign and rounding of exact numbers: never by floats."""

from fractions import Fraction

from examgen.exact import evaluation
from examgen.exact.closed import Closed, Exact


def sign(x: Exact) -> int:
    """Return -1, 0 or 1."""
    return x.sign() if isinstance(x, Closed) else (x > 0) - (x < 0)


def enclose(x: Exact, bits: int) -> tuple[Fraction, Fraction]:
    """Return rational bounds low <= x <= high with high - low <= 2^-bits."""
    if not isinstance(x, Closed):
        return Fraction(x), Fraction(x)
    width = Fraction(1, 1 << bits)
    precision = bits + 64
    while True:
        low, high = evaluation.enclosure(*x.sums, precision)
        if high - low <= width:
            return low, high
        precision *= 2


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
    digits = str(abs(scaled)).rjust(places + 1, "0")
    whole, fraction = digits[: len(digits) - places], digits[len(digits) - places :]
    return ("-" if scaled < 0 else "") + whole + ("." + fraction if places else "")
