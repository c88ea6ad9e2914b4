"""Laws of judging: what must not change a verdict, whoever is the key."""

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from examgen import answers
from examgen.answers import Judgement, Policy, Verdict
from examgen.exact import Array, Shape, Undefined, array, equal
from tests.answers.values import SETS, SHAPES, arrays, numbers

CLOSED = answers.kind("closed")
ARRAY = answers.kind("array")
FORGIVING = Policy(decimals=2, rounded_credit=Fraction(1, 2))
SIGNS = "+-*/()[],"


def judged(kind: Any, key: Any, text: str, policy: Policy = answers.EXACT) -> Judgement:
    found: Judgement = kind.judge(key, kind.read(text), policy)
    return found


def near(value: Any, change: Any) -> Any:
    """The value itself, or one that differs by what is given; where there is one."""
    try:
        return value + change
    except Undefined:
        return value


CHANGES = st.sampled_from([0, 0, 1, Fraction(1, 10**18), Fraction(-1, 3)])


@settings(max_examples=120, deadline=None)
@given(numbers(), CHANGES)
def test_who_is_the_key_does_not_matter_for_numbers(one: Any, change: Any) -> None:
    other = near(one, change)
    there = judged(CLOSED, one, answers.plain(other)).verdict
    back = judged(CLOSED, other, answers.plain(one)).verdict
    assert there is back
    assert (there is Verdict.CORRECT) == equal(one, other)


@settings(max_examples=60, deadline=None)
@given(arrays(), arrays(), st.booleans())
def test_who_is_the_key_does_not_matter_for_arrays(one: Array, other: Array, same: bool) -> None:
    other = one if same else other
    there, back = (
        judged(ARRAY, key, answers.plain(value)) for key, value in ((one, other), (other, one))
    )
    # Only in the same shape: a vector may be written as a column, no column as a vector.
    if one.shape == other.shape:
        assert there.wrong_entries == back.wrong_entries
        assert there.credit == back.credit
        assert (there.verdict is Verdict.CORRECT) == equal(one, other)


@settings(max_examples=60, deadline=None)
@given(SHAPES, SHAPES, st.booleans())
def test_who_is_the_key_does_not_matter_for_shapes(one: Shape, other: Shape, same: bool) -> None:
    other = one if same else other
    kind = answers.kind("shape")
    there, back = judged(kind, one, answers.plain(other)), judged(kind, other, answers.plain(one))
    assert there.verdict is back.verdict
    assert there.wrong_entries == back.wrong_entries
    assert (there.verdict is Verdict.CORRECT) == (one == other)


@settings(max_examples=60, deadline=None)
@given(SETS, SETS, st.booleans())
def test_who_is_the_key_does_not_matter_for_sets(
    one: frozenset[int], other: frozenset[int], same: bool
) -> None:
    other = one if same else other
    kind = answers.kind("indices")
    there, back = judged(kind, one, answers.plain(other)), judged(kind, other, answers.plain(one))
    assert there.verdict is back.verdict
    assert (there.verdict is Verdict.CORRECT) == (one == other)
    assert sorted(there.wrong_entries) == sorted(back.wrong_entries)


FORMULAS = ("2*w*x + b", "b + w*(x + x)", "x^2 - 1", "(x - 1)*(x + 1)", "ln(x*y)", "e^x", "x")


@pytest.mark.parametrize("one", FORMULAS)
@pytest.mark.parametrize("other", FORMULAS)
def test_who_is_the_key_does_not_matter_for_expressions(one: str, other: str) -> None:
    kind = answers.kind("expression")
    there = judged(kind, kind.parse(one), other).verdict
    assert there is judged(kind, kind.parse(other), one).verdict
    assert one != other or there is Verdict.CORRECT


@st.composite
def spaced(draw: st.DrawFn, text: str) -> str:
    """The text with white space around its signs and all of it; none within numbers or names."""
    blanks = st.sampled_from(["", "", " ", "  ", "\u00a0", "\u2009"])
    pieces = [
        draw(blanks) + each + draw(blanks) if each in SIGNS else each
        for each in text.replace(" ", "")
    ]
    around = st.sampled_from(["", " ", "\n", "\t", " \n"])
    return draw(around) + "".join(pieces) + draw(around)


@settings(max_examples=120, deadline=None)
@given(st.data(), numbers(), CHANGES)
def test_white_space_changes_nothing_of_a_number(
    data: st.DataObject, key: Any, change: Any
) -> None:
    text = answers.plain(near(key, change))
    for policy in (answers.EXACT, FORGIVING):
        expected = judged(CLOSED, key, text, policy)
        assert judged(CLOSED, key, data.draw(spaced(text)), policy) == expected


@settings(max_examples=80, deadline=None)
@given(st.data(), arrays(), arrays())
def test_white_space_changes_nothing_of_an_array(
    data: st.DataObject, key: Array, other: Array
) -> None:
    text = answers.plain(data.draw(st.sampled_from([key, other])))
    assert judged(ARRAY, key, data.draw(spaced(text))) == judged(ARRAY, key, text)


WRAPPED = ["({})", "(({}))", "0 + ({})", "({}) - 0", "1*({})", "2*({})/2", "({})/1", "-(-({}))"]
WRAPPED += [r"\left({}\right)", "({})^1", "[{}]", "x = {}", "{}.", "${}$", "({}) + 3 - 3", "7a) {}"]


@settings(max_examples=120, deadline=None)
@given(numbers(), CHANGES, st.sampled_from(WRAPPED), st.sampled_from(WRAPPED[:8]))
def test_an_equivalent_rewriting_of_either_side_changes_nothing(
    key: Any, change: Any, response_form: str, key_form: str
) -> None:
    other = near(key, change)
    text, key_text = answers.plain(other), answers.plain(key)
    assume(len(text) + len(key_text) < 900)
    expected = answers.judge("closed", key_text, text)
    rewritten = answers.judge("closed", key_form.format(key_text), response_form.format(text))
    assert rewritten.judgement == expected.judgement
    assert rewritten.reading.shown == expected.reading.shown


@settings(max_examples=60, deadline=None)
@given(numbers(), numbers())
def test_a_factor_of_a_matrix_may_stand_outside(number: Any, factor: Any) -> None:
    assume(not equal(factor, 0))
    try:
        key = array([[number * factor, factor], [0, number * factor]])
        text = answers.plain(array([[number, 1], [0, number]]))
    except Undefined:
        assume(False)
    assert judged(ARRAY, key, f"({answers.plain(factor)}) * {text}").verdict is Verdict.CORRECT


@pytest.mark.parametrize(
    ("kind", "key", "text"),
    [
        ("closed", "e^(-50)", "e^-60"),
        ("closed", "1", "1 - 10^-18"),
        ("integer", "147456", "147457"),
        ("array", "[1, 2]", "{1, 2}"),
        ("shape", "(1, 2)", "{1, 2}"),
        ("array", "[[1, 2]]", "[[1], [2]]"),
        ("array", "[[1], [2]]", "[[1, 2]]"),
    ],
)
def test_near_misses_are_wrong_both_ways(kind: str, key: str, text: str) -> None:
    assert answers.judge(kind, key, text).judgement.verdict is Verdict.WRONG
    if not text.startswith("{"):
        assert answers.judge(kind, text, key).judgement.credit == 0
