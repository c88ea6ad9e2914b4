"""Tables of a class: a row for each student, or for each answer."""

import codecs

import pytest

from examgen.answers.sheets import Sheet, SheetFault, read_sheets
from tests.calls import patience

LABELS = ("1", "7a", "7b")


def sheets(text: str, name: str = "class.csv") -> list[Sheet]:
    return read_sheets(text.encode(), LABELS, name)


def said(sheet: Sheet) -> list[str]:
    return [sheet.responses[label].text for label in LABELS]


WIDE = 'id,name,1,7a,7b\ns1,Ann,B,"[[1, 2], [3, 4]]",1/3\ns2,Bob,C,,x\n'


@pytest.mark.parametrize(
    "heading",
    [
        "id,name,1,7a,7b",
        "ID,Name,Q1,Q7a,Q7b",
        "Student_ID,Full name,1: What is it?,7a: Compute z,7b. Compute h",
        "email address,name,Question 1,7 (a) Compute,7 [b]",
        "id,name,1234: What is it?,1235: Compute,1236: Compute",
        "id,name,12341: 1 What?,12342: **7a** Compute,12343: (7b) Compute",
    ],
)
def test_a_row_for_each_student(heading: str) -> None:
    ann, bob = sheets(WIDE.replace("id,name,1,7a,7b", heading))
    assert ann.headers == {"id": "s1", "name": "Ann"}
    assert bob.headers == {"id": "s2", "name": "Bob"}
    assert said(ann) == ["B", "[[1, 2], [3, 4]]", "1/3"]
    assert said(bob) == ["C", "", "x"]
    assert (ann.number, bob.number) == (1, 2)
    assert ann.warnings == bob.warnings == ()


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "sep=;\r"])
def test_a_line_that_tells_excel_the_delimiter_is_no_heading(line: str) -> None:
    (ann,) = sheets(f"{line}\nid;name;1;7a;7b\ns1;Ann;B;1 2; 3 4;1/3\n".replace("; 3", ", 3"))
    assert ann.headers == {"id": "s1", "name": "Ann"}
    assert said(ann) == ["B", "1 2, 3 4", "1/3"]


LONG = 'student,question,answer\ns1,1,B\ns1,7a,"[[1, 2], [3, 4]]"\ns2,7b,x\ns1,7b,1/3\ns2,1,C\n'


@pytest.mark.parametrize("heading", ["student,question,answer", "ID,Label,Response"])
def test_a_row_for_each_answer(heading: str) -> None:
    ann, bob = sheets(LONG.replace("student,question,answer", heading), "")
    assert (ann.headers, bob.headers) == ({"id": "s1"}, {"id": "s2"})
    assert said(ann) == ["B", "[[1, 2], [3, 4]]", "1/3"]
    assert said(bob) == ["C", "", "x"]
    assert ann.warnings == ()
    assert bob.warnings == ("no line has the label 7a",)


@pytest.mark.parametrize("text", ["question,answer\n1,B\n7a,2\n7b,3\n", "1,B\n7a,2\n7b,3\n"])
def test_a_table_of_one_student_has_no_number(text: str) -> None:
    (found,) = sheets(text)
    assert said(found) == ["B", "2", "3"]
    assert found.number == 0


@pytest.mark.parametrize(
    "data",
    [
        WIDE.encode("utf-8-sig"),
        WIDE.replace("\n", "\r\n").encode(),
        codecs.BOM_UTF16_LE + WIDE.encode("utf-16-le"),
        WIDE.encode("utf-16-be"),
        b"id;name;1;7a;7b\ns1;Ann;B;[[1, 2], [3, 4]];1/3\ns2;Bob;C;;x\n",
        b"id\tname\t1\t7a\t7b\ns1\tAnn\tB\t[[1, 2], [3, 4]]\t1/3\ns2\tBob\tC\t\tx\n",
    ],
)
def test_encodings_and_separators(data: bytes) -> None:
    ann, bob = read_sheets(data, LABELS)
    assert ann.headers["name"] == "Ann"
    assert said(ann) == ["B", "[[1, 2], [3, 4]]", "1/3"]
    assert said(bob) == ["C", "", "x"]


