"""answers.txt: labels in every form, odd bytes, lines that belong to nothing."""

import codecs

import pytest

from examgen.answers.sheets import Response, Sheet, SheetFault, read_sheets
from tests.calls import patience

LABELS = ("1", "2", "3", "7a", "7b", "7c")


def sheet(text: str, labels: tuple[str, ...] = LABELS) -> Sheet:
    return read_sheet(text.encode(), labels)


def read_sheet(data: bytes, labels: tuple[str, ...] = LABELS) -> Sheet:
    (found,) = read_sheets(data, labels)
    return found


def response(text: str, label: str = "7a") -> str:
    return sheet(text).responses[label].text


@pytest.mark.parametrize(
    "line",
    [
        "7a: x",
        "7a:x",
        "7a : x",
        "  7a: x",
        "\t7a:\tx",
        "7A: x",
        "7a) x",
        "7a. x",
        "7a = x",
        "7 a: x",
        "7.a: x",
        "7.a) x",
        "7. a) x",
        "7-a: x",
        "7(a): x",
        "7 (a): x",
        "7 (a) x",
        "(7a): x",
        "(7a) x",
        "Q7a: x",
        "Q7 (a): x",
        "Q. 7a: x",
        "Problem 7a: x",
        "Problem 7a = x",
        "problem 7 (a): x",
        "Part 7a: x",
        "Question 7a: x",
        "Answer 7a: x",
        "Item 7a: x",
        "07a: x",
        "- 7a: x",
        "* 7a: x",
        "> 7a: x",
        "**7a**: x",
        "**7a:** x",
        "**Answer 7a:** x",
        "* **7a:** x",
        "- **7a**: x",
        "> - 7a: x",
        "7a：x",
        "7a\xa0: x",
        "\ufeff7a: x",
        "\u200b7a: x",
    ],
)
def test_labels_in_the_forms_people_write(line: str) -> None:
    found = sheet(line + "\n")
    assert found.responses["7a"] == Response("x", 1)
    assert [warning for warning in found.warnings if "line 1" in warning] == []


@pytest.mark.parametrize(
    "text",
    [
        "no",
        "1_000",
        "1:30",
        "010",
        "1e-3",
        "2024-01-01",
        "{1,2}",
        "[[1 2],[3 4]]",
        "C #2",
        r'"\frac{1}{2}"',
        "softmax: turns logits into weights",
        "*W",
        "@x",
        "`relu`",
        "|x|",
        "%5",
        "- 5",
        "?",
        "x = 3",
        "7b",
        "−0.5",
        "a: b: c",
    ],
)
def test_a_response_is_kept_raw(text: str) -> None:
    assert response(f"7a: {text}\n7b: 2\n") == text
    assert response(f"7a: {text}\n7b: 2\n", "7b") == "2"


def test_the_whole_sheet() -> None:
    found = sheet(
        """# Practice exam
# A line starting with # is ignored
exam: abc123
form: A
name: Ann O'Neil
id:   s-12

# Multiple choice
1: B
2:
3:

7a: [[1, 2],
     [3, 4]]
7b: 1 2
    3 4
7c: it turns scores
  into weights
# the end
"""
    )
    assert found.headers == {"exam": "abc123", "form": "A", "name": "Ann O'Neil", "id": "s-12"}
    assert found.responses == {
        "1": Response("B", 9),
        "2": Response("", 10),
        "3": Response("", 11),
        "7a": Response("[[1, 2],\n     [3, 4]]", 13),
        "7b": Response("1 2\n    3 4", 15),
        "7c": Response("it turns scores\n  into weights", 17),
    }
    assert found.warnings == ()


ALL = "".join(f"{label}: {label}!\n" for label in LABELS)


