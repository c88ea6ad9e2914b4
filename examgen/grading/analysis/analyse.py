"""The item analysis of a class: all statistics, and what to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from examgen.grading.analysis.flags import (
    Flag,
    choice_flags,
    exam_flags,
    question_flags,
    waiting_flags,
)
from examgen.grading.analysis.mistakes import (
    MisconceptionStatistics,
    OptionStatistics,
    choices,
    misconceptions,
)
from examgen.grading.analysis.overview import (
    FormFairness,
    Overview,
    form_fairness,
    overview,
    work_correlation,
)
from examgen.grading.analysis.questions import Statistics, item_statistics, part_statistics
from examgen.grading.analysis.results import PartId, Result


@dataclass(frozen=True)
class Analysis:
    """Everything that is said of a class."""

    overview: Overview
    totals: tuple[float, ...]
    items: tuple[Statistics, ...]
    parts: tuple[tuple[PartId, Statistics], ...]
    choices: tuple[OptionStatistics, ...]
    misconceptions: tuple[MisconceptionStatistics, ...]
    forms: tuple[FormFairness, ...]
    work_correlation: float | None
    flags: tuple[Flag, ...]
    dropped: tuple[Dropped, ...]


@dataclass(frozen=True)
class Dropped:
    """A dropped part, which the statistics of questions leave out."""

    label: str
    forms: tuple[str, ...]
    """The forms on which it was dropped; empty for all."""


def dropped_parts(results: Sequence[Result]) -> Iterator[Dropped]:
    """The parts that were dropped, in printed order."""
    forms: dict[str, None] = dict.fromkeys(each.form for each in results)
    forms_by_label: dict[tuple[int, str], dict[str, None]] = {}
    for each in results:
        for outcome in each.dropped:
            forms_by_label.setdefault((outcome.part.item, outcome.label), {})[each.form] = None
    for (_, label), where in sorted(forms_by_label.items()):
        yield Dropped(label, () if len(where) == len(forms) else tuple(sorted(where)))


def analyse(
    results: Sequence[Result], possible: int, seconds: Mapping[str, int] | None = None
) -> Analysis:
    """Analyse one result for each student; *seconds* is the hand-work of each form."""
    whole, forms = overview(results, possible), form_fairness(results)
    items, parts = item_statistics(results), part_statistics(results)
    taken = choices(results)
    flags = (*exam_flags(whole, forms), *flags_of(items, parts, taken))
    return Analysis(
        overview=whole,
        totals=tuple(each.total for each in results),
        items=items,
        parts=parts,
        choices=taken,
        misconceptions=misconceptions(results),
        forms=forms,
        work_correlation=work_correlation(results, dict(seconds or {})),
        flags=tuple(sorted(flags, key=lambda flag: not flag.is_urgent)),
        dropped=tuple(dropped_parts(results)),
    )


def flags_of(
    items: Sequence[Statistics],
    parts: Sequence[tuple[PartId, Statistics]],
    taken: Sequence[OptionStatistics],
) -> Iterator[Flag]:
    """The flags of the questions; an item of one part is not flagged twice."""
    alone = {item.label for item in items}
    for item in items:
        yield from question_flags(item)
    for _, part in parts:
        yield from waiting_flags(part)
        if part.label not in alone:
            yield from question_flags(part, is_part=True)
    for choice in taken:
        yield from choice_flags(choice, mean_of_right(taken, choice.label))


def mean_of_right(taken: Iterable[OptionStatistics], label: str) -> float | None:
    """The mean total of those who took a right option of a question; None where nobody did."""
    right = [each for each in taken if each.label == label and each.is_right]
    totals = [each.count * each.mean_total for each in right if each.mean_total is not None]
    return sum(totals) / sum(each.count for each in right) if totals else None
