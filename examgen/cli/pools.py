"""Pools: where the forms or the sheets of a class are worked on side by side."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager


@contextmanager
def pool_of(jobs: int) -> Iterator[Executor | None]:
    """A pool of so many processes; None for one. What is still waiting is dropped on an error."""
    if jobs <= 1:
        yield None
        return
    # spawn: the same on every system, and no lock of a thread is copied half-held.
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=True, cancel_futures=True)
        raise
    pool.shutdown()
