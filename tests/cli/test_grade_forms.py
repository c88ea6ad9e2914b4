"""`examgen grade` on the same answers in every form, and on a table of a class."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.running import examgen


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forms") / "exam"
    assert examgen("generate", "-o", folder, "--seed", "11").code == 0
    return folder


@pytest.fixture(scope="module")
def key(exam: Path) -> dict[str, str]:
    record = json.loads((exam / "instructor/exam.json").read_text())
    return {part["label"]: part["answer"] for item in record["items"] for part in item["parts"]}


def paper(exam: Path, key: dict[str, str]) -> str:
    """The paper, answered below the prompts and in the tables."""
    lines = []
    for line in (exam / "student/paper.md").read_text().split("\n"):
        for label, answer in key.items():
            if line.startswith(f"**{label}** ("):
                line += f"\n\n{answer}"
            elif line.startswith(f"### {label} ("):
                line += f"\n\nAnswer: {answer}"
            elif line.startswith("|"):
                line = line.replace(f"| **{label}**", f"| **{label}** {answer}")
        lines.append(line)
    return "\n".join(lines)


def written(form: str, exam: Path, key: dict[str, str]) -> str:
    match form:
        case "ipynb":
            return json.dumps({"cells": [{"source": f"{a}: {b}"} for a, b in key.items()]})
        case "json":
            return json.dumps({"id": "ann", "answers": key})
        case "toml":
            return "[answers]\n" + "".join(f"{a} = '{b}'\n" for a, b in key.items())
        case "yaml":
            return "answers:\n" + "".join(f"  {a}: {b}\n" for a, b in key.items())
        case "csv":
            return "question,answer\n" + "".join(f'{a},"{b}"\n' for a, b in key.items())
    return paper(exam, key)


@pytest.mark.parametrize("form", ["md", "json", "toml", "yaml", "csv", "ipynb"])
def test_the_key_earns_everything_in_every_form(
    form: str, exam: Path, key: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / f"ann.{form}").write_text(written(form, exam, key))
    done = examgen("grade", exam, tmp_path / f"ann.{form}", "-o", tmp_path / "out", "--json")
    assert done.code == 0, done.err
    (sheet,) = done.json["sheets"]
    assert {mark["label"] for mark in sheet["marks"] if mark["verdict"] != "correct"} == set()
    assert sheet["points"] == done.json["possible"]
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"ann.md", "grades.csv"}


def test_a_table_of_a_class(exam: Path, key: dict[str, str], tmp_path: Path) -> None:
    with (tmp_path / "forms.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "exam", *key])
        table.writerow(["../../ann", "", *key.values()])
        table.writerow(["bob", "another", *key.values()])
        table.writerow(["", "", *["?"] * len(key)])
    done = examgen("grade", exam, tmp_path / "forms.csv", "-o", tmp_path / "out", "--json")
    assert done.code == 1
    ann, nobody = done.json["sheets"]
    assert (ann["id"], ann["points"]) == ("../../ann", done.json["possible"])
    assert (nobody["id"], nobody["name"], nobody["points"]) == ("", "forms 3", 0)
    assert [Path(each["file"]).name for each in (ann, nobody)] == ["forms.csv#1", "forms.csv#3"]
    (refused,) = done.json["refused"]
    assert Path(refused["file"]).name == "forms.csv#2"
    assert "it is for exam 'another'" in refused["reason"]
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert names - {"totals.csv"} == {"forms-1.md", "forms-3.md", "grades.csv"}


def test_feedback_on_rows_and_files_of_like_names(exam: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text("id,1\ns1,B\ns2,C\n")
    (tmp_path / "in" / "a-1.txt").write_text("1: B\n")
    (tmp_path / "in" / "a#2.txt").write_text("1: B\n")
    assert examgen("grade", exam, tmp_path / "in", "-o", tmp_path / "out").code == 0
    names = sorted(path.name for path in (tmp_path / "out").glob("*.md"))
    assert len(names) == 4
    assert "a-2.md" in names
