"""A small class for the tests: a quiz of two items, drawn for three students, and their sheets."""

import json
from pathlib import Path
from typing import Any

from tests.cli.running import Done, examgen

QUIZ = """
title = "Quiz"
course = "Machine Learning"
minutes = 30
[[section]]
title = "Multiple choice"
response = "closed"
count = 1
points = 5
levels = "easy"
families = ["kv-cache-count"]
[[section]]
title = "Long question"
response = "open"
count = 1
points = 20
levels = "easy"
families = ["long-residual-block"]
"""
ROSTER = """id,name,email
m1,Ada Lovelace,ada@example.org
m2,Emmy Noether,emmy@example.org
m3,Sofja Kowalewskaja,sofja@example.org
"""
STUDENTS = ("m1", "m2", "m3")


def make_class(folder: Path) -> Path:
    """Write the forms of the class into a folder."""
    quiz, roster = folder / "quiz.toml", folder / "roster.csv"
    quiz.write_text(QUIZ, encoding="utf-8")
    roster.write_text(ROSTER, encoding="utf-8")
    exam = folder / "exam"
    done = examgen(
        *("generate", "-o", exam, "--blueprint", quiz, "--roster", roster),
        *("--seed", "s", "--format", "md", "--jobs", "1"),
    )
    assert done.code == 0, done.err
    return exam


def make_single(folder: Path) -> Path:
    """Write an exam of one form into a folder."""
    quiz = folder / "quiz.toml"
    quiz.write_text(QUIZ, encoding="utf-8")
    exam = folder / "exam"
    done = examgen("generate", "-o", exam, "--blueprint", quiz, "--seed", "s", "--format", "md")
    assert done.code == 0, done.err
    return exam


def record(exam: Path, form: str = "") -> Any:
    """The record of a form."""
    return json.loads((exam / "instructor" / form / "exam.json").read_text(encoding="utf-8"))


def key(exam: Path, form: str = "") -> dict[str, str]:
    """The right answers of a form, by label."""
    items = record(exam, form)["items"]
    return {part["label"]: part["answer"] for item in items for part in item["parts"]}


def sheet(exam: Path, form: str = "", **changes: str) -> str:
    """A sheet with the right answers of a form, but for *changes*: `_7a="3"`, `id="m2"`."""
    text = (exam / "student" / form / "answers.txt").read_text(encoding="utf-8")
    answers = key(exam, form) | {name.lstrip("_"): value for name, value in changes.items()}
    lines = []
    for line in text.splitlines():
        label, colon, rest = line.partition(":")
        known = colon and label in answers
        lines.append(f"{label}: {answers[label]}" if known else f"{label}{colon}{rest}")
    return "\n".join(lines) + "\n"


def hand_in(folder: Path, exam: Path, **changes: str) -> Path:
    """Right sheets of all students, each with the same *changes*."""
    folder.mkdir(exist_ok=True)
    for student in STUDENTS:
        (folder / f"{student}.txt").write_text(sheet(exam, student, **changes), encoding="utf-8")
    return folder


def grade(exam: Path, *arguments: object) -> Done:
    """Grade without a pool."""
    return examgen("grade", exam, *arguments, "--jobs", "1")
