"""Judging from text alone, as `examgen judge` does."""

from fractions import Fraction
from typing import Any

import pytest

from examgen import answers
from examgen.answers import Policy, Verdict
from examgen.exact import NEG_INF, E, Shape, array, equal

FIELDS = ["verdict", "credit", "read", "reason", "wrong_entries"]


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("42", "integer"),
        ("-3", "integer"),
        ("5/7", "rational"),
        ("e/(1+e)", "closed"),
        ("e", "closed"),
        ("(1+e)/2", "closed"),
        ("(1)/2", "rational"),
        ("[[1, 2], [3, 4]]", "array"),
        ("[1]", "array"),
        ("(1, 2)", "shape"),
        ("(8,)", "shape"),
        ("{2, 3}", "indices"),
        ("B", "choice"),
        ("E", "choice"),
    ],
)
def test_the_kind_is_inferred_from_the_key(key: str, kind: str) -> None:
    from examgen.answers.judge import infer

    assert infer(key).name == kind
    assert answers.judge("auto", key, key).judgement.verdict is Verdict.CORRECT


@pytest.mark.parametrize("key", ["ReLU", "", "x + 1", "[1, 2", "1, 2", "nan"])
def test_a_key_of_no_kind_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        answers.judge("auto", key, "1")


def test_a_key_must_be_of_the_kind_that_is_named() -> None:
    for kind, key in [("integer", "1/2"), ("shape", "[["), ("rational", "e"), ("matrix", "[1]")]:
        with pytest.raises(ValueError, match=r"\S"):
            answers.judge(kind, key, "1")


@pytest.mark.parametrize(
    ("record", "verdict", "credit", "read", "places"),
    [
        (("integer", "1024", "2^10"), "correct", "1", "1024", []),
        (("integer", "1024", "1030"), "wrong", "0", "1030", []),
        (("rational", "1/2", ""), "blank", "0", "", []),
        (("rational", "1/2", "x"), "unreadable", "0", "", []),
        (("array", "[1, 2, 3]", "1 2 4"), "partial", "2/3", "[1, 2, 4]", [[3]]),
        (("auto", "[[1, 2]]", "[[1, 3]]"), "wrong", "0", "[[1, 3]]", [[1, 2]]),
        (("shape", "(3, 4)", "(3, 5)"), "wrong", "0", "(3, 5)", [2]),
        (("indices", "{2, 3}", "2"), "wrong", "0", "{2}", [3]),
        (("text", "ReLU", "relu"), "correct", "1", "relu", []),
        (("expression", "w*x + b", "b + xw"), "correct", "1", "b + x*w", []),
    ],
)
def test_the_fields_of_a_judgement(
    record: tuple[str, str, str], verdict: str, credit: str, read: str, places: list[Any]
) -> None:
    kind, key, response = record
    judged = answers.judge_record({"kind": kind, "key": key, "response": response})
    assert list(judged) == FIELDS
    assert (judged["verdict"], judged["credit"], judged["read"]) == (verdict, credit, read)
    assert judged["wrong_entries"] == places
    assert (judged["reason"] == "") == (verdict == "correct")


def test_the_value_of_a_recorded_option() -> None:
    values = [1024, Fraction(1, 2), E / (1 + E), Shape((1, 2)), frozenset({2}), "A convolution"]
    for value in values:
        found = answers.value_of(answers.plain(value))
        assert type(found) is type(value)
        assert equal(found, value)
    assert equal(answers.value_of("[[1, -inf]]"), array([[1, NEG_INF]]))


def test_options_are_texts_or_records() -> None:
    for options in (
        ["1/2", "e/(1+e)", "ReLU"],
        [{"letter": "A", "answer": "1/2"}, {"letter": "B", "answer": "e/(1+e)"}],
        {"choices": ["1/2", "e/(1+e)"]},
    ):
        record = {"kind": "choice", "key": "B", "response": "1/(1+e^-1)", "options": options}
        assert answers.judge_record(record)["verdict"] == "correct"


def test_options_can_say_how_strictly_to_judge() -> None:
    record = {"kind": "rational", "key": "2/3", "response": "0.667", "options": {}}
    assert answers.judge_record(record)["verdict"] == "wrong"
    record["options"] = {"rounded_credit": "1/2"}
    assert answers.judge_record(record)["credit"] == "1/2"
    record["options"] = {"natural_log": True, "decimals": None}
    assert answers.judge_record(record)["verdict"] == "wrong"
    log = {"kind": "closed", "key": "ln(2)", "response": "log 2"}
    assert answers.judge_record(log)["verdict"] == "unreadable"
    assert answers.judge_record({**log, "options": {"natural_log": True}})["verdict"] == "correct"
    record["options"] = {"decimals": 3}
    assert answers.judge_record(record)["verdict"] == "correct"
    judged = answers.judge("rational", "2/3", "0.667", policy=Policy(rounded_credit=Fraction(1)))
    assert judged.record["credit"] == "1"


@pytest.mark.parametrize(
    "record",
    [
        None,
        [],
        "x",
        {},
        {"kind": "integer", "key": "1"},
        {"kind": "integer", "key": 1, "response": "1"},
        {"kind": "integer", "key": "1", "response": 1},
        {"kind": "matrix", "key": "1", "response": "1"},
        {"kind": "integer", "key": "x", "response": "1"},
        {"kind": "integer", "key": "1", "response": "1", "extra": 1},
        {"kind": "choice", "key": "A", "response": "A", "options": "AB"},
        {"kind": "choice", "key": "A", "response": "A", "options": [1]},
        {"kind": "choice", "key": "A", "response": "A", "options": ["x"] * 27},
        {
            "kind": "choice",
            "key": "A",
            "response": "A",
            "options": [{"letter": "1", "answer": "x"}],
        },
        {"kind": "integer", "key": "1", "response": "1", "options": {"decimals": "2"}},
        {"kind": "integer", "key": "1", "response": "1", "options": {"decimals": 99}},
        {"kind": "integer", "key": "1", "response": "1", "options": {"natural_log": 1}},
        {"kind": "integer", "key": "1", "response": "1", "options": {"digits": 2}},
        {"kind": "integer", "key": "1", "response": "1", "options": {"entries": 0.5}},
        {"kind": "integer", "key": "1", "response": "1", "options": {"entries": "x"}},
        {"kind": "integer", "key": "1", "response": "1", "options": {"entries": "3"}},
    ],
)
def test_a_malformed_record_is_refused(record: Any) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        answers.judge_record(record)
