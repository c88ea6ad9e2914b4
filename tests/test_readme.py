"""The README tells the truth: its commands run, and its blueprint is one."""

import re
import shlex
from pathlib import Path

import pytest

from tests.cli.running import examgen

README = Path(__file__).resolve().parent.parent / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
BLOCKS = [(match[1], match[2]) for match in BLOCK.finditer(README.read_text(encoding="utf-8"))]
COMMANDS = [
    line.removeprefix("$ ").partition(" #")[0].strip()
    for language, text in BLOCKS
    if language == "console"
    for line in text.splitlines()
    if line.removeprefix("$ ").startswith("examgen ")
]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the README's commands speak of."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("webbrowser.open", lambda _: True)
    (blueprint,) = (text for language, text in BLOCKS if language == "toml")
    Path("quiz.toml").write_text(blueprint, encoding="utf-8")
    assert examgen("generate", "-o", "exam", "--seed", "readme").code == 0
    Path("submissions").mkdir()
    sheet = Path("exam/student/answers.txt").read_text(encoding="utf-8")
    for path in ("anna.txt", "submissions/bob.txt"):
        Path(path).write_text(sheet, encoding="utf-8")
    Path("export.csv").write_text("Student,ID,Section\nBob,1,1\n", encoding="utf-8")
    assert examgen("grade", "exam", "anna.txt").code == 0
    assert examgen("bank", "new", "my-bank").code == 0
    return tmp_path


def test_there_are_commands_to_run() -> None:
    assert len(COMMANDS) >= 8


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("desk")
def test_the_commands_run(command: str) -> None:
    _, *arguments = shlex.split(command)
    if arguments[:2] == ["bank", "new"]:
        Path("my-bank.toml").unlink()
    force = ["--force"] if arguments[0] == "generate" else []
    done = examgen(*arguments, *force)
    # a decision that nobody agreed to is shown and not written: done, with findings
    assert done.code == 0 or (arguments[0] == "regrade" and done.code == 1), done.err


def test_what_comes_out_is_said_within_fifteen_lines() -> None:
    beginning = "\n".join(README.read_text(encoding="utf-8").splitlines()[:15])
    for name in ("paper.tex", "answers.txt", "key.md", "exam.json"):
        assert name in beginning
