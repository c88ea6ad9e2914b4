"""Writing: as a person would, and so that it reads back."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from examgen import answers
from examgen.answers import Verdict
from examgen.exact import NEG_INF, PI, E, Shape, array, equal, exp, ln, ratio, sqrt
from tests.answers.values import SETS, SHAPES, arrays, numbers


@pytest.mark.parametrize(
    ("value", "plain", "latex"),
    [
        (0, "0", "0"),
        (-3, "-3", "-3"),
        (10**15, "1000000000000000", "1000000000000000"),
        (Fraction(5, 7), "5/7", r"\frac{5}{7}"),
        (Fraction(-5, 7), "-5/7", r"-\frac{5}{7}"),
        (E, "e", "e"),
        (-E, "-e", "-e"),
        (exp(2), "e^2", "e^{2}"),
        (exp(-2), "1/e^2", "e^{-2}"),
        (2 - 3 * exp(-2) - exp(-9), "(2*e^9-3*e^7-1)/e^9", "2 - 3 e^{-2} - e^{-9}"),
        (-1 - exp(-1), "-(1+e)/e", "-1 - e^{-1}"),
        (ratio(1, 3 * E), "1/(3*e)", r"\frac{1}{3 e}"),
        (3 * exp(2), "3*e^2", "3 e^{2}"),
        (3 * exp(-1), "3/e", "3 e^{-1}"),
        (ratio(exp(-1), 2), "1/(2*e)", r"\frac{1}{2 e}"),
        (ratio(-exp(2), 3), "-e^2/3", r"-\frac{e^{2}}{3}"),
        (exp(Fraction(1, 2)), "e^(1/2)", "e^{1/2}"),
        (exp(12), "e^12", "e^{12}"),
        (E / (1 + E), "e/(1+e)", r"\frac{e}{1 + e}"),
        (1 / (1 + E), "1/(1+e)", r"\frac{1}{1 + e}"),
        (exp(2) / (1 + E + exp(2)), "e^2/(1+e+e^2)", r"\frac{e^{2}}{1 + e + e^{2}}"),
        (-1 / (1 + E), "-1/(1+e)", r"-\frac{1}{1 + e}"),
        (E - 1, "e-1", "e - 1"),
        (1 + E, "1+e", "1 + e"),
        ((1 + E) / 2, "(1+e)/2", r"\frac{1 + e}{2}"),
        (sqrt(2), "sqrt(2)", r"\sqrt{2}"),
        (ratio(sqrt(2), 2), "sqrt(2)/2", r"\frac{\sqrt{2}}{2}"),
        (-ratio(sqrt(2), 2), "-sqrt(2)/2", r"-\frac{\sqrt{2}}{2}"),
        (3 * sqrt(2), "3*sqrt(2)", r"3 \sqrt{2}"),
        (ln(6), "ln(6)", r"\ln 6"),
        (ln(2) / 2, "ln(2)/2", r"\frac{\ln 2}{2}"),
        (3 * ln(2), "3*ln(2)", r"3 \ln 2"),
        (ln(Fraction(3, 2)), "ln(3/2)", r"\ln \frac{3}{2}"),
        (-ln(Fraction(4, 3)), "ln(3/4)", r"\ln \frac{3}{4}"),
        (-ln(2), "-ln(2)", r"-\ln 2"),
        (-2 * ln(Fraction(4, 3)), "-2*ln(4/3)", r"-2 \ln \frac{4}{3}"),
        (ln(2) * ln(2), "ln(2)^2", r"(\ln 2)^{2}"),
        (PI, "pi", r"\pi"),
        (PI * PI / 6, "pi^2/6", r"\frac{\pi^{2}}{6}"),
        (2 * PI, "2*pi", r"2 \pi"),
        (E * ln(2), "e*ln(2)", r"e \ln 2"),
        (2 * sqrt(3) * E, "2*sqrt(3)*e", r"2 \sqrt{3} e"),
        (exp(sqrt(2)), "e^(sqrt(2))", r"e^{\sqrt{2}}"),
        (exp(ratio(sqrt(2), 2)), "e^(sqrt(2)/2)", r"e^{\sqrt{2}/2}"),
        (NEG_INF, "-inf", r"-\infty"),
        (Shape((8, 24, 24)), "(8, 24, 24)", "(8, 24, 24)"),
        (Shape((8,)), "(8,)", "(8,)"),
        (Shape(()), "()", "()"),
        (frozenset({3, 2}), "{2, 3}", r"\lbrace 2, 3 \rbrace"),
        (frozenset(), "{}", r"\emptyset"),
        ("ReLU", "ReLU", r"\text{ReLU}"),
        (
            array([[1, Fraction(1, 2)], [E, NEG_INF]]),
            "[[1, 1/2], [e, -inf]]",
            r"\begin{bmatrix} 1 & \frac{1}{2} \\ e & -\infty \end{bmatrix}",
        ),
        (array([1, -2]), "[1, -2]", r"\begin{bmatrix} 1 & -2 \end{bmatrix}"),
        (array([[1], [2]]), "[[1], [2]]", r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"),
        (
            array([[[1, 2]], [[3, 4]]]),
            "[[[1, 2]], [[3, 4]]]",
            r"\left[ \begin{bmatrix} 1 & 2 \end{bmatrix}, \begin{bmatrix} 3 & 4 \end{bmatrix} "
            r"\right]",
        ),
    ],
)
def test_values_are_written_as_a_person_would(value: Any, plain: str, latex: str) -> None:
    assert answers.plain(value) == plain
    assert answers.latex(value) == latex


@pytest.mark.parametrize("value", [0.5, None, (1, 2), [1], {1}, True, np.int64(3), np.float64(1)])
def test_what_is_no_value_is_refused_by_type(value: Any) -> None:
    for write in (answers.plain, answers.latex):
        with pytest.raises(TypeError, match=type(value).__name__):
            write(value)


def test_numbers_longer_than_cpython_converts() -> None:
    value = 3**20_000
    assert answers.plain(value) == format(Decimal(value), "f")
    assert answers.plain(Fraction(1, value)).startswith("1/")


def test_long_closed_forms_of_ours_are_parsed_whatever_they_cost() -> None:
    value = ratio(sum(i * exp(i) for i in range(1, 60)), sum(exp(2 * i) for i in range(60)))
    kind = answers.kind("closed")
    assert equal(kind.parse(answers.plain(value)), value)


@settings(max_examples=150, deadline=None)
@given(numbers())
def test_numbers_read_back(value: Any) -> None:
    kind = answers.kind("closed")
    parsed = kind.parse(answers.plain(value))
    assert type(parsed) is type(value)
    assert equal(parsed, value)
    for text in (answers.plain(value), answers.latex(value), f"${answers.latex(value)}$"):
        reading = kind.read(text)
        assert reading.state == "read", (text, reading.reason)
        assert reading.alternatives == ()
        assert equal(reading.value, value), text
        assert kind.judge(value, reading).verdict is Verdict.CORRECT


@settings(max_examples=80, deadline=None)
@given(arrays())
def test_arrays_read_back(value: Any) -> None:
    kind = answers.kind("array")
    assert equal(kind.parse(answers.plain(value)), value)
    for text in (answers.plain(value), answers.latex(value)):
        judgement = kind.judge(value, kind.read(text))
        assert judgement.verdict is Verdict.CORRECT, (text, judgement)


@settings(max_examples=80, deadline=None)
@given(SHAPES)
def test_shapes_read_back(value: Shape) -> None:
    kind = answers.kind("shape")
    for text in (answers.plain(value), answers.latex(value)):
        assert kind.read(text).value == value
    assert kind.parse(answers.plain(value)) == value


@settings(max_examples=80, deadline=None)
@given(SETS)
def test_index_sets_read_back(value: frozenset[int]) -> None:
    kind = answers.kind("indices")
    for text in (answers.plain(value), answers.latex(value)):
        assert kind.read(text).value == value
    assert kind.parse(answers.plain(value)) == value