@pytest.mark.parametrize(
    "data",
    [
        ALL.encode(),
        ALL.replace("\n", "\r\n").encode(),
        ALL.replace("\n", "\r").encode(),
        ALL.encode("utf-8-sig"),
        codecs.BOM_UTF16_LE + ALL.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + ALL.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + ALL.encode("utf-32-le"),
        ALL.encode("utf-16-le"),
        ALL.encode("utf-16-be"),
        ALL.rstrip("\n").encode(),
        b"\n\n" + ALL.encode(),
    ],
)
def test_encodings_and_line_ends(data: bytes) -> None:
    found = read_sheet(data, LABELS)
    assert {label: each.text for label, each in found.responses.items()} == {
        label: f"{label}!" for label in LABELS
    }
    assert found.warnings == ()


def test_windows_1252_is_read_where_utf_8_fails() -> None:
    assert read_sheet("name: Zoë\n1: x – y\n".encode("cp1252"), ("1",)).headers["name"] == "Zoë"


def test_duplicates_warn_and_the_last_that_is_not_blank_wins() -> None:
    found = sheet("7a: 1\n7a: 2\n7a:\n1: B\n2: A\n3: A\n7b: 1\n7c: 1\n")
    assert found.responses["7a"] == Response("2", 2)
    assert found.warnings == (
        "line 2: 7a is answered more than once (lines 1, 2); the last one counts",
    )


def test_missing_and_foreign_labels_are_reported() -> None:
    found = sheet("1: B\n2: A\n7a: 1\n7b: 1\n7c: 1\n9: x\n7d: y\n  more\n")
    assert found.responses["3"] == Response("", 0)
    assert 'line 6: there is no answer "9" in this exam' in found.warnings
    assert 'line 7: there is no answer "7d" in this exam' in found.warnings
    assert 'line 8: "more" belongs to no answer and was ignored' in found.warnings
    assert "no line has the label 3" in found.warnings


def test_all_labels_that_are_missing_are_one_warning() -> None:
    labels = tuple(f"{number}" for number in range(1, 101))
    warnings = read_sheet(b"1: B\n", labels).warnings
    assert len(warnings) == 1
    assert warnings[0].startswith("no line has the labels 2, 3, 4, 5")
    assert warnings[0].endswith(", 61, … (99 in all)")


def test_lines_without_labels_are_no_sheet_though_they_say_whose_they_are() -> None:
    """It would earn nothing, and nobody would look at it."""
    with pytest.raises(SheetFault, match="no line has a label of this exam, such as 1:"):
        sheet("name: Ann\nid: 7\n1 B\n7a [1, 2]\n7b 3\n")
    assert sheet("name: Ann\nid: 7\n").headers == {"name": "Ann", "id": "7"}


def test_a_stray_line_is_reported_and_costs_nothing() -> None:
    found = sheet("7a: 1\nI was ill.\n7b: 2\n")
    assert found.responses["7a"].text == "1"
    assert found.responses["7b"].text == "2"
    assert 'line 2: "I was ill." belongs to no answer and was ignored' in found.warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7a:\n[[1, 2], [3, 4]]\n7b: 1\n", "[[1, 2], [3, 4]]"),
        ("7a:\ne/(1+e)\n", "e/(1+e)"),
        ("7a:\n1 2\n3 4\n", "1 2\n3 4"),
        ("7a: 1 2\n3 4\n", "1 2\n3 4"),
        ("7a: 1, 2\n3, -inf\n", "1, 2\n3, -inf"),
    ],
)
def test_an_answer_below_its_label_is_taken_with_a_warning(text: str, expected: str) -> None:
    found = sheet(text)
    assert found.responses["7a"].text == expected
    assert "line 2: taken as part of the answer to 7a" in found.warnings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("7a: [[1, 2],\n[3, 4]]\n", "[[1, 2],\n[3, 4]]"),
        ("7a: [\n1, 2\n]\n", "[\n1, 2\n]"),
        ("7a: \\left(1,\n2\\right)\n", "\\left(1,\n2\\right)"),
        ("7a: (1,\n7b: 2)\n", "(1,"),
        ("7a: 1)\n 2\n", "1)\n 2"),
    ],
)
def test_open_brackets_continue_a_line_but_never_swallow_a_label(text: str, expected: str) -> None:
    assert response(text) == expected


