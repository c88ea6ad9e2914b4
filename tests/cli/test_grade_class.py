"""A class graded: sheets find their forms, nothing is marked twice, nothing is lost."""

import csv
import os
import re
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import pytest

from examgen.cli import pools
from examgen.cli.grading import grading_run, marking_pool
from examgen.grading.grade import mark_responses
from examgen.grading.gradebook import schema
from tests.cli.classroom import (
    QUIZ,
    grade,
    hand_in,
    key,
    make_class,
    make_single,
    record,
    sheet,
)
from tests.cli.running import examgen


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class's exam, to be copied."""
    return make_class(tmp_path_factory.mktemp("class"))


@pytest.fixture
def exam(drawn: Path, tmp_path: Path) -> Path:
    """The class's exam, with no gradebook yet."""
    target = tmp_path / "exam"
    for path in drawn.rglob("*"):
        if path.is_file():
            copy = target / path.relative_to(drawn)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return target


def rows(exam: Path) -> list[dict[str, str]]:
    """grades.csv."""
    with (exam / "instructor/grades/grades.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def counting(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The forms marked from here on."""
    seen: list[str] = []

    def marking(exam: object, *arguments: object, **options: object) -> object:
        seen.append(exam.form)  # type: ignore[attr-defined]
        return mark_responses(exam, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(marking_pool, "mark_responses", marking)
    return seen


def test_each_sheet_is_marked_against_its_own_form(exam: Path, tmp_path: Path) -> None:
    assert key(exam, "m1") != key(exam, "m2")
    done = grade(exam, hand_in(tmp_path / "subs", exam))
    assert done.code == 0, done.err
    assert [(row["id"], row["name"], row["points"]) for row in rows(exam)] == [
        ("m1", "Ada Lovelace", "25"),
        ("m2", "Emmy Noether", "25"),
        ("m3", "Sofja Kowalewskaja", "25"),
    ]
    assert "All" in (exam / "instructor/grades/m1.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("left", "told"),
    [("form:", "its form"), ("id:", "its id"), ("name:", "its name"), ("", "the file's name")],
)
def test_without_its_exam_a_sheet_is_matched_by_the_roster(
    exam: Path, tmp_path: Path, left: str, told: str
) -> None:
    lines = sheet(exam, "m2").splitlines()
    heads = [line for line in lines if line.startswith(("exam:", "form:", "name:", "id:"))]
    kept = [line for line in lines if line not in heads or (left and line.startswith(left))]
    path = tmp_path / "noether_m2_4711_answers.txt"
    path.write_text("\n".join(line for line in kept if not line.startswith("# Quiz")), "utf-8")
    done = grade(exam, path)
    assert [(row["id"], row["points"]) for row in rows(exam)] == [("m2", "25")]
    assert f"matched by {told}" in done.out


@pytest.mark.parametrize("id_", ["emmy@example.org", "EMMY@example.org", "emmy"])
@pytest.mark.parametrize("left_out", ["", "exam"])
def test_an_email_address_is_an_id(exam: Path, tmp_path: Path, id_: str, left_out: str) -> None:
    """As a form on the web collects it."""
    answers = {"exam": record(exam, "m2")["id"], "Email Address": id_, **key(exam, "m2")}
    answers.pop(left_out, None)
    with (tmp_path / "form.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["Timestamp", *answers], ["today", *answers.values()]])
    done = grade(exam, tmp_path / "form.csv")
    assert [(row["id"], row["points"]) for row in rows(exam)] == [("m2", "25")], done.out
    assert "stands on the form of" not in done.out


def test_a_login_that_two_have_is_no_id(exam: Path, tmp_path: Path) -> None:
    roster = exam / "instructor/roster.csv"
    roster.write_text(roster.read_text("utf-8").replace("ada@", "emmy@other."), "utf-8")
    (tmp_path / "form.csv").write_text("email,1\nemmy,A\n", encoding="utf-8")
    assert "nothing on it tells which form it answers" in grade(exam, tmp_path / "form.csv").out


@pytest.mark.parametrize(
    "file",
    [
        "Noether, Emmy.txt",
        "emmy_noether.txt",
        "noetheremmy_LATE_4711_42_answers.txt",
        "Emmy Noether_815_assignsubmission_file/answers.txt",
        "EMMY NOËTHER/answers (1).txt",
    ],
)
def test_a_file_named_after_a_student_is_that_student_s(
    exam: Path, tmp_path: Path, file: str
) -> None:
    path = tmp_path / "subs" / file
    path.parent.mkdir(parents=True)
    answers = [f"{label}: {answer}" for label, answer in key(exam, "m2").items()]
    path.write_text("\n".join(answers), encoding="utf-8")
    assert "matched by the name that the file bears" in grade(exam, tmp_path / "subs").out
    assert [(row["id"], row["points"]) for row in rows(exam)] == [("m2", "25")]


def test_a_name_that_two_bear_tells_nothing_of_a_file(exam: Path, tmp_path: Path) -> None:
    roster = exam / "instructor/roster.csv"
    roster.write_text(roster.read_text("utf-8").replace("Ada Lovelace", "Noether Emmy"), "utf-8")
    (tmp_path / "emmynoether.txt").write_text("1: A\n", encoding="utf-8")
    done = grade(exam, tmp_path / "emmynoether.txt")
    assert "emmynoether.txt: nothing on it tells which form it answers" in done.out


def test_nothing_of_examgen_s_own_is_taken_for_a_sheet(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where exam, sheets, feedback and gradebook lie in one folder, which is named."""
    monkeypatch.chdir(tmp_path)
    hand_in(tmp_path / "subs", exam)
    for _ in range(2):
        options = ("-o", "feedback", "--gradebook", "book.sqlite", "--format", "md,html")
        done = grade(exam, tmp_path, *options, "--json")
        (tmp_path / "roster.csv").unlink(missing_ok=True)
        (tmp_path / "quiz.toml").unlink(missing_ok=True)
        files = [Path(each["file"]).name for each in done.json["sheets"]]
        assert files == ["m1.txt", "m2.txt", "m3.txt"]
    assert done.json["refused"] == []


def test_a_sheet_that_is_read_otherwise_now_is_marked_again(exam: Path, tmp_path: Path) -> None:
    """As after an update of examgen whose readers know more, or a name corrected in the roster."""
    subs = hand_in(tmp_path / "subs", exam)
    grade(exam, subs)
    with sqlite3.connect(exam / "instructor/gradebook.sqlite") as book:
        book.execute("UPDATE submission SET responses = json_set(responses, '$.1', '')")
    book.close()
    grade(exam, "--anew")
    assert {row["points"] for row in rows(exam)} == {"20"}
    roster = exam / "instructor/roster.csv"
    roster.write_text(roster.read_text("utf-8").replace("Emmy", "Amalie Emmy"), "utf-8")
    grade(exam, subs)
    assert [(row["name"], row["points"]) for row in rows(exam)] == [
        ("Ada Lovelace", "25"),
        ("Amalie Emmy Noether", "25"),
        ("Sofja Kowalewskaja", "25"),
    ]
    told = (exam / "instructor/grades/m2.md").read_text(encoding="utf-8")
    assert "Amalie Emmy Noether" in told and "All" in told


def test_feedback_does_not_lie_among_the_sheets(exam: Path, tmp_path: Path) -> None:
    subs = hand_in(tmp_path / "subs", exam)
    paper = subs / "m1.md"
    paper.write_text(sheet(exam, "m1"), encoding="utf-8")
    for named in (subs, paper):
        done = grade(exam, named, "-o", subs)
        assert done.code == 2
        assert "subs: feedback would lie among the sheets" in done.err
    assert paper.read_text(encoding="utf-8") == sheet(exam, "m1")
    assert grade(exam, subs / "m2.txt", "-o", subs / "../subs").code == 0


def test_a_record_that_was_taken_away_is_missed(exam: Path, tmp_path: Path) -> None:
    grade(exam, hand_in(tmp_path / "subs", exam))
    shutil.rmtree(exam / "instructor/m2")
    done = grade(exam)
    assert done.code == 2
    assert "m2/exam.json: it cannot be read (" in done.err
    assert "subs/m2.txt needs it; put it back" in done.err


def test_students_without_a_sheet_are_named(exam: Path, tmp_path: Path) -> None:
    subs = hand_in(tmp_path / "subs", exam)
    (subs / "m3.txt").write_text("not a sheet", encoding="utf-8")
    (subs / "m1.txt").write_text(sheet(exam, "m1", id="M1"), encoding="utf-8")
    assert "  no sheet is graded of 1 of 3 students: m3\n" in grade(exam, subs).out
    assert "of 1 of 3 students: m3" in grade(exam, subs / "m2.txt").out
    assert "no sheet is graded" not in grade(exam, hand_in(subs, exam)).out


def test_nobody_is_missed_before_anything_is_graded(exam: Path) -> None:
    assert "no sheet is graded" not in grade(exam).out


def test_an_empty_folder_empties_no_table(exam: Path, tmp_path: Path) -> None:
    grade(exam, hand_in(tmp_path / "subs", exam))
    before = rows(exam)
    (tmp_path / "empty").mkdir()
    done = grade(exam, tmp_path / "empty")
    assert done.code == 2 and "empty: there is no file in it" in done.err
    assert rows(exam) == before


def test_all_is_written_though_nobody_reads_on(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where `head` shows the first lines only."""
    subs = hand_in(tmp_path / "subs", exam)

    def leave(*_: object, **__: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("examgen.cli.grade.click.echo", leave)
    with pytest.raises(BrokenPipeError):
        grade(exam, subs, "--moodle")
    folder = exam / "instructor/grades"
    assert {"totals.csv", "moodle.csv"} <= {path.name for path in folder.iterdir()}


def test_nothing_is_replaced_that_grade_did_not_write(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A note, another sheet, a table of one's own."""
    for student in ("m1", "m2"):
        (tmp_path / f"{student}.txt").write_text(sheet(exam, student), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name, text in (
        ("m1.md", "# Notes on m1: feedback that I owe\n"),
        ("m1.md", sheet(exam, "m1")),
        ("grades.csv", "student,grade\nm1,A\n"),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        done = grade(exam, "m1.txt", "-o", ".")
        assert done.code == 2
        assert f"{name} would be replaced, which `grade` did not write" in done.err
        assert (tmp_path / name).read_text(encoding="utf-8") == text
        (tmp_path / name).unlink()
    assert grade(exam, "m1.txt", "-o", ".").code == 0
    (tmp_path / "m2.md").write_text("mine", encoding="utf-8")
    assert grade(exam, "m1.txt", "m2.txt", "-o", ".").code == 2
    (tmp_path / "m2.md").unlink()
    assert grade(exam, "m1.txt", "m2.txt", "-o", ".", "--format", "md,html").code == 0
    for path in (exam / "instructor").glob("gradebook.sqlite*"):
        path.unlink()
    assert grade(exam, "m1.txt", "m2.txt", "-o", ".", "--format", "md,html").code == 0
    (tmp_path / "canvas.csv").write_text("Student,ID\nAda,m1\n", encoding="utf-8")
    done = grade(exam, "m1.txt", "-o", ".", "--canvas", "canvas.csv")
    assert done.code == 2 and "the table to be filled in would be replaced" in done.err


def test_a_sheet_is_read_by_the_labels_of_its_form(exam: Path, tmp_path: Path) -> None:
    """Whatever tells which form that is, and how late."""
    answers = key(exam, "m2")
    lines = [f"{' ' * (label > '1')}{label}: {answer}" for label, answer in answers.items()]
    path = tmp_path / "m2.txt"
    for first in (f"EXAM: {record(exam, 'm2')['id']}", "name: Emmy Noether", "id: M2"):
        path.write_text("\n".join([first, *lines, "9z: 3"]), encoding="utf-8")
        done = grade(exam, path)
        assert 'there is no answer "9z" in this exam' in done.out
        assert [row["points"] for row in rows(exam)] == ["25"], first


def test_that_two_bear_a_name_is_said(tmp_path: Path) -> None:
    (tmp_path / "roster.csv").write_text("id,name\nm1,Ada King\nm2,Ada King\n", encoding="utf-8")
    quiz = tmp_path / "quiz.toml"
    quiz.write_text(QUIZ, encoding="utf-8")
    made = ("-o", tmp_path / "exam", "--blueprint", quiz, "--roster", tmp_path / "roster.csv")
    assert examgen("generate", *made, "--format", "md", "--jobs", "1").code == 0
    path = tmp_path / "somebody.txt"
    path.write_text("name: Ada King\n1: A\n", encoding="utf-8")
    told = "2 students are called 'Ada King': a line `id:` tells which of them it is (m1, m2)"
    assert told in grade(tmp_path / "exam", path).out
    path.write_text("name: Ada King\nid: M2\n1: A\n", encoding="utf-8")
    assert grade(tmp_path / "exam", path).code == 0


def test_what_cannot_be_matched_is_said(exam: Path, tmp_path: Path) -> None:
    path = tmp_path / "somebody.txt"
    path.write_text("1: A\n2a: 3\n", encoding="utf-8")
    done = grade(exam, path)
    assert done.code == 1
    assert "somebody.txt: nothing on it tells which form it answers" in done.out


@pytest.mark.parametrize(
    "signed",
    [
        "name: Emmy Noether\nid: M2",
        "name:\nid: m2",
        "name: Noether, Emmy\nid:",
        "name: Ada Lovelace\nid: m2",
    ],
)
def test_whoever_signs_the_form_of_another_has_the_points(
    exam: Path, tmp_path: Path, signed: str
) -> None:
    """It is no attempt of the form's owner, whose own sheet it would have replaced."""
    subs = hand_in(tmp_path / "subs", exam)
    mixed_up = sheet(exam, "m1", _1="").replace("name: Ada Lovelace\nid: m1", signed)
    (subs / "m2.txt").write_text(mixed_up, "utf-8")
    done = grade(exam, subs)
    assert [(row["id"], row["name"], row["points"]) for row in rows(exam)] == [
        ("m1", "Ada Lovelace", "25"),
        ("m2", "Emmy Noether", "20"),
        ("m3", "Sofja Kowalewskaja", "25"),
    ]
    assert "it is signed by 'm2' and answers the form of 'm1'; it counts for 'm2'" in done.out
    totals = (exam / "instructor/grades/totals.csv").read_text(encoding="utf-8")
    assert "m2,Emmy Noether,m1,1,0,20,25" in totals
    told = (exam / "instructor/grades/m2.md").read_text(encoding="utf-8")
    assert "Emmy Noether" in told
    regraded = examgen("regrade", exam, "--drop", "1", "--yes")
    assert regraded.code == 0 and "m2 (Emmy Noether): 20 → 25 (+5)" in regraded.out


def test_a_sheet_belongs_by_its_exam_whatever_form_it_names(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text(sheet(exam, "m1").replace("form: m1", "form: m2"), "utf-8")
    done = grade(exam, tmp_path / "x.txt")
    assert [(row["id"], row["points"]) for row in rows(exam)] == [("m1", "25")]
    assert "it is for form 'm2', this is 'm1'; its line `exam:` counts" in done.out


@pytest.mark.parametrize("signed", ["name:\nid: m7", "name: Nobody\nid:", "name:\nid:"])
def test_a_slip_in_the_id_takes_nobody_s_form(exam: Path, tmp_path: Path, signed: str) -> None:
    text = sheet(exam, "m1").replace("name: Ada Lovelace\nid: m1", signed)
    (tmp_path / "x.txt").write_text(text, "utf-8")
    grade(exam, tmp_path / "x.txt")
    assert [row["id"] for row in rows(exam)] == ["m1"]


def test_a_table_of_the_class_is_matched_row_by_row(exam: Path, tmp_path: Path) -> None:
    answers = {student: key(exam, student) for student in ("m1", "m2")}
    labels = list(answers["m1"])
    with (tmp_path / "forms.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", *labels])
        for student, given in answers.items():
            table.writerow([student, *(given[label] for label in labels)])
    done = grade(exam, tmp_path / "forms.csv")
    assert [(row["id"], row["points"]) for row in rows(exam)] == [("m1", "25"), ("m2", "25")], done


def test_a_row_of_a_table_may_move(exam: Path, tmp_path: Path) -> None:
    """An export is sorted by name: who hands in later stands between the others."""
    table = tmp_path / "forms.csv"

    def grade_rows(*students: str) -> str:
        with table.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [
                    ["id", *key(exam, "m1")],
                    *([each, *key(exam, each).values()] for each in students),
                ]
            )
        done = grade(exam, table)
        assert done.code == 0, done.err
        return done.out

    grade_rows("m1", "m3")
    said = grade_rows("m1", "m2", "m3")
    assert "is on 2 sheets" not in said, said
    totals = (exam / "instructor/grades/totals.csv").read_text(encoding="utf-8")
    attempts = [(row["id"], row["attempts"]) for row in csv.DictReader(totals.splitlines())]
    assert attempts == [("m1", "1"), ("m2", "1"), ("m3", "1")]
    for number, student in enumerate(("m1", "m2", "m3"), 1):
        told = (exam / f"instructor/grades/forms-{number}.md").read_text(encoding="utf-8")
        assert f"id `{student}`" in told
    grade_rows("m3", "m2", "m1")
    assert "id `m3`" in (exam / "instructor/grades/forms-1.md").read_text(encoding="utf-8")


def test_only_what_is_new_or_changed_is_marked(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    seen = counting(monkeypatch)
    grade(exam, folder)
    assert sorted(seen) == ["m1", "m2", "m3"]
    before = rows(exam)
    seen.clear()
    grade(exam, folder)
    assert seen == [] and rows(exam) == before
    (folder / "m2.txt").write_text(sheet(exam, "m2", _1="?"), encoding="utf-8")
    grade(exam, folder)
    assert seen == ["m2"]
    assert [row["points"] for row in rows(exam)] == ["25", "20", "25"]
    seen.clear()
    grade(exam, folder, "--anew")
    assert len(seen) == 3


def test_feedback_that_is_missing_is_written_without_marking(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    grade(exam, folder)
    feedback = exam / "instructor/grades/m1.md"
    text = feedback.read_bytes()
    feedback.unlink()
    seen = counting(monkeypatch)
    grade(exam, folder)
    assert seen == [] and feedback.read_bytes() == text


def test_a_run_that_is_killed_loses_nothing(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed after each step of the writing, the next run ends where an undisturbed one does."""
    folder = hand_in(tmp_path / "subs", exam, _1="?")
    monkeypatch.setattr(grading_run, "EVERY", 1)
    codes = []
    for steps in range(6):
        left = [steps]
        for module, name in ((marking_pool, "write_file"), (grading_run, "keep_marks")):
            real = getattr(module, name)

            def step(*arguments: object, left: list[int] = left, real: Any = real) -> None:
                if left[0] == 0:
                    raise KeyboardInterrupt
                left[0] -= 1
                real(*arguments)

            monkeypatch.setattr(module, name, step)
        codes.append(grade(exam, folder).code)
        monkeypatch.undo()
        monkeypatch.setattr(grading_run, "EVERY", 1)
    assert codes[:3] == [130, 130, 130]
    assert grade(exam, folder).code == 0
    assert [row["points"] for row in rows(exam)] == ["20", "20", "20"]
    with sqlite3.connect(exam / "instructor/gradebook.sqlite") as book:
        assert book.execute("SELECT count(*) FROM submission").fetchone() == (3,)
        assert book.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_processes_mark_the_same(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hand_in(tmp_path / "subs", exam, _1="A")
    grade(exam, folder)
    alone = {path.name: path.read_bytes() for path in (exam / "instructor/grades").iterdir()}
    monkeypatch.setattr(pools, "FEW", 0)
    done = grade(exam, folder, "--anew", "--jobs", "2")
    assert done.code == 0, done.err
    together = {path.name: path.read_bytes() for path in (exam / "instructor/grades").iterdir()}
    assert alone == together


def test_two_attempts_are_both_marked_and_said(exam: Path, tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    (folder / "m1 again.txt").write_text(sheet(exam, "m1", _1="?"), encoding="utf-8")
    os.utime(folder / "m1.txt", (1e9, 1e9))
    done = grade(exam, folder)
    assert sorted(row["points"] for row in rows(exam) if row["id"] == "m1") == ["20", "25"]
    both = "subs/m1.txt, subs/m1 again.txt"
    assert f"id 'm1' is on 2 sheets, all graded: {both}; subs/m1 again.txt counts" in done.out


def test_a_sheet_that_does_not_count_says_so(tmp_path: Path) -> None:
    """Whichever that is by now, in every file that lies there, and no file has old points."""
    exam = make_single(tmp_path)
    grades = exam / "instructor/grades"
    for number, (file, answer) in enumerate(
        (("1/ada.txt", key(exam)["1"]), ("2/ada.txt", "?"), ("2/last.txt", "?")), 1
    ):
        path = tmp_path / file
        path.parent.mkdir(exist_ok=True)
        path.write_text(sheet(exam, id="ada", _1=answer) + "\n" * number, encoding="utf-8")
        os.utime(path, (1e9 + number, 1e9 + number))

    def instead() -> dict[str, str]:
        said = re.compile(r"This sheet does not count: your sheet (\S+) does\.")
        texts = {path.name: path.read_text(encoding="utf-8") for path in grades.glob("*.md")}
        return {
            name: found[1] if (found := said.search(text)) else "" for name, text in texts.items()
        }

    grade(exam, tmp_path / "1")
    assert instead() == {"ada.md": ""}
    grade(exam, tmp_path / "2/ada.txt")
    assert instead() == {"ada.md": ""} and "20 of 25" in (grades / "ada.md").read_text()
    assert grade(exam).code == 0
    assert instead() == {"ada.md": "", "1-ada.txt.md": "2/ada.txt"}
    grade(exam, tmp_path / "2/last.txt")
    assert instead() == {
        **{"ada.md": "2/last.txt", "last.md": "", "1-ada.txt.md": "2/last.txt"},
    }
    examgen("regrade", exam, "--counting", "best", "--yes")
    assert instead() == {"ada.md": "1/ada.txt", "last.md": "1/ada.txt", "1-ada.txt.md": ""}
    before = {path.name: path.stat().st_mtime_ns for path in grades.glob("*.md")}
    grade(exam)
    assert before == {path.name: path.stat().st_mtime_ns for path in grades.glob("*.md")}
    said = "2/ada.txt does not count: 1/ada.txt of the same student does"
    assert said in grade(exam, tmp_path / "2/ada.txt").out
    said = "ada.txt, 2/last.txt; 1/ada.txt counts"
    assert said in grade(exam, tmp_path / "2/ada.txt", tmp_path / "2/last.txt").out


def test_where_nothing_can_be_written_nothing_is_taken_in(exam: Path, tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/m2.md").write_text("mine", encoding="utf-8")
    for output, said in (
        ("file", "file: it is a file; a folder that you may write to"),
        ("file/o", "file is a file; a folder that you may write to"),
        ("notes", "m2.md would be replaced, which `grade` did not write"),
    ):
        done = grade(exam, folder, "-o", tmp_path / output)
        assert done.code == 2 and said in done.err
        assert not grade(exam, "--json").json["sheets"], output
    assert grade(exam, folder / "m1.txt").code == 0
    assert grade(exam, folder, "-o", tmp_path / "notes").code == 2
    assert [each["id"] for each in grade(exam, "--json").json["sheets"]] == ["m1"]
    for decide in ("regrade", "--drop", "1", "--yes"), ("mark",):
        command, *more = decide
        done = examgen(command, exam, *more, "-o", tmp_path / "file")
        assert done.code == 2 and "file: it is a file" in done.err
    assert "No decision is in force" in examgen("regrade", exam, "--list").out


def test_who_wrote_no_name_is_told_by_the_folder_or_the_system(tmp_path: Path) -> None:
    """All sheets are called as they were handed out: they are not one student's."""
    exam = make_single(tmp_path)
    blank, subs = sheet(exam), tmp_path / "subs"
    for file in (
        "Anna Schmidt_12_assignsubmission_file_/answers.txt",
        "Ben Li_13_assignsubmission_file_answers.txt",
        "cem/answers (1).txt",
        "kimlea_LATE_1234_5678_answers.txt",
        "maxole_1235_5679_answers-1.txt",
        "zoe.txt",
    ):
        (subs / file).parent.mkdir(parents=True, exist_ok=True)
        (subs / file).write_text(blank, encoding="utf-8")
    with zipfile.ZipFile(subs / "ute.zip", "w") as packed:
        packed.writestr("answers.txt", blank)
    done = grade(exam, subs)
    assert "attempts of one student" not in done.out
    assert sorted((row["id"], row["name"]) for row in rows(exam)) == [
        ("", "Anna Schmidt"),
        ("", "Ben Li"),
        ("", "cem"),
        ("", "ute"),
        ("", "zoe"),
        ("1234", "kimlea"),
        ("1235", "maxole"),
    ]


def test_a_later_batch_leaves_nobody_out(tmp_path: Path) -> None:
    """The table of a run has its sheets alone: another has everybody, and it is said."""
    exam = make_single(tmp_path)
    for name, number in (("ada", ""), ("ben", ""), ("ada", " again")):
        path = tmp_path / f"{name}{number}.txt"
        path.write_text(sheet(exam, id=name, _1="?" if number else "A"), encoding="utf-8")
    assert "totals.csv" not in grade(exam, tmp_path / "ada.txt").out
    done = grade(exam, tmp_path / "ben.txt")
    assert "grades.csv has the sheet of this run, totals.csv has all students" in done.out
    totals = exam / "instructor/grades/totals.csv"
    assert [line[:3] for line in totals.read_text(encoding="utf-8").splitlines()[1:]] == [
        "ada",
        "ben",
    ]
    totals.unlink()
    grade(exam)
    assert not totals.exists()
    grade(exam, tmp_path / "ada again.txt")
    assert "of this run" not in grade(exam).out and totals.exists()


def test_one_name_without_an_id_is_said_to_be_one_student(tmp_path: Path) -> None:
    """Two of them may bear it."""
    exam = make_single(tmp_path)
    for name, changes in (("a", {}), ("b", {"_1": "?"}), ("c", {"id": "7"})):
        text = sheet(exam, name="Ada King", **changes)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    done = grade(exam, *(tmp_path / f"{name}.txt" for name in "abc"))
    assert "'Ada King' is on 2 sheets without an id, taken for attempts of one student" in done.out


def test_a_single_exam_takes_any_number_of_students(tmp_path: Path) -> None:
    exam = make_single(tmp_path)
    for name in ("anna", "ben"):
        (tmp_path / f"{name}.txt").write_text(sheet(exam), encoding="utf-8")
    grade(exam, tmp_path / "anna.txt", tmp_path / "ben.txt")
    assert [(row["name"], row["points"]) for row in rows(exam)] == [("anna", "25"), ("ben", "25")]


def gradebook(exam: Path) -> Path:
    return exam / "instructor/gradebook.sqlite"


def test_a_gradebook_of_a_newer_schema_is_refused_and_left_alone(
    exam: Path, tmp_path: Path
) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    grade(exam, folder)
    with sqlite3.connect(gradebook(exam)) as book:
        book.execute("PRAGMA user_version = 99")
    book.close()
    done = grade(exam, folder)
    assert done.code == 2
    assert "newer examgen (schema 99" in done.err


@pytest.mark.parametrize("content", [b"not a database at all, but text", b"SQLite format 3\0" * 99])
def test_what_is_no_gradebook_is_refused_and_left_alone(
    exam: Path, tmp_path: Path, content: bytes
) -> None:
    gradebook(exam).write_bytes(content)
    done = grade(exam, hand_in(tmp_path / "subs", exam))
    assert done.code == 2
    assert "no whole gradebook" in done.err and "grading again makes a new one" in done.err
    assert gradebook(exam).read_bytes() == content


def test_a_corrupted_gradebook_is_refused(exam: Path, tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    grade(exam, folder)
    whole = gradebook(exam).read_bytes()
    gradebook(exam).write_bytes(whole[:8192] + b"\xff" * (len(whole) - 8192))
    done = grade(exam, folder)
    assert done.code == 2 and "restore a copy" in done.err


def test_another_database_is_no_gradebook(exam: Path, tmp_path: Path) -> None:
    with sqlite3.connect(gradebook(exam)) as book:
        book.execute("CREATE TABLE precious (x)")
    book.close()
    done = grade(exam, hand_in(tmp_path / "subs", exam))
    assert done.code == 2 and "no gradebook" in done.err


def test_a_locked_gradebook_is_waited_for_and_then_refused(
    exam: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    grade(exam, folder)
    monkeypatch.setattr(schema, "PATIENCE", 0.05)
    book = sqlite3.connect(gradebook(exam), isolation_level=None)
    book.execute("BEGIN IMMEDIATE")
    done = grade(exam, folder)
    assert done.code == 2 and "locked" in done.err and "nothing is lost" in done.err
    book.close()
    assert grade(exam, folder).code == 0


def test_the_gradebook_of_another_exam_is_refused(exam: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    single = make_single(other)
    (tmp_path / "a.txt").write_text(sheet(single), encoding="utf-8")
    grade(single, tmp_path / "a.txt")
    done = grade(exam, tmp_path / "a.txt", "--gradebook", gradebook(single))
    assert done.code == 2 and "gradebook of exam" in done.err and "move it away" in done.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_said(exam: Path, tmp_path: Path) -> None:
    folder = hand_in(tmp_path / "subs", exam)
    (exam / "instructor").chmod(0o500)
    try:
        done = grade(exam, folder)
    finally:
        (exam / "instructor").chmod(0o700)
    assert done.code == 2 and "--gradebook" in done.err


def test_the_record_knows_nothing_of_the_gradebook(exam: Path, tmp_path: Path) -> None:
    before = record(exam, "m1")
    grade(exam, hand_in(tmp_path / "subs", exam))
    assert record(exam, "m1") == before


def test_a_gradebook_may_lie_elsewhere(exam: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "new" / "folder" / "book.sqlite"
    done = grade(exam, hand_in(tmp_path / "subs", exam), "--gradebook", elsewhere)
    assert done.code == 0 and elsewhere.exists() and not gradebook(exam).exists()
