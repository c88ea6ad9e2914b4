"""Finding the files that were handed in: in order, each once, and none hides another."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from examgen.cli.grading.found_files import find_files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of files, each of which says its name."""
    names = (
        "b.txt",
        "a/z.txt",
        "a/b/c.txt",
        "c/a.txt",
        "a.txt",
        "a b.txt",
        ".git/x",
        "a/.y",
        "e/f",
    )
    for name in names:
        path = tmp_path / "subs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "subs"


def found(paths: Iterable[Path]) -> list[str]:
    """What was read, by what it says."""
    return [each.content.decode() for each in find_files(paths) if not each.refused]


def test_files_come_in_the_order_of_their_paths(folder: Path) -> None:
    visible = [path for path in folder.rglob("*") if path.is_file()]
    names = [path.relative_to(folder) for path in visible if not path.name.startswith((".", "x"))]
    assert found([folder]) == [name.as_posix() for name in sorted(names)]


def test_paths_are_told_as_they_were_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert [each.file for each in find_files([Path(), Path("../subs/c")])][:2] == [
        "a/b/c.txt",
        "a/z.txt",
    ]
    assert [each.file for each in find_files([Path("../subs/c")])] == [str(Path("../subs/c/a.txt"))]


def test_what_is_named_twice_is_read_once(folder: Path) -> None:
    everything = found([folder])
    again = [folder / "c", folder / "a.txt", folder / "a/../a", folder]
    assert found([folder, *again]) == everything
    assert sorted(found([*again, folder])) == sorted(everything)


def test_a_hidden_file_is_read_where_it_is_named(folder: Path) -> None:
    assert found([folder, folder / "a/.y", folder / "a/.y"]) == [*found([folder]), "a/.y"]


def test_a_link_does_not_hide_what_it_points_to(folder: Path) -> None:
    everything = found([folder])
    (folder / "a/0.txt").symlink_to(folder / "c/a.txt")
    (folder / "loop").symlink_to("loop")
    (folder / "0").symlink_to(folder / "a", target_is_directory=True)
    assert found([folder]) == everything
    assert found([folder / "a/0.txt", folder]) == [
        "c/a.txt",
        *(each for each in everything if each != "c/a.txt"),
    ]
    refused = [each for each in find_files([folder]) if each.refused]
    assert [Path(each.file).name for each in refused] == ["0.txt", "loop"]


def test_what_is_passed_over_is_read_where_it_is_named(folder: Path) -> None:
    everything = found([folder])
    without = [folder / "a/b", folder / "c/a.txt", folder.parent / "elsewhere", folder]
    assert list(find_files([folder], without)) == [
        each for each in find_files([folder]) if each.content not in (b"a/b/c.txt", b"c/a.txt")
    ]
    named = [each.content.decode() for each in find_files([folder / "a/b"], without)]
    assert named == ["a/b/c.txt"] and len(everything) == 7
