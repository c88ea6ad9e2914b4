"""Records of a class: what forms have in common is read once, however a record is laid out."""

import json
from dataclasses import replace
from functools import lru_cache

import pytest

from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.forms import plan
from examgen.exams.record import read_printed, read_record, write_record
from examgen.faults import Fault


@lru_cache
def two_forms() -> tuple[Exam, Exam]:
    planned = plan(replace(find_blueprint("midterm"), variants=1), "records")
    return planned.form("A"), planned.form("B")


def test_forms_with_the_same_variants_share_their_items() -> None:
    one, other = (read_record(write_record(exam)) for exam in two_forms())
    assert (one, other) == two_forms()
    assert [id(item) for item in one.items] == [id(item) for item in other.items]
    assert all(item.problem is not None for item in one.items)


def test_a_record_that_is_laid_out_otherwise_says_the_same() -> None:
    exam, _ = two_forms()
    text = write_record(exam)
    for indent in (None, 2):
        assert read_printed(json.dumps(json.loads(text), indent=indent)) == read_printed(text)
    crlf = text.replace("\n", "\r\n")
    assert read_printed(crlf) == read_printed(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"schema": 1', '"schema": 2'),
        ('"schema": 1,', ""),
        ('"items": [', '"things": ['),
        ("\n ]\n}", "\n ]\n"),
        ("\n ]\n}", "\n ]\n}}"),
        (",\n  {", ",,\n  {"),
        (",\n  {", ",\n  7,\n  {"),
        ('"points": ', '"points": "many", "was": '),
    ],
)
def test_a_faulty_line_is_said_as_in_any_record(old: str, new: str) -> None:
    text = write_record(two_forms()[0])
    assert old in text
    with pytest.raises(Fault, match=r"^A/exam\.json"):
        read_printed(text.replace(old, new, 1), "A/exam.json")


def test_what_stands_in_a_text_is_no_line() -> None:
    exam = two_forms()[0]
    title = 'Midterm\n "items": [\n  {}\n ]\n}\n'
    strange = replace(exam, blueprint=replace(exam.blueprint, title=title))
    assert read_printed(write_record(strange)).blueprint.title == title
