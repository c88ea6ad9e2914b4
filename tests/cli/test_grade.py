"""`examgen grade` as an instructor meets it."""

import csv
import io
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from tests.cli.running import examgen


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One exam's folder; tests that change it take a copy."""
    folder = tmp_path_factory.mktemp("grade") / "exam"
    assert examgen("generate", "-o", folder, "--seed", "7").code == 0
    return folder


@pytest.fixture
def exam(drawn: Path, tmp_path: Path) -> Path:
    """The exam in a folder of the test's own."""
    return Path(shutil.copytree(drawn, tmp_path / "exam"))


def record(exam: Path) -> Any:
    """The exam's record."""
    return json.loads((exam / "instructor" / "exam.json").read_text())


def key(exam: Path) -> dict[str, str]:
    """The right answers by label."""
    return {
        part["label"]: part["answer"] for item in record(exam)["items"] for part in item["parts"]
    }


def sheet(exam: Path, answers: dict[str, str], *, name: str = "Ann", id_: str = "ann") -> str:
    """The exam's own blank sheet, filled in."""
    text = (exam / "student" / "answers.txt").read_text()
    for label, answer in ({"name": name, "id": id_} | answers).items():
        text, count = re.subn(rf"(?m)^{label}:.*$", lambda _: f"{label}: {answer}", text)  # noqa: B023
        assert count == 1, label
    return text


def test_a_right_sheet_earns_everything(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "ann.txt").write_text(sheet(exam, key(exam)))
    done = examgen("grade", exam, tmp_path / "ann.txt", "--json")
    assert done.code == 0
    (graded,) = done.json["sheets"]
    assert graded["points"] == done.json["possible"] == 90
    assert {mark["verdict"] for mark in graded["marks"]} == {"correct"}
    assert (graded["id"], graded["name"]) == ("ann", "Ann")
    assert [mark["label"] for mark in graded["marks"]] == list(key(exam))


def test_the_report_has_the_agreed_fields(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "ann.txt").write_text(sheet(exam, {"1": "A"}))
    report = examgen("grade", exam, tmp_path / "ann.txt", "--json").json
    assert report.keys() == {"exam", "possible", "sheets", "refused"}
    assert report["sheets"][0].keys() == {"file", "id", "name", "points", "marks"}
    assert report["sheets"][0]["marks"][0].keys() == {
        *("label", "verdict", "points", "read", "misconception", "feedback")
    }


def test_answers_on_the_wrong_lines_are_told_to_student_and_instructor(
    exam: Path, tmp_path: Path
) -> None:
    right = key(exam)
    labels = [label for label in right if not label.isdecimal()]
    one_too_low = {below: right[label] for label, below in itertools.pairwise(labels)}
    (tmp_path / "ann.txt").write_text(sheet(exam, one_too_low))
    done = examgen("grade", exam, tmp_path / "ann.txt")
    said = "look as if each stood one line too low: they answer the questions before"
    found = re.search(rf"ann\.txt: the answers from \w+ to \w+ {said}\n", done.out)
    assert found
    told = (exam / "instructor/grades/ann.md").read_text(encoding="utf-8")
    assert f"{said}; tell your instructor if they slipped" in told


def test_output_goes_beside_the_record(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "ann.txt").write_text(sheet(exam, key(exam)))
    assert examgen("grade", exam / "instructor" / "exam.json", tmp_path / "ann.txt").code == 0
    written = {path.name for path in (exam / "instructor" / "grades").iterdir()}
    assert written == {"ann.md", "grades.csv"}


def test_a_folder_of_sheets_good_and_bad(exam: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "ann.txt").write_text(sheet(exam, key(exam)))
    (folder / "bob.txt").write_text(sheet(exam, {"1": "B"}, name="Bob", id_="bob"))
    (folder / "twin.txt").write_text(sheet(exam, {"1": "C"}, name="Bob", id_="bob"))
    (folder / "other.txt").write_text(sheet(exam, key(exam)).replace("exam: ", "exam: x"))
    (folder / "empty.txt").write_text("")
    (folder / "photo.jpg").write_bytes(bytes(range(256)) * 40)
    done = examgen("grade", exam, folder, "-o", tmp_path / "out", "--json")
    assert done.code == 1
    assert {Path(each["file"]).name for each in done.json["sheets"]} == {
        *("ann.txt", "bob.txt", "twin.txt")
    }
    refused = {Path(each["file"]).name: each["reason"] for each in done.json["refused"]}
    assert refused.keys() == {"other.txt", "empty.txt", "photo.jpg"}
    assert all(refused.values())
    for name in refused:
        assert name in done.err
    assert "bob.txt" in done.err and "twin.txt" in done.err
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out" / "grades.csv").read_text())))
    assert [row["id"] for row in rows] == ["ann", "bob", "bob"]
    assert rows[0]["points"] == rows[0]["possible"] == "90"


