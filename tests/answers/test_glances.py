"""What is seen at a glance, the readers and judges must say as well."""

import random
from fractions import Fraction
from typing import NamedTuple

import pytest

from examgen import answers
from examgen.answers import Policy, Verdict, glances
from examgen.exact import E, Shape, array

POLICIES = (
    Policy(),
    Policy(decimals=0, natural_log=True),
    Policy(decimals=2, rounded_credit=Fraction(1, 2), entries=Fraction(1, 2)),
)
VALUES = {
    "integer": (0, -3, 12, 10**14),
    "rational": (0, 7, -12, Fraction(1, 2), Fraction(-22, 7)),
    "closed": (5, Fraction(3, 4), E / 2, -E),
    "shape": (Shape((3,)), Shape((1, 3, 224, 224)), Shape((3, 1)), Shape((1, 3)), Shape((0,))),
    "indices": (frozenset({1}), frozenset({2, 10, 4})),
    "array": (
        array([1, 2]),
        array([[1, 2]]),
        array([[1], [2]]),
        array([[1, Fraction(1, 2)], [-3, 4]]),
        array([2, 1]),
        array([E, 1]),
    ),
}
WRITTEN = (
    "12.0",
    "0.5",
    "50%",
    "7/1",
    "-3",
    "3.14",
    "≈ 3",
    "1 2",
    "[1; 2]",
    "1x3",
    "2 or 3",
    "{1}",
)


class Printed(NamedTuple):
    letter: str
    answer: str


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("policy", POLICIES)
def test_the_key_to_the_letter_is_right_and_read_as_it_stands(kind: str, policy: Policy) -> None:
    seen = 0
    for value in VALUES[kind]:
        text = answers.plain(value)
        if not glances.is_key(kind, text, f" {text} "):
            continue
        seen += 1
        reading = answers.kind(kind).read(f" {text} ")
        assert reading.shown == text
        judgement = answers.kind(kind).judge(value, reading, policy)
        assert (judgement.verdict, judgement.reason) == (Verdict.CORRECT, "")
    assert seen >= 2


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("policy", POLICIES)
def test_what_surely_says_something_else_is_not_right(kind: str, policy: Policy) -> None:
    known = answers.kind(kind)
    others = 0
    for text in (*map(answers.plain, VALUES[kind]), *WRITTEN):
        reading = known.read(text)
        for value in VALUES[kind]:
            is_other = glances.is_another(value, reading)
            is_other |= glances.says_other(kind, answers.plain(value), reading)
            if is_other:
                others += 1
                assert known.judge(value, reading, policy).verdict is not Verdict.CORRECT, text
    assert others > 1


def test_a_letter_that_may_mean_something_else_is_read_in_full() -> None:
    numbers = [Printed(letter, str(n)) for n, letter in enumerate("ABCDE")]
    assert glances.is_key("choice", "B", "B\n", numbers)
    assert not glances.is_key("choice", "B", "b", numbers)
    assert not glances.is_key("choice", "E", "E", numbers)
    assert not glances.is_key("choice", "B", "B", [Printed("A", "B"), Printed("B", "A")])


@pytest.mark.parametrize("seed", range(3))
def test_a_remembered_reading_is_the_reading(seed: int) -> None:
    chance = random.Random(seed)
    for kind, values in VALUES.items():
        for text in (*map(answers.plain, values), *WRITTEN):
            bare = text + chance.choice(["", " ", "\n"])
            found = glances.read(kind, bare)
            assert repr(found) == repr(answers.kind(kind).read(bare))
            assert glances.read(kind, bare) is found