@pytest.mark.parametrize(
    "broken",
    [
        's3,Cid,B,"[1, 2,3\n',
        's3,"Cid,B,1,2\n',
        's3,Cid,"B\n',
        "s3\n",
        "s3,Cid,B,1,2,3,4,5\n",
        's3,Cid,5" tall,1\n',
        "s3," + "x" * 150_000 + "\n",
    ],
)
def test_a_broken_row_costs_no_other_row(broken: str) -> None:
    first, rest = WIDE.split("s2,")
    found = sheets(f"{first}{broken}s2,{rest}")
    ann, cid, bob = found
    assert said(ann) == ["B", "[[1, 2], [3, 4]]", "1/3"]
    assert said(bob) == ["C", "", "x"]
    assert cid.headers["id"] == "s3"
    assert any("cells where the heading has 5" in warning for warning in cid.warnings)
    assert all(warning.isprintable() for warning in cid.warnings)


def test_two_broken_rows_are_not_one() -> None:
    ann, bob, cid = sheets('id,1,7a,7b\ns1,"B,1,2\ns2,C,"3,4\ns3,D,5,6\n')
    assert [each.headers["id"] for each in (ann, bob, cid)] == ["s1", "s2", "s3"]
    assert (said(bob)[0], said(cid)) == ("C", ["D", "5", "6"])


def test_an_exported_column_that_names_its_label_needs_no_order() -> None:
    (ann,) = sheets("id,1234: 7b Compute,1235: Question 1,1.0\ns1,3,B,5\n")
    assert said(ann) == ["B", "", "3"]


def test_a_cell_may_have_several_lines() -> None:
    ann, bob = sheets('id,1,7a,7b\ns1,B,"1 2\n3 4","a ""b"""\ns2,C,1,2\n')
    assert said(ann) == ["B", "1 2\n3 4", 'a "b"']
    assert ann.responses["7a"].line == 2
    assert bob.responses["7a"].line == 4


def test_a_row_about_nothing_asked_is_reported() -> None:
    (ann,) = sheets("student,question,answer\ns1,9z,B\ns1,1,C\ns1,\x1b[2J,D\n")
    assert said(ann)[0] == "C"
    assert 'line 2: there is no answer "9z" in this exam' in ann.warnings
    assert all(warning.isprintable() for warning in ann.warnings)


def test_two_columns_with_one_label() -> None:
    (ann,) = sheets("id,1,1,7a,7b\ns1,B,,2,3\n")
    assert said(ann) == ["B", "2", "3"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,name,essay\ns1,Ann,x\n", "no column is headed by a label"),
        ("id,1,7a\n", "no rows"),
        ("id,1234: a,1235: b\ns1,B,C\n", "no column is headed by a label"),
        ("id,1\n" + "s,B\n" * 6_000, "more than 5000 students"),
    ],
)
def test_what_is_no_table_of_answers_is_refused(text: str, said: str) -> None:
    with pytest.raises(SheetFault, match=said):
        sheets(text)


@pytest.mark.parametrize("name", ["answers.csv", "answers.txt", ""])
def test_lines_in_a_table_s_clothes_are_lines(name: str) -> None:
    (found,) = sheets("exam: x\n1: B, or so\n7a: 1, 2\n7b: 3\n", name)
    assert said(found) == ["B, or so", "1, 2", "3"]


def test_an_unknown_exam_has_the_labels_of_its_columns() -> None:
    ann, _ = read_sheets(WIDE.encode(), None, "class.csv")
    assert list(ann.responses) == list(LABELS)


def test_a_table_of_the_largest_size_is_read_soon() -> None:
    for row in ('"a\n', "\n" * 98 + 'x"a', "s,B,1,2\n", '"""\n', "s,,,\n"):
        text = ("id,1,7a,7b\n" + row * 300_000)[:3_000_000]
        with patience(), pytest.raises(SheetFault):
            sheets(text)
