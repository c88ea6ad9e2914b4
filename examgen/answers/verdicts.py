"""What a judge can say of an answer."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Verdict(StrEnum):
    """The eight outcomes, in their order of precedence at equal points."""

    CORRECT = "correct"
    CARRIED = "carried"
    PARTIAL = "partial"
    MISCONCEPTION = "misconception"
    WRONG = "wrong"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    PERSON = "person"


WrongEntry = int | str | tuple[int, ...]
"""Which entry of an answer is wrong: a 1-based index (`(2, 3)` of an array, `2` of a shape)."""


@dataclass(frozen=True)
class Judgement:
    """A verdict, the share of the points it earns, and why.

    `reason` is one sentence or clause, empty only where the verdict is correct.
    """

    verdict: Verdict
    credit: Fraction = Fraction(0)
    reason: str = ""
    wrong_entries: tuple[WrongEntry, ...] = ()


NOT_RIGHT = "not the right value"
"""The reason where nothing more is known about a wrong value."""
CORRECT = Judgement(Verdict.CORRECT, Fraction(1))


def wrong(reason: str, wrong_entries: tuple[WrongEntry, ...] = ()) -> Judgement:
    """A readable answer that earns nothing."""
    return Judgement(Verdict.WRONG, reason=reason, wrong_entries=wrong_entries)


def partly(credit: Fraction, reason: str, wrong_entries: tuple[WrongEntry, ...] = ()) -> Judgement:
    """A share of the points, or *wrong* where the share is nothing."""
    if credit <= 0:
        return wrong(reason, wrong_entries)
    return Judgement(Verdict.PARTIAL, credit, reason, wrong_entries)
