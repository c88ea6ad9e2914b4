"""What is analysed: one counted result for each student, in terms that all forms share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
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
    """Of a choice, the mistakes that lead to the option taken: none for the printed key."""
    letter: str = ""
    """Of a choice, the letter taken."""
    offered: tuple[tuple[str, ...], ...] = ()
    """Of a choice, the mistakes that lead to each option on this student's form."""
    right: tuple[tuple[str, ...], ...] = ((),)
    """Those of them that are right: the printed key, unless it was decided otherwise."""


@dataclass(frozen=True, slots=True)
class Result:
    """One student's counted sheet. Outcomes are shared by all who did the same."""

    student: str
    form: str
    outcomes: tuple[Outcome, ...]
    dropped: tuple[Outcome, ...] = ()
    """Parts of which everybody has the points: they say nothing of anybody."""
    total: float = field(init=False)
    """All points, those of dropped parts too, before any deduction for lateness."""

    def __post_init__(self) -> None:
        """Add up."""
        everything = (*self.outcomes, *self.dropped)
        object.__setattr__(self, "total", sum(outcome.points for outcome in everything))

    def item_points(self, without: Collection[PartId] = ()) -> dict[int, float]:
        """The points of each item, but for the parts *without*."""
        points: dict[int, float] = {}
        for outcome in self.outcomes:
            if outcome.part in without:
                continue
            points[outcome.part.item] = points.get(outcome.part.item, 0.0) + outcome.points
        return points


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
