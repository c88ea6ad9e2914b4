"""Common factors: found through integers, kept only if proved."""

from examgen.exact import E, exp, ln, sqrt
from examgen.exact.closed import sums_of
from examgen.exact.packing import Axis, Packing
from examgen.exact.polynomials import _quotient, _read, cancel
from examgen.exact.sums import multiply

X = Axis(radicand=1, symbol=0, low=0, unit=1, whole=1, degree=9, stride=1)
Y = Axis(radicand=2, symbol=0, low=0, unit=1, whole=1, degree=9, stride=19)


def test_a_quotient_of_values_alone_proves_nothing() -> None:
    """At x = 16 the value of x - 1 divides that of 30, but x - 1 is no factor of 30."""
    points = [(X, 4, 0)]
    factor = {0: -1, 1: 1}
    assert _quotient({0: 30}, 30, factor, 15, points) is None
    assert _quotient({0: 31}, 31, factor, 15, points) is None
    assert _quotient({0: -2, 1: 2}, 30, factor, 15, points) == {0: 2}


def test_polynomials_are_read_from_their_values() -> None:
    points = [(X, 6, 0), (Y, 40, 17)]
    x, y = 1 << 6, (1 << 40) + 17
    assert _read(3 - 5 * x + x**3, points[:1]) == {0: 3, 1: -5, 3: 1}
    assert _read(-7 * x * y**2 + 2 * y - 31, points) == {39: -7, 19: 2, 0: -31}
    assert _read(0, points) == {}


def test_positions_and_monomials() -> None:
    """What is packed comes back, whatever the variables."""
    value = exp(sqrt(2)) * ln(2) ** 3 - 5 * exp(-1) + sqrt(6) * E**4 + ln(3) - 7
    sum_, _ = sums_of(value)
    frame = Packing(sum_)
    assert frame.join(frame.split(sum_)) == sum_
    assert sorted(axis.degree for axis in frame.axes) == [1, 1, 1, 5]
    shifted, _ = sums_of(exp(sqrt(2) - 1) + exp(sqrt(2)) * ln(2) + 1)
    frame = Packing(shifted)
    assert frame.join(frame.split(shifted)) == shifted
    square = Packing(multiply(sum_, sum_))
    assert square.join(square.split(multiply(sum_, sum_))) == multiply(sum_, sum_)


def test_nothing_in_common_is_left_alone() -> None:
    numerator, denominator = sums_of(E**3 + 2)[0], sums_of(E**2 - 2)[0]
    assert cancel(numerator, denominator) == (numerator, denominator)


def test_high_powers_are_no_burden() -> None:
    assert (exp(90_000) - 1) / (exp(30_000) - 1) == 1 + exp(30_000) + exp(60_000)
    assert repr((exp(90_000) - 1) / (exp(30_000) - 1)) == "Closed(1 + e^30000 + e^60000)"
