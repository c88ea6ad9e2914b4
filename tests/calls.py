"""What a piece of work takes: counted, so that no clock and no other work makes a test fail."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from types import FrameType

PATIENCE = 60.0
"""Seconds of processor time for what takes far less: they tell what ends from what does not.

One look of Python's collector at the objects of a long run of tests takes a second, whatever the
work that it interrupts; so no bound near what the work itself takes would hold.
"""


@contextmanager
def patience() -> Iterator[None]:
    """What runs inside has to end before patience does."""
    begin = process_time()
    yield
    assert process_time() - begin < PATIENCE


def calls(work: Callable[[], object]) -> int:
    """How many functions are called, Python's and C's: the same on every machine, however busy."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    with patience():
        sys.setprofile(note)
        try:
            work()
        finally:
            sys.setprofile(None)
    return count
