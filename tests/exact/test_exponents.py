"""Exponents of e: combinations of square roots, ordered by their real value."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from examgen.exact import exponents
from examgen.exact.exponents import Exponent, compare
from tests.exact.closed_forms import NOTHING, REALS

RADICANDS = (1, 2, 3, 5, 6, 7, 10)
EXPONENTS = st.dictionaries(
    st.sampled_from(RADICANDS), st.fractions(-50, 50, max_denominator=60), max_size=4
).map(lambda row: exponents.exponent((r, q.numerator, q.denominator) for r, q in row.items()))


def real(a: Exponent) -> object:
    return sum((REALS.sqrt(r) * n / d for r, (n, d) in exponents.fractions(a).items()), REALS.zero)


@given(EXPONENTS, EXPONENTS)
def test_order_and_sums_agree_with_mpmath(a: Exponent, b: Exponent) -> None:
    difference = real(a) - real(b)  # type: ignore[operator]
    assert compare(a, b) == (0 if a == b else 1 if difference > 0 else -1) == -compare(b, a)
    assert abs(real(exponents.add(a, b)) - real(a) - real(b)) < NOTHING  # type: ignore[operator]
    assert exponents.add(a, b) == exponents.add(b, a)
    assert exponents.add(exponents.add(a, b), exponents.scale(b, -1, 1)) == a


@given(EXPONENTS, st.integers(-9, 9), st.integers(1, 9))
def test_multiples(a: Exponent, n: int, d: int) -> None:
    assume(n)
    assert exponents.scale(exponents.scale(a, n, d), abs(d) * (1 if n > 0 else -1), abs(n)) == a


@pytest.mark.parametrize("digits", [5, 18, 40, 100])
def test_however_near(digits: int) -> None:
    """Convergents of √2 lie alternately below and above it, ever nearer."""
    n, d = 1, 1
    while d < 10**digits:
        n, d = n + 2 * d, n + d
    root: Exponent = (2, 1, 1)
    for _ in range(2):
        n, d = n + 2 * d, n + d
        nearer = 1 if Fraction(n, d) ** 2 < 2 else -1
        assert compare(root, (1, n, d)) == nearer
        assert compare((1, n, d), root) == -nearer
        assert compare((2, d, 1), n) == nearer


def test_integers_are_ints() -> None:
    assert exponents.exponent([(1, 4, 2)]) == 2
    assert exponents.exponent([]) == exponents.exponent([(2, 0, 1)]) == 0
    assert exponents.exponent([(2, 2, 4), (1, 3, 3)]) == (1, 1, 1, 2, 1, 2)
    assert exponents.add((2, 1, 2), (2, -1, 2)) == 0
