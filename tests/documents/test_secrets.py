"""What a student's page must not tell: the seed, and anything of the key."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from examgen.documents.hints import hints_of
from examgen.documents.keys import add_keys
from examgen.documents.layout import Key
from examgen.documents.pages import write_pages
from examgen.documents.paper import lay_out
from examgen.exams.exam import Exam, Item
from examgen.questions import wording
from examgen.questions.levels import LEVELS, Level
from tests.documents.exams import SEED, small_exam

STUDENT = ("student/paper.md", "student/paper.tex", "student/paper.html", "student/answers.txt")


def pages(exam: Exam) -> dict[str, str]:
    return write_pages(exam, ["md", "tex", "html"])


def inside(record: Any) -> Iterator[Any]:
    """A record and everything in it."""
    yield record
    if is_dataclass(record):
        for each in fields(record):
            yield from inside(getattr(record, each.name))
    elif isinstance(record, tuple):
        for each in record:
            yield from inside(each)


@pytest.mark.parametrize("level", LEVELS)
def test_a_paper_laid_out_knows_no_key_and_no_seed(level: Level) -> None:
    exam = small_exam(level)
    paper = lay_out(exam)
    assert not any(isinstance(each, Key) for each in inside(paper))
    assert not any(getattr(each, "right", False) for each in inside(paper))
    assert paper.seed is None
    key = add_keys(paper, exam)
    assert sum(isinstance(each, Key) for each in inside(key)) == len(exam.parts)
    assert paper == lay_out(exam)


class Secret(Mapping[str, Any]):
    """An answer key that nobody may look into."""

    def __getitem__(self, name: str) -> Any:
        raise AssertionError(f"the student's page looked up the answer of {name}")

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the student's page went through the answers")

    def __len__(self) -> int:
        raise AssertionError("the student's page counted the answers")


def without_answers(item: Item) -> Item:
    """A long item whose recorded and derived answers betray who reads them."""
    problem = replace(item.problem) if item.problem else None
    assert problem
    vars(problem)["answer_key"] = vars(problem)["mistakes"] = Secret()
    parts = tuple(
        replace(part, answer="SECRET", misconceptions=(), name=part.name) for part in item.parts
    )
    return replace(item, parts=parts, problem=problem)


@pytest.mark.parametrize("level", LEVELS)
def test_student_pages_do_not_depend_on_the_answers(
    level: Level, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the examples in the sheet's hints: they are chosen so that none is an answer."""
    exam = small_exam(level)
    before, hints = pages(exam), hints_of(exam)
    monkeypatch.setattr("examgen.documents.answer_sheet.hints_of", lambda _: hints)
    hidden = replace(exam, seed="another", items=(exam.items[0], without_answers(exam.items[1])))
    monkeypatch.setattr(
        "examgen.documents.pages.add_keys", lambda paper, _: replace(paper, seed="")
    )
    after = pages(hidden)
    for path in STUDENT:
        assert after[path] == before[path]
        assert SEED not in before[path]
        assert "SECRET" not in after[path]


def test_which_option_is_right_does_not_show() -> None:
    """Only the record's letter and the names of mistakes differ between right and wrong options."""
    exam = small_exam()
    (part,) = exam.items[0].parts
    for letter in "ABCD":
        other = replace(exam.items[0], parts=(replace(part, answer=letter),))
        changed = pages(replace(exam, items=(other, exam.items[1])))
        assert {path: changed[path] for path in STUDENT} == {
            path: pages(exam)[path] for path in STUDENT
        }


@pytest.mark.parametrize("level", LEVELS)
def test_no_feedback_and_no_solution_is_on_a_student_page(level: Level) -> None:
    exam = small_exam(level)
    written = pages(exam)
    for item in exam.items:
        assert item.problem
        for part, drawn in zip(item.parts, item.problem.parts, strict=True):
            secrets = [mistake.feedback for mistake in part.misconceptions]
            secrets += [mistake.name for mistake in part.misconceptions]
            secrets.append(wording.solution(item.problem, drawn))
            for path in STUDENT:
                assert not [each for each in secrets if each in written[path]]
