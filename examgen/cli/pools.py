"""Pools: where the forms or the sheets of a class are worked on side by side."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from examgen.faults import Fault, MissingTool, visible

PATIENCE = 20
"""Seconds to wait for a scheduler to answer."""
DASK = "pip install 'examgen-ml[dask]'"
AGAIN = "run it again: what was written stays, and it goes on from there"


@contextmanager
def pool_of(jobs: int, scheduler: str = "") -> Iterator[Executor | None]:
    """A pool of so many processes, or the workers of a Dask scheduler; None for one process.

    On an error what still waits is dropped.
    """
    if scheduler:
        with cluster(scheduler) as executor:
            yield executor
    elif jobs <= 1:
        yield None
    else:
        with processes(jobs) as executor:
            yield executor


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """Processes on this machine."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    # spawn: the same on every system, and no lock of a thread is copied half-held.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    except BrokenProcessPool as error:
        raise Fault("--jobs", "a worker process died, or was killed", AGAIN) from error
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


@contextmanager
def cluster(scheduler: str) -> Iterator[Executor]:
    """The workers of an existing cluster, which see the same files as this machine."""
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise MissingTool("--scheduler", "Dask is not installed", DASK) from error
    try:
        client = Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        found = f"no scheduler answers there ({error})"
        raise Fault(f"--scheduler {visible(scheduler)}", found, "as in tcp://host:8786") from error
    with client:
        try:
            yield client.get_executor(retries=3)
        except KilledWorker as error:
            raise Fault("--scheduler", "its workers died again and again", AGAIN) from error
