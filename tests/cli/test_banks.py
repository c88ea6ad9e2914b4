"""Banks on the command line: drawn, shown and graded like what is shipped."""

import json
from pathlib import Path

import pytest

from tests.cli.running import examgen

BANK = """\
topic = "attention"
tags = ["own"]
[[item]]
id = "own-question"
title = "Whose weights"
prompt = "Whose scores does the softmax normalise?"
solution = "Each query's, over all keys."
[[item.option]]
text = "those of one query"
right = true
[[item.option]]
text = "those of one key"
name = "normalises_columns"
feedback = "The weights of one *query* sum to 1."
[[item.option]]
text = "all of them together"
name = "normalises_everything"
feedback = "Each query has a softmax of its own."
[[item.option]]
text = "none"
name = "uses_raw_scores"
feedback = "Scores are not weights yet."
"""
BLUEPRINT = """\
title = "Quiz"
course = "Course"
minutes = 10
[[section]]
title = "One"
response = "closed"
count = 2
points = 3
levels = "easy"
families = ["own-question", "kv-cache-count"]
"""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank and a blueprint that names its item."""
    (tmp_path / "own.toml").write_text(BANK)
    (tmp_path / "quiz.toml").write_text(BLUEPRINT)
    return tmp_path / "own.toml"


def drawn(bank: Path, folder: str = "exam") -> Path:
    """The folder of an exam with the bank's item."""
    out = bank.parent / folder
    done = examgen(
        *("generate", "-o", out, "--seed", "1", "--bank", bank),
        *("--blueprint", bank.parent / "quiz.toml", "--force"),
    )
    assert done.code == 0, done.err
    return out


def test_an_exam_is_graded_without_the_bank(bank: Path) -> None:
    exam = drawn(bank)
    bank.unlink()
    record = json.loads((exam / "instructor" / "exam.json").read_text())
    letters = {
        name: option["letter"]
        for option in record["items"][0]["parts"][0]["options"]
        for name in option["misconceptions"] or ["right"]
    }
    sheets = exam.parent / "sheets"
    sheets.mkdir()
    for name, letter in letters.items():
        (sheets / f"{name}.txt").write_text(f"exam: {record['id']}\n1: {letter}\n2:\n")
    done = examgen("grade", exam, sheets, "--json")
    assert done.code == 0, done.err
    marks = {Path(each["file"]).stem: each["marks"][0] for each in done.json["sheets"]}
    assert marks["right"]["verdict"] == "correct"
    assert marks["normalises_columns"]["misconception"] == "normalises_columns"
    assert (
        "Each query's, over all keys."
        in (exam / "instructor" / "grades" / "normalises_columns.md").read_text()
    )


def test_another_bank_makes_another_exam(bank: Path) -> None:
    first = json.loads((drawn(bank) / "instructor" / "exam.json").read_text())
    again = json.loads((drawn(bank, "again") / "instructor" / "exam.json").read_text())
    assert again == first
    bank.write_text(BANK.replace("none", "some"))
    other = json.loads((drawn(bank, "other") / "instructor" / "exam.json").read_text())
    assert other["id"] != first["id"]
    assert other["blueprint"]["banks"][0].startswith("own.toml ")


def test_an_item_is_shown_and_listed(bank: Path) -> None:
    shown = examgen("show", "own-question", "--bank", bank, "--seed", "1")
    assert shown.code == 0
    assert "Whose scores does the softmax normalise?" in shown.out
    listed = examgen("bank", "list", "--bank", bank, "--json")
    (row,) = [each for each in listed.json["families"] if each["id"] == "own-question"]
    assert (row["bank"], row["tags"], row["response"]) == ("own.toml", ["own"], "closed")
    assert examgen("show", "own-question").code == 2


def test_a_wrong_bank_is_refused_with_all_its_faults(bank: Path) -> None:
    bank.write_text(BANK.replace("title =", "titel =").replace("right = true", ""))
    done = examgen("show", "own-question", "--bank", bank)
    assert done.code == 2
    assert "own.toml:3: title is missing" in done.err
    assert "own.toml:8: 0 options are right" in done.err


def test_html_never_reaches_a_page(bank: Path) -> None:
    bank.write_text(BANK.replace("Whose scores", "<script>x</script> Whose scores"))
    done = examgen("show", "own-question", "--bank", bank)
    assert (done.code, done.out) == (2, "")
    assert "HTML" in done.err


def test_a_taken_id_is_refused(bank: Path) -> None:
    bank.write_text(BANK.replace("own-question", "kv-cache-count"))
    done = examgen("show", "kv-cache-count", "--bank", bank)
    assert done.code == 2
    assert "taken twice" in done.err


FEW_MISTAKES = """\
[[item]]
id = "own-double"
topic = "shapes"
title = "Twice"
prompt = "What is twice $<< n >>$?"
answer = "2 n"
solution = "$<< answer >>$"
[item.parameters]
n = { from = 5, to = 40 }
[[item.mistake]]
name = "adds_two"
answer = "n + 2"
feedback = "You added."
[[item.mistake]]
name = "triples"
answer = "3 n"
feedback = "Twice, not three times."
"""


@pytest.mark.parametrize(("options", "code"), [(4, 2), (3, 0), (2, 0)])
def test_an_item_has_an_option_for_each_mistake_at_most(
    tmp_path: Path, options: int, code: int
) -> None:
    """Where more are printed it is not chosen: it would be drawn in vain."""
    (tmp_path / "own.toml").write_text(FEW_MISTAKES)
    one = BLUEPRINT.replace("count = 2", f"count = 1\noptions = {options}")
    (tmp_path / "quiz.toml").write_text(one.replace('["own-question", "kv-cache-count"]', "[]"))
    done = examgen(
        *("generate", "-o", tmp_path / "exam", "--bank", tmp_path / "own.toml", "--format", "md"),
        *("--blueprint", tmp_path / "quiz.toml", "--include", "own-double"),
    )
    assert done.code == code, done.err
    if code:
        assert "'own-double': no question of quiz.toml can be it" in done.err
