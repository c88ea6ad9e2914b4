"""`examgen judge` as another tool meets it."""

import io
import json
import sys

import pytest

from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.record import plain_blueprint
from tests.cli.running import examgen


def test_a_response_that_looks_like_an_option_is_a_response() -> None:
    done = examgen("judge", "rational", "-1/2", "-1/2", "--json")
    assert (done.code, done.json["verdict"], done.json["read"]) == (0, "correct", "-1/2")


def test_every_line_is_answered_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [
        {"kind": "auto", "key": "e/(1+e)", "response": "1/(1+e^-1)"},
        {"kind": "array", "key": "[[1, 2], [3, 4]]", "response": "1 2; 3 5"},
        {"kind": "nothing", "key": "1", "response": "1"},
        {"kind": "choice", "key": "B", "response": ""},
        {"kind": "integer", "key": "5", "response": "9**9**9**9"},
    ]
    text = "\n".join([*map(json.dumps, lines), "no JSON", "[" * 100_000, ""])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    done = examgen("judge", "--jsonl")
    answers = [json.loads(line) for line in done.out.splitlines()]
    verdicts = [answer.get("verdict", "error") for answer in answers]
    assert verdicts == ["correct", "partial", "error", "blank", "unreadable", "error", "error"]
    assert answers[1]["wrong_entries"] == [[2, 2]]
    assert all(answer.get("reason") for answer in answers[1:2] + answers[3:5])
    assert done.code == 1


def test_a_mark_of_the_encoding_is_no_part_of_the_first_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = '{"kind": "integer", "key": "5", "response": "5"}\n'.encode("utf-8-sig")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(line)))
    done = examgen("judge", "--jsonl")
    assert (done.code, done.json["verdict"]) == (0, "correct")


def test_the_policy_of_a_record_may_stand_among_the_options(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    policy = plain_blueprint(find_blueprint("midterm"))["policy"]
    line = {"kind": "rational", "key": "1/3", "response": "0.333", "options": policy}
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(line).encode())))
    done = examgen("judge", "--jsonl")
    assert (done.code, done.json["verdict"], done.json["credit"]) == (0, "partial", "1/2")


def test_words_beside_the_lines_are_refused() -> None:
    """A file named there would be waited for on standard input."""
    done = examgen("judge", "--jsonl", "answers.jsonl")
    assert done.code == 2
    assert "standard input" in done.err


@pytest.mark.parametrize("words", [("integer", "5"), ("integers", "5", "5"), ("integer", "x", "5")])
def test_a_wrong_call_says_what_is_allowed(words: tuple[str, ...]) -> None:
    done = examgen("judge", *words)
    assert done.code == 2
    assert "Traceback" not in done.err


def test_a_line_that_is_too_long_is_one_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    good = json.dumps({"kind": "integer", "key": "5", "response": "5"}).encode()
    lines = [good, b'"' + b"x" * 1_000_000 + b'"', good, b" " * 200_001, good]
    stream = io.BytesIO(b"\n".join(lines))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    done = examgen("judge", "--jsonl")
    answers = [json.loads(line) for line in done.out.splitlines()]
    assert [answer.get("verdict", "") for answer in answers] == [
        "correct",
        "",
        "correct",
        "",
        "correct",
    ]
    assert answers[1] == answers[3] == {"error": "a line of more than 200000 characters"}


def test_what_a_person_marks_is_undecided() -> None:
    done = examgen("judge", "text", "[rubric: 1 for a reason]", "because")
    assert done.out == "unreadable, read as because: a person marks this by the rubric\n"
