"""`examgen check` as a student meets it: what was understood, and nothing about the key."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import examgen

HINTED = """\
exam: abc
form: A
name: Ann
id: s1

# 1 to 4: one letter (A–D)
1: b)
2: E
3:
4: A or C

# 5a to 5c: a matrix or vector, row by row, e.g. [[1, 2], [3, 4]] or 1 2; 3 4; entries may be \
expressions
5a: 1 2; 3 e/2
5b: [1, 2/3]
5c: [[1, 2], [3]]

# 6a: a shape, e.g. (3, 4) or 3x4; of one axis (12)
6a: 3x4

# 6b: an integer, e.g. 42 or 12*768
6b: 2^10

# 6c: an integer or a fraction, e.g. 42 or -3/7
6c: 2/4

# 6d: the numbers, e.g. 2, 3 or {2, 3}, or none
6d: 2, 3
"""
UNDERSTOOD = {
    "1": ("choice", "read", "letter", "B"),
    "2": ("choice", "unreadable", "", ""),
    "3": ("choice", "blank", "", ""),
    "4": ("choice", "read", "2 answers", "A and C"),
    "5a": ("array", "read", "matrix 2×2", "[[1, 2], [3, e/2]]"),
    "5b": ("array", "read", "vector of 2", "[1, 2/3]"),
    "5c": ("array", "unreadable", "", ""),
    "6a": ("shape", "read", "shape with 2 axes", "(3, 4)"),
    "6b": ("integer", "read", "integer", "1024"),
    "6c": ("rational", "read", "fraction", "1/2"),
    "6d": ("indices", "read", "set of 2", "{2, 3}"),
}


def check(tmp_path: Path, content: str | bytes, name: str = "ann.txt") -> Any:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    done = examgen("check", path, "--json")
    assert "Traceback" not in done.err
    return done.json | {"code": done.code}


def understood(sheet: Any) -> dict[str, tuple[str, ...]]:
    fields = ("kind", "state", "sort", "read")
    return {each["label"]: tuple(each[name] for name in fields) for each in sheet["answers"]}


def test_the_kinds_are_those_of_the_hints(tmp_path: Path) -> None:
    report = check(tmp_path, HINTED)
    (sheet,) = report["sheets"]
    assert understood(sheet) == UNDERSTOOD
    assert [sheet[name] for name in ("exam", "form", "name", "id")] == ["abc", "A", "Ann", "s1"]
    assert all(each["reason"] for each in sheet["answers"] if each["state"] == "unreadable")
    assert report["code"] == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, ends: str) -> None:
    (sheet,) = check(tmp_path, HINTED.replace("\n", ends).encode(encoding))["sheets"]
    assert understood(sheet) == UNDERSTOOD


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("B", ("choice", "letter", "B")),
        ("(c)", ("choice", "letter", "C")),
        ("e", ("closed", "closed form", "e")),
        ("42", ("closed", "integer", "42")),
        ("-3/7", ("closed", "fraction", "-3/7")),
        ("e/(1+e)", ("closed", "closed form", "e/(1 + e)")),
        ("[[1, 2], [3, 4]]", ("array", "matrix 2×2", "[[1, 2], [3, 4]]")),
        ("1 2; 3 4", ("array", "matrix 2×2", "[[1, 2], [3, 4]]")),
        ("[1, -inf]", ("array", "vector of 2", "[1, -inf]")),
        ("(3, 4)", ("shape", "shape with 2 axes", "(3, 4)")),
        ("3x4", ("shape", "shape with 2 axes", "(3, 4)")),
        ("{2, 3}", ("indices", "set of 2", "{2, 3}")),
        ("2, 3", ("indices", "set of 2", "{2, 3}")),
        ("2*w*x + b", ("expression", "expression", "2*w*x + b")),
        ("softmax", ("text", "text", "softmax")),
        ("I was ill.", ("text", "text", "I was ill.")),
    ],
)
def test_without_hints_the_kind_is_inferred(
    tmp_path: Path, written: str, expected: tuple[str, str, str]
) -> None:
    report = check(tmp_path, f"1a: {written}\n")
    ((kind, state, sort, read),) = understood(report["sheets"][0]).values()
    assert (kind, sort) == expected[:2]
    assert re.sub(r"\s", "", read) == re.sub(r"\s", "", expected[2])
    assert (state, report["code"]) == ("read", 0)


def test_a_label_too_many_or_too_few_is_said(tmp_path: Path) -> None:
    """The hints of the sheet name all that is asked."""
    mistaken = HINTED.replace("\n5c: ", "\n5d: ").replace("6b: 2^10\n", "")
    (found,) = check(tmp_path, mistaken)["sheets"]
    assert found["warnings"] == [
        "line 15: no hint names 5d: it may not be a label of this exam",
        "no line has the labels 5c, 6b",
    ]
    states = {each["label"]: each["state"] for each in found["answers"]}
    assert states["5c"] == states["6b"] == "blank"
    assert not check(tmp_path, HINTED)["sheets"][0]["warnings"]


def test_what_a_terminal_shows(tmp_path: Path) -> None:
    path = tmp_path / "ann\x07\x1b[2J.txt"
    path.write_text(HINTED + "\x1b[2Jstray\n", encoding="utf-8")
    done = examgen("check", path)
    assert done.code == 1
    assert "exam abc, form A, name Ann, id s1" in done.out
    assert re.search(r"^ +5a  matrix 2×2 +\[\[1, 2\], \[3, e/2\]\]$", done.out, re.M)
    assert re.search(r"^ +3  blank$", done.out, re.M)
    assert re.search(r"^ +5c  UNREADABLE: rows of different lengths", done.out, re.M)
    assert re.search(r"^ +line \d+: .*stray", done.out, re.M)
    assert "8 read, 1 blank, 2 unreadable" in done.out
    assert "guessed" not in done.out
    assert not {"\x1b", "\x07"} & set(done.out)
    for word in ("right", "wrong", "correct", "points"):
        assert word not in done.out


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.json", '{"1": "B", "7a": [[1, 2], [3, 4]]}'),
        ("a.yaml", "answers:\n  1: B\n  7:\n    a: [[1, 2], [3, 4]]\n"),
        ("a.toml", '[answers]\n1 = "B"\n7a = """\n[[1, 2],\n[3, 4]]"""\n'),
        ("a.csv", 'id,1,7a\ns1,B,"[[1, 2], [3, 4]]"\n'),
        ("a.csv", 'student,question,answer\ns1,1,B\ns1,7a,"[[1, 2], [3, 4]]"\n'),
        ("a.md", "### 1 (5 points)\n\nB\n\n**7a** (2 points) Compute.\n\n[[1, 2], [3, 4]]\n"),
        ("a.ipynb", json.dumps({"cells": [{"source": "1: B"}, {"source": "7a: 1 2; 3 4"}]})),
    ],
)
def test_every_form_is_read(tmp_path: Path, name: str, text: str) -> None:
    report = check(tmp_path, text, name)
    assert understood(report["sheets"][0]) == {
        "1": ("choice", "read", "letter", "B"),
        "7a": ("array", "read", "matrix 2×2", "[[1, 2], [3, 4]]"),
    }
    assert report["code"] == 0


def test_files_that_are_no_sheets(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff" + bytes(range(256)))
    (tmp_path / "deep.json").write_text("[" * 100_000)
    (tmp_path / "good.txt").write_text("1: B\n")
    done = examgen("check", tmp_path, "--json")
    assert done.code == 1
    assert [Path(each["file"]).name for each in done.json["sheets"]] == ["good.txt"]
    refused = {Path(each["file"]).name: each["reason"] for each in done.json["refused"]}
    assert refused.keys() == {"photo.jpg", "deep.json"}
    assert all(reason in done.err for reason in refused.values())


def test_hostile_answers_are_unreadable_and_nothing_else(tmp_path: Path) -> None:
    lines = ["9**9**9**9", "(" * 500, "__import__('os')", "\x1b[31m1/0", "[" * 200 + "]" * 200]
    text = "".join(f"{number}: {line}\n" for number, line in enumerate(lines, 1)) + "9: 3\n"
    (sheet,) = check(tmp_path, text)["sheets"]
    states = {label: each[1] for label, each in understood(sheet).items()}
    assert states.pop("9") == "read"
    assert set(states.values()) == {"unreadable"}
    assert all(each["reason"].isprintable() for each in sheet["answers"])


def test_check_reads_as_grading_does(tmp_path: Path) -> None:
    assert examgen("generate", "-o", tmp_path / "exam", "--seed", "7").code == 0
    record = json.loads((tmp_path / "exam/instructor/exam.json").read_text())
    text = (tmp_path / "exam/student/answers.txt").read_text()
    parts = [part for item in record["items"] for part in item["parts"]]
    for part in parts:
        text = text.replace(f"\n{part['label']}:\n", f"\n{part['label']}: {part['answer']}\n")
    (tmp_path / "ann.txt").write_text(text)
    checked = examgen("check", tmp_path / "ann.txt", "--json")
    graded = examgen("grade", tmp_path / "exam", tmp_path / "ann.txt", "--json").json["sheets"][0]
    assert checked.code == 0
    answers = checked.json["sheets"][0]["answers"]
    assert [(each["label"], each["kind"], each["read"]) for each in answers] == [
        (part["label"], part["kind"], mark["read"])
        for part, mark in zip(parts, graded["marks"], strict=True)
    ]


def test_an_option_in_its_own_words_may_be_known_when_it_is_graded(tmp_path: Path) -> None:
    (tmp_path / "s.txt").write_text("exam: abc\n# 1: one letter (A–D)\n1: D = 48\n")
    said = examgen("check", tmp_path / "s.txt").out
    assert "none of the options A, B, C, D" in said
    assert "what the options say is known only when it is graded" in said


def test_what_may_have_to_wait_is_counted(tmp_path: Path) -> None:
    """In time, before it is handed in: which of the readings is right is nobody's guess."""
    path = tmp_path / "ann.txt"
    hint = "# 1a to 1c: a number or an expression in e, ln, sqrt, e.g. (7+e^8)/3 or 6*ln(5) or 6/19"
    lines = ("1a: log 2", "1b: 2/3 ln 2", "1c: 2/3 * ln(2)", "# 2: an integer, e.g. 42 or 12*768")
    path.write_text("\n".join((hint, *lines, "2: 5,0")), encoding="utf-8")
    said = examgen("check", path).out
    assert "ln(2)  (may also be read as ln(2)/ln(10); please write it more clearly)" in said
    assert "5 and 0  (may also be read as 5.0; please write it more clearly)" in said
    assert "4 read, 0 blank, 0 unreadable; 3 can be read in several ways" in said


def test_an_empty_folder_is_said_to_be_empty(tmp_path: Path) -> None:
    done = examgen("check", tmp_path)
    assert done.code == 2
    assert f"{tmp_path}: there is no file in it" in done.err
