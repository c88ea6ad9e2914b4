"""What is analysed: one counted result for each student, in terms that all forms share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from examgen.answers import Verdict


@dataclass(frozen=True)
class PartId:
    """A part of an exam, the same in all its forms whatever numbers they drew."""

    item: int
    name: str
    """The part's name in its family; rows are numbered."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one student did in one part."""

    part: PartId
    label: str
    points: float
    possible: int
    verdict: Verdict
    misconceptions: tuple[str, ...] = ()
    option: tuple[str, ...] | None = None
    """Of a choice, the mistakes that lead to the option taken: none for the right one."""
    letter: str = ""
    """Of a choice, the letter taken."""
    offered: tuple[tuple[str, ...], ...] = ()
    """Of a choice, the mistakes that lead to each option on this student's form."""


@dataclass(frozen=True, slots=True)
class Result:
    """One student's counted sheet. Outcomes are shared by all who did the same."""

    student: str
    form: str
    outcomes: tuple[Outcome, ...]
    total: float = field(init=False)
    """All points, before any deduction for lateness."""

    def __post_init__(self) -> None:
        """Add up."""
        object.__setattr__(self, "total", sum(outcome.points for outcome in self.outcomes))

    def item_points(self) -> dict[int, float]:
        """The points of each item."""
        found: dict[int, float] = {}
        for outcome in self.outcomes:
            found[outcome.part.item] = found.get(outcome.part.item, 0.0) + outcome.points
        return found


def asked(results: Iterable[Result], part: PartId) -> Iterator[tuple[Result, Outcome]]:
    """Who was asked a part, and what they did."""
    place = 0
    for each in results:
        outcomes = each.outcomes
        # Nearly all forms have it at the same place.
        if place >= len(outcomes) or outcomes[place].part != part:
            places = (n for n, outcome in enumerate(outcomes) if outcome.part == part)
            if (found := next(places, None)) is None:
                continue
            place = found
        yield each, outcomes[place]
