"""Minus infinity: what it absorbs, what it refuses."""

import copy
import pickle
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen.exact import (
    NEG_INF,
    E,
    NegativeInfinity,
    Undefined,
    array,
    divide,
    entries,
    exp,
    ln,
    ratio,
    sqrt,
)

FINITE = [0, -3, Fraction(1, 2), E, -E]
POSITIVE = [2, Fraction(1, 2), E, sqrt(2)]


def test_there_is_one() -> None:
    assert NegativeInfinity() is NEG_INF
    assert copy.deepcopy(NEG_INF) is NEG_INF
    assert pickle.loads(pickle.dumps(NEG_INF)) is NEG_INF
    assert repr(NEG_INF) == "NEG_INF"
    assert {NEG_INF: 1}[NEG_INF] == 1


@pytest.mark.parametrize("x", FINITE, ids=repr)
def test_it_absorbs_what_is_finite(x: Any) -> None:
    assert NEG_INF + x is NEG_INF
    assert x + NEG_INF is NEG_INF
    assert NEG_INF - x is NEG_INF
    assert NEG_INF + NEG_INF is NEG_INF


@pytest.mark.parametrize("x", POSITIVE, ids=repr)
def test_positive_factors_leave_it(x: Any) -> None:
    assert NEG_INF * x is NEG_INF
    assert x * NEG_INF is NEG_INF
    assert NEG_INF / x is NEG_INF


@pytest.mark.parametrize("x", FINITE, ids=repr)
def test_it_is_below_everything(x: Any) -> None:
    assert x > NEG_INF
    assert x > NEG_INF
    assert x >= NEG_INF
    assert x >= NEG_INF
    assert not (x < NEG_INF or x <= NEG_INF or x < NEG_INF or x <= NEG_INF)
    assert x != NEG_INF
    assert max(NEG_INF, x) == x == max(x, NEG_INF)
    assert min(NEG_INF, x) is NEG_INF


def test_against_itself() -> None:
    same = NegativeInfinity()
    assert same == NEG_INF
    assert same <= NEG_INF
    assert same >= NEG_INF
    assert not (same < NEG_INF or same > NEG_INF)


@pytest.mark.parametrize(
    "operation",
    [
        lambda: NEG_INF - NEG_INF,  # type: ignore[operator]
        lambda: 3 - NEG_INF,
        lambda: E - NEG_INF,
        lambda: -NEG_INF,
        lambda: abs(NEG_INF),
        lambda: NEG_INF * 0,
        lambda: 0 * NEG_INF,
        lambda: NEG_INF * -E,
        lambda: NEG_INF * NEG_INF,  # type: ignore[operator]
        lambda: NEG_INF / 0,
        lambda: NEG_INF / -2,
        lambda: NEG_INF / NEG_INF,  # type: ignore[operator]
        lambda: 1 / NEG_INF,
        lambda: E / NEG_INF,
        lambda: NEG_INF**2,
        lambda: ratio(1, NEG_INF),  # type: ignore[arg-type]
        lambda: ln(NEG_INF),  # type: ignore[call-overload]
        lambda: sqrt(NEG_INF),  # type: ignore[call-overload]
        lambda: divide(array([NEG_INF]), -1),
        lambda: divide(array([NEG_INF]), 0),
    ],
)
def test_the_rest_is_undefined(operation: Callable[[], object]) -> None:
    with pytest.raises(Undefined):
        operation()


@pytest.mark.parametrize("x", [0.5, True, "1", None], ids=repr)
def test_what_is_no_number_does_not_mix(x: Any) -> None:
    operations: list[Callable[[], object]] = [
        lambda: NEG_INF + x,
        lambda: x - NEG_INF,
        lambda: NEG_INF * x,
        lambda: NEG_INF / x,
        lambda: x / NEG_INF,
        lambda: x > NEG_INF,
        lambda: x <= NEG_INF,
        lambda: NEG_INF**x,
    ]
    for operation in operations:
        with pytest.raises(TypeError):
            operation()


def test_masked_scores() -> None:
    scores = array([[1, NEG_INF], [2, 0]])
    scaled = divide(scores, sqrt(2))
    assert scaled[0, 1] is NEG_INF
    assert entries(exp(scores)) == [E, 0, E**2, 1]
    assert entries(array(np.maximum(scores, 0))) == [1, 0, 2, 0]
    assert entries(array(scores + 5)) == [6, NEG_INF, 7, 5]
    assert scores.max() == 2
    assert scores.min() is NEG_INF
