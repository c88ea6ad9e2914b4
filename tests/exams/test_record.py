"""Records of a class: what forms have in common is read once, however a record is laid out."""

import json
from dataclasses import replace
from functools import lru_cache

import pytest

from examgen.exams import record
from examgen.exams.blueprint_file import find_blueprint
from examgen.exams.exam import Exam
from examgen.exams.forms import plan
from examgen.exams.record import read_labels, read_printed, read_record, write_record
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


def labels_of(exam: Exam) -> tuple[str, ...]:
    return tuple(part.label for part in exam.parts)


def test_labels_are_found_without_reading_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    exam, _ = two_forms()
    text = write_record(exam)
    indented = json.dumps(json.loads(text), indent=1)
    assert read_labels(indented) == labels_of(exam)
    monkeypatch.setattr(record, "read_printed", None)
    assert read_labels(text) == labels_of(exam)


@pytest.mark.parametrize("place", ["givens", "definition"])
@pytest.mark.parametrize("label", ["A", "1a", "9b"])
def test_a_table_that_begins_like_a_part_is_none(place: str, label: str) -> None:
    exam, _ = two_forms()
    table = {"given": {"label": label}}
    items = tuple(
        replace(item, givens=table) if place == "givens" else replace(item, definition=table)
        for item in exam.items
    )
    assert read_labels(write_record(replace(exam, items=items))) == labels_of(exam)


def test_what_looks_like_a_part_within_a_text_is_none() -> None:
    exam, _ = two_forms()
    first, *rest = exam.items
    parts = tuple(replace(part, answer='{"label": "1b"') for part in first.parts)
    strange = replace(exam, items=(replace(first, parts=parts), *rest))
    assert read_labels(write_record(strange)) == labels_of(exam)


@pytest.mark.parametrize("text", ["", "{}", '{"schema": 1,\n "items": [\n\n ]\n}\n'])
def test_no_record_has_no_labels(text: str) -> None:
    with pytest.raises(Fault, match=r"^A/exam\.json"):
        read_labels(text, "A/exam.json")


def test_what_stands_in_a_text_is_no_line() -> None:
    exam = two_forms()[0]
    title = 'Midterm\n "items": [\n  {}\n ]\n}\n'
    strange = replace(exam, blueprint=replace(exam.blueprint, title=title))
    assert read_printed(write_record(strange)).blueprint.title == title
