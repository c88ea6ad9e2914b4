"""Answers are the same whatever their kind: formulas by what they say."""

from typing import Any

import pytest

from examgen import answers
from examgen.exact import Shape


def formula(text: str) -> Any:
    return answers.kind("expression").parse(text)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (formula("2*x + b"), formula("b + x*2"), True),
        (formula("2*x + b"), formula("2*x + c"), False),
        (formula("2*x"), formula("2*x^2"), False),
        (formula("x"), "x", False),
        (3, formula("3"), False),
        (3, 3, True),
        (Shape((3, 4)), Shape((4, 3)), False),
        ("words", "words", True),
    ],
)
def test_answers_are_compared(one: Any, other: Any, expected: bool) -> None:
    assert answers.same(one, other) is expected
    assert answers.same(other, one) is expected


def test_what_is_no_answer_is_not_compared() -> None:
    with pytest.raises(TypeError, match="not an exact value"):
        answers.same(0.5, 0.5)
