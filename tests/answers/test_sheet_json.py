"""JSON and notebooks: raw text survives, and what is broken costs only itself."""

import codecs
import json
from typing import Any

import pytest

from examgen.answers.sheets import Response, Sheet, SheetFault, read_sheets
from tests.calls import patience

LABELS = ("1", "7a", "7b")


def sheet(text: str, name: str = "") -> Sheet:
    (found,) = read_sheets(text.encode(), LABELS, name)
    return found


def said(found: Sheet) -> list[str]:
    return [found.responses[label].text for label in LABELS]


@pytest.mark.parametrize(
    "text",
    [
        '{"1": "B", "7a": "[[1, 2], [3, 4]]", "7b": "1e-3"}',
        '{"1": "B", "7a": [[1, 2], [3, 4]], "7b": 1e-3}',
        '{"1": "B", "7": {"a": [[1, 2], [3, 4]], "b": 1e-3}}',
        '{"1": "B", "7": {"7a": [[1, 2], [3, 4]], "7b": 1e-3}}',
        '{"answers": {"Q1": "B", "7(a)": [[1, 2], [3, 4]], "7 b": 1e-3}}',
        '{"responses": {"1": "B", "question_7a": [[1, 2], [3, 4]], "7b:": 1e-3}}',
        '{"answers": [{"question": "1", "answer": "B"}, {"label": "7a", "response":'
        ' [[1, 2], [3, 4]]}, {"item": "7b", "value": 1e-3}]}',
        '[{"question": "1", "answer": "B"}, {"question": "7a", "answer": [[1, 2], [3, 4]]},'
        ' {"question": "7b", "answer": 1e-3}]',
    ],
)
def test_an_object_by_label(text: str) -> None:
    found = sheet(text)
    assert said(found) == ["B", "[[1, 2], [3, 4]]", "1e-3"]
    assert found.warnings == ()
    assert found.number == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r'"\frac{1}{2}"', r"\frac{1}{2}"),
        (r'"\\frac{1}{2}"', r"\frac{1}{2}"),
        (r'"\sqrt{2}"', r"\sqrt{2}"),
        (r'"\begin{bmatrix} 1 \\\\ 2 \end{bmatrix}"', r"\begin{bmatrix} 1 \\ 2 \end{bmatrix}"),
        (r'"2 \times 3"', r"2 \times 3"),
        (r'"1\n2"', "1\n2"),
        (r'"\u03c3(2)"', "σ(2)"),
        (r'"a \" b"', 'a " b'),
        ("1_000", "1_000"),
        ("010", "010"),
        (json.dumps('" ' + "[" * 63), '" ' + "[" * 63),
        ("0.10", "0.10"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("1" * 5_000, "1" * 5_000),
        ("-Infinity", "-Infinity"),
        ("null", ""),
        ("true", "true"),
        ('["1/2", "e"]', "[1/2, e]"),
    ],
)
def test_a_response_is_kept_raw(text: str, expected: str) -> None:
    found = sheet(f'{{"7a": {text}, "7b": 2}}')
    assert found.responses["7a"].text == expected


@pytest.mark.parametrize(
    "text",
    [
        '{"1": "B",\n "7a": [[1, 2], [3, 4]]\n "7b": 1/3\n}',
        "{\n“1”: “B”,\n“7a”: “[[1, 2], [3, 4]]”,\n“7b”: 1/3,\n}",
        '{"1": B,\n"7a": [[1, 2], [3, 4]],\n"7b": "1/3"}',
        '{\n"id": "s1",\n"1": "B",\n"7a": "[[1, 2], [3, 4]]",\n"7b": "1/3",\n',
    ],
)
def test_what_is_no_json_is_read_line_by_line(text: str) -> None:
    found = sheet(text)
    assert said(found) == ["B", "[[1, 2], [3, 4]]", "1/3"]
    assert "the file is not valid JSON" in found.warnings[0]


def test_headers_duplicates_and_strange_members() -> None:
    found = sheet('{"name": "Zoë \\u001b[2J", "id": 7, "7a": 1, "7a": 2, "\\u0007x": {"y": [1]}}')
    assert found.headers["id"] == "7"
    assert found.headers["name"].isprintable()
    assert found.responses["7a"] == Response("2", 0)
    assert "7a is answered more than once; the last one counts" in found.warnings
    assert any("belongs to no answer" in warning for warning in found.warnings)
    assert all(warning.isprintable() for warning in found.warnings)


