"""Order, bounds and rounding, decided however near two numbers are."""

from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest

from examgen.exact import (
    NEG_INF,
    PI,
    Closed,
    E,
    Exact,
    Shape,
    Undefined,
    approximate,
    array,
    compare,
    enclose,
    equal,
    exp,
    ln,
    ratio,
    sign,
    sqrt,
)

TINY = exp(-60)
ASCENDING: list[Exact] = [
    -exp(100),
    -E,
    -sqrt(2),
    -exp(-50),
    -TINY,
    0,
    exp(-100_000),
    TINY,
    exp(-50),
    Fraction(1, 10**18),
    ratio(1, 3) - TINY,
    Fraction(1, 3),
    ratio(1, 3) + TINY,
    1 - Fraction(1, 10**18),
    1 - exp(-50),
    1 - TINY,
    1,
    1 + TINY,
    sqrt(2),
    sqrt(2) + exp(-1000),
    sqrt(3),
    sqrt(2) + exp(-1),
    E,
    Fraction(193, 71),
    E + ratio(1, 1000),
    PI,
    Fraction(355, 113),
    sqrt(2) + sqrt(3),
    exp(sqrt(2)),
    exp(1 + exp(0) * sqrt(2)),
    exp(PI * 0 + 10),
    exp(100_000) - 1,
    exp(100_000),
]


def test_order_of_near_and_far_numbers() -> None:
    for a, b in pairwise(ASCENDING):
        assert a != b
        assert compare(a, b) == -1
        assert a < b
        assert b > a
    shuffled = Random("order").sample(ASCENDING, len(ASCENDING))
    assert sorted(shuffled) == ASCENDING
    assert [sign(x) for x in ASCENDING] == [-1] * 5 + [0] + [1] * (len(ASCENDING) - 6)


@pytest.mark.parametrize(
    ("near", "other"),
    [
        (exp(-60), exp(-50)),
        (1 - Fraction(1, 10**18) * E, 1),
        (1 - ratio(1, E), 1 + ratio(1, E)),
        (ln(2), Fraction(6931471805599453094172321214581765680755, 10**40)),
        (exp(PI.numerator[0].pi), E + Fraction(1, 10**30)),
        (sqrt(10**14 + 1), 10**7),
        (exp(ratio(1, 3)), exp(ratio(333333333 % 99999, 99999))),
        (E / (1 + E), E / (1 + E) + exp(-300) / PI),
    ],
)
def test_near_misses_differ(near: Exact, other: Exact) -> None:
    assert near != other
    assert not equal(near, other)
    assert compare(near, other) != 0


def test_order_of_quotients() -> None:
    """Denominators may be negative numbers although their highest term is positive."""
    below = [E - 3, E - 4, -E - 4, E + 4, E + 3, E - 2]
    ascending = [ratio(1, d) for d in below]
    for (i, a), (j, b) in product(enumerate(ascending), repeat=2):
        assert compare(a, b) == (i > j) - (i < j)
        assert (a < b, a == b) == (i < j, i == j)
    assert [sign(x) for x in ascending] == [-1, -1, -1, 1, 1, 1]


def test_absolute_values() -> None:
    assert abs(1 - E) == E - 1
    assert abs(E - 1) == E - 1
    assert abs(-TINY) == TINY


@pytest.mark.parametrize("value", [E, -PI, TINY, exp(300) / 7, (E - 1) / (sqrt(2) + E), 1 - TINY])
@pytest.mark.parametrize("bits", [0, 10, 64, 500])
def test_bounds_are_as_narrow_as_asked(value: Closed, bits: int) -> None:
    low, high = enclose(value, bits)
    assert isinstance(low, Fraction)
    assert low < value < high
    assert high - low <= Fraction(1, 2**bits)


def test_bounds_of_rationals_are_themselves() -> None:
    assert enclose(3, 10) == (Fraction(3), Fraction(3))
    assert enclose(Fraction(1, 3), 10) == (Fraction(1, 3), Fraction(1, 3))


@pytest.mark.parametrize(
    ("value", "places", "decimal"),
    [
        (E, 0, "3"),
        (E, 20, "2.71828182845904523536"),
        (-PI, 3, "-3.142"),
        (E / (1 + E), 4, "0.7311"),
        (TINY, 5, "0.00000"),
        (-TINY, 5, "0.00000"),
        (ratio(1, 2) + TINY, 0, "1"),
        (ratio(1, 2) - TINY, 0, "0"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(2, 3), 3, "0.667"),
        (7, 2, "7.00"),
        (0, 1, "0.0"),
        (Fraction(999, 1000), 2, "1.00"),
    ],
)
def test_rounding(value: Exact, places: int, decimal: str) -> None:
    assert approximate(value, places) == decimal


def test_a_decimal_beyond_all_pages_is_refused() -> None:
    with pytest.raises(Undefined):
        approximate(exp(100_000), 2)


def test_order_of_other_values() -> None:
    assert compare(NEG_INF, -(10**9)) == -1
    assert compare(E, NEG_INF) == 1
    assert compare(NEG_INF, NEG_INF) == 0
    assert compare(Shape((2, 3)), Shape((2, 4))) == -1
    assert compare(Shape((2, 3)), (2, 3)) == 0
    assert compare((2, 3, 1), (2, 3)) == 1
    assert compare(array([1, E]), array([1, PI])) == -1
    assert compare(array([[1], [2]]), array([[1, 2]])) == 1
    assert compare(array([NEG_INF, 2]), array([0, 2])) == -1
    for a, b in ((1, "1"), (1.0, 2), (True, 2), (array([1]), 1), ((1,), array([1]))):
        with pytest.raises(TypeError, match="compare: found"):
            compare(a, b)


def test_equality_of_any_two_values() -> None:
    assert equal(2, Fraction(4, 2))
    assert equal(E / (1 + E), 1 / (1 + exp(-1)))
    assert equal(array([[1, E]]), array([[1, exp(2) / E]]))
    assert equal(Shape((1, 2)), (1, 2))
    assert equal(frozenset({1, 2}), frozenset({2, 1}))
    assert equal("yes", "yes")
    assert equal(NEG_INF, NEG_INF)
    different: list[tuple[object, object]] = [
        (array([1, 2]), array([[1, 2]])),
        (array([1, 2]), array([1, 3])),
        (array([1]), 1),
        (array([1, 2]), (1, 2)),
        (array([NEG_INF]), array([0])),
        ((1, 2), (1, 2, 3)),
        ((1, 2), 1),
        (1, "1"),
        (frozenset({1}), 1),
        (None, 0),
        (NEG_INF, 0),
        (E, 0),
    ]
    for a, b in different:
        assert not equal(a, b)
        assert not equal(b, a)
    for x in (1.0, True, 1j, [1]):
        with pytest.raises(TypeError, match="equal: found"):
            equal(1, x)
        with pytest.raises(TypeError, match="equal: found"):
            equal((x,), (x,))
