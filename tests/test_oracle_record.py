"""The record of the long sweeps: each run renews its own rows and leaves the others."""

from pathlib import Path

import pytest

from tests import oracle_record
from tests.oracle_record import HEAD, Recorder


def report(path: str, outcome: str, *, when: str = "call", seeds: int = 0) -> pytest.TestReport:
    """What pytest says of one test."""
    properties = [("seeds", seeds)] if seeds else []
    where = (path, 1, "test")
    return pytest.TestReport(path, where, {}, outcome, None, when, user_properties=properties)  # type: ignore[arg-type]


def record(monkeypatch: pytest.MonkeyPatch, page: Path, *reports: pytest.TestReport) -> list[str]:
    """The lines of the table after a run."""
    monkeypatch.setattr(oracle_record, "PAGE", page)
    monkeypatch.setattr(oracle_record, "version", lambda: "9.9 abc")
    recorder = Recorder()
    for each in reports:
        recorder.pytest_runtest_logreport(each)
    recorder.pytest_sessionfinish()
    text = page.read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    return text.removeprefix(HEAD).splitlines()


FAMILY = "tests/families/kernels/test_reparam_shapes.py"


def test_a_run_renews_its_rows_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "oracle.md"
    other = "tests/exact/test_oracles.py"
    record(monkeypatch, page, report(FAMILY, "passed", seeds=200), report(other, "failed"))
    lines = record(monkeypatch, page, report(FAMILY, "passed", seeds=10_000))
    assert [line.split(" | ")[:4] for line in lines] == [
        ["| `reparam-shapes`", "10,000", "1", "0"],
        [f"| {other}", "-", "0", "1"],
    ]
    assert lines[0].endswith("| 9.9 abc |")


def test_what_could_not_be_called_has_not_passed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = record(
        monkeypatch,
        tmp_path / "oracle.md",
        report(FAMILY, "skipped", when="setup"),
        report(FAMILY, "passed", when="setup"),
        report(FAMILY, "passed"),
    )
    assert lines[0].split(" | ")[2:4] == ["1", "1"]


def test_nothing_is_written_where_nothing_was_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(oracle_record, "PAGE", tmp_path / "oracle.md")
    Recorder().pytest_sessionfinish()
    assert not (tmp_path / "oracle.md").exists()
