"""What reading and judging one answer may cost, whatever is written in it."""

from __future__ import annotations

from types import TracebackType

from examgen.answers.reading import Unreadable
from examgen.exact.effort import Effort, Exhausted, budget

TOO_MUCH = "this takes more computing than one answer is given; please write it more simply"


class Allowance:
    """The budget of what is done within it, unless there is one already: then that one goes on.

    Where its own budget is used up it raises `Unreadable`; another's goes on to be `Exhausted`.
    """

    __slots__ = ("_effort",)

    def __init__(self, units: int, reserve: int) -> None:
        self._effort = None if budget() else Effort(units, reserve)

    def __enter__(self) -> None:
        """Begin to count."""
        if self._effort is not None:
            self._effort.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Say in a reader's words that too much was asked."""
        if self._effort is not None:
            self._effort.__exit__(kind, error, traceback)
            if isinstance(error, Exhausted):
                raise Unreadable(TOO_MUCH) from None
