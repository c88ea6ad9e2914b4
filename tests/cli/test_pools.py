"""Work beside what follows: in a process of its own where there is one."""

import os
from pathlib import Path

import pytest

from examgen.cli.pools import FEW, Workers
from examgen.faults import Fault


def fail() -> None:
    raise Fault("here", "it went wrong")


def test_with_a_pool_it_is_done_elsewhere() -> None:
    with Workers(2) as workers:
        workers.enough(FEW + 1)
        assert workers.beside(os.getpid)() != os.getpid()
        with pytest.raises(Fault, match="it went wrong"):
            workers.beside(fail)()


def test_without_one_it_is_done_here_when_it_is_asked_for(tmp_path: Path) -> None:
    with Workers(2) as workers:
        workers.enough(FEW)
        made = workers.beside((tmp_path / "made").touch)
        assert not (tmp_path / "made").exists()
        made()
        assert (tmp_path / "made").exists()
        assert workers.beside(os.getpid)() == os.getpid()
