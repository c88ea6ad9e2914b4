"""The class as a whole, and whether its forms were equally hard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from examgen.grading.analysis.moments import Five, alpha, correlation, deviation, five, mean
from examgen.grading.analysis.results import Result

ENOUGH_FOR_ALPHA = 10
"""Students; of fewer α is noise and is not shown."""
INDICATIVE = 30
"""Students; below, every figure is indicative only, and the report says so."""
ENOUGH_FOR_FORM = 5
"""Students on a form; of fewer its mean says nothing of it."""


@dataclass(frozen=True)
class Overview:
    """The totals of a class."""

    count: int
    possible: int
    mean: float | None
    deviation: float | None
    five: Five | None
    alpha: float | None
    """Cronbach's α over the items; KR-20 where every item is all or nothing."""
    is_kr20: bool
    error: float | None
    """The standard error of measurement: deviation · √(1 − α), in points."""

    @property
    def is_indicative(self) -> bool:
        """Whether there are too few students for more than a hint."""
        return self.count < INDICATIVE


def overview(results: Sequence[Result], possible: int) -> Overview:
    """The totals of *results*; *possible* are the points of the whole exam."""
    totals = [each.total for each in results]
    # What is dropped on one form would be missing there: it is left out on all.
    dropped = {outcome.part for each in results for outcome in each.dropped}
    rows = [each.item_points(dropped) for each in results]
    numbers = sorted({number for row in rows for number in row})
    columns = [[row.get(number, 0.0) for row in rows] for number in numbers]
    reliability = alpha(columns) if len(results) >= ENOUGH_FOR_ALPHA else None
    spread = deviation(totals)
    is_measured = reliability is not None and spread is not None and reliability <= 1
    return Overview(
        count=len(results),
        possible=possible,
        mean=mean(totals),
        deviation=spread,
        five=five(totals),
        alpha=reliability,
        is_kr20=all(len(set(column)) <= 2 and min(column, default=0) == 0 for column in columns),
        error=spread * sqrt(1 - reliability) if is_measured and spread and reliability else None,
    )


@dataclass(frozen=True)
class FormFairness:
    """How one form went."""

    form: str
    count: int
    mean: float
    difference: float
    """Its mean minus that of all others, in points."""
    standard_errors: float | None
    """The difference in its standard errors (Welch); beyond ±2 it is hardly chance."""


def form_fairness(results: Sequence[Result]) -> tuple[FormFairness, ...]:
    """Every form that enough students sat, against all others together."""
    by_form: dict[str, list[float]] = {}
    for each in results:
        by_form.setdefault(each.form, []).append(each.total)
    if len(by_form) < 2:
        return ()
    return tuple(
        compared(
            form, totals, [total for name in by_form if name != form for total in by_form[name]]
        )
        for form, totals in sorted(by_form.items())
        if len(totals) >= ENOUGH_FOR_FORM
    )


def compared(form: str, totals: Sequence[float], others: Sequence[float]) -> FormFairness:
    """One form against the others."""
    own, rest = mean(totals) or 0.0, mean(others) or 0.0
    own_spread, rest_spread = deviation(totals), deviation(others)
    error = 0.0
    if own_spread is not None and rest_spread is not None:
        error = sqrt(own_spread**2 / len(totals) + rest_spread**2 / len(others))
    return FormFairness(form, len(totals), own, own - rest, (own - rest) / error if error else None)


def work_correlation(results: Sequence[Result], seconds: dict[str, int]) -> float | None:
    """The correlation of totals with the hand-work of the forms, which should not matter."""
    known = [each for each in results if each.form in seconds]
    if len(known) < ENOUGH_FOR_ALPHA:
        return None
    return correlation(
        [float(seconds[each.form]) for each in known], [each.total for each in known]
    )
