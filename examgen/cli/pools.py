"""Pools: where the forms or the sheets of a class are worked on side by side."""

from __future__ import annotations

import atexit
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import ParamSpec, TypeVar

from examgen.cli.garbage import collect_rarely
from examgen.faults import Fault, MissingTool, visible

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
FEW = 200
"""Sheets; so few are done about as soon without a pool, and at half the cost."""
AT_ONCE = 16
"""How many pieces of work wait in a pool: more would only fill the memory."""
PATIENCE = 20
"""Seconds to wait for a scheduler to answer."""
DASK = "pip install 'examgen-ml[dask]'"
AGAIN = "run it again: what was written stays, and it goes on from there"


@contextmanager
def pool_of(jobs: int, scheduler: str = "") -> Iterator[Executor | None]:
    """A pool of *jobs* processes, or the workers of a Dask scheduler; None for one process.

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
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(jobs, mp_context=spawn, initializer=begin_worker)
    try:
        yield pool
    except BrokenProcessPool as error:
        raise Fault("--jobs", "a worker process died, or was killed", AGAIN) from error
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()


def begin_worker() -> None:
    """Set a process of the pool up, also for its end.

    It leaves its memory to the system whole: to take it apart object by object takes seconds after
    a large class, and has no other effect.
    """
    collect_rarely()
    atexit.register(os._exit, 0)


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


class Workers(ExitStack):
    """A pool that is made when there is enough to do for it, and then kept until the end."""

    def __init__(self, jobs: int, scheduler: str = "") -> None:
        super().__init__()
        self.jobs = jobs
        self.scheduler = scheduler
        self.pool: Executor | None = None

    def enough(self, count: int) -> Executor | None:
        """The pool, if that many sheets are worth one; None for this process alone."""
        if self.pool is None and (self.scheduler or count > FEW):
            self.pool = self.enter_context(pool_of(self.jobs, self.scheduler))
        return self.pool

    def beside(self, work: Callable[P, R], *about: P.args, **more: P.kwargs) -> Callable[[], R]:
        """Start something beside what follows; a call of what this returns waits for the result.

        On a cluster, and without a pool, it is done when it is asked for: a database that is open
        here is not to be opened on another machine.
        """
        if self.pool is None or self.scheduler:
            return partial(work, *about, **more)
        return self.pool.submit(work, *about, **more).result


def spread(work: Callable[[T], R], pieces: Iterable[T], pool: Executor | None) -> Iterator[R]:
    """What comes of every piece, in order; with a pool several at a time, but never all at once."""
    if pool is None:
        yield from map(work, pieces)
        return
    waiting: deque[Future[R]] = deque()
    for piece in pieces:
        waiting.append(pool.submit(work, piece))
        if len(waiting) > AT_ONCE:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
