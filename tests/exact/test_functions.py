"""Exact division, exp, ln and sqrt where they exist, and Undefined where they do not."""

# To mypy `/` between exact numbers may be int/int, so a float; here one side is always closed.
# mypy: disable-error-code="operator,arg-type"

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Any

import pytest

from examgen.exact import PI, Closed, E, Exact, Undefined, canonical, exp, height, ln, ratio, sqrt

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("a", "b", "quotient"),
    [
        (6, 3, 2),
        (-6, 4, Fraction(-3, 2)),
        (0, 5, 0),
        (HALF, Fraction(1, 4), 2),
        (Fraction(4, 2), 1, 2),
        (E, E, 1),
        (E**2, E, E),
        (10**40, 10**39, 10),
    ],
)
def test_ratio(a: Exact, b: Exact, quotient: Exact) -> None:
    assert ratio(a, b) == quotient
    assert type(ratio(a, b)) is type(quotient)


@pytest.mark.parametrize(
    ("x", "expected"),
    [
        (3, 3),
        (Fraction(4, 2), 2),
        (Fraction(-6, 3), -2),
        (HALF, HALF),
        (E, E),
        (1 + HALF * E, None),
    ],
)
def test_an_integral_fraction_is_written_as_an_int(x: Exact, expected: Exact | None) -> None:
    wanted = x if expected is None else expected
    assert canonical(x) == wanted
    assert type(canonical(x)) is type(wanted)


@pytest.mark.parametrize("x", [0.5, True, "1", None, 1j], ids=repr)
def test_only_exact_numbers(x: Any) -> None:
    for a, b in ((x, 2), (2, x)):
        with pytest.raises(TypeError, match="ratio: found"):
            ratio(a, b)
    for function, name in ((exp, "exp"), (ln, "ln"), (sqrt, "sqrt"), (canonical, "canonical")):
        with pytest.raises(TypeError, match=f"{name}: found"):
            function(x)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (exp(0), 1),
        (exp(Fraction(4, 2)), exp(2)),
        (exp(ln(3)), 3),
        (exp(2 * ln(3)), 9),
        (exp(-ln(3)), Fraction(1, 3)),
        (exp(1 + ln(6)), 6 * E),
        (exp(ln(2) / 2), sqrt(2)),
        (exp(-3 * ln(2) / 2), sqrt(2) / 4),
        (exp(ln(6) / 2 + 2), sqrt(6) * E**2),
        (ln(1), 0),
        (ln(E), 1),
        (ln(1 / E), -1),
        (ln(6 * E**2), 2 + ln(2) + ln(3)),
        (ln(exp(sqrt(2) / 2)), sqrt(2) / 2),
        (ln(sqrt(2) * E), 1 + ln(2) / 2),
        (ln(Fraction(2, 3) / E), ln(2) - ln(3) - 1),
        (ln(E / sqrt(3)), 1 - ln(3) / 2),
        (sqrt(0), 0),
        (sqrt(4), 2),
        (sqrt(Fraction(4, 9)), Fraction(2, 3)),
        (sqrt(Fraction(1, 2)), sqrt(2) / 2),
        (sqrt(12), 2 * sqrt(3)),
        (sqrt(E), exp(HALF)),
        (sqrt(4 * E**3), 2 * exp(Fraction(3, 2))),
        (sqrt(2 / E**2), sqrt(2) / E),
        (sqrt(ln(2) ** 2), ln(2)),
        (sqrt(PI**2 / 4), PI / 2),
        (sqrt(exp(sqrt(2))), exp(sqrt(2) / 2)),
    ],
)
def test_values(value: Exact, expected: Exact) -> None:
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    "operation",
    [
        lambda: ratio(1, 0),
        lambda: ratio(E, 0),
        lambda: E / 0,
        lambda: E / (E - E),
        lambda: ratio(1, sqrt(2) - sqrt(2)),
        lambda: exp(E),
        lambda: exp(1 / (1 + E)),
        lambda: exp(PI),
        lambda: exp(ln(2) / 3),
        lambda: exp(ln(2) ** 2),
        lambda: exp(ln(2) * ln(3)),
        lambda: exp(sqrt(2) * ln(2)),
        lambda: ln(0),
        lambda: ln(-1),
        lambda: ln(-E),
        lambda: ln(1 + E),
        lambda: ln(1 / (1 + E)),
        lambda: ln(1 + sqrt(2)),
        lambda: ln(PI),
        lambda: ln(ln(2)),
        lambda: sqrt(-1),
        lambda: sqrt(-E),
        lambda: sqrt(sqrt(2)),
        lambda: sqrt(1 + E),
        lambda: sqrt(1 / (1 + E)),
        lambda: sqrt(ln(2)),
        lambda: sqrt(PI),
        lambda: sqrt(PI**3),
    ],
)
def test_what_cannot_be_held_is_undefined(operation: Callable[[], object]) -> None:
    with pytest.raises(Undefined):
        operation()


def test_undefined_is_an_arithmetic_error() -> None:
    assert issubclass(Undefined, ArithmeticError)


def test_e_and_pi_are_themselves() -> None:
    assert exp(1) == E
    assert isinstance(exp(1), Closed)
    assert Fraction(314159265358979, 10**14) < PI < Fraction(314159265358980, 10**14)


def test_logarithms_of_long_smooth_numbers() -> None:
    assert exp(ln(factorial(100))) == factorial(100)
    assert ln(2**20000) == 20000 * ln(2)


@pytest.mark.parametrize(
    ("x", "expected"), [(0, 1), (-7, 7), (Fraction(3, 8), 8), (Fraction(-9, 8), 9), (E / E, 1)]
)
def test_the_height_is_the_larger_of_the_two(x: Exact, expected: int) -> None:
    assert height(x) == expected


def test_a_closed_form_has_no_height() -> None:
    with pytest.raises(Undefined):
        height(E)
