"""Items and parts: how difficult they were, and whether they tell good students from weak ones."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from examgen.answers import Verdict
from examgen.grading.analysis.moments import correlation, deviation, extreme_weights, mean, weighted
from examgen.grading.analysis.results import Outcome, PartId, Result

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
    """Of the share."""
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
    numbers = sorted({outcome.part.item for each in results for outcome in each.outcomes})
    return tuple(
        statistics(
            str(number),
            [
                (each, [outcome for outcome in each.outcomes if outcome.part.item == number])
                for each in results
            ],
        )
        for number in numbers
    )


def part_statistics(results: Sequence[Result]) -> tuple[tuple[PartId, Statistics], ...]:
    """The statistics of every part, in printed order, each over the forms that have it."""
    found: dict[PartId, list[tuple[Result, list[Outcome]]]] = {}
    for each in results:
        for outcome in each.outcomes:
            found.setdefault(outcome.part, []).append((each, [outcome]))
    ordered = sorted(found.items(), key=lambda pair: place(pair[1]))
    return tuple((part, statistics(asked[0][1][0].label, asked)) for part, asked in ordered)


def place(asked: Sequence[tuple[Result, list[Outcome]]]) -> tuple[int, int, str]:
    """Where a part stands in the form that has it first."""
    result, (outcome,) = asked[0]
    return outcome.part.item, result.outcomes.index(outcome), outcome.part.name


def statistics(label: str, asked: Iterable[tuple[Result, list[Outcome]]]) -> Statistics:
    """The statistics of a question from what each student who was asked it did."""
    asked = [pair for pair in asked if pair[1]]
    earned = [sum(outcome.points for outcome in outcomes) for _, outcomes in asked]
    possible = [sum(outcome.possible for outcome in outcomes) for _, outcomes in asked]
    shares = [points / most if most else 0.0 for points, most in zip(earned, possible, strict=True)]
    rest = [result.total - points for (result, _), points in zip(asked, earned, strict=True)]
    verdicts = Counter(outcome.verdict for _, outcomes in asked for outcome in outcomes)
    return Statistics(
        label=label,
        count=len(asked),
        possible=max(possible, default=0),
        difficulty=mean(shares),
        deviation=deviation(shares),
        discrimination=correlation(shares, rest),
        upper_lower=upper_lower(shares, [result.total for result, _ in asked]),
        verdicts=verdicts,
    )


def upper_lower(shares: Sequence[float], totals: Sequence[float]) -> float | None:
    """The mean share of the best 27 % minus that of the weakest."""
    if len(totals) < ENOUGH_FOR_GROUPS:
        return None
    low, high = extreme_weights(totals)
    best, weakest = weighted(shares, high), weighted(shares, low)
    return None if best is None or weakest is None else best - weakest
