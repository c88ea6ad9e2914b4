"""Sets of indices: every notation, what is missing and what does not belong."""

from fractions import Fraction

import pytest

from examgen import answers
from examgen.answers import Several, Verdict

INDICES = answers.kind("indices")
TWO_THREE = frozenset({2, 3})


@pytest.mark.parametrize(
    "text",
    [
        "{2, 3}",
        "{2,3}",
        "{3, 2}",
        "{2, 3, 3}",
        "2, 3",
        "2,3",
        "2 3",
        "2; 3",
        "2\n3",
        "[2, 3]",
        "(2, 3)",
        r"\{2, 3\}",
        r"$\{2, 3\}$",
        r"\lbrace 2, 3 \rbrace",
        r"\left\{2, 3\right\}",
        "2 and 3",
        "2 & 3",
        "rows 2 and 3",
        "Rows 2, 3",
        "row 2 and row 3",
        "only rows 2 and 3",
        "the tokens 2 and 3",
        "positions 2, 3",
        "y_2, y_3",
        "y_2 and y_3",
        "y_{2}, y_{3}",
        "$y_{2}$ and $y_{3}$",
        "y2, y3",
        "y₂, y₃",
        "x_2,x_3",
        "2-3",
        "2–3",
        "2..3",
        "2 to 3",
        "2 through 3",
        "rows 2-3",
        "2nd and 3rd",
        "2, 3.",
        "I = {2, 3}",
        "{2, 3} or {3, 2}",
        "#2 and #3",
        "(2) and (3)",
        "[[2, 3]]",
    ],
)
def test_notations_of_an_index_set(text: str) -> None:
    reading = INDICES.read(text)
    assert reading.state == "read", reading.reason
    assert reading.value == TWO_THREE
    assert reading.shown == "{2, 3}"


@pytest.mark.parametrize(
    "text",
    [
        "none",
        "no rows",
        "None",
        "none.",
        "nothing",
        "∅",
        "Ø",
        "{}",
        "[]",
        r"\emptyset",
        r"\{\}",
        "empty",
    ],
)
def test_notations_of_the_empty_set(text: str) -> None:
    reading = INDICES.read(text)
    assert (reading.value, reading.shown) == (frozenset(), "{}")


@pytest.mark.parametrize(
    ("text", "value"), [("2-5", {2, 3, 4, 5}), ("1, 3-4", {1, 3, 4}), ("23", {23}), ("0", {0})]
)
def test_ranges_and_numbers(text: str, value: set[int]) -> None:
    assert INDICES.read(text).value == value


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("all", '"all"'),
        ("rwos 2 and 3", 'did you mean "rows"'),
        ("all but 2", '"all"'),
        ("not 2", '"not"'),
        ("2.5", "not an index"),
        ("-2", "not an index"),
        ("1/2", "/"),
        ("{2, 3", "never closed"),
        ("{2, 3)", "closes nothing"),
        ("none, 2", "none"),
        ("(1, 12, 9), (1, 8, 12)", "tuples"),
        ("(1), (2, 3)", "tuples"),
        ("((1, 2), (3, 4))", "tuples"),
        ("5-2", "not an ascending range"),
        ("1-1000000", "not an ascending range"),
        ("1234567890123", "not an index"),
        ("rows", "no numbers"),
        (",", "no numbers"),
        ("{}{}", "no numbers"),
        (" ".join(map(str, range(65))), "64 numbers"),
    ],
)
def test_unreadable_index_sets(text: str, said: str) -> None:
    reading = INDICES.read(text)
    assert reading.state == "unreadable", reading.shown
    assert said in reading.reason
    assert reading.position is not None


@pytest.mark.parametrize(
    ("text", "said", "places"),
    [
        ("2", "missing: 3", (3,)),
        ("2, 3, 5", "not in it: 5", (5,)),
        ("1, 2", "missing: 3; not in it: 1", (3, 1)),
        ("none", "missing: 2, 3", (2, 3)),
    ],
)
def test_what_is_missing_and_what_does_not_belong(
    text: str, said: str, places: tuple[int, ...]
) -> None:
    judgement = INDICES.judge(TWO_THREE, INDICES.read(text))
    assert (judgement.verdict, judgement.credit) == (Verdict.WRONG, Fraction(0))
    assert judgement.reason == said
    assert judgement.wrong_entries == places


def test_two_sets_do_not_score() -> None:
    for text in ("2 or 3", "{2, 3} or {2}"):
        reading = INDICES.read(text)
        assert isinstance(reading.value, Several)
        assert INDICES.judge(TWO_THREE, reading).verdict is Verdict.WRONG


def test_right_answers_are_correct() -> None:
    for key in (TWO_THREE, frozenset[int](), frozenset(range(64))):
        text = answers.plain(key)
        assert INDICES.judge(key, INDICES.read(text)).verdict is Verdict.CORRECT


def test_what_is_no_index_set_is_not_accepted() -> None:
    assert INDICES.accepts(TWO_THREE) is None
    for value in ({2, 3}, (2, 3), frozenset({2.0}), frozenset({-1}), frozenset({True}), 2):
        assert INDICES.accepts(value) is not None
    for text in ("x", "2 or 3", ""):
        with pytest.raises(ValueError, match=r"\S"):
            INDICES.parse(text)
