"""A budget for exact arithmetic, so that no mixture of small steps adds up to a long one.

Nothing is counted unless somebody sets a budget: answers of strangers are read and judged within
one, questions are drawn without. What is spent is a pure function of the operands, counted before
the step is made: a clock, or what happens to be remembered, would make verdicts differ.
"""

from __future__ import annotations

from contextvars import ContextVar, Token
from types import TracebackType

from examgen.exact.errors import Undefined


class Exhausted(Undefined):
    """The budget is used up: of the value nothing is known."""


class Effort:
    """What may still be spent, in units of about a microsecond; `with` makes it the budget.

    Exact arithmetic stops where `reserve` is left: what it could not hold may still be enclosed.
    """

    __slots__ = ("_token", "left", "reserve")

    def __init__(self, units: int, reserve: int = 0) -> None:
        self.left = units
        self.reserve = reserve

    def __enter__(self) -> Effort:
        """Let everything in this thread that costs effort take it from here."""
        self._token: Token[Effort | None] = _BUDGET.set(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Go back to what was the budget before."""
        _BUDGET.reset(self._token)

    def spend(self, units: int, keep: int = 0) -> None:
        """Take units off; raise `Exhausted` where that would leave less than is to be kept."""
        left = self.left - units
        if left < keep:
            raise Exhausted("more work than is allowed")
        self.left = left


_BUDGET: ContextVar[Effort | None] = ContextVar("budget", default=None)


def budget() -> Effort | None:
    """The budget, None where nothing is counted."""
    return _BUDGET.get()


def spend(units: int) -> None:
    """Take units off the budget, if there is one, down to its reserve."""
    effort = _BUDGET.get()
    if effort is not None:
        effort.spend(units, effort.reserve)


def spend_reserve(units: int) -> None:
    """Take units off the budget, if there is one, down to nothing."""
    effort = _BUDGET.get()
    if effort is not None:
        effort.spend(units)


def cost_of_bits(bits: int) -> int:
    """What products, quotients and common factors of numbers of this length cost in Python."""
    return (bits >> 10) ** 2