def test_a_numbered_line_of_an_answer_is_no_other_answer() -> None:
    found = sheet("1: B\n2: C\n7c: first\n  1. one\n  2) two\n1. one\n3) A\n")
    assert found.responses["1"].text == "B"
    assert found.responses["2"].text == "C"
    assert found.responses["3"].text == "A"
    assert found.responses["7c"].text == "first\n  1. one\n  2) two"


def test_a_decimal_is_no_label() -> None:
    assert response("7a:\n 1.5 2\n 3.5 4\n") == "1.5 2\n 3.5 4"
    assert sheet("7a: 1\n1.5 2.5\n").responses["1"].text == ""


def test_a_row_behind_a_comment_belongs_to_no_answer() -> None:
    found = sheet("7a: 1 2\n# a comment\n3 4\n")
    assert found.responses["7a"].text == "1 2"
    assert any("ignored" in warning for warning in found.warnings)


def test_comments_are_full_lines() -> None:
    assert response("7a: 1\n# 7a: 2\n   # 7a: 3\n") == "1"
    assert response("7a: C #2\n") == "C #2"


def test_headers_may_stand_anywhere_but_not_within_an_answer() -> None:
    found = sheet("7a: x\n  name: of the variable\nname: Ann\nid: 1\nid: 2\n**form:** B\n")
    assert found.headers == {"name": "Ann", "id": "2", "form": "B"}
    assert found.responses["7a"].text == "x\n  name: of the variable"
    assert "line 5: id stands here a second time; the last one counts" in found.warnings


def test_headers_may_be_quoted_as_in_toml() -> None:
    found = sheet("exam = \"ab12\"\nform = 'B'\n- **name:** “Ann”\nid: O'Neill'\n7a = 1\n")
    assert found.headers == {"exam": "ab12", "form": "B", "name": "Ann", "id": "O'Neill'"}


def test_markdown_around_the_answers_is_passed_over() -> None:
    found = sheet("```\n7a: 1\n```\n---\n7b: 2\n")
    assert found.responses["7a"].text == "1"
    assert not any("ignored" in warning for warning in found.warnings)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (b"\x00" * 100, "empty"),
        (b"PK\x03\x04" + b"x" * 100, "zip"),
        (b"%PDF-1.7\n1: B\n", "PDF"),
        (b"\x89PNG\r\n", "picture"),
        (b"{\\rtf1 1: B}", "Rich Text"),
        (b"1: B\n\x00\x01\x02\n", "not a text file"),
        (b"hello\nworld\n", "no line has a label"),
        (b"8: B\n", "no line has a label"),
        (b"1: B\n" + b"x" * 1_000_000, "at most 1000000"),
    ],
)
def test_what_is_no_answer_sheet_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(SheetFault, match=said):
        read_sheet(data, LABELS)


def test_messages_have_no_control_characters() -> None:
    found = sheet("1: B\nname: \x1b[31mAnn\n\n\x1b[2J stray\x07\n7\x1b: 1\n" + "y" * 5000 + "\n")
    assert all(warning.isprintable() for warning in found.warnings)
    assert all(len(warning) < 200 for warning in found.warnings)
    assert found.headers["name"].isprintable()


def test_a_sheet_of_the_largest_size_is_read_soon() -> None:
    for line in ("7a: [1,\n", "(" * 60 + "\n", "7 \n", " " * 80 + "\n", "1 2 3\n"):
        with patience():
            found = read_sheet((b"1: B\n" + line.encode() * 9_998)[:1_000_000], LABELS)
        assert list(found.responses) == list(LABELS)
        assert any(each.text for each in found.responses.values())


