"""Rates counted on masks of points, and areas by the trapezoidal rule under the ROC curve."""

from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.classification.confusion_rates import ConfusionRates
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "confusion-rates"

Mask = Any


class Points:
    """All points of a problem: what they are, and what they are called."""

    def __init__(self, givens: ConfusionRates) -> None:
        self.asked, self.threshold = givens.asked, givens.threshold
        self.scores = np.array(givens.scores)
        if givens.is_tabled:
            counted = givens.table.astype(int).ravel()
            self.actual = np.repeat([True, True, False, False], counted)
            self.called = np.repeat([True, False, True, False], counted)
        else:
            self.actual = np.array(givens.labels) == 1
            self.called = self.scores >= self.threshold

    def rate(self, actual: Mask | None = None, called: Mask | None = None) -> float:
        if self.asked == "AUC":
            return self.area()
        actual = self.actual if actual is None else actual
        called = self.called if called is None else called
        precision, recall = actual[called].mean(), called[actual].mean()
        return float(
            {
                "accuracy": (actual == called).mean(),
                "precision": precision,
                "TPR": recall,
                "FPR": called[~actual].mean(),
                "F1": 2 / (1 / precision + 1 / recall) if precision and recall else 0,
            }[self.asked]
        )

    def area(self) -> float:
        """The trapezoids under true over false positive rates, a threshold for each score."""
        thresholds = [101, *sorted(self.scores, reverse=True)]
        curve = [
            ((self.scores >= each)[~self.actual].mean(), (self.scores >= each)[self.actual].mean())
            for each in thresholds
        ]
        false, true = np.array(curve).T
        return float(np.trapezoid(true, false))

    @property
    def both(self) -> Mask:
        return self.actual & self.called

    def hit(self) -> Mask:
        """What is counted above the line."""
        return {"FPR": ~self.actual & self.called}.get(self.asked, self.both)

    def harmonic(self) -> tuple[float, float]:
        return float(self.actual[self.called].mean()), float(self.called[self.actual].mean())

    def beats(self, positive: int, other: int) -> bool:
        return bool(self.scores[positive] > self.scores[other])


def swapped(it: Points) -> float:
    """Rows and columns exchanged: called by what it is, and the other way round."""
    return it.rate(actual=it.called, called=it.actual)


def odds(it: Points) -> float:
    if it.asked == "accuracy":
        return float((it.actual == it.called).sum() / (it.actual != it.called).sum())
    rate = it.rate()
    return rate / (1 - rate)


def by_class(it: Points) -> float:
    right = it.actual == it.called
    return float(np.mean([right[it.actual].mean(), right[~it.actual].mean()]))


def beaten(it: Points, others: Mask) -> float:
    positives, compared = np.flatnonzero(it.actual).tolist(), np.flatnonzero(others).tolist()
    return sum(it.beats(p, o) for p in positives for o in compared if p != o)


WRONG: dict[str, Callable[[Points], float]] = {
    "transposes_the_table": swapped,
    "takes_the_other_rate": lambda it: float(
        it.called[~it.actual if it.asked == "TPR" else it.actual].mean()
    ),
    "takes_the_other_class": lambda it: it.rate(~it.actual, ~it.called),
    "takes_the_rest": lambda it: 1 - it.rate(),
    "divides_by_everything": lambda it: float(it.hit().mean()),
    "divides_by_the_others": odds,
    "takes_the_accuracy": lambda it: float((it.actual == it.called).mean()),
    "averages_the_classes": by_class,
    "flips_the_threshold": lambda it: it.rate(called=it.scores < it.threshold),
    "excludes_the_threshold": lambda it: it.rate(called=it.scores > it.threshold),
    "takes_the_arithmetic_mean": lambda it: float(np.mean(it.harmonic())),
    "multiplies_both": lambda it: float(np.prod(it.harmonic())),
    "forgets_the_two": lambda it: float(it.both.sum() / (it.actual | it.called).sum()),
    "divides_by_all_pairs": lambda it: (
        beaten(it, ~it.actual) / len([*combinations(range(len(it.actual)), 2)])
    ),
    "counts_the_top_only": lambda it: float(
        (it.scores[it.actual] > it.scores[~it.actual].max()).mean()
    ),
    "takes_the_best_accuracy": lambda it: max(
        float(((it.scores >= each) == it.actual).mean()) for each in it.scores
    ),
    "compares_with_everything": lambda it: (
        beaten(it, it.actual | ~it.actual) / (it.actual.sum() * (len(it.actual) - 1))
    ),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_masks(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        points = Points(drawn.givens)
        assert float(drawn.answer_key["rate"]) == pytest.approx(points.rate()), seed
        for misconception, wrong in drawn.mistakes["rate"]:
            expected = pytest.approx(WRONG[misconception.name](points))
            assert float(wrong) == expected, (seed, misconception.name)


TABLE = array([[6, 2], [3, 9]])


@pytest.mark.parametrize(
    ("asked", "rate"),
    [
        ("accuracy", Fraction(15, 20)),
        ("precision", Fraction(6, 9)),
        ("TPR", Fraction(6, 8)),
        ("FPR", Fraction(3, 12)),
        ("F1", Fraction(12, 17)),
    ],
)
def test_rates_by_hand(asked: Any, rate: Fraction) -> None:
    givens = ConfusionRates(asked, TABLE, (), (), 0)
    assert Problem.of(givens, "easy").answer_key == {"rate": rate}


def test_an_area_by_hand() -> None:
    """The positives beat 3, 2 and 1 of 3 negatives."""
    givens = ConfusionRates("AUC", TABLE, (1, 0, 1, 0, 1, 0), (9, 8, 7, 6, 5, 4), 6)
    assert Problem.of(givens, "hard").answer_key == {"rate": Fraction(6, 9)}


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        table, scores, harder = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert table.is_tabled and not scores.is_tabled and not harder.is_tabled
        assert harder.asked in ("F1", "AUC") and scores.asked not in ("F1", "AUC")
        assert scores.threshold in scores.scores
        assert len(set(harder.scores)) == len(harder.scores) <= 14
