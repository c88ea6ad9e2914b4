"""The committed exam and its sample answers: what each student should get, and does."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import examgen

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
EXPECTED = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The graded sheets by their file's name."""
    output = tmp_path_factory.mktemp("grades")
    done = examgen("grade", EXAMPLES / "midterm", EXAMPLES / "answers", "-o", output, "--json")
    assert done.code == 0, done.err
    return {Path(sheet["file"]).name: sheet for sheet in done.json["sheets"]}


@pytest.mark.parametrize("name", EXPECTED)
def test_each_student_gets_what_they_should(name: str, sheets: dict[str, Any]) -> None:
    sheet, expected = sheets[name], EXPECTED[name]
    marks = {mark["label"]: mark for mark in sheet["marks"]}
    assert {label: mark["verdict"] for label, mark in marks.items()} == expected["verdicts"]
    assert sheet["points"] == expected["points"]
    for label, misconception in expected.get("misconceptions", {}).items():
        assert marks[label]["misconception"] == misconception


def test_all_sheets_are_there(sheets: dict[str, Any]) -> None:
    assert sheets.keys() == EXPECTED.keys()
    verdicts = [each for sheet in EXPECTED.values() for each in sheet["verdicts"].values()]
    assert set(verdicts) >= {"correct", "carried", "partial", "misconception", "wrong", "blank"}
    assert list(EXPECTED["typical.txt"]["verdicts"].values()).count("carried") == 2


def test_the_paper_gives_nothing_away() -> None:
    files = [each for each in (EXAMPLES / "midterm" / "student").rglob("*") if each.is_file()]
    for path in files:
        assert "practice-3" not in path.read_text(encoding="utf-8")