@pytest.mark.parametrize(
    "text",
    [
        "answers:\n  1: B\n  7a: '[1, 2]'\n  7b: 3\n",
        "answers:\n  1: B\n  7:\n    a: '[1, 2]'\n    b: 3\n",
        "1: B\n7:\n(a) '[1, 2]'\n(b) 3\n",
        "1: B\n7.\na) '[1, 2]'\nb) 3\n",
        "1: B\n7a: |\n  '[1, 2]'\n7b: >-\n  3\n",
        "---\n- 1: B\n- 7a: '[1, 2]'\n- 7b: 3\n...\n",
        "[answers]\n1 = B\n7a = '[1, 2]'\n7b = 3\n",
        '1 = B\n7a = """\n\'[1,\n 2]\'\n"""\n7b = 3\n',
        '1 = B\n7a = """\'[1,\n 2]\'"""\n7b = 3\n',
        "answers:\n  '1': B\n  \"7a\": '[1, 2]'\n  7b: 3\n",
        "answers:\n  '1' : B\n  '7':\n    'a': '[1, 2]'\n    \"b\": 3\n",
        "- '1': B\n- '7a': '[1, 2]'\n- '7b': 3\n",
        "[answers]\n\"1\" = B\n\"7a\" = '[1, 2]'\n'7b' = 3\n",
    ],
)
@pytest.mark.parametrize("labels", [("1", "7a", "7b"), None])
def test_yaml_and_toml_are_read_by_the_line(text: str, labels: tuple[str, ...] | None) -> None:
    (found,) = read_sheets(text.encode(), labels)
    said = {label: each.text.replace("\n", "") for label, each in found.responses.items()}
    assert said == {"1": "B", "7a": "'[1, 2]'", "7b": "3"}
    assert found.warnings == ()


def test_a_header_may_have_quotation_marks_as_labels_may() -> None:
    found = sheet('"exam" = "ab12"\n\'id\': \'7\'\n"1" = "B"\n')
    assert found.headers == {"exam": "ab12", "id": "7"}
    assert found.responses["1"].text == '"B"'


def test_what_only_begins_with_a_quotation_mark_is_no_label() -> None:
    found = sheet("7a: x\n  '7b: 3\n  \"7b': 3\n1: B\n")
    assert found.responses["7b"].text == ""


def test_a_quotation_that_is_never_closed_swallows_no_other_answer() -> None:
    assert response('7a = """\n1 2\n7b = 3\n', "7b") == "3"


def test_an_item_with_an_answer_but_no_such_label_is_reported() -> None:
    found = sheet("7: [1, 2]\n1: B\n")
    assert 'line 1: there is no answer "7" in this exam' in found.warnings


def test_an_unknown_exam_has_the_labels_of_its_sheet() -> None:
    text = "# 1 to 2: one letter (A–D)\n1: B\n2: C\n\n# 3a to 3c: an integer\n"
    text += "3a: 1\n  2) x\n3c: 4\n9: 1\n"
    (found,) = read_sheets(text.encode())
    said = {label: each.text for label, each in found.responses.items()}
    assert said == {"1": "B", "2": "C", "3a": "1\n  2) x", "3b": "", "3c": "4", "9": "1"}
    assert found.hints["3b"] == "an integer"
    assert found.warnings == (
        "line 9: no hint names 9: it may not be a label of this exam",
        "no line has the label 3b",
    )


def test_hints_without_end_are_read_no_further() -> None:
    found = read_sheets(b"1: B\n" + b"# 1 to 999: x\n" * 9_000)[0]
    assert len(found.responses) == 999
    assert len(found.warnings) < 1000


def test_a_file_of_very_many_lines_is_no_sheet() -> None:
    assert read_sheet(b"7a: 3\n" + b"\n" * 9_998).responses["7a"].text == "3"
    with pytest.raises(SheetFault, match="more than 10000 lines"):
        read_sheets(b"7a: 3\n" + b"\n" * 10_000, LABELS)
