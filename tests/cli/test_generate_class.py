"""A form for every student: whose it is, what is resumed, and that nobody disturbs anybody."""

import csv
import json
import re
from pathlib import Path

import pytest

from examgen.cli.drawing import class_folders
from examgen.cli.folders import write_file
from tests.cli.running import examgen

ROSTER = "id,name,email\nm1,Ada Lovelace,ada@example.org\nm2,Emmy Noether,emmy@example.org\n"
QUIZ = """
title = "Quiz"
course = "Machine Learning"
minutes = 10
[[section]]
title = "Multiple choice"
response = "closed"
count = 2
points = 5
levels = "easy"
families = ["conv-output-size", "kv-cache-count"]
"""


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER, encoding="utf-8")
    return path


def generate(folder: Path, *options: str) -> list[str]:
    blueprint = folder.parent / "quiz.toml"
    blueprint.write_text(QUIZ, encoding="utf-8")
    common = ("--blueprint", str(blueprint), "--format", "md", "--jobs", "1")
    return ["generate", "-o", str(folder), *common, *options]


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_solutions_are_added_to_forms_that_are_there(tmp_path: Path, roster: Path) -> None:
    folder = tmp_path / "class"
    common = ("--roster", str(roster), "--seed", "s")
    assert examgen(*generate(folder, *common)).code == 0
    before = contents(folder)
    assert examgen(*generate(folder, *common, "--solutions")).code == 0
    after = contents(folder)
    assert set(after) - set(before) == {f"instructor/m{each}/solutions.md" for each in (1, 2)}
    assert before.items() <= after.items()
    assert examgen(*generate(folder, *common, "--force")).code == 0
    assert contents(folder) == before


