"""What is seen at a glance, the readers and judges must say as well."""

import random
from fractions import Fraction

import pytest

from examgen import answers
from examgen.answers import Policy, Verdict
from examgen.exact import E, Shape, array
from examgen.exams.exam import ExamPart, PrintedOption
from examgen.grading import plainly

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


def part(kind: str, answer: str, *options: PrintedOption) -> ExamPart:
    return ExamPart("1", "asked", kind, 2, answer, (), options)


@pytest.mark.parametrize("kind", VALUES)
@pytest.mark.parametrize("policy", POLICIES)
def test_the_key_to_the_letter_is_right_and_read_as_it_stands(kind: str, policy: Policy) -> None:
    seen = 0
    for value in VALUES[kind]:
        text = answers.plain(value)
        if not plainly.is_key(part(kind, text), f" {text} "):
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
            is_other = plainly.is_another(value, reading)
            is_other |= plainly.says_other(kind, answers.plain(value), reading)
            if is_other:
                others += 1
                assert known.judge(value, reading, policy).verdict is not Verdict.CORRECT, text
    assert others > 1


def test_a_letter_that_may_mean_something_else_is_read_in_full() -> None:
    numbers = [PrintedOption(letter, str(n), ()) for n, letter in enumerate("ABCDE")]
    asked = part("choice", "B", *numbers)
    assert plainly.is_key(asked, "B\n")
    assert not plainly.is_key(asked, "b")
    assert not plainly.is_key(part("choice", "E", *numbers), "E")
    named = [PrintedOption("A", "B", ()), PrintedOption("B", "A", ())]
    assert not plainly.is_key(part("choice", "B", *named), "B")
    assert plainly.read(part("choice", "B", *named), "B").alternatives


@pytest.mark.parametrize("seed", range(3))
def test_a_remembered_reading_is_the_reading(seed: int) -> None:
    chance = random.Random(seed)
    for kind, values in VALUES.items():
        for text in (*map(answers.plain, values), *WRITTEN):
            bare = text + chance.choice(["", " ", "\n"])
            found = plainly.read(part(kind, "1"), bare)
            assert repr(found) == repr(answers.kind(kind).read(bare))
            assert plainly.read(part(kind, "1"), bare) is found
