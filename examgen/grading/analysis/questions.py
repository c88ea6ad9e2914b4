"""Items and parts: how difficult they were, and whether they tell good students from weak ones."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from examgen.answers import Verdict
from examgen.grading.analysis.moments import correlation, deviation, extreme_weights, mean, weighted
from examgen.grading.analysis.results import Outcome, PartId, Result, asked

ENOUGH_FOR_GROUPS = 10
"""Students; of fewer the upper and lower 27 % are two people."""


@dataclass(frozen=True)
class Statistics:
    """What is known of an item or of a part of one."""

    label: str
    count: int
    """Students who were asked."""
    possible: int
    difficulty: float | None
    """The mean share of the points earned: the higher, the easier."""
    deviation: float | None
    """The standard deviation of that share."""
    discrimination: float | None
    """The correlation with the rest of the exam, this question left out (item-rest)."""
    upper_lower: float | None
    """The difference of the difficulty between the best and the weakest 27 %."""
    verdicts: Mapping[Verdict, int]

    def share(self, verdict: Verdict) -> float:
        """The share of the answers with this verdict."""
        answered = sum(self.verdicts.values())
        return self.verdicts.get(verdict, 0) / answered if answered else 0.0


def item_statistics(results: Sequence[Result]) -> tuple[Statistics, ...]:
    """The statistics of every item, in printed order."""
    numbers = sorted({outcome.part.item for outcome in distinct(results)})
    return tuple(
        statistics(
            str(number),
            (
                (each, [outcome for outcome in each.outcomes if outcome.part.item == number])
                for each in results
            ),
        )
        for number in numbers
    )


def distinct(results: Iterable[Result]) -> Iterable[Outcome]:
    """Every outcome once, in the order in which they are met."""
    return dict.fromkeys(outcome for each in results for outcome in each.outcomes)


def part_statistics(results: Sequence[Result]) -> tuple[tuple[PartId, Statistics], ...]:
    """The statistics of every part, in printed order, each over the forms that have it.

    One part after the other: what is gathered of one is as much as the class is large.
    """
    first = first_places(results)
    return tuple(
        (part, statistics(label, ((who, [did]) for who, did in asked(results, part))))
        for part, (_, _, _, label) in sorted(first.items(), key=lambda pair: pair[1])
    )


def first_places(results: Iterable[Result]) -> dict[PartId, tuple[int, int, str, str]]:
    """Where each part stands in the form that has it first, and its label there."""
    places: dict[PartId, tuple[int, int, str, str]] = {}
    for each in results:
        for position, outcome in enumerate(each.outcomes):
            part = outcome.part
            if part not in places:
                places[part] = (part.item, position, part.name, outcome.label)
    return places


def statistics(label: str, answered: Iterable[tuple[Result, list[Outcome]]]) -> Statistics:
    """The statistics of a question from what each student who was asked it did."""
    earned, possible, totals = array("d"), array("d"), array("d")
    verdicts: Counter[Verdict] = Counter()
    for result, outcomes in answered:
        if outcomes:
            earned.append(sum(outcome.points for outcome in outcomes))
            possible.append(sum(outcome.possible for outcome in outcomes))
            totals.append(result.total)
            verdicts.update(outcome.verdict for outcome in outcomes)
    both = zip(earned, possible, strict=True)
    shares = array("d", (points / most if most else 0.0 for points, most in both))
    rest = array("d", (whole - points for whole, points in zip(totals, earned, strict=True)))
    return Statistics(
        label=label,
        count=len(totals),
        possible=int(max(possible, default=0)),
        difficulty=mean(shares),
        deviation=deviation(shares),
        discrimination=correlation(shares, rest),
        upper_lower=upper_lower(shares, totals),
        verdicts=verdicts,
    )


def upper_lower(shares: Sequence[float], totals: Sequence[float]) -> float | None:
    """The mean share of the best 27 % minus that of the weakest."""
    if len(totals) < ENOUGH_FOR_GROUPS:
        return None
    low, high = extreme_weights(totals)
    best, weakest = weighted(shares, high), weighted(shares, low)
    return None if best is None or weakest is None else best - weakest
