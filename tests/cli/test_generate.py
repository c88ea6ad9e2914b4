"""`examgen generate` as an instructor meets it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import examgen

STUDENT = {"paper.md", "paper.tex", "answers.txt"}
INSTRUCTOR = {"exam.json", "key.md", "key.tex"}


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one exam, of a seed that would show if it were printed."""
    folder = tmp_path_factory.mktemp("generate") / "exam"
    assert examgen("generate", "-o", folder, "--seed", "zanzibar").code == 0
    return folder


def test_the_folder_is_as_agreed(exam: Path) -> None:
    assert {path.name for path in (exam / "student").iterdir()} == {*STUDENT, "figures"}
    assert {path.name for path in (exam / "instructor").iterdir()} == {*INSTRUCTOR, "figures"}


def test_every_figure_a_page_refers_to_is_there_and_no_other(exam: Path) -> None:
    for page in (exam / "student" / "paper.md", exam / "instructor" / "key.md"):
        named = set(re.findall(r"!\[[^]]+\]\((figures/\d+\.svg)\)", page.read_text()))
        assert named
        assert {f"figures/{path.name}" for path in (page.parent / "figures").iterdir()} == named


def test_students_get_neither_seed_nor_answers(exam: Path) -> None:
    record = json.loads((exam / "instructor" / "exam.json").read_text())
    for path in (exam / "student").rglob("*.*"):
        text = path.read_text()
        assert "zanzibar" not in text
        for item in record["items"]:
            for part in item["parts"]:
                if part["kind"] in ("array", "shape", "closed") and len(part["answer"]) > 8:
                    assert part["answer"] not in text, part["label"]


def test_the_sheet_has_a_line_for_each_label_and_no_answer(exam: Path) -> None:
    record = json.loads((exam / "instructor" / "exam.json").read_text())
    labels = [part["label"] for item in record["items"] for part in item["parts"]]
    sheet = (exam / "student" / "answers.txt").read_text()
    assert re.findall(r"^(\d+[a-z]?):[ \t]*$", sheet, re.MULTILINE) == labels
    assert re.search(rf"^exam: {record['id']}$", sheet, re.MULTILINE)


def test_equal_seeds_give_equal_bytes(exam: Path, tmp_path: Path) -> None:
    again = tmp_path / "elsewhere"
    assert examgen("generate", "-o", again, "--seed", "zanzibar").code == 0
    for path in exam.rglob("*.*"):
        assert path.read_bytes() == (again / path.relative_to(exam)).read_bytes()


def test_an_exam_is_not_overwritten(exam: Path) -> None:
    before = {path: path.read_bytes() for path in exam.rglob("*.*")}
    done = examgen("generate", "-o", exam, "--seed", "2")
    assert done.code == 2
    assert "--force" in done.err
    assert {path: path.read_bytes() for path in exam.rglob("*.*")} == before


def test_force_replaces_the_whole_exam(tmp_path: Path) -> None:
    assert examgen("generate", "-o", tmp_path, "--seed", "1").code == 0
    assert examgen("generate", "-o", tmp_path, "--seed", "2", "--format", "md", "--force").code == 0
    names = {path.name for path in (tmp_path / "student").iterdir()}
    assert names - {"figures"} == STUDENT - {"paper.tex"}
    assert (
        examgen("generate", "-o", tmp_path, "--seed", "2", "--format", "tex", "--force").code == 0
    )
    assert {path.name for path in (tmp_path / "student").iterdir()} == STUDENT - {"paper.md"}
    assert json.loads((tmp_path / "instructor" / "exam.json").read_text())["seed"] == "2"


def test_the_seed_is_shown_and_random_if_not_given(tmp_path: Path) -> None:
    seeds = set()
    for name in ("a", "b"):
        done = examgen("generate", "-o", tmp_path / name, "--format", "md", "--json")
        assert done.code == 0
        seeds.add(done.json["seed"])
        assert done.json["seed"] in done.err
        assert len(done.json["seed"]) == 32
    assert len(seeds) == 2


