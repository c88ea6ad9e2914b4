"""Means, spreads and correlations; None where they are not defined, never a NaN."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, sqrt
from statistics import median, quantiles

Numbers = Sequence[float]


def mean(values: Numbers) -> float | None:
    """The arithmetic mean."""
    return fsum(values) / len(values) if values else None


def variance(values: Numbers) -> float | None:
    """The sample variance, with n − 1; None for fewer than two values."""
    if len(values) < 2:
        return None
    middle = fsum(values) / len(values)
    return fsum((each - middle) ** 2 for each in values) / (len(values) - 1)


def deviation(values: Numbers) -> float | None:
    """The sample standard deviation."""
    found = variance(values)
    return None if found is None else sqrt(found)


def correlation(left: Numbers, right: Numbers) -> float | None:
    """Pearson's r; None where one of the two does not vary.

    Between a 0/1 variable and a score this is the point-biserial correlation.
    """
    if len(left) < 2:
        return None
    x, y = fsum(left) / len(left), fsum(right) / len(right)
    across = fsum((a - x) * (b - y) for a, b in zip(left, right, strict=True))
    spread = fsum((a - x) ** 2 for a in left) * fsum((b - y) ** 2 for b in right)
    # Differences that are rounding alone are no variation.
    if spread <= 1e-18 * max(1.0, x * x * y * y):
        return None
    return max(-1.0, min(1.0, across / sqrt(spread)))


@dataclass(frozen=True)
class Five:
    """Minimum, quartiles and maximum."""

    least: float
    lower: float
    middle: float
    upper: float
    most: float


def five(values: Numbers) -> Five | None:
    """The five-number summary; quartiles interpolate between the values, ends included."""
    if not values:
        return None
    ordered = sorted(values)
    lower, _, upper = (
        quantiles(ordered, n=4, method="inclusive") if len(ordered) > 1 else ordered * 3
    )
    return Five(ordered[0], lower, median(ordered), upper, ordered[-1])


def alpha(columns: Sequence[Numbers]) -> float | None:
    """Cronbach's α of items (one column of scores each); with 0/1 scores this is KR-20.

    α = k/(k − 1) · (1 − Σ variance of an item / variance of the total), Cronbach, Psychometrika 16
    (1951) 297–334; Kuder & Richardson, Psychometrika 2 (1937) 151–160.
    """
    if len(columns) < 2:
        return None
    totals = [fsum(row) for row in zip(*columns, strict=True)]
    whole, parts = variance(totals), [variance(column) for column in columns]
    if not whole:
        return None
    count = len(columns)
    return count / (count - 1) * (1 - fsum(each or 0.0 for each in parts) / whole)


def extreme_weights(totals: Numbers, share: float = 0.27) -> tuple[list[float], list[float]]:
    """How much each student counts to the lower and to the upper *share* of the class.

    Kelley, Journal of Educational Psychology 30 (1939) 17–24, for the 27 %. Students who tie at
    the boundary share the places left, so that no order among equals matters.
    """
    size = max(1.0, round(share * len(totals)))
    return weights(totals, size), weights([-each for each in totals], size)


def weights(totals: Numbers, size: float) -> list[float]:
    """Weights that add up to *size*, given to the lowest totals."""
    tied, left = Counter(totals), size
    weight_of: dict[float, float] = {}
    for value in sorted(tied):
        weight_of[value] = min(1.0, left / tied[value])
        left -= weight_of[value] * tied[value]
    return [weight_of[each] for each in totals]


def weighted(values: Numbers, by: Numbers) -> float | None:
    """The weighted mean."""
    whole = fsum(by)
    return fsum(a * b for a, b in zip(values, by, strict=True)) / whole if whole else None
