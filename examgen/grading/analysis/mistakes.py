"""Options and misconceptions: how often each was met, and by whom, whatever numbers were drawn."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from examgen.grading.analysis.moments import correlation, mean
from examgen.grading.analysis.results import Outcome, PartId, Result, asked

Offer: TypeAlias = tuple[tuple[str, ...], bool]
"""What leads to an option, and whether it is right."""


@dataclass(frozen=True)
class OptionStatistics:
    """One option of a closed question, pooled over the forms by what leads to it."""

    label: str
    mistakes: tuple[str, ...]
    """The misconceptions that lead to it; none for the printed key."""
    is_right: bool
    """Whether it is the key, or was accepted since."""
    letters: tuple[str, ...]
    """The letters it bore, where it was taken."""
    count: int
    offered: int
    """To how many students it was offered: forms differ in their wrong options."""
    mean_total: float | None
    correlation: float | None
    """The correlation of taking it with the rest of the exam (point-biserial)."""

    @property
    def share(self) -> float:
        """The share of those to whom it was offered that took it."""
        return self.count / self.offered if self.offered else 0.0


@dataclass(frozen=True)
class MisconceptionStatistics:
    """One mistake over all parts and forms."""

    name: str
    labels: tuple[str, ...]
    """Where it was met."""
    count: int
    """How many answers show it."""
    students: int
    mean_total: float | None
    """The mean total of the students who made it; compare the mean of all."""
    correlation: float | None
    """The correlation of making it with the total (point-biserial)."""


def choices(results: Sequence[Result]) -> tuple[OptionStatistics, ...]:
    """The options that were offered, question by question, the most frequent first."""
    closed = {outcome.part for each in results for outcome in each.outcomes if outcome.offered}
    ordered = sorted(closed, key=lambda part: (part.item, part.name))
    return tuple(choice for part in ordered for choice in choices_of(offered(results, part)))


def offered(results: Iterable[Result], part: PartId) -> list[tuple[Result, Outcome]]:
    """Those to whom the options of a question were offered."""
    return [(who, did) for who, did in asked(results, part) if did.offered]


def choices_of(answered: Sequence[tuple[Result, Outcome]]) -> Iterable[OptionStatistics]:
    """The options of one question."""
    taken: dict[Offer, list[tuple[Result, Outcome]]] = {}
    times: Counter[Offer] = Counter()
    for result, outcome in answered:
        times.update(offer(outcome, each) for each in outcome.offered)
        if outcome.option is not None:
            taken.setdefault(offer(outcome, outcome.option), []).append((result, outcome))
    for each in sorted(times, key=lambda one: (-len(taken.get(one, ())), one)):
        mistakes, is_right = each
        group = taken.get(each, [])
        seen = [
            (result, outcome)
            for result, outcome in answered
            if mistakes in outcome.offered and offer(outcome, mistakes) == each
        ]
        took = [float(outcome.option == mistakes) for _, outcome in seen]
        rest = [result.total - outcome.points for result, outcome in seen]
        yield OptionStatistics(
            label=answered[0][1].label,
            mistakes=mistakes,
            is_right=is_right,
            letters=tuple(sorted({outcome.letter for _, outcome in group})),
            count=len(group),
            offered=times[each],
            mean_total=mean([result.total for result, _ in group]),
            correlation=correlation(took, rest),
        )


def offer(outcome: Outcome, mistakes: tuple[str, ...]) -> Offer:
    """An option by what leads to it, and whether it is right: it may be on one form alone."""
    return mistakes, mistakes in outcome.right


def misconceptions(results: Sequence[Result]) -> tuple[MisconceptionStatistics, ...]:
    """Every misconception that was met, those of most students first."""
    labels: dict[str, dict[str, int]] = {}
    who_made: dict[str, array[int]] = {}
    for index, each in enumerate(results):
        for outcome in each.outcomes:
            for name in outcome.misconceptions:
                met = labels.setdefault(name, {})
                met[outcome.label] = met.get(outcome.label, 0) + 1
                who = who_made.setdefault(name, array("L"))
                if not who or who[-1] != index:
                    who.append(index)
    totals = array("d", (each.total for each in results))
    found = (
        MisconceptionStatistics(
            name=name,
            labels=tuple(labels[name]),
            count=sum(labels[name].values()),
            students=len(who),
            mean_total=mean([totals[index] for index in who]),
            correlation=correlation(marked(who, len(totals)), totals),
        )
        for name, who in who_made.items()
    )
    return tuple(sorted(found, key=lambda each: (-each.students, -each.count, each.name)))


def marked(who: Iterable[int], count: int) -> array[float]:
    """1 for those named, 0 for all others."""
    flags = array("d", bytes(8 * count))
    for index in who:
        flags[index] = 1.0
    return flags
