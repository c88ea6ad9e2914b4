"""What every test may ask for, and how hypothesis draws its examples."""

import os
import shutil
from importlib import import_module
from types import ModuleType

import pytest
from hypothesis import settings

from tests import oracle_record

# The same examples at every run, so that a change is judged by what it changes; and no deadline,
# which would judge the machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the flags that renew golden pages and the record of the long sweeps."""
    parser.addoption("--renew-golden", action="store_true", help="Write the golden pages anew.")
    parser.addoption("--record-oracle", action="store_true", help="Renew docs/oracle.md.")


def pytest_configure(config: pytest.Config) -> None:
    """Record a sweep where that is asked for: in the process that hears of all its tests."""
    if config.getoption("--record-oracle") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(oracle_record.Recorder())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let sweeps say how long they are."""
    oracle_record.note_seeds(items)


@pytest.fixture(scope="session")
def renew_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden pages are to be written anew."""
    return bool(request.config.getoption("--renew-golden"))


def missing(tool: str) -> None:
    """Skip the test for want of a tool; fail it in CI, where every oracle must have its say."""
    reason = f"needs {tool}, which is not installed"
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason}; in CI it has to be", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    """Return PyTorch on one thread, or skip."""
    try:
        module = import_module("torch")
    except ImportError:
        missing("torch")
    module.set_num_threads(1)
    return module


def needed(*tools: str) -> None:
    """Skip the test where one of the commands is missing."""
    for tool in tools:
        if shutil.which(tool) is None:
            missing(tool)


@pytest.fixture(scope="session")
def pandoc() -> None:
    """Skip where pandoc is missing."""
    needed("pandoc")


@pytest.fixture(scope="session")
def cmark_gfm() -> None:
    """Skip where cmark-gfm, GitHub's reader of Markdown, is missing."""
    needed("cmark-gfm")


@pytest.fixture(scope="session")
def chromium() -> None:
    """Skip where the browser is missing, or pdftotext, which reads what it prints."""
    needed("chromium", "pdftotext")


@pytest.fixture(scope="session")
def pdftotext() -> None:
    """Skip where pdftotext is missing, which reads PDFs."""
    needed("pdftotext")


@pytest.fixture(scope="session")
def pdflatex(pdftotext: None) -> None:  # noqa: ARG001  # what it makes is read
    """Skip where pdflatex is missing."""
    needed("pdflatex")


@pytest.fixture(scope="session")
def typst() -> None:
    """Skip where the package typst is missing, which sets the PDFs of those without LaTeX."""
    try:
        import_module("typst")
    except ImportError:
        missing("typst")
