"""The expressions of banks: exact, within limits, and never ambiguous."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen.answers.reading import Unreadable
from examgen.exact import NEG_INF, E, Shape, Undefined, array, equal, ln, ratio
from examgen.questions.banks.conditions import read_condition
from examgen.questions.banks.expressions import read_expression

VALUES: dict[str, Any] = {"n": 7, "kernel": 3, "w_1": 2, "w_12": -1, "half": Fraction(1, 2)}


def value(text: str, kind: str = "closed") -> Any:
    return read_expression(text, kind, VALUES).value(VALUES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("n", 7),
        ("2n + kernel", 17),
        ("2 kernel n", 42),
        ("(n - kernel) / 2 + 1", 3),
        ("floor((n - kernel) / 3)", 1),
        ("ceil(n / kernel)", 3),
        ("max(n, kernel) - min(w_1, w_12)", 8),
        ("w_1 w_12", -2),
        ("kernel^2 n", 63),
        ("n * half", Fraction(7, 2)),
        ("exp(w_1) / (1 + exp(w_1))", ratio(E * E, 1 + E * E)),
        ("e^kernel", E**3),
        ("ln(n)", ln(7)),
        ("2^kernel", 8),
        ("-n", -7),
        ("binom(n, kernel)", 35),
    ],
)
def test_numbers(text: str, expected: Any) -> None:
    assert equal(value(text), expected)


def test_several_numbers() -> None:
    assert value("(kernel, n, n - kernel + 1)", "shape") == Shape((3, 7, 5))
    assert value("{kernel, n}", "indices") == frozenset({3, 7})
    assert equal(value("[[n, 2 kernel], [0, half]]", "array"), array([[7, 6], [0, Fraction(1, 2)]]))
    assert equal(value("[n, -inf]", "array"), array([7, NEG_INF]))
    assert isinstance(value("[n, 1]", "array"), np.ndarray)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("kernels", "nothing here is called"),
        ("m + 1", "nothing here is called"),
        ("n.real", "'real'"),
        ("n(3)", None),  # a product, as on paper
        ("__import__('os')", "nothing here is called"),
        ("n if n else 1", "nothing here is called"),
        ("[n]", None),
        ("lambda: n", "nothing here is called"),
        ("n +", "missing"),
        ("(n", "never closed"),
        ("1/2n", "can be read"),
        ("2 1/2", "can be read"),
        ("2e3", "nothing here is called"),
        ("weight", "nothing here is called"),
        ("log(n)", "can be read"),
        ("n; n", "cannot stand|number"),
        ("n, n", "one number"),
        ("9" * 16, "digits"),
        ("+" * 200 + "n", "signs"),
        ("n" * 501, "characters"),
        ("(" * 100 + "n" + ")" * 100, "inside one another"),
    ],
)
def test_what_is_refused(text: str, says: str | None) -> None:
    if says is None:
        assert value(text) in (21, 7)
        return
    with pytest.raises(Unreadable, match=says):
        read_expression(text, "closed", VALUES)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1 / (n - 7)", "closed"),
        ("ln(-n)", "closed"),
        ("n^n^n", "closed"),
        ("9^999", "closed"),
        ("(9^99)^99 * 9^9999", "closed"),
        ("300!", "closed"),
        ("-inf", "closed"),
        ("(exp(n) + exp(kernel) + 1)^60", "closed"),
        ("(n, half)", "shape"),
        ("[[1, 2], [3]]", "array"),
        ("{half}", "indices"),
    ],
)
def test_what_has_no_value_is_undefined(text: str, kind: str) -> None:
    with pytest.raises(Undefined):
        read_expression(text, kind, VALUES).value(VALUES)


@pytest.mark.parametrize(
    ("kind", "text"), [("shape", "n"), ("array", "(1, 2)"), ("indices", "[1]")]
)
def test_brackets_are_those_of_the_kind(kind: str, text: str) -> None:
    with pytest.raises(Unreadable, match="must stand in"):
        read_expression(text, kind, VALUES)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("kernel < n", True),
        ("kernel >= n", False),
        ("0 < kernel <= 3 < n", True),
        ("0 < kernel < 3 < n", False),
        ("n != 7", False),
        ("2 half = 1", True),
        ("e^2 > n", True),
        ("n / 7 is whole", True),
        ("n / kernel is whole", False),
        ("1 / (n - 7) < 1", False),
    ],
)
def test_conditions(text: str, holds: bool) -> None:
    assert read_condition(text, VALUES).holds(VALUES) is holds


@pytest.mark.parametrize(
    "text", ["n", "n <", "< n", "n < m", "n < kernel and 1 < 2", "n is a whole"]
)
def test_what_is_no_condition(text: str) -> None:
    with pytest.raises(Unreadable):
        read_condition(text, VALUES)
