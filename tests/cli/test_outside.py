"""Families in Python that do not come with examgen: named files and installed packages."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from examgen.cli.options import FAMILIES
from examgen.exams import catalog, outside
from examgen.exams.record import read_record
from examgen.faults import Fault
from tests.cli.running import examgen

SOURCE = '''
"""Doubling: a family of one's own."""

from random import Random
from typing import Self

from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part


@family(title="Twice a number", minutes=1{more})
class Doubling:
    """A number to be doubled."""

    number: int

    stem = "Let $n = << number >>$."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        return cls(rng.randint(3, 90))

    @part("What is $2n$?", points=1, solution="$2 \\\\cdot << number >> = << answer >>$")
    def double(self) -> int:
        return 2 * self.number

    @double.misconception("That is $n^2$.")
    def squares(self) -> int:
        return self.number**2

    @double.misconception("That is $n$.")
    def keeps_the_number(self) -> int:
        return self.number

    @double.misconception("That is $3n$.")
    def triples(self) -> int:
        return 3 * self.number
'''
QUIZ = """\
title = "Quiz"
course = "Course"
minutes = 10
[[section]]
title = "One"
response = "closed"
count = 1
points = 3
levels = "easy"
families = ["doubling-numbers"]
"""


@pytest.fixture(autouse=True)
def nothing_named() -> Iterator[None]:
    """What a command names for its process is forgotten after the test."""
    before = os.environ.pop(FAMILIES, None)
    yield
    os.environ.pop(FAMILIES, None)
    if before is not None:
        os.environ[FAMILIES] = before
    catalog.made_of.cache_clear()


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file with a family, and a quiz that asks it."""
    folder = tmp_path / "arithmetic"
    folder.mkdir()
    (folder / "doubling_numbers.py").write_text(SOURCE.format(more=""))
    (tmp_path / "quiz.toml").write_text(QUIZ)
    return folder / "doubling_numbers.py"


def test_a_family_in_a_file_is_drawn_and_graded(own: Path, tmp_path: Path) -> None:
    exam = tmp_path / "exam"
    quiz = tmp_path / "quiz.toml"
    done = examgen("generate", "-o", exam, "--blueprint", quiz, "--families", own, "--seed", "1")
    assert done.code == 0, done.err
    record = json.loads((exam / "instructor" / "exam.json").read_text())
    (item,) = record["items"]
    assert item["family"] == "doubling-numbers"
    assert str(tmp_path) not in (exam / "instructor" / "exam.json").read_text()
    sheet = tmp_path / "anna.txt"
    sheet.write_text(f"exam: {record['id']}\n1: {2 * item['givens']['number']}\n")
    done = examgen("grade", exam, sheet, "--families", own, "--json")
    assert done.code == 0, done.err
    assert done.json["sheets"][0]["points"] == 3
    os.environ.pop(FAMILIES)
    text = (exam / "instructor" / "exam.json").read_text()
    assert read_record(text).items[0].problem is None


ANOTHER = """
    @part("And $3n$?", points=1, solution="$<< answer >>$", levels=("hard",))
    def triple(self) -> int:
        return 3 * self.number

    @triple.misconception("That is $2n$.")
    def doubles(self) -> int:
        return 2 * self.number
"""


@pytest.mark.parametrize(("level", "labels"), [("easy", ["1"]), ("hard", ["1a", "1b"])])
def test_a_level_that_asks_one_part_alone_labels_it_so(
    own: Path, tmp_path: Path, level: str, labels: list[str]
) -> None:
    own.write_text(own.read_text() + ANOTHER)
    open_quiz = QUIZ.replace("closed", "open").replace("easy", level)
    (tmp_path / "quiz.toml").write_text(open_quiz)
    named = ("--blueprint", tmp_path / "quiz.toml", "--families", own)
    done = examgen("generate", "-o", tmp_path / "exam", *named)
    assert done.code == 0, done.err
    text = (tmp_path / "exam" / "instructor" / "exam.json").read_text()
    assert [part["label"] for part in json.loads(text)["items"][0]["parts"]] == labels


def test_nothing_is_decided_without_the_families(own: Path, tmp_path: Path) -> None:
    """Else a mark by hand would mark everybody by the record alone."""
    exam = tmp_path / "exam"
    named = ("--blueprint", tmp_path / "quiz.toml", "--families", own)
    assert examgen("generate", "-o", exam, *named).code == 0
    assert examgen("grade", exam, exam / "student/answers.txt", "--families", own).code == 0
    os.environ.pop(FAMILIES)
    before = (exam / "instructor/grades/grades.csv").read_text()
    for decision in (
        ("regrade", exam, "--drop", "1", "--yes"),
        ("mark", exam, "--student", "answers", "--label", "1", "--points", "1"),
    ):
        # In a process of its own, which has never heard of them.
        program = (sys.executable, "-c", "from examgen.cli.main import main; main()")
        done = subprocess.run(
            [*program, *map(str, decision)], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert "your --families" in done.stderr and "nothing was marked" in done.stderr
    assert (exam / "instructor/grades/grades.csv").read_text() == before


def test_its_folder_is_its_topic_unless_it_says_otherwise(own: Path) -> None:
    rows = examgen("bank", "list", "--families", own, "--json").json["families"]
    (row,) = [each for each in rows if each["id"] == "doubling-numbers"]
    assert (row["topic"], row["bank"]) == ("arithmetic", None)
    catalog.made_of.cache_clear()
    more = ', id="twice", topic="numbers", tags=("warm-up",)'
    own.write_text(SOURCE.format(more=more))
    rows = examgen("bank", "list", "--families", own, "--json").json["families"]
    (row,) = [each for each in rows if each["id"] == "twice"]
    assert (row["topic"], row["tags"]) == ("numbers", ["warm-up"])


def test_it_is_validated_like_any_family(own: Path) -> None:
    done = examgen("bank", "validate", "doubling-numbers", "--families", own, "--samples", 30)
    assert [line.split()[0] for line in done.out.splitlines()[1:4]] == ["doubling-numbers"] * 3


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("x = 1", "it declares no family"),
        ("1 / 0", "ZeroDivisionError"),
        ("def", "SyntaxError"),
        (SOURCE.format(more="").replace("-> int", "-> float"), "float"),
    ],
)
def test_a_file_that_is_no_family_is_refused(own: Path, source: str, says: str) -> None:
    own.write_text(source)
    done = examgen("bank", "list", "--families", own)
    assert done.code == 2
    assert says in done.err
    assert "Traceback" not in done.err


def test_a_bank_is_never_run(own: Path, tmp_path: Path) -> None:
    own.write_text(f"open({str(tmp_path / 'run')!r}, 'w')")
    assert examgen("bank", "list", "--bank", own).code == 2
    assert examgen("bank", "validate", own).code == 2
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("point", "says"),
    [
        ("numbers.doubling-numbers = own_families.doubling_numbers:Doubling", ""),
        ("numbers.doubling-numbers = own_families.doubling_numbers", ""),
        ("doubling-numbers = own_families.doubling_numbers", "topic.id"),
        ("numbers.tripling = own_families.doubling_numbers", "leads to doubling-numbers"),
    ],
)
def test_an_installed_package_names_its_families(
    point: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, info = tmp_path / "own_families", tmp_path / "own_families-1.0.dist-info"
    package.mkdir()
    info.mkdir()
    (package / "__init__.py").write_text("")
    (package / "doubling_numbers.py").write_text(SOURCE.format(more=""))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: own-families\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{outside.GROUP}]\n{point}\n")
    monkeypatch.syspath_prepend(tmp_path)
    catalog.made_of.cache_clear()
    if says:
        with pytest.raises(Fault, match=says):
            catalog.load("tripling")
        return
    assert catalog.entry("doubling-numbers").topic == "numbers"
    assert catalog.load("doubling-numbers").title == "Twice a number"
