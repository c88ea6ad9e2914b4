"""A class worked on by a cluster of two workers, one of which is killed in the middle."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from examgen.cli import pools
from examgen.cli.drawing import class_folders
from tests.cli.classroom import grade, make_single, sheet
from tests.cli.running import examgen

FORMS = 60


@pytest.fixture
def cluster() -> Iterator[Any]:
    """Two workers of one thread each, in processes of their own."""
    distributed = pytest.importorskip("distributed", reason="pip install 'examgen-ml[dask]'")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made:
        yield made


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def kill_one_when(cluster: Any, folder: Path, count: int, killed: list[int]) -> threading.Thread:
    """Kill a worker, as nothing can refuse, once there are so many files in a folder."""

    def watch() -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            if sum(1 for _ in folder.rglob("paper.md")) >= count:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)
                return
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


@pytest.mark.filterwarnings("ignore")
def test_a_worker_killed_in_the_middle_costs_nothing(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(class_folders, "CHUNK", 3)
    quiz = ("--blueprint", tmp_path / "quiz.toml", "--format", "md", "--seed", "s")
    make_single(tmp_path)
    common = ("--forms", FORMS, *quiz)
    alone = examgen("generate", "-o", tmp_path / "alone", *common, "--jobs", "1")
    assert alone.code == 0, alone.err
    killed: list[int] = []
    killing = kill_one_when(cluster, tmp_path / "class", FORMS // 4, killed)
    address = cluster.scheduler_address
    done = examgen("generate", "-o", tmp_path / "class", *common, "--scheduler", address)
    killing.join()
    assert done.code == 0, done.err
    assert killed, "all was written before anybody could be killed"
    assert contents(tmp_path / "alone") == contents(tmp_path / "class")


@pytest.mark.filterwarnings("ignore")
def test_sheets_are_graded_on_a_cluster(
    cluster: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pools, "FEW", 0)
    exam = make_single(tmp_path)
    folder = tmp_path / "subs"
    folder.mkdir()
    for number in range(30):
        text = sheet(exam, id=f"s{number}", _1="A" if number % 2 else "B")
        (folder / f"s{number}.txt").write_text(text, encoding="utf-8")
    assert grade(exam, folder, "-o", tmp_path / "alone").code == 0
    address = cluster.scheduler_address
    done = examgen("grade", exam, folder, "-o", tmp_path / "o", "--anew", "--scheduler", address)
    assert done.code == 0, done.err
    assert contents(tmp_path / "alone") == contents(tmp_path / "o")


@pytest.mark.filterwarnings("ignore")
def test_no_scheduler_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="pip install 'examgen-ml[dask]'")
    monkeypatch.setattr("examgen.cli.pools.PATIENCE", 0.2)
    done = examgen(
        *("generate", "-o", tmp_path / "x", "--forms", "2"), "--scheduler", "tcp://127.0.0.1:9"
    )
    assert done.code == 2 and "no scheduler answers there" in done.err
    assert not (tmp_path / "x").exists()


def test_without_dask_the_cure_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = examgen("generate", "-o", tmp_path / "x", "--forms", "2", "--scheduler", "tcp://x:1")
    assert done.code == 3 and "pip install 'examgen-ml[dask]'" in done.err
