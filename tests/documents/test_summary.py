"""The summary on the terminal."""

from dataclasses import replace
from fractions import Fraction

import pytest

from examgen.answers import Verdict
from examgen.documents.summary import write_summary
from examgen.grading.marks import GradedSheet, Grades, RefusedSheet
from tests.documents.exams import HOSTILE, mark, sheet, small_exam


def summary(*sheets: GradedSheet, refused: tuple[RefusedSheet, ...] = ()) -> str:
    exam = small_exam()
    return write_summary(Grades(exam.id, exam.points, sheets, refused), exam)


def test_sheets_and_mean_come_first() -> None:
    exam = small_exam()
    half = mark("2a", Verdict.PARTIAL, points=Fraction(1))
    text = summary(sheet(exam), sheet(exam, half))
    assert (
        text.splitlines()[0]
        == f"Practice Midterm, exam {exam.id}: 2 sheets, mean 24.5 of 25 points"
    )
    assert "    2a  ###############        75 %\n" in text
    assert "     1  ####################  100 %\n" in text


def test_no_sheet_divides_nothing() -> None:
    assert summary() == f"Practice Midterm, exam {small_exam().id}: 0 sheets"


def test_the_commonest_mistakes_come_first() -> None:
    exam = small_exam()
    marks = [
        mark("2a", Verdict.MISCONCEPTION, misconceptions=("turns_it", "adds_it")),
        mark("2b", Verdict.MISCONCEPTION, misconceptions=("turns_it",)),
    ]
    text = summary(sheet(exam, *marks))
    assert "Commonest mistakes:\n    2 × turns it (2a, 2b)\n    1 × adds it (2a)" in text


def test_only_the_commonest_are_listed() -> None:
    exam = small_exam()
    many = tuple(f"mistake_{number:02}" for number in range(11))
    text = summary(sheet(exam, mark("2a", Verdict.MISCONCEPTION, misconceptions=many)))
    assert text.count(" × mistake") == 8
    assert "  and 3 more" in text


def test_what_needs_a_person_is_listed_by_file_and_label() -> None:
    exam = small_exam()
    text = summary(
        sheet(
            exam,
            mark("2a", Verdict.UNREADABLE, reason='I do not know "q"'),
            mark("2b", Verdict.PERSON),
            mark("2c", Verdict.WRONG, reason="no"),
        )
    )
    assert (
        "Needs a person:\n"
        "  ada.txt: 2b waits for a person\n"
        '  ada.txt: 2a could not be read (I do not know "q")'
    ) in text
    assert "2c " not in text.split("Needs a person")[1]


def test_words_that_wait_on_all_sheets_are_one_line() -> None:
    """Of a large class nobody would see what else is to be looked at."""
    exam = small_exam()
    waiting = mark("2b", Verdict.PERSON, reason="a person marks this by the rubric")
    text = summary(*(sheet(exam, waiting, file=f"{n}.txt") for n in range(300)))
    (block,) = [each for each in text.split("\n\n") if each.startswith("Needs a person:")]
    assert block == "Needs a person:\n  2b waits for a person on 300 sheets"


def test_what_is_odd_about_many_is_said_once() -> None:
    """A column that a table lacks is missing for everybody."""
    exam = small_exam()
    odd = [
        replace(sheet(exam, file=f"a.csv#{n}"), warnings=("no column 2b", f"line {n}: what?"))
        for n in (1, 2, 3)
    ]
    lines = summary(*odd).partition("Warnings:\n")[2].splitlines()
    assert lines == [
        "  a.csv#1 and 2 more: no column 2b",
        "  a.csv#1: line 1: what?",
        "  a.csv#2: line 2: what?",
        "  a.csv#3: line 3: what?",
    ]


def test_refused_files_and_warnings_are_listed() -> None:
    exam = small_exam()
    odd = replace(sheet(exam), warnings=("line 3: what?",))
    text = summary(odd, refused=(RefusedSheet("b.txt", "it is for another exam"),))
    assert "Refused:\n  b.txt: it is for another exam" in text
    assert "Warnings:\n  ada.txt: line 3: what?" in text


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_acts_on_the_terminal(text: str) -> None:
    exam = small_exam()
    wrong = mark("2a", Verdict.UNREADABLE, text, reason=text, misconceptions=(text,))
    odd = replace(sheet(exam, wrong, name=text, file=text), id=text, warnings=(text,))
    plain = summary(odd, refused=(RefusedSheet(text, text),))
    assert plain.replace("\n", "").isprintable()
    assert max(map(len, plain.splitlines())) <= 210
