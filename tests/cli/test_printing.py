"""Outputs that cannot take every sign, and places that cannot be used, end no command as a bug."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import examgen

PROGRAM = (sys.executable, "-c", "from examgen.cli.main import main; main()")


def printed(encoding: str, *arguments: object) -> str:
    """What the program writes into a pipe with this encoding."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert done.returncode in (0, 1), done.stderr.decode(encoding)
    return done.stdout.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437", "utf-8"])
def test_a_pipe_takes_what_its_encoding_has(tmp_path: Path, encoding: str) -> None:
    sheet = tmp_path / "anna.txt"
    sheet.write_text("name: Änne → 小龙 😀\n1: √2\n2: −1\n", encoding="utf-8")
    said = printed(encoding, "check", sheet)
    assert "name Änne" in said
    assert "->" in said or encoding == "utf-8"
    (checked,) = json.loads(printed(encoding, "check", sheet, "--json"))["sheets"]
    assert checked["name"].replace("->", "→") == "Änne → 小龙 😀"


def test_a_folder_that_is_none_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    for arguments in (
        ("generate", "-o", tmp_path / "file"),
        ("generate", "-o", tmp_path / "file", "--forms", "2"),
        ("practice", tmp_path, "--class", "-o", tmp_path / "file"),
        ("bank", "new", tmp_path / "file" / "bank"),
    ):
        done = examgen(*arguments)
        assert done.code == 2, (arguments, done.err)
        assert done.err.startswith("examgen: ") and "Traceback" not in done.err


@pytest.mark.parametrize("name", [".", "..", "/"])
def test_a_bank_needs_a_name(name: str) -> None:
    done = examgen("bank", "new", name)
    assert done.code == 2
    assert f"{name}: it cannot be the name of a file" in done.err


def test_a_misspelt_command_is_told_which_one_was_meant() -> None:
    done = examgen("genrate", "-o", "x")
    assert done.code == 2
    assert (
        "No such command 'genrate'; did you mean 'generate'? allowed: 'bank', 'check'" in done.err
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_no_room_for_what_is_printed_is_no_bug() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "show", "conv2d-entry"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert "\nexamgen: standard output: it cannot be written (" in done.stderr
    assert "Traceback" not in done.stderr
