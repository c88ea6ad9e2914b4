"""Rosters as Canvas, Gradescope and people write them, and names that are safe for files."""

import re

import pytest

from examgen.exams.form_names import form_name, lettered
from examgen.exams.roster import Student, read_roster
from examgen.faults import Fault, Faults

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Midterm (4711)
    Points Possible,,,,,100
"Curie, Marie",101,m123,mcurie@example.edu,001,
"Noether, Emmy",102,m124,enoether@example.edu,001,
"Student, Test",,,,001,
"""
GRADESCOPE = """First Name,Last Name,SID,Email,Role
Marie,Curie,m123,mc@example.edu,Student
Emmy,Noether,m124,en@example.edu,Student
Terence,Teacher,m999,tt@example.edu,Instructor
"""


def read(text: str) -> tuple[Student, ...]:
    return read_roster(text.encode(), "roster.csv")


def test_canvas_passes_over_its_own_rows() -> None:
    assert [(each.id, each.name) for each in read(CANVAS)] == [
        ("m123", "Marie Curie"),
        ("m124", "Emmy Noether"),
    ]


def test_canvas_without_sis_ids_is_told_apart_by_its_own() -> None:
    """The column is there all the same, and the test student has a number like everybody."""
    none = CANVAS.replace("m123", "").replace("m124", "")
    found = read(none.replace('"Student, Test",,', '"Student, Test",103,'))
    assert [(each.id, each.name) for each in found] == [
        ("101", "Marie Curie"),
        ("102", "Emmy Noether"),
    ]
    with pytest.raises(Faults, match="no id for 'Marie Curie'"):
        read(CANVAS.replace("m123", ""))


def test_gradescope_passes_over_the_staff() -> None:
    assert read(GRADESCOPE) == (
        Student("m123", "Marie Curie", "mc@example.edu"),
        Student("m124", "Emmy Noether", "en@example.edu"),
    )


@pytest.mark.parametrize(
    "text",
    [
        "id,name,email\n7,Ada Lovelace,ada@example.org\n",
        "Name;E-Mail;Student ID\nAda Lovelace;ada@example.org;7\n",
        "\ufeffemail\tname\tid\r\nada@example.org\tLovelace, Ada\t7\r\n",
    ],
)
def test_plain_tables(text: str) -> None:
    assert read(text) == (Student("7", "Ada Lovelace", "ada@example.org"),)


def test_an_address_is_an_id_where_there_is_no_other() -> None:
    (student,) = read("name,email\nAda,ada@example.org\n")
    assert student.id == "ada@example.org"
    assert re.fullmatch(r"ada-example-org-[0-9a-f]{10}", student.form)


def test_all_faults_are_said_at_once_with_their_lines() -> None:
    with pytest.raises(Faults) as caught:
        read("id,name\n1,Ada\n,Bob\n1,Cleo\n")
    assert [fault.where for fault in caught.value.faults] == ["roster.csv:3", "roster.csv:4"]


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "id,name\n", "", "PK\x03\x04"])
def test_what_is_no_roster_is_refused(text: str) -> None:
    with pytest.raises((Fault, Faults), match=r"roster\.csv"):
        read(text)


def test_names_lose_what_does_not_print() -> None:
    (student,) = read('id,name\n7,"Ada\x1b[31m\n Love\u202elace"\n')
    assert student.name == "Ada[31m Lovelace"


@pytest.mark.parametrize(
    "student", ["../../etc/passwd", "a/b", "", ".", "..", "con", "NUL.txt", "x" * 500, "é/é", "a b"]
)
def test_a_form_is_safe_as_a_file_name(student: str) -> None:
    name = form_name(student)
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", name)
    assert name != form_name(student + " ")


def test_a_plain_id_is_its_form() -> None:
    assert form_name("m123") == "m123"
    assert form_name("2026.11-a_b") == "2026.11-a_b"


def test_ids_that_no_file_system_tells_apart_are_refused() -> None:
    with pytest.raises(Faults, match="stands in line 2 too"):
        read("id,name\nab,Ada\nAB,Bob\n")


def test_letters_go_on_after_z() -> None:
    assert lettered(28)[-3:] == ["Z", "AA", "AB"]
