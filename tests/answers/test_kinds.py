"""The kinds: by name, by annotation, what they accept and how they hint."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen import answers
from examgen.answers import Kind, Policy
from examgen.exact import NEG_INF, Array, E, Exact, Shape, array

NAMES = "integer rational closed expression array shape indices choice text".split()  # noqa: SIM905


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_the_contract_is_there(name: str) -> None:
    kind = answers.kind(name)
    assert isinstance(kind, Kind)
    assert kind.name == name
    assert kind.hint
    assert "\n" not in kind.hint
    assert kind.read("").state == "blank"


def test_an_unknown_kind_is_named_with_the_known_ones() -> None:
    with pytest.raises(KeyError, match=r"matrix.*integer.*text"):
        answers.kind("matrix")


@pytest.mark.parametrize(
    ("annotation", "name"),
    [
        (int, "integer"),
        (Fraction, "rational"),
        (Exact, "closed"),
        (Array, "array"),
        (Shape, "shape"),
        (frozenset[int], "indices"),
        (str, "text"),
    ],
)
def test_an_annotation_chooses_the_kind(annotation: Any, name: str) -> None:
    assert answers.kind_of(annotation).name == name


@pytest.mark.parametrize(
    "annotation", [float, bool, tuple[int, ...], frozenset[str], list, None, np.ndarray, "int"]
)
def test_any_other_annotation_is_refused_by_name(annotation: Any) -> None:
    with pytest.raises(TypeError) as caught:
        answers.kind_of(annotation)
    assert getattr(annotation, "__name__", str(annotation)) in str(caught.value)
    for allowed in ("int", "Exact", "Formula", "frozenset[int]", "Rubric"):
        assert allowed in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("integer", 3),
        ("rational", 3),
        ("rational", Fraction(1, 2)),
        ("closed", 3),
        ("closed", Fraction(1, 2)),
        ("closed", E),
        ("array", array([1, NEG_INF])),
        ("shape", Shape((1, 2))),
        ("indices", frozenset({1})),
        ("choice", "A"),
        ("text", "ReLU"),
    ],
)
def test_answers_of_a_kind_are_accepted(name: str, value: Any) -> None:
    assert answers.kind(name).accepts(value) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "value",
    [
        0.5,
        1.0,
        True,
        None,
        np.int64(3),
        np.float64(0.5),
        np.array([1, 2]),
        np.array([0.5]),
        Decimal(1),
        Fraction(2, 1),
        [1, 2],
        (1, 2),
        {1, 2},
        1j,
        b"A",
    ],
    ids=repr,
)
def test_what_is_no_exact_value_is_refused_by_type(name: str, value: Any) -> None:
    said = answers.kind(name).accepts(value)
    assert said is not None
    assert type(value).__name__ in said


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("integer", Fraction(1, 2)),
        ("integer", E),
        ("rational", E),
        ("closed", NEG_INF),
        ("closed", Shape((1,))),
        ("shape", frozenset({1})),
        ("indices", Shape((1,))),
        ("choice", "ab"),
        ("array", 3),
        ("text", 3),
    ],
)
def test_answers_of_another_kind_are_refused(name: str, value: Any) -> None:
    assert answers.kind(name).accepts(value)


@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_was_read_is_accepted_or_known_to_be_none(name: str) -> None:
    kind = answers.kind(name)
    for text in ("1/2 or 1/3", "{1, 2}", "ln(1+e)", "[ln(1+e)]", "-inf"):
        reading = kind.read(text)
        if reading.state == "read" and not isinstance(reading.value, str):
            said = kind.accepts(reading.value)
            assert said is None or "found" in said or "entry" in said


def test_a_policy_is_checked() -> None:
    for wrong in (
        {"decimals": -1},
        {"decimals": 31},
        {"rounded_credit": Fraction(2)},
        {"entries": Fraction(-1)},
        {"carried_forward": Fraction(3, 2)},
    ):
        with pytest.raises(ValueError, match=next(iter(wrong))):
            Policy(**wrong)