def test_one_level_for_all(tmp_path: Path) -> None:
    for level in ("easy", "medium", "hard"):
        folder = tmp_path / level
        assert examgen("generate", "-o", folder, "--seed", "1", "--level", level).code == 0
        record = json.loads((folder / "instructor" / "exam.json").read_text())
        assert {item["level"] for item in record["items"]} == {level}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--blueprint", "midtrem"], "did you mean"),
        (["--blueprint", "nowhere.toml"], "no such blueprint"),
        (["--format", "doc"], "not a format"),
        (["--level", "brutal"], "brutal"),
        (["--sed", "1"], "--seed"),
    ],
)
def test_a_wrong_call_says_what_is_allowed(arguments: list[str], says: str, tmp_path: Path) -> None:
    done = examgen("generate", "-o", tmp_path / "exam", *arguments)
    assert done.code == 2
    assert says in done.err
    assert not (tmp_path / "exam").exists()


def test_a_blueprint_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "quiz.toml"
    own.write_text(
        'title = "Quiz {1}"\ncourse = "A & B_C"\nminutes = 10\n[[section]]\ntitle = "One"\n'
        'response = "closed"\ncount = 2\npoints = 3\nlevels = "easy"\n'
        'families = ["kv-cache-count", "conv2d-entry"]\n'
    )
    assert examgen("generate", "-o", tmp_path / "exam", "--blueprint", own).code == 0
    record = json.loads((tmp_path / "exam" / "instructor" / "exam.json").read_text())
    assert [item["family"] for item in record["items"]] == ["kv-cache-count", "conv2d-entry"]


def test_constraints_that_cannot_be_met_are_said_with_their_line(tmp_path: Path) -> None:
    own = tmp_path / "quiz.toml"
    own.write_text(
        'title = "Q"\ncourse = "C"\nminutes = 10\n[[section]]\ntitle = "One"\n'
        'response = "closed"\ncount = 90\npoints = 3\nlevels = "easy"\ntopics = { residual = 90 }\n'
    )
    done = examgen("generate", "-o", tmp_path / "exam", "--blueprint", own)
    assert done.code == 2
    assert "quiz.toml:4: there are not enough families for 'One'" in done.err


def test_too_little_time_is_said(tmp_path: Path) -> None:
    own = tmp_path / "quiz.toml"
    own.write_text(
        'title = "Q"\ncourse = "C"\nminutes = 5\n[[section]]\ntitle = "One"\n'
        'response = "open"\ncount = 2\npoints = 30\nlevels = "easy"\n'
    )
    done = examgen("generate", "-o", tmp_path / "exam", "--blueprint", own)
    assert done.code == 2
    assert "minutes" in done.err


def test_an_item_is_drawn_anew_and_the_rest_stays(tmp_path: Path) -> None:
    folder = tmp_path / "exam"
    assert examgen("generate", "-o", folder).code == 0
    before = json.loads((folder / "instructor" / "exam.json").read_text())
    number = next(n for n, each in enumerate(before["items"], start=1) if each["givens"])
    done = examgen("generate", "-o", folder, "--redraw", number, "--force")
    assert done.code == 0, done.err
    after = json.loads((folder / "instructor" / "exam.json").read_text())
    assert after["seed"] == before["seed"]
    assert after["id"] != before["id"]
    assert after["blueprint"]["redraws"] == {str(number): 1}
    for old, new in zip(before["items"], after["items"], strict=True):
        assert (old == new) == (old["number"] != number)
        assert old["family"] == new["family"]
    texts = [(folder / "student" / "paper.md").read_text()]
    again = examgen(
        *("generate", "-o", tmp_path / "again", "--seed", before["seed"], "--redraw", number)
    )
    assert again.code == 0
    texts.append((tmp_path / "again" / "student" / "paper.md").read_text())
    assert texts[0] == texts[1]


