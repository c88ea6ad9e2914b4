"""Whatever is handed in: each has a line of its own, all others are graded, nothing escapes."""

import csv
import json
import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from tests.cli.classroom import grade, key, make_single, record, sheet

REASONS = {
    "empty.txt": "the file is empty",
    "binary.txt": "NUL characters",
    "picture.txt": "a picture",
    "word.docx": "a zip archive",
    "sparse.txt": "more than 5000000 bytes",
    "nul.txt": "NUL characters",
    "deep.json": "nested more than 60 levels deep",
    "link.txt": "a link",
    "pipe": "not a regular file",
    "other.txt": "is for exam 'ffffffffffff'",
    "form.txt": "is for form 'Q'",
    "prose.txt": "no line has a label",
    "broken.zip": "the zip archive is damaged",
}


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_single(tmp_path_factory.mktemp("hostile"))


@pytest.fixture
def submissions(exam: Path, tmp_path: Path) -> Path:
    """A folder with everything that goes wrong, and two good sheets."""
    folder = tmp_path / "subs"
    folder.mkdir()
    good = sheet(exam)
    (folder / "anna.txt").write_text(good, encoding="utf-8")
    (folder / "zoe.txt").write_text(good, encoding="utf-16")
    (folder / "empty.txt").write_bytes(b" \r\n")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 10)
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (folder / "word.docx").write_bytes(b"PK\x03\x04" + bytes(100))
    with (folder / "sparse.txt").open("wb") as file:
        file.truncate(1_000_000_000)
    (folder / "nul.txt").write_bytes(good.encode().replace(b":", b":\x00", 1))
    (folder / "deep.json").write_text('{"1": ' + "[" * 50_000, encoding="utf-8")
    (folder / "link.txt").symlink_to("/etc/passwd")
    os.mkfifo(folder / "pipe")
    other = good.splitlines()
    exam_line = next(line for line in other if line.startswith("exam:"))
    (folder / "other.txt").write_text(good.replace(exam_line, "exam: ffffffffffff"), "utf-8")
    of_another_form = good.replace(exam_line, "").replace("form: A", "form: Q")
    (folder / "form.txt").write_text(of_another_form, encoding="utf-8")
    (folder / "prose.txt").write_text("Dear professor, I was ill.\n", encoding="utf-8")
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + bytes(50))
    return folder


def graded(output: Path) -> dict[str, str]:
    with (output / "grades.csv").open(encoding="utf-8") as file:
        return {Path(row["file"]).name: row["points"] for row in csv.DictReader(file)}


