"""The file that students fill in."""

import re
from dataclasses import replace

import pytest

from examgen import answers
from examgen.answers.sheets import read_sheets
from examgen.documents.pages import write_pages
from examgen.exams.exam import Exam, ExamPart
from examgen.questions.levels import LEVELS
from tests.documents.exams import HOSTILE, small_exam, titled


def answer_sheet(exam: Exam) -> str:
    return write_pages(exam, [])["student/answers.txt"]


def test_the_answer_sheet_reads_back_blank() -> None:
    exam = small_exam()
    text = answer_sheet(exam)
    labels = [part.label for part in exam.parts]
    (read,) = read_sheets(text.encode(), labels)
    assert read.headers == {"exam": exam.id, "form": exam.form, "name": "", "id": ""}
    assert [read.responses[label].text for label in labels] == [""] * len(labels)
    assert read.warnings == ()


@pytest.mark.parametrize("text", HOSTILE)
def test_the_answer_sheet_of_a_hostile_title_reads_back_blank(text: str) -> None:
    exam = titled(text)
    (read,) = read_sheets(answer_sheet(exam).encode(), [part.label for part in exam.parts])
    assert read.headers["exam"] == exam.id
    assert not any(response.text for response in read.responses.values())


def test_the_answer_sheet_hints_at_kinds_and_never_at_sizes() -> None:
    lines = answer_sheet(small_exam()).splitlines()
    assert lines[lines.index("1:") - 1] == "# 1: one letter (A–D)"
    assert lines[lines.index("2a:") - 1].startswith("# 2a to 2")
    assert "matrix" in lines[lines.index("2a:") - 1]
    matrices = {hint.text for hint in answers.kind("array").hints}
    for level in LEVELS:
        comments = re.findall(r"^# 2[a-z].*?: (.*)", answer_sheet(small_exam(level)), re.M)
        assert comments and set(comments) <= matrices


def test_a_change_of_kind_has_a_hint_of_its_own() -> None:
    exam = small_exam()

    def integer(part: ExamPart) -> ExamPart:
        return replace(part, kind="integer", answer="7") if part.label == "2c" else part

    long = replace(exam.items[1], parts=tuple(map(integer, exam.items[1].parts)))
    lines = answer_sheet(replace(exam, items=(exam.items[0], long))).splitlines()
    assert "integer" in lines[lines.index("2c:") - 1]
    assert "matrix" in lines[lines.index("2d:") - 1]
    assert lines.count("# 2. Two residual blocks, forward and backward") == 1
