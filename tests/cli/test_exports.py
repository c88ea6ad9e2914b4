"""Final points for Canvas, Moodle and Gradescope, and the totals of a class."""

import csv
from pathlib import Path

import pytest

from tests.cli.classroom import grade, hand_in, key, make_class, sheet

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Homework (11),Quiz (4711),Final Score
    Points Possible,,,,,10,25,
"Lovelace, Ada",101,m1,ada@example.org,001,9,,90
"=Noether, Emmy",102,,emmy,001,8,,80
"Nobody, Known",103,m9,nobody,001,,,
"Student, Test",,,x,001,,,
"""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of which Emmy left item 1 blank, and Sofja handed nothing in."""
    folder = tmp_path_factory.mktemp("exports")
    exam = make_class(folder)
    subs = hand_in(folder / "subs", exam)
    (subs / "m3.txt").unlink()
    (subs / "m2.txt").write_text(sheet(exam, "m2", _1=""), encoding="utf-8")
    assert grade(exam, subs).code == 0
    return exam


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_canvas_gets_its_export_back_with_one_column(exam: Path, tmp_path: Path) -> None:
    export = tmp_path / "canvas export.csv"
    export.write_text(CANVAS, encoding="utf-8-sig")
    done = grade(exam, "-o", tmp_path, "--canvas", export)
    assert done.code == 0, done.err
    assert rows(tmp_path / "canvas.csv") == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Quiz (4711)"],
        ["    Points Possible", "", "", "", "", "25"],
        ["Lovelace, Ada", "101", "m1", "ada@example.org", "001", "25.00"],
        ["'=Noether, Emmy", "102", "", "emmy", "001", "20.00"],
        ["Nobody, Known", "103", "m9", "nobody", "001", ""],
        ["Student, Test", "", "", "x", "001", ""],
    ]
    assert not (tmp_path / "canvas.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_of_two_ids_that_differ_the_school_s_own_counts(exam: Path, tmp_path: Path) -> None:
    """Canvas's number for one student can be another's id."""
    export = tmp_path / "c.csv"
    export.write_text(CANVAS.replace('Ada",101,m1', 'Ada",m2,m1'), encoding="utf-8")
    assert grade(exam, "-o", tmp_path, "--canvas", export).code == 0
    assert [each[-1] for each in rows(tmp_path / "canvas.csv")][2:4] == ["25.00", "20.00"]


def test_who_is_not_in_canvas_is_said(exam: Path, tmp_path: Path) -> None:
    export = tmp_path / "c.csv"
    export.write_text(CANVAS.replace("emmy", "someone").replace(",", ";"), encoding="utf-8")
    done = grade(exam, "-o", tmp_path, "--canvas", export, "--column", "New one")
    assert "m2 is not in c.csv" in done.out
    assert "c.csv has no column 'New one': Canvas will make an assignment of it" in done.out
    assert [each[-1] for each in rows(tmp_path / "canvas.csv")][:2] == ["New one", "25"]


def test_the_column_is_the_one_that_is_meant(exam: Path, tmp_path: Path) -> None:
    """Not another whose title begins alike; and what Canvas has stays where nobody handed in."""
    export = tmp_path / "c.csv"
    lines = CANVAS.splitlines()
    lines[0] = lines[0].replace("Homework (11)", "Quiz (redo) (11)")
    lines[1] = lines[1].replace(",25,", ",30.0,")
    lines[4] = lines[4].replace("001,,,", "001,,EX,")
    export.write_text("\n".join(lines), encoding="utf-8")
    done = grade(exam, "-o", tmp_path, "--canvas", export)
    assert "Quiz (4711) is worth 30.0 points in Canvas, the exam 25" in done.out
    found = rows(tmp_path / "canvas.csv")
    assert [each[-1] for each in found] == ["Quiz (4711)", "30.0", "25.00", "20.00", "EX", ""]
    lines[0] = lines[0].replace("Quiz (redo) (11)", "Quiz (11)")
    export.write_text("\n".join(lines), encoding="utf-8")
    done = grade(exam, "-o", tmp_path, "--canvas", export)
    assert done.code == 2
    assert "2 columns are called 'Quiz'" in done.err and "--column 'Quiz (11)'" in done.err


def test_another_file_is_no_export(exam: Path, tmp_path: Path) -> None:
    export = tmp_path / "c.csv"
    export.write_text("a,b\n1,2\n", encoding="utf-8")
    done = grade(exam, "-o", tmp_path, "--canvas", export)
    assert done.code == 2 and "c.csv:1" in done.err
    assert not (tmp_path / "canvas.csv").exists()


def test_moodle_and_gradescope(exam: Path, tmp_path: Path) -> None:
    assert grade(exam, "-o", tmp_path, "--moodle", "--gradescope").code == 0
    assert rows(tmp_path / "moodle.csv") == [
        ["ID number", "Full name", "Email address", "Quiz"],
        ["m1", "Ada Lovelace", "ada@example.org", "25.00"],
        ["m2", "Emmy Noether", "emmy@example.org", "20.00"],
    ]
    heading, ada, _ = rows(tmp_path / "gradescope.csv")
    assert heading[:7] == [
        *("First Name", "Last Name", "SID", "Email", "Total Score", "Max Points"),
        "1 (5.0 pts)",
    ]
    assert ada[:7] == ["Ada", "Lovelace", "m1", "ada@example.org", "25.00", "25.00", "5.00"]


def test_a_class_has_its_totals(exam: Path, tmp_path: Path) -> None:
    grade(exam, "-o", tmp_path)
    heading, ada, emmy = rows(tmp_path / "totals.csv")
    assert heading[:7] == ["id", "name", "form", "attempts", "days_late", "points", "possible"]
    assert heading[7:] == list(key(exam, "m1"))
    assert ada[:7] == ["m1", "Ada Lovelace", "m1", "1", "0", "25", "25"]
    assert emmy[5:8] == ["20", "25", "0"]
