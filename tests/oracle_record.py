"""What `make oracle` last found: a table in docs/, of which each run renews its own rows."""

from __future__ import annotations

import subprocess
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from examgen import __version__

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "oracle.md"
HEAD = """\
# What the long sweeps found

`make oracle` draws each family thousands of times at each level. It compares every right answer,
and every misconception that can be built into the other implementation, with code that shares
nothing with examgen. `make oracle OF=tests/families/attention` renews only some rows. Seeds are
counted for each level; tests that draw nothing have none. `concept-data-to-model` is missing,
because which model suits which data cannot be computed.

| compared | seeds | checks passed | failed | day | version |
|---|---|---|---|---|---|
"""


@dataclass
class Found:
    """What a run found out about one file of tests."""

    seeds: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)

    def row(self, name: str, day: str, version: str) -> str:
        """Its line of the table; what was skipped has not passed."""
        passed = self.outcomes["passed"]
        failed = self.outcomes.total() - passed
        seeds = f"{self.seeds:,}" if self.seeds else "-"
        return f"| {name} | {seeds} | {passed} | {failed} | {day} | {version} |"


def note_seeds(items: Iterable[pytest.Item]) -> None:
    """Let each test of a sweep report how many seeds it goes through."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        seeds = callspec.params.get("seeds") if callspec else None
        if seeds is not None and item.get_closest_marker("oracle"):
            item.user_properties.append(("seeds", len(seeds)))


class Recorder:
    """Collects the reports of a run, wherever its workers are, and writes the table at the end."""

    def __init__(self) -> None:
        self.found: dict[str, Found] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once: when it was called, or when it could not be."""
        if report.when != "call" and report.outcome == "passed":
            return
        found = self.found.setdefault(name_of(report.location[0]), Found())
        found.outcomes[report.outcome] += 1
        found.seeds = max([found.seeds, *(seeds_of(report))])

    def pytest_sessionfinish(self) -> None:
        """Renew the rows of what was run."""
        if self.found:
            day = datetime.now(UTC).date().isoformat()
            rows = {name: each.row(name, day, version()) for name, each in self.found.items()}
            PAGE.write_text(page(read_rows() | rows), encoding="utf-8")


def seeds_of(report: pytest.TestReport) -> list[int]:
    """How many seeds the test went through, if it says so."""
    return [int(str(value)) for name, value in report.user_properties if name == "seeds"]


def name_of(path: str) -> str:
    """A family by its name, any other test by its file."""
    file = Path(path)
    if file.parts[:2] == ("tests", "families"):
        return f"`{file.stem.removeprefix('test_').replace('_', '-')}`"
    return path


def read_rows() -> dict[str, str]:
    """The rows there are, by what they are about."""
    if not PAGE.exists():
        return {}
    lines = PAGE.read_text(encoding="utf-8").removeprefix(HEAD).splitlines()
    return {line.split("|")[1].strip(): line for line in lines if line.startswith("| ")}


def page(rows: Mapping[str, str]) -> str:
    """The page, its rows in order."""
    return HEAD + "".join(f"{rows[name]}\n" for name in sorted(rows))


def version() -> str:
    """The version, with the commit where that is known."""
    asked = ["git", "rev-parse", "--short=9", "HEAD"]
    found = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return f"{__version__} {found.stdout.strip()}".strip()