def test_every_student_gets_a_form(tmp_path: Path, roster: Path) -> None:
    folder = tmp_path / "class"
    assert examgen(*generate(folder, "--roster", str(roster), "--seed", "s")).code == 0
    sheet = (folder / "student/m1/answers.txt").read_text(encoding="utf-8")
    record = json.loads((folder / "instructor/m1/exam.json").read_text(encoding="utf-8"))
    for line in (f"exam: {record['id']}", "form: m1", "name: Ada Lovelace", "id: m1"):
        assert f"\n{line}\n" in sheet
    assert "Name: Ada Lovelace" in (folder / "student/m1/paper.md").read_text(encoding="utf-8")
    with (folder / "instructor/roster.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["name"] for row in rows] == ["Ada Lovelace", "Emmy Noether"]
    assert rows[0]["exam"] == record["id"]
    assert {path.parts[0] for path in map(Path, contents(folder))} == {"student", "instructor"}


def test_forms_bear_letters_without_a_roster(tmp_path: Path) -> None:
    done = examgen(*generate(tmp_path / "class", "--forms", "2", "--json"))
    report = done.json
    assert [each["form"] for each in report["forms"]] == ["A", "B"]
    assert report["new"] == 2
    assert "hand-work" in done.err


def test_nobody_s_form_changes_when_others_join_or_leave(tmp_path: Path, roster: Path) -> None:
    examgen(*generate(tmp_path / "first", "--roster", str(roster), "--seed", "s"))
    roster.write_text("id,name\nm9,New\nm2,Emmy Noether\n", encoding="utf-8")
    examgen(*generate(tmp_path / "second", "--roster", str(roster), "--seed", "s"))
    first, second = contents(tmp_path / "first"), contents(tmp_path / "second")
    of_emmy = [name for name in first if "/m2/" in name]
    assert len(of_emmy) >= 4
    assert all(first[name] == second[name] for name in of_emmy)


def test_what_is_missing_is_filled_in_and_nothing_else_touched(
    tmp_path: Path, roster: Path
) -> None:
    folder = tmp_path / "class"
    examgen(*generate(folder, "--roster", str(roster), "--seed", "s"))
    whole = contents(folder)
    (folder / "student/m1/paper.md").unlink()
    (folder / "instructor/m2/exam.json").unlink()
    (folder / "instructor/m1/key.md").write_text("my notes", encoding="utf-8")
    done = examgen(*generate(folder, "--roster", str(roster)))
    assert "1 new, 1 already there" in done.out
    expected = {**whole, "instructor/m1/key.md": b"my notes"}
    assert contents(folder) == expected


def test_interrupted_in_the_middle_it_goes_on(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was written last, no record stands beside half a form."""
    examgen(*generate(tmp_path / "whole", "--roster", str(roster), "--seed", "s"))
    folder, write = tmp_path / "class", write_file
    for stop_after in range(12):
        left = [stop_after]

        def stopping(path: Path, content: str | bytes, left: list[int] = left) -> None:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            write(path, content)

        monkeypatch.setattr(class_folders, "write_file", stopping)
        examgen(*generate(folder, "--roster", str(roster), "--seed", "s"))
        for record in folder.glob("instructor/*/exam.json"):
            assert (folder / "student" / record.parent.name / "paper.md").exists()
    monkeypatch.setattr(class_folders, "write_file", write)
    assert examgen(*generate(folder, "--roster", str(roster), "--seed", "s")).code == 0
    assert contents(folder) == contents(tmp_path / "whole")


def test_nothing_is_left_of_an_earlier_form(tmp_path: Path, roster: Path) -> None:
    """Neither where it is replaced, nor where a run was killed before it had a record."""
    examgen(*generate(tmp_path / "whole", "--roster", str(roster), "--seed", "s"))
    folder = tmp_path / "class"
    examgen(*generate(folder, "--roster", str(roster), "--seed", "t"))
    for form in ("m1", "m2"):
        for name in (
            "student/{}/figures/9.svg",
            "instructor/{}/key.tex",
            "student/{}/paper.pdf",
            "student/{}/.examgen-0123456789abcdef",
            "student/{}/figures/.examgen-0123456789abcdef",
            "instructor/{}/.examgen-0123456789abcdef",
        ):
            path = folder / name.format(form)
            path.parent.mkdir(exist_ok=True)
            path.write_text("of an earlier form", encoding="utf-8")
    again = generate(folder, "--roster", str(roster), "--seed", "s")
    (folder / "instructor/m1/exam.json").unlink()
    (folder / "instructor/m2/exam.json").unlink()
    assert examgen(*again).code == 0
    assert contents(folder) == contents(tmp_path / "whole")
    (folder / "student/m1/figures").mkdir(exist_ok=True)
    (folder / "student/m1/figures/9.svg").write_text("of an earlier form", encoding="utf-8")
    assert examgen(*again, "--force").code == 0
    assert contents(folder) == contents(tmp_path / "whole")


def test_replaced_in_the_middle_no_form_is_half_of_each(
    tmp_path: Path, roster: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examgen(*generate(tmp_path / "whole", "--roster", str(roster), "--seed", "s"))
    folder, write = tmp_path / "class", write_file
    for stop_after in range(0, 12, 2):
        examgen(*generate(folder, "--roster", str(roster), "--seed", "t", "--force"))
        left = [stop_after]

        def stopping(path: Path, content: str | bytes, left: list[int] = left) -> None:
            if left[0] == 0:
                raise KeyboardInterrupt
            left[0] -= 1
            write(path, content)

        monkeypatch.setattr(class_folders, "write_file", stopping)
        examgen(*generate(folder, "--roster", str(roster), "--seed", "s", "--force"))
        monkeypatch.undo()
        for record in folder.glob("instructor/*/exam.json"):
            paper = folder / "student" / record.parent.name / "paper.md"
            assert json.loads(record.read_text(encoding="utf-8"))["id"] in paper.read_text("utf-8")


def test_another_exam_s_forms_are_not_overwritten(tmp_path: Path, roster: Path) -> None:
    folder = tmp_path / "class"
    examgen(*generate(folder, "--roster", str(roster), "--seed", "s"))
    before = contents(folder)
    done = examgen(*generate(folder, "--roster", str(roster), "--seed", "t"))
    assert done.code == 2
    assert "another exam is there already" in done.err
    assert contents(folder) == before
    assert examgen(*generate(folder, "--roster", str(roster), "--seed", "t", "--force")).code == 0
    assert contents(folder) != before


def test_who_was_there_before_stays_on_the_roster(tmp_path: Path, roster: Path) -> None:
    """A run for those who came later forgets nobody, nor the hand-work of the others."""
    whole, folder = tmp_path / "whole", tmp_path / "class"
    examgen(*generate(folder, "--roster", str(roster), "--seed", "s"))
    later = "m8,Maria Mitchell,maria@example.org\n"
    roster.write_text(ROSTER.splitlines(keepends=True)[0] + later, encoding="utf-8")
    done = examgen(*generate(folder, "--roster", str(roster)))
    assert "1 form, seed s" in done.out and "1 new, 0 already there" in done.out
    roster.write_text(ROSTER + later, encoding="utf-8")
    examgen(*generate(whole, "--roster", str(roster), "--seed", "s"))
    for table in ("roster.csv", "fairness.csv"):
        rows = [sorted(open_lines(each / "instructor" / table)) for each in (folder, whole)]
        assert rows[0] == rows[1]


def open_lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_one_folder_holds_the_forms_of_one_exam(tmp_path: Path, force: tuple[str, ...]) -> None:
    """Also where the ones asked for are all new, or are to be replaced."""
    folder = tmp_path / "class"
    examgen(*generate(folder, "--forms", "3", "--seed", "s"))
    before = contents(folder)
    forms = ("--forms", "2") if force else ("--roster", str(tmp_path / "other.csv"))
    (tmp_path / "other.csv").write_text("id,name\nx1,Zoe\n", encoding="utf-8")
    done = examgen(*generate(folder, *forms, "--seed", "t", *force))
    assert done.code == 2
    assert "it holds forms of another exam, too: " in done.err
    assert contents(folder) == before


def test_later_forms_have_the_formats_of_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "class"
    assert examgen(*generate(folder, "--forms", "2", "--seed", "s", "--format", "html")).code == 0
    assert examgen("generate", "-o", folder, "--forms", "3", "--jobs", "1").code == 0
    pages = {path.name for path in (folder / "student/C").iterdir()}
    assert pages == {"answers.txt", "paper.html"}
    assert examgen("render", folder).code == 0
    assert {path.name for path in (folder / "student/A").iterdir()} == pages


def test_later_forms_have_the_layout_of_the_others(tmp_path: Path) -> None:
    """For a scanning service, a form with its boxes elsewhere is of no use."""
    folder = tmp_path / "class"
    fixed = ("--layout", "fixed", "--format", "tex")
    assert examgen(*generate(folder, "--forms", "2", "--seed", "s"), *fixed).code == 0
    later = ("generate", "-o", folder, "--forms", "3", "--jobs", "1")
    done = examgen(*later)
    assert done.code == 2 and "have the fixed layout; --layout fixed" in done.err
    assert not (folder / "student/C").exists()
    assert examgen(*later, "--layout", "fixed").code == 0
    single = ("generate", "-o", tmp_path / "single", "--blueprint", tmp_path / "quiz.toml")
    assert examgen(*single, *fixed).code == 0
    done = examgen(*single, "--forms", "2", "--jobs", "1")
    assert done.code == 2 and "an exam of one form is there already" in done.err
    assert (folder / "student/C/paper.tex").exists()


def test_a_class_is_redrawn_and_then_filled_in(tmp_path: Path) -> None:
    """Its blueprint and what was redrawn need not be said again."""
    folder = tmp_path / "class"
    assert examgen(*generate(folder, "--forms", "2", "--seed", "s")).code == 0
    (tmp_path / "quiz.toml").unlink()
    again = ("generate", "-o", folder, "--format", "md", "--jobs", "1")
    assert examgen(*again, "--forms", "2", "--redraw", "1", "--force").code == 0
    done = examgen(*again, "--forms", "3")
    assert "1 new, 2 already there" in done.out, done.err
    for form in "ABC":
        record = json.loads((folder / f"instructor/{form}/exam.json").read_text(encoding="utf-8"))
        assert record["blueprint"]["title"] == "Quiz"
        assert record["blueprint"]["redraws"] == {"1": 1}


def test_what_is_printed_of_one_form_speaks_of_one(tmp_path: Path) -> None:
    done = examgen(*generate(tmp_path / "class", "--forms", "1"))
    assert "Quiz, 1 form, seed" in done.out and "apart" not in done.out
    assert re.search(r"  hand-work (1 minute|\d+ minutes) \(", done.out)


def test_processes_write_the_same(tmp_path: Path) -> None:
    examgen(*generate(tmp_path / "one", "--forms", "20", "--seed", "s"))
    arguments = generate(tmp_path / "two", "--forms", "20", "--seed", "s")
    arguments[arguments.index("--jobs") + 1] = "2"
    assert examgen(*arguments).code == 0
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


@pytest.mark.parametrize("folder_of", ["class", "single"])
def test_a_class_and_a_single_exam_do_not_share_a_folder(tmp_path: Path, folder_of: str) -> None:
    single, several = generate(tmp_path / "x"), generate(tmp_path / "x", "--forms", "2")
    first, then = (several, single) if folder_of == "class" else (single, several)
    assert examgen(*first).code == 0
    before = contents(tmp_path / "x")
    assert examgen(*then).code == 2
    assert contents(tmp_path / "x") == before


def test_a_bad_roster_writes_nothing(tmp_path: Path, roster: Path) -> None:
    roster.write_text("id,name\nm1,Ada\nm1,Bob\n,Cleo\n", encoding="utf-8")
    done = examgen(*generate(tmp_path / "class", "--roster", str(roster)))
    assert done.code == 2
    assert "roster.csv:3" in done.err and "roster.csv:4" in done.err
    assert not (tmp_path / "class").exists()
