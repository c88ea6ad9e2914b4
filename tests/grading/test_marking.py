"""Marks worked out by hand: x = (1, 2, 3, 4), so x + 1 = (2, 3, 4, 5) with sum 14."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest

from examgen import answers
from examgen.answers import Policy, Verdict
from examgen.exact import E, Shape, Undefined, array, ratio
from examgen.exact.effort import Effort, Exhausted
from examgen.grading import follow_through
from examgen.grading.follow_through import as_meant, own_answer
from examgen.grading.item_key import ItemKey
from examgen.grading.marking import mark_item, mark_with
from examgen.grading.marks import Mark
from examgen.grading.rulings import Rulings
from examgen.questions.problem import Part
from tests.grading.sums import shares, sums

ITEM = sums(1, 2, 3, 4)


def marks(policy: Policy = Policy(), **responses: str) -> dict[str, Mark]:  # noqa: B008
    """The marks by the letter of the part, of somebody who wrote these responses."""
    labelled = {f"1{letter}": text for letter, text in responses.items()}
    return {mark.label[1:]: mark for mark in mark_item(ITEM, labelled, policy)}


def verdicts(policy: Policy = Policy(), **responses: str) -> str:  # noqa: B008
    """The verdicts in the order of the parts."""
    return " ".join(mark.verdict for mark in marks(policy, **responses).values())


def test_the_key() -> None:
    found = marks(a="[2, 3, 4, 5]", b="14", c="1/14", d="5", e="[4, 6, 8, 10]")
    assert {mark.verdict for mark in found.values()} == {Verdict.CORRECT}
    assert [mark.points for mark in found.values()] == [4, 2, 2, 1, 4]


def test_nothing_written() -> None:
    assert verdicts() == "blank blank blank blank blank"


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        # A mistake in a (sum 6), followed by two right steps.
        ({"a": "[0, 1, 2, 3]", "b": "6", "c": "1/6"}, "misconception carried carried blank"),
        # The same, but b is right by the key: right is right.
        ({"a": "[0, 1, 2, 3]", "b": "14", "c": "1/14"}, "misconception correct correct blank"),
        # A slip that no misconception explains carries forward as well.
        ({"a": "[2, 3, 4, 6]", "b": "15"}, "partial carried blank blank"),
        ({"a": "[9, 9, 9, 1]", "b": "28"}, "wrong carried blank blank"),
        # A mistake on the own answer is named: 1 + 2 + 3 = 6 leaves 0 out of 0 + 1 + 2 + 3.
        ({"a": "[2, 3, 4, 6]", "b": "13"}, "partial misconception blank blank"),
        # Blank and unreadable parents give way to the key.
        ({"b": "14"}, "blank correct blank blank"),
        ({"a": "two", "b": "14", "c": "1/14"}, "unreadable correct correct blank"),
        # A slip may make a few entries equal; zeros leave no work, nor does a long constant.
        ({"a": "[6, 6, 6, 6]", "b": "24"}, "wrong carried blank blank"),
        ({"a": "[0, 0, 0, 0]", "b": "0"}, "wrong wrong blank blank"),
        ({"a": "[3, 3, 3, 3, 3]", "b": "15"}, "wrong wrong blank blank"),
        # Nor can a shape be built on that no mistake gives.
        ({"a": "[1, 2]", "b": "3"}, "wrong wrong blank blank"),
        # The shape of a known mistake may be built on.
        ({"a": "[2, 3, 4, 5, 1]", "b": "15"}, "wrong carried blank blank"),
        # A closed form stands only for a closed form, −∞ only where masking allows it.
        ({"b": "e", "c": "1/e"}, "blank wrong wrong blank"),
        ({"a": "[-inf, 2, 3, 4]", "b": "9"}, "wrong wrong blank blank"),
        # A fraction may stand for an integer.
        ({"b": "1/2", "c": "2"}, "blank wrong carried blank"),
        # Other parts never spoil one that stands alone.
        (
            {"a": "9**9**9**9", "b": "[[[", "c": "import os", "d": "5"},
            "unreadable " * 3 + "correct",
        ),
        ({"d": "6"}, "blank blank blank misconception"),
    ],
)
def test_what_is_carried_forward(responses: dict[str, str], expected: str) -> None:
    assert verdicts(Policy(), **responses) == f"{expected} blank"


def test_a_step_that_cannot_be_taken_is_said() -> None:
    mark = marks(b="0", c="1/0")["c"]
    assert mark.verdict is Verdict.UNREADABLE
    mark = marks(b="0", c="5")["c"]
    assert mark.verdict is Verdict.WRONG
    assert "cannot be followed through" in mark.reason


@pytest.mark.parametrize(
    ("text", "shape"), [("7", (1, 1)), ("[7]", (1, 1)), ("5 7", (1, 2)), ("5 7 8", None)]
)
def test_an_answer_stands_in_the_shape_that_it_was_marked_in(
    text: str, shape: tuple[int, ...] | None
) -> None:
    kind = answers.kind("array")
    part: Any = SimpleNamespace(declared=SimpleNamespace(kind=kind))
    also = (array([[9]]), array([[9, 8]]))
    own = own_answer(part, kind.read(text), array([[1, 2], [3, 4]]), also)
    assert (None if own is None else own.shape) == shape


def test_points_follow_the_policy() -> None:
    policy = Policy(carried_forward=Fraction(4, 5), entries=Fraction(1, 2))
    found = marks(policy, a="[2, 3, 4, 6]", b="15", c="1/15", d="6")
    assert found["a"].points == Fraction(3, 4) * Fraction(1, 2) * 4
    assert found["b"].points == Fraction(8, 5)
    assert found["d"].points == 0


def test_a_misconception_pays_its_credit_and_teaches() -> None:
    mark = marks(a="[0, 1, 2, 3]")["a"]
    assert mark.points == 2
    assert mark.misconceptions == ("subtracts",)
    assert mark.feedback == "You took 1 away."


def test_what_earns_most_counts() -> None:
    """Carried forward pays in full what the same answer by a known mistake pays in half."""
    mark = marks(a="[0, 3, 4, 5]", b="12")["b"]
    assert mark.verdict is Verdict.CARRIED
    assert mark.points == 2


def test_by_the_record_alone_nothing_is_followed_through() -> None:
    responses = {"1a": "[0, 1, 2, 3]", "1b": "6", "1c": "1/14"}
    found = mark_item(ITEM, responses, Policy(), by_record={"1b"})
    assert [mark.verdict for mark in found[:3]] == ["misconception", "wrong", "correct"]
    unknown = replace(ITEM, problem=None)
    found = mark_item(unknown, responses, Policy(), by_record={part.label for part in ITEM.parts})
    assert [mark.verdict for mark in found[:3]] == ["misconception", "wrong", "correct"]


def test_of_two_diagnoses_the_one_from_the_own_answers_counts() -> None:
    """x + 1 = (2, 3, 4, 5) leaves 12 without its first entry; so does the own (9, 2, 4, 6)."""
    found = marks(a="[9, 2, 4, 6]", b="12")
    assert found["b"].misconceptions == ("forgets_the_first",)


def test_what_would_have_been_right_is_said_where_the_step_went_wrong() -> None:
    found = marks(a="[2, 3, 4, 6]", b="99", c="1/99")
    assert found["a"].going_on == ""
    assert found["b"].going_on == "15"
    assert found["c"].going_on == ""
    assert found["c"].verdict is Verdict.CARRIED


def test_the_reason_speaks_of_the_answer_that_is_printed_beside_it() -> None:
    """Wrong by the key and by the own earlier answers: the key's wrong entries are named."""
    mark = marks(b="15", c="1/16")["c"]
    assert mark.reason == marks(c="1/16")["c"].reason


