"""The laws of a field, of exp, ln and sqrt, on random values."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from examgen.exact import Closed, Exact, Undefined, exp, ln, ratio, sqrt
from tests.exact.closed_forms import SMALL_VALUES, VALUES, check_canonical

POSITIVE = st.fractions(Fraction(1, 500), 500, max_denominator=500)
EXPONENTS: st.SearchStrategy[Exact] = st.tuples(
    st.fractions(-3, 3, max_denominator=4),
    st.fractions(-2, 2, max_denominator=3),
    st.sampled_from([1, 2, 3, 6]),
    st.integers(-4, 4),
    st.fractions(Fraction(1, 12), 12, max_denominator=12),
).map(lambda t: t[0] + t[1] * sqrt(t[2]) + ratio(t[3], 2) * ln(ratio(t[4], 1)))


@settings(max_examples=150)
@given(SMALL_VALUES, SMALL_VALUES, SMALL_VALUES)
def test_sums_and_products(a: Exact, b: Exact, c: Exact) -> None:
    assert a + b == b + a
    assert a * b == b * a
    assert (a + b) + c == a + (b + c)
    assert (a * b) * c == a * (b * c)
    assert a * (b + c) == a * b + a * c
    assert a - b == -(b - a)
    for x in (a + b, a * b, a - b, a * (b + c)):
        check_canonical(x if isinstance(x, Closed) else ratio(x, 1))


@settings(max_examples=150)
@given(VALUES)
def test_zero_and_one(a: Exact) -> None:
    for zero in (a - a, a + -a, a * 0, 0 * a):
        assert zero == 0
    assert a + 0 == a == 0 + a == a * 1 == 1 * a == ratio(a, 1)
    if a == 0:
        with pytest.raises(Undefined):
            ratio(1, a)
        return
    assert ratio(a, a) == 1
    assert type(ratio(a, a)) is int
    inverse = ratio(1, a)
    assert a * inverse == 1
    assert ratio(1, inverse) == a


@settings(max_examples=100)
@given(SMALL_VALUES, st.integers(-4, 4), st.integers(-4, 4))
def test_powers(a: Exact, m: int, n: int) -> None:
    assume(isinstance(a, Closed))
    assert isinstance(a, Closed)
    assert a**m * a**n == a ** (m + n)
    expected: Exact = 1
    for _ in range(abs(m)):
        expected = expected * a
    assert a**m == (expected if m >= 0 else ratio(1, expected))


@settings(max_examples=200)
@given(SMALL_VALUES, SMALL_VALUES)
def test_equal_values_have_equal_hashes(a: Exact, b: Exact) -> None:
    assert hash(a * b + a) == hash(a * (b + 1))
    assume(a != 0 and b != 0 and a != b)
    left, right = ratio(1, a) + ratio(1, b), ratio(a + b, a * b)
    assert left == right
    assert hash(left) == hash(right)
    assert hash(a) != hash(b)


@settings(max_examples=200)
@given(EXPONENTS, EXPONENTS)
def test_exp_turns_sums_into_products(a: Exact, b: Exact) -> None:
    assert exp(a + b) == exp(a) * exp(b)
    assert exp(a) * exp(-a) == 1
    assert ln(exp(a)) == a
    check_canonical(exp(a))
    assert (exp(a) > 1) == (a > 0)
    assert (exp(a) < exp(b)) == (a < b)


@settings(max_examples=200)
@given(
    POSITIVE,
    POSITIVE,
    st.integers(-5, 5),
)
def test_logarithms_and_roots(a: Fraction, b: Fraction, k: int) -> None:
    x, y = ratio(a.numerator, a.denominator), ratio(b.numerator, b.denominator)
    assert ln(x * y) == ln(x) + ln(y)
    assert exp(ln(x)) == x
    assert type(exp(ln(x))) is type(x)
    assert sqrt(x) * sqrt(x) == x
    assert type(sqrt(x * x)) is type(x)
    assert sqrt(x) * sqrt(y) == sqrt(x * y)
    assert exp(ratio(1, 2) * ln(x)) == sqrt(x)
    assert ln(sqrt(x)) == ratio(1, 2) * ln(x)
    term = x * exp(k)
    assert ln(term) == ln(x) + k
    assert sqrt(term * term) == term
    assert sqrt(term) ** 2 == term if isinstance(sqrt(term), Closed) else True


@given(VALUES, VALUES)
def test_nothing_changes_its_operands(a: Exact, b: Exact) -> None:
    before: list[Any] = [_frozen(a), _frozen(b)]
    _ = a + b, a - b, a * b, a < b, a == b, -a, abs(a), hash(a), repr(a)
    if b != 0:
        ratio(a, b)
    assert [_frozen(a), _frozen(b)] == before


def _frozen(x: Exact) -> Any:
    return tuple(tuple(s.items()) for s in x.sums) if isinstance(x, Closed) else x
