"""The shipped folders are found in a wheel, in a checkout and in an editable install."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Literal

import pytest

from examgen import resources
from examgen.faults import Fault

ROOT = Path(__file__).resolve().parent.parent
FOLDERS: tuple[Literal["templates", "banks"], ...] = ("templates", "banks")
SHOW = "from examgen.resources import folder; [print(folder(n)) for n in ('templates', 'banks')]"
# What may be set around the tests and would let a throw-away environment see this checkout.
OURS = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")


def run(*command: str | Path, cwd: Path) -> str:
    """The output of a command that must succeed; otherwise the error shows both its streams."""
    environment = {name: value for name, value in os.environ.items() if name not in OURS}
    done = subprocess.run(command, cwd=cwd, env=environment, text=True, capture_output=True)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def build(target: Literal["sdist", "wheel", "wheel:editable"], project: Path, into: Path) -> Path:
    """The one file that hatchling builds of a project."""
    run(sys.executable, "-m", "hatchling", "build", "-t", target, "-d", into, cwd=project)
    (built,) = into.iterdir()
    return built


def installed_folders(wheel: Path, at: Path) -> list[Path]:
    """Where examgen finds its folders when the wheel is installed in a new environment at `at`.

    Neither a network nor the dependencies are needed: examgen.resources imports none.
    """
    run(sys.executable, "-m", "venv", "--without-pip", at, cwd=at.parent)
    python = at / "bin" / "python"
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--no-deps", "--no-index", "--quiet", wheel, cwd=at.parent)
    return [Path(line) for line in run(python, "-I", "-c", SHOW, cwd=at.parent).splitlines()]


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder, by their path in it; there is at least one."""
    paths = [path for path in folder.rglob("*") if path.is_file()]
    assert paths, f"{folder}: holds no file"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", FOLDERS)
def test_in_a_checkout(name: Literal["templates", "banks"]) -> None:
    assert resources.folder(name) == ROOT / name
    assert contents(ROOT / name)


@pytest.mark.install
def test_in_a_wheel_made_from_the_sdist(tmp_path: Path) -> None:
    sdist = build("sdist", ROOT, tmp_path / "sdist")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    wheel = build("wheel", unpacked, tmp_path / "from-sdist")
    found = installed_folders(wheel, tmp_path / "environment")
    for folder, name in zip(found, FOLDERS, strict=True):
        assert folder.is_relative_to(tmp_path / "environment")
        assert contents(folder) == contents(ROOT / name)
    directly = build("wheel", ROOT, tmp_path / "directly")
    assert zipfile.ZipFile(wheel).namelist() == zipfile.ZipFile(directly).namelist()


@pytest.mark.install
def test_in_an_editable_install(tmp_path: Path) -> None:
    wheel = build("wheel:editable", ROOT, tmp_path / "editable")
    found = installed_folders(wheel, tmp_path / "environment")
    assert found == [ROOT / name for name in FOLDERS]
    copies = [copy for name in FOLDERS for copy in tmp_path.rglob(name)]
    assert not copies, "an editable install must hold no copy: it would go stale"


def test_a_missing_folder_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another project's `templates` in site-packages is not ours."""
    (tmp_path / "examgen").mkdir()
    (tmp_path / "templates").mkdir()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "examgen")
    with pytest.raises(Fault, match="folder 'templates' is missing; install examgen again"):
        resources.folder("templates")
