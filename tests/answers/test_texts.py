"""Answers in words: those that were declared, and those that a person marks by a rubric."""

import pytest

from examgen import answers
from examgen.answers import Option, Rubric, Verdict

TEXT = answers.kind("text")
WRITTEN = "It shares its weights. [rubric: 1 for the same weights, 1 for all places]"
RUBRIC = Rubric.of("1 for the same weights,\n 1 for all places", "It shares its weights.")


@pytest.mark.parametrize(
    ("key", "response", "verdict"),
    [
        ("ReLU", "relu", "correct"),
        ("ReLU", ' "ReLU". ', "correct"),
        ("ReLU", "**ReLU**", "correct"),
        ("weight sharing", "Weight  sharing!", "correct"),
        ("weight sharing", "weights", "wrong"),
        ("weight sharing", "not weight sharing", "wrong"),
        ("weight sharing", "", "blank"),
        ("weight sharing", "?", "blank"),
        ("weight sharing", "x" * 4001, "unreadable"),
        (WRITTEN, "it shares its weights", "correct"),
        (WRITTEN, "The kernel is the same at every place.", "person"),
        (WRITTEN, "The kernel is the same\n  at every place.", "person"),
        (WRITTEN, "-", "blank"),
        (WRITTEN, "x" * 4001, "unreadable"),
        ("[rubric: 2 for a reason]", "because", "person"),
    ],
)
def test_verdicts(key: str, response: str, verdict: str) -> None:
    judgement = TEXT.judge(TEXT.parse(key), TEXT.read(response))
    assert judgement.verdict == verdict
    assert judgement.credit == (verdict == "correct")
    assert bool(judgement.reason) == (verdict != "correct")


def test_the_rubric_is_not_told_to_students() -> None:
    judgement = TEXT.judge(RUBRIC, TEXT.read("because"))
    assert judgement.verdict is Verdict.PERSON
    assert "weights" not in judgement.reason


def test_a_rubric_is_written_on_one_line_and_read_back() -> None:
    assert answers.plain(RUBRIC) == WRITTEN
    assert type(answers.plain(RUBRIC)) is str
    parsed = TEXT.parse(WRITTEN)
    assert isinstance(parsed, Rubric)
    assert (parsed.model, parsed.criteria) == (RUBRIC.model, RUBRIC.criteria)
    assert parsed.criteria == "1 for the same weights, 1 for all places"
    assert answers.plain(parsed) == WRITTEN
    bare = Rubric.of("2 for a reason")
    assert (TEXT.parse(answers.plain(bare)), bare.model) == (bare, "")
    assert answers.latex(RUBRIC) == r"\text{It shares its weights.}"


@pytest.mark.parametrize("text", ["ReLU", "a [rubric]", "[rubric: ]", "[rubric: a] b"])
def test_other_texts_are_no_rubrics(text: str) -> None:
    assert type(TEXT.parse(text)) is str


def test_a_rubric_says_something() -> None:
    with pytest.raises(ValueError, match="what earns the points"):
        Rubric.of(" ", "model")


def test_a_return_type_asks_for_words() -> None:
    assert answers.kind_of(Rubric) is answers.kind_of(str) is TEXT
    assert TEXT.accepts(RUBRIC) is None


def test_other_tools_are_told_that_it_is_not_decided() -> None:
    record = answers.judge_record({"kind": "text", "key": WRITTEN, "response": "because"})
    assert (record["verdict"], record["credit"], record["read"]) == ("unreadable", "0", "because")
    assert "person" in record["reason"]


def test_one_of_several_declared_texts() -> None:
    options = (Option("A", "ReLU"), Option("B", "sigmoid"))
    assert TEXT.read("relu", options=options).value == "ReLU"
    reading = TEXT.read("sigmoit", options=options)
    assert reading.state == "unreadable"
    assert 'did you mean "sigmoid"?' in reading.reason