def test_an_answer_stands_even_where_its_own_step_is_undefined() -> None:
    found = marks(b="0", c="1/2")
    assert "cannot be followed through" in found["c"].reason


def test_right_entries_are_no_slip_where_a_mistake_explains_the_whole() -> None:
    """Of (18, 4, 8, 6), three entries are right on the own (9, 2, 4, 6): a mistake, not a slip."""
    mark = marks(a="[9, 2, 4, 6]", e="[18, 4, 8, 6]")["e"]
    assert mark.verdict is Verdict.MISCONCEPTION
    assert mark.misconceptions == ("forgets_the_last",)
    assert mark.points == 2


def test_a_slip_on_the_own_answers_earns_its_right_entries() -> None:
    mark = marks(a="[9, 2, 4, 6]", e="[18, 4, 8, 13]")["e"]
    assert mark.verdict is Verdict.PARTIAL
    assert mark.points == 3


@dataclass(frozen=True)
class Powers:
    """A step on closed forms, right and wrong, that no hand would take."""

    parents: tuple[str, ...] = ("x",)

    def __call__(self, own: Mapping[str, Any]) -> Any:
        return sum((own["x"] ** n for n in range(200)), 0)


def test_no_step_on_own_answers_takes_long() -> None:
    part: Any = SimpleNamespace(procedure=Powers(), misconceptions=(("wrong", Powers()),))
    part.mistakes = partial(Part.mistakes, part)
    key, own = {"x": E}, {"x": 1 + E}
    with Effort(10**9) as effort, pytest.raises(Undefined):
        part.procedure(own)
    assert effort.left < 10**9 - 2 * follow_through.FOLLOWING
    with Effort(10**9) as effort:
        with pytest.raises(Exhausted):
            follow_through.carried(part, key, own)
        assert follow_through.mistakes(part, own) == []
    assert effort.left == 10**9
    assert follow_through.carried(part, key, key) is None