def test_hostile_names_and_answers_stay_text(exam: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    evil = '=HYPERLINK("http://x")\x1b[31m<script>$\\input{/etc/passwd}$[a](http://x)'
    text = sheet(exam, {}, name="@N", id_="../../ann")
    text = text.replace("name: @N", f"name: {evil}")
    text = re.sub(r"(?m)^1:.*$", lambda _: f"1: {evil}", text)
    (folder / "evil.txt").write_text(text)
    done = examgen("grade", exam, folder, "-o", tmp_path / "out", "--json")
    assert done.code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"evil.md", "grades.csv"}
    assert "\x1b" not in done.err
    row = next(csv.DictReader(io.StringIO((tmp_path / "out" / "grades.csv").read_text())))
    assert not row["name"].startswith("=")
    feedback = (tmp_path / "out" / "evil.md").read_text()
    assert "\x1b" not in feedback
    assert "script" in feedback
    assert not {"link_open", "html_inline", "html_block", "image"} & set(token_types(feedback))


def token_types(markdown: str) -> Iterator[str]:
    """What a reader of Markdown that lets HTML and links through finds in a text."""
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown):
        yield token.type
        yield from (child.type for child in token.children or ())


def test_equal_file_names_in_two_folders_get_feedback_each(exam: Path, tmp_path: Path) -> None:
    for name in ("ann", "bob"):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / "answers.txt").write_text(sheet(exam, {}, id_=name))
    assert examgen("grade", exam, tmp_path / "in", "-o", tmp_path / "out").code == 0
    written = {path.name for path in (tmp_path / "out").glob("*.md")}
    assert written == {"ann-answers.txt.md", "bob-answers.txt.md"}


def test_a_recorded_answer_that_the_code_does_not_compute(exam: Path, tmp_path: Path) -> None:
    path = exam / "instructor" / "exam.json"
    changed = record(exam)
    part = changed["items"][6]["parts"][0]
    part["answer"] = {"shape": "(9, 9)", "array": "[[1, 2], [3, 4]]"}.get(part["kind"], "77")
    path.write_text(json.dumps(changed))
    answers = key(exam)
    (tmp_path / "ann.txt").write_text(sheet(exam, answers))
    done = examgen("grade", exam, tmp_path / "ann.txt", "-o", tmp_path / "out")
    assert done.code == 2
    assert part["label"] in done.err and "--recorded-key" in done.err
    assert not (tmp_path / "out").exists()
    done = examgen("grade", exam, tmp_path / "ann.txt", "--recorded-key", "--json")
    assert done.code == 0
    assert done.json["sheets"][0]["points"] == 90


@pytest.mark.parametrize("options", [[], ["--recorded-key"]])
@pytest.mark.parametrize("change", [{"answer": "[["}, {"kind": "banana"}, {"label": "7z"}])
def test_a_record_that_cannot_be_marked_is_no_bug(
    exam: Path, tmp_path: Path, change: dict[str, str], options: list[str]
) -> None:
    """Who edits a record by hand is told which part it is, and nothing is marked."""
    (tmp_path / "ann.txt").write_text(sheet(exam, key(exam)))
    changed = record(exam)
    changed["items"][6]["parts"][0] |= change
    (exam / "instructor" / "exam.json").write_text(json.dumps(changed))
    done = examgen("grade", exam, tmp_path / "ann.txt", "-o", tmp_path / "out", *options)
    assert done.code == 2
    assert "exam.json: " in done.err and re.search(r"\b7[az]\b", done.err)
    assert not (tmp_path / "out").exists()


def test_another_version_alone_is_no_reason_to_refuse(exam: Path, tmp_path: Path) -> None:
    path = exam / "instructor" / "exam.json"
    path.write_text(json.dumps(record(exam) | {"tool": "examgen 9.9.9"}))
    (tmp_path / "ann.txt").write_text(sheet(exam, key(exam)))
    assert examgen("grade", exam, tmp_path / "ann.txt").code == 0


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"schema": 2}', '{"schema": 1}', "\x00"])
def test_what_is_no_record_is_refused(exam: Path, tmp_path: Path, text: str) -> None:
    (exam / "instructor" / "exam.json").write_text(text)
    (tmp_path / "ann.txt").write_text("1: A\n")
    done = examgen("grade", exam, tmp_path / "ann.txt")
    assert done.code == 2
    assert "exam.json" in done.err
    assert "Traceback" not in done.err


def test_solutions_can_be_left_out(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "ann.txt").write_text(sheet(exam, {}))
    assert examgen("grade", exam, tmp_path / "ann.txt", "-o", tmp_path / "with").code == 0
    arguments = ("grade", exam, tmp_path / "ann.txt", "-o", tmp_path / "without")
    assert examgen(*arguments, "--no-solutions").code == 0
    with_them = (tmp_path / "with" / "ann.md").read_text()
    without = (tmp_path / "without" / "ann.md").read_text()
    assert len(without) < len(with_them) / 2
