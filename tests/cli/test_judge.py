"""`examgen judge` as another tool meets it."""

import io
import json
import sys

import pytest

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