def test_a_list_is_a_class() -> None:
    text = '[{"id": "s1", "7a": 1}, {"student": {"name": "Bob"}, "answers": {"7b": 2}}, 3]'
    ann, bob = read_sheets(text.encode(), LABELS, "class.json")
    assert (ann.headers, bob.headers) == ({"id": "s1"}, {"name": "Bob"})
    assert (said(ann), said(bob)) == (["", "1", ""], ["", "", "2"])
    assert (ann.number, bob.number) == (1, 2)


def test_one_strange_student_costs_no_other() -> None:
    ann, bob, cid = read_sheets(b'[{"id": "s1", "7a": 1}, {}, {"id": "s3", "7a": 2}]', LABELS)
    assert [said(each)[1] for each in (ann, bob, cid)] == ["1", "", "2"]


TEXT = '{"1": "B", "7a": "2", "7b": "3"}'


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        TEXT.replace(", ", ",\r\n").encode(),
    ],
)
def test_encodings(data: bytes) -> None:
    (found,) = read_sheets(data, LABELS, "a.json")
    assert said(found) == ["B", "2", "3"]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"7a": ' + "[" * 100_000, "nested more than 60"),
        ('{"a":' * 50_000, "nested more than 60"),
        ("[1, 2]", "no object with a member"),
        ("[]", "no object with a member"),
        ('"7a: 1"', "no object with a member"),
        ('{"x": 1}', "no member has a label of this exam"),
        ("[" + '{"7a": 1}, ' * 6_000 + "{}]", "at most 5000"),
        ('{"cells": [{"source": "hello"}]}', "no cell has a label of this exam"),
        ('{"cells": [1, null, {"source": {"a": 1}}, {"metadata": []}]}', "no cell has a label"),
    ],
)
def test_what_is_no_sheet_is_refused(text: str, said: str) -> None:
    with pytest.raises(SheetFault, match=said):
        sheet(text, "a.json")


def test_quotes_without_end_are_read_soon() -> None:
    for text in ('{"7a": "' + '\\"' * 400_000, '{"7a": 1}' + '"' * 900_000):
        with patience():
            found = sheet(text, "a.json")
        assert len(found.responses["7a"].text) > 700_000
        assert "the file is not valid JSON; it was read line by line" in found.warnings


def test_brackets_without_an_answer_are_refused_soon() -> None:
    with patience(), pytest.raises(SheetFault, match="no line has a label"):
        sheet("{" * 60 + "}" * 60, "a.json")


def notebook(*cells: dict[str, Any]) -> Sheet:
    return sheet(json.dumps({"cells": cells, "nbformat": 4}), "a.ipynb")


@pytest.mark.parametrize(
    "cell",
    [
        {"source": "7a: [[1, 2],\n[3, 4]]"},
        {"source": ["7a: [[1, 2],\n", "[3, 4]]"]},
        {"source": "**7a:** [[1, 2],\n[3, 4]]"},
        {"source": "# 7a: \n[[1, 2],\n[3, 4]]", "cell_type": "code"},
        {"source": "### Question 7a:\n[[1, 2],\n[3, 4]]"},
        {"source": "[[1, 2],\n[3, 4]]", "metadata": {"tags": ["x", "answer-7a"]}},
        {"source": "7a: [[1, 2],\n[3, 4]]", "metadata": {"tags": ["answer-7a"]}},
        {"source": "# 7a:\n[[1, 2],\n[3, 4]]", "metadata": {"tags": ["Answer_7a"]}},
    ],
)
def test_a_cell_with_a_label_or_a_tag(cell: dict[str, Any]) -> None:
    found = notebook(
        {"source": "# My exam\nname: Ann\nI liked it."},
        {"source": "1: B\n7b: 3", "outputs": [{"text": "1: C"}]},
        cell,
        {"source": "1. a list\n2. of thoughts\n[9, 9]"},
    )
    assert found.headers == {"name": "Ann"}
    assert "".join(found.responses["7a"].text.split()) == "[[1,2],[3,4]]"
    assert found.responses["7a"].line == 3
    assert (said(found)[0], said(found)[2]) == ("B", "3")
    assert found.warnings == ()
