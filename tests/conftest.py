"""What every test may ask for, and how hypothesis draws its examples."""

import os
import shutil
from importlib import import_module
from types import ModuleType

import pytest
from hypothesis import settings

# The same examples at every run, so that a change is judged by what it changes; and no deadline,
# which would judge the machine.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.load_profile("steady")


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


@pytest.fixture(scope="session")
def pdflatex() -> None:
    """Skip where pdflatex is missing, or pdftotext, which reads what it made."""
    for tool in ("pdflatex", "pdftotext"):
        if shutil.which(tool) is None:
            missing(tool)