def test_a_mistake_that_the_code_came_to_know_since_is_named() -> None:
    """The record of an older exam does not tell its answer."""
    first, *others = ITEM.parts
    named = [each.name for each in first.misconceptions if each.answer == "[0, 1, 2, 3]"]
    older = replace(ITEM, parts=(replace(first, misconceptions=()), *others))
    for item in (ITEM, older):
        (mark, *_) = mark_item(item, {"1a": "[0, 1, 2, 3]"}, Policy())
        assert list(mark.misconceptions) == named != []
        assert mark.feedback


def test_after_a_correction_mistakes_build_on_the_corrected_answer() -> None:
    rulings = Rulings(corrected={"1a": "[2, 3, 4, 6]"})
    said = {"1a": "[2, 3, 4, 6]", "1b": "13"}
    first, second, *_ = mark_item(ITEM, said, Policy(), rulings=rulings)
    assert first.verdict is Verdict.CORRECT
    assert second.verdict is Verdict.MISCONCEPTION
    (slip,) = [mark for mark in mark_item(ITEM, said, Policy()) if mark.label == "1b"]
    assert second.misconceptions == slip.misconceptions


@pytest.mark.parametrize(
    ("responses", "expected"),
    [
        # A rounding has cost what it costs: the next step is right, exact or rounded itself.
        (("14", "0.07", "1/7"), "partial correct"),
        (("14", "0.07", "0.14"), "partial partial"),
        # It shows too little, or is none: it stands as it is written.
        (("14", "0.1", "0.2"), "wrong carried"),
        (("14", "0.08", "0.16"), "wrong carried"),
        # A rounding of the right step on an earlier slip is built on as that step, 1/15.
        (("15", "0.07", "2/15"), "partial carried"),
    ],
)
def test_a_rounding_is_built_on_as_what_it_rounds(
    responses: tuple[str, str, str], expected: str
) -> None:
    labelled = dict(zip(("1a", "1b", "1c"), responses, strict=True))
    _, share, twice = mark_item(shares(13), labelled, Policy(rounded_credit=Fraction(1, 2)))
    assert f"{share.verdict} {twice.verdict}" == expected
    assert expected.endswith("carried") or not twice.going_on


def test_roundings_within_a_vector_are_built_on_one_by_one() -> None:
    key = array([ratio(1, 3), ratio(2, 3), 1])
    for text, meant in (
        ("[0.33, 2/3, 1]", key),
        ("[0.33, 0.6, 1]", array([ratio(1, 3), ratio(3, 5), 1])),
    ):
        reading = answers.kind("array").read(text)
        assert as_meant(reading.value, reading, key).tolist() == meant.tolist()


def test_a_shape_with_the_channels_last_is_built_on_as_that_shape() -> None:
    reading = answers.kind("shape").read("(30, 40, 3)")
    assert as_meant(reading.value, reading, Shape((3, 30, 40))) == (3, 30, 40)
    assert as_meant(reading.value, reading, Shape((3, 40, 30))) == (30, 40, 3)


def test_what_is_carried_is_not_said_where_it_is_the_key() -> None:
    """Doubled, the vector with a slip at its end is wrong; its sum without the slip is not."""
    found = marks(a="[3, 2, 4, 5]", b="13")
    assert found["b"].verdict is Verdict.WRONG
    assert found["b"].going_on == ""


def test_what_is_carried_is_not_said_where_the_key_is_rounded() -> None:
    """After a slip, 0.0714 rounds the key's 1/14, 0.07 the own 1/15 as well; 0.08 neither."""
    for policy in (Policy(), Policy(rounded_credit=Fraction(1, 2))):
        for text, said in (
            ("0.0714", ""),
            ("0.07", ""),
            ("0.08", "1/15"),
            ("1/3 or 1/14", "1/15"),
        ):
            _, mark, _ = mark_item(shares(13), {"1a": "15", "1b": text}, policy)
            assert mark.going_on == said, text


def test_that_an_earlier_answer_could_not_be_read_is_said_where_it_may_have_cost_something() -> (
    None
):
    unread = "your answer to 1a could not be read, so nothing was built on it"
    found = marks(a="two", b="15", e="[4, 6, 8, 10]", c="1/15")
    assert found["b"].reason.endswith(unread)
    assert unread not in found["e"].reason, "right all the same"
    assert found["c"].verdict is Verdict.CARRIED
    assert "1a" not in found["c"].reason, "it builds on 1b"
    assert unread not in marks(a="two")["b"].reason, "blank"
    assert unread not in marks(a="[0, 1, 2, 3]", b="15")["b"].reason


def test_the_same_rounding_of_two_values_is_built_on_as_each() -> None:
    """1/15 and 2/29 are both 0.07: what was found out for one student is not told the other."""
    key = ItemKey(shares(13))
    policy = Policy(rounded_credit=Fraction(1, 2))
    for more, twice in (("15", "2/15"), ("29/2", "4/29"), ("15", "2/15")):
        responses = {"1a": more, "1b": "0.07", "1c": twice}
        assert mark_with(key, responses, policy)[2].verdict is Verdict.CARRIED