def test_each_has_its_line_and_the_others_are_graded(
    exam: Path, submissions: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out"
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(output)}
    done = grade(exam, submissions, "-o", output)
    assert done.code == 1
    found = graded(output)
    assert {name: found[name] for name in ("anna.txt", "zoe.txt")} == {
        "anna.txt": "25",
        "zoe.txt": "25",
    }
    lines = done.out.partition("Refused:")[2].splitlines()
    for name, reason in REASONS.items():
        assert any(f"/{name}: " in line and reason in line for line in lines), (name, done.out)
    assert not set(REASONS) & set(found)
    after = {path for path in tmp_path.rglob("*") if not path.is_relative_to(output)}
    assert after == before
    assert not any("passwd" in path.read_text("utf-8") for path in output.glob("*.md"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is Unicode")
def test_a_name_that_is_no_unicode_costs_no_other(exam: Path, tmp_path: Path) -> None:
    """As archives packed elsewhere leave them when they are unpacked."""
    folder = tmp_path / "subs"
    folder.mkdir()
    (folder / os.fsdecode(b"\xe4nne.txt")).write_text(sheet(exam, id="a"), encoding="utf-8")
    (folder / os.fsdecode(b"\xfc.txt")).write_bytes(b"")
    (folder / "zoe.txt").write_text(sheet(exam, id="z"), encoding="utf-8")
    done = grade(exam, folder, "-o", tmp_path / "out")
    assert done.code == 1, done.err
    assert graded(tmp_path / "out") == {"\\xe4nne.txt": "25", "zoe.txt": "25"}
    assert "\\xfc.txt: the file is empty" in done.out


def test_half_a_character_in_json_costs_no_other(exam: Path, tmp_path: Path) -> None:
    written = json.dumps({**key(exam), "exam": record(exam)["id"], "name": "😀", "id": "a"})
    half = written.replace('"id": "a"', '"id": "a\\ud800", "1": "\\udc80\\ud83d"')
    (tmp_path / "half.json").write_text(half, encoding="utf-8")
    (tmp_path / "zoe.txt").write_text(sheet(exam, id="z"), encoding="utf-8")
    done = grade(exam, tmp_path / "half.json", tmp_path / "zoe.txt", "-o", tmp_path / "out")
    assert done.code == 0, done.err
    assert graded(tmp_path / "out") == {"half.json": "20", "zoe.txt": "25"}
    assert "😀" in (tmp_path / "out/grades.csv").read_text(encoding="utf-8")


def archive(path: Path, entries: dict[str, bytes]) -> Path:
    """A zip archive with these entries, whatever they are called."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def test_an_archive_is_read_without_being_unpacked(exam: Path, tmp_path: Path) -> None:
    good = sheet(exam).encode()
    entries = {
        "lovelaceada_101_55_answers.txt": good,
        "../../outside.txt": good,
        "/etc/absolute.txt": good,
        "C:\\windows\\win.txt": good,
        "sub/folder/deep.txt": good,
        "__MACOSX/._x.txt": b"junk",
        "assignment_1_export/submission_metadata.yml": b"---\nsubmission_1:\n  :id: junk\n",
        ".hidden": b"junk",
        "inner.zip": archive(tmp_path / "inner.zip", {"a.txt": good}).read_bytes(),
        "bomb.txt": bytes(200_000_000),
    }
    path = archive(tmp_path / "all.zip", entries)
    assert path.stat().st_size < 1_000_000
    output = tmp_path / "out"
    done = grade(exam, path, "-o", output)
    assert sorted(graded(output).values()) == ["25"] * 5, done.out
    assert "bomb.txt: it has more than 5000000 bytes" in done.out
    assert "inner.zip: the file is a zip archive" in done.out
    assert "junk" not in done.out and "metadata" not in done.out
    assert {each.parent for each in output.rglob("*")} == {output}
    assert not (tmp_path.parent / "outside.txt").exists()


def test_a_link_in_an_archive_is_not_followed(exam: Path, tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "x.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
    assert "link.txt: it is a link" in grade(exam, tmp_path / "x.zip", "-o", tmp_path / "o").out


def test_a_damaged_entry_costs_no_other(exam: Path, tmp_path: Path) -> None:
    good = sheet(exam).encode()
    path = archive(tmp_path / "x.zip", {"a.txt": good, "b.txt": good + b"#" * 50})
    data = bytearray(path.read_bytes())
    data[80] ^= 0xFF
    path.write_bytes(data)
    done = grade(exam, path, "-o", tmp_path / "o")
    assert "a.txt: it is damaged in the archive" in done.out
    assert set(graded(tmp_path / "o")) == {"b.txt"}


def test_a_locked_entry_costs_no_other(exam: Path, tmp_path: Path) -> None:
    good = sheet(exam).encode()
    path = archive(tmp_path / "x.zip", {"a.txt": good, "b.txt": good})
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1  # "encrypted"
    data[6] |= 1
    path.write_bytes(data)
    done = grade(exam, path, "-o", tmp_path / "o")
    assert "a.txt: it cannot be unpacked" in done.out
    assert set(graded(tmp_path / "o")) == {"b.txt"}


def test_a_file_that_cannot_be_read_costs_no_other(
    exam: Path, submissions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Path.open

    def refusing(path: Path, *arguments: object, **options: object) -> object:
        if path.name == "anna.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refusing)
    done = grade(exam, submissions / "anna.txt", submissions / "zoe.txt", "-o", tmp_path / "o")
    assert "anna.txt: it cannot be read (Permission denied)" in done.out
    monkeypatch.undo()
    assert set(graded(tmp_path / "o")) == {"zoe.txt"}


def test_a_full_disk_is_said_and_loses_nothing(
    exam: Path, submissions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = tmp_path / "o"

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    done = grade(exam, submissions / "anna.txt", "-o", output)
    assert done.code == 2 and "No space left on device" in done.err
    monkeypatch.undo()
    assert grade(exam, submissions / "anna.txt", "-o", output).code == 0
    assert graded(output) == {"anna.txt": "25"}
    assert not [path for path in output.iterdir() if path.name.startswith(".")]


def test_names_on_sheets_become_neither_files_nor_commands(exam: Path, tmp_path: Path) -> None:
    text = sheet(exam, name="../../../evil \x1b[2J", id="=cmd|' /C calc'!A0")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    done = grade(exam, tmp_path / "a.txt", "-o", tmp_path / "o")
    assert "\x1b" not in done.out
    assert {path.name for path in (tmp_path / "o").iterdir()} <= {
        "a.md",
        "grades.csv",
        "totals.csv",
    }
    with (tmp_path / "o/grades.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert row["id"].startswith("'=") and "\x1b" not in row["name"]