def test_one_redraw_after_the_other_goes_on_from_what_lies_there(tmp_path: Path) -> None:
    """Of another blueprint, at another level, with a family left out: all of it stays."""

    def record(*more: object) -> Any:
        done = examgen("generate", "-o", tmp_path, "--force", "--format", "md", *more)
        assert done.code == 0, done.err
        return json.loads((tmp_path / "instructor" / "exam.json").read_text())

    first = record("--blueprint", "quiz-10-minutes", "--level", "hard", "--seed", "5")
    left_out = first["items"][0]["family"]
    others = record("--exclude", left_out)
    assert others["blueprint"]["title"] == "Quiz"
    assert {each["level"] for each in others["items"]} == {"hard"}
    drawn = [each["number"] for each in others["items"] if each["givens"]]
    once, twice = record("--redraw", drawn[0]), record("--redraw", drawn[1])
    assert twice["blueprint"]["redraws"] == {str(number): 1 for number in sorted(drawn[:2])}
    assert twice["blueprint"]["exclude"] == [left_out]
    changed = [
        [old["number"] for old, new in zip(a["items"], b["items"], strict=True) if old != new]
        for a, b in ((others, once), (once, twice))
    ]
    assert changed == [[drawn[0]], [drawn[1]]]
    assert record("--include", left_out)["blueprint"].get("exclude") is None


def test_going_on_keeps_to_the_formats_that_are_there(tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    first = ("generate", "-o", exam, "--blueprint", "quiz-10-minutes", "--seed", "5")
    assert examgen(*first, "--format", "html,moodle").code == 0
    redraw = ("generate", "-o", exam, "--redraw", "1", "--force")
    assert examgen(*redraw).code == 0
    pages = {"student/answers.txt", "student/paper.html", "instructor/key.html"}
    pages |= {"instructor/moodle.xml", "instructor/exam.json"}
    assert {path.relative_to(exam).as_posix() for path in exam.rglob("*.*")} == pages
    assert examgen(*redraw, "--format", "tex").code == 0
    assert not (exam / "student/paper.html").exists()
    for page in (exam / "student").iterdir():
        page.unlink()
    assert examgen(*redraw).code == 0
    assert (exam / "student/paper.md").exists() and (exam / "student/paper.tex").exists()


def test_going_on_needs_the_same_banks(tmp_path: Path) -> None:
    assert examgen("bank", "new", tmp_path / "own").code == 0
    bank = ("--bank", tmp_path / "own.toml")
    assert examgen("generate", "-o", tmp_path / "exam", *bank).code == 0
    redraw = ("generate", "-o", tmp_path / "exam", "--redraw", "9", "--force", "--format", "md")
    done = examgen(*redraw)
    assert done.code == 2
    assert "chosen from own.toml as well; the same --bank" in done.err
    assert examgen(*redraw, *bank).code == 0


def test_nothing_is_both_asked_and_left_out(tmp_path: Path) -> None:
    both = ("--include", "conv2d-full", "--exclude", "conv2d-full")
    done = examgen("generate", "-o", tmp_path / "exam", *both)
    assert done.code == 2
    assert "'conv2d-full': it is both included and excluded" in done.err


def test_families_are_included_and_excluded(tmp_path: Path) -> None:
    def families(*more: object) -> list[str]:
        done = examgen(
            "generate", "-o", tmp_path, "--seed", "5", "--force", "--format", "md", *more
        )
        assert done.code == 0, done.err
        record = json.loads((tmp_path / "instructor" / "exam.json").read_text())
        return [item["family"] for item in record["items"]]

    first = families()
    without = families("--exclude", first[0], "--exclude", first[8])
    assert first[0] not in without and first[8] not in without
    wanted = next(each for each in ("kv-cache-count", "conv2d-entry") if each not in first)
    assert wanted in families("--include", wanted)
    done = examgen("generate", "-o", tmp_path / "x", "--include", "conv2d-entri")
    assert done.code == 2
    assert "did you mean conv2d-entry" in done.err


def test_a_drill_repeats_one_family(tmp_path: Path) -> None:
    done = examgen(
        *("generate", "-o", tmp_path, "--blueprint", "drill", "--include", "receptive-field")
    )
    assert done.code == 0, done.err
    record = json.loads((tmp_path / "instructor" / "exam.json").read_text())
    assert [item["family"] for item in record["items"]] == ["receptive-field"] * 5
