"""Rates on random tables and scores: counted point by point, and the laws between them."""

from fractions import Fraction

import pytest

from examgen.exact import Undefined, array
from examgen.nn.rates import (
    above,
    accuracy,
    area_under_curve,
    confusion,
    f1_score,
    false_positive_rate,
    precision,
    true_positive_rate,
)
from tests.nn.drawn import streams


def test_rates_count_points() -> None:
    for seed, rng in streams():
        labels = [rng.randint(0, 1) for _ in range(9)]
        called = [rng.randint(0, 1) for _ in range(9)]
        table = confusion(labels, called)
        pairs = [*zip(labels, called, strict=True)]
        assert accuracy(table) == Fraction(sum(a == b for a, b in pairs), 9), seed
        of_called = [a for a, b in pairs if b]
        of_positive, of_negative = ([b for a, b in pairs if a == each] for each in (1, 0))
        for rate, group in (
            (precision, of_called),
            (true_positive_rate, of_positive),
            (false_positive_rate, of_negative),
        ):
            if group:
                assert rate(table) == Fraction(sum(group), len(group)), seed
        if (1, 1) in pairs:
            p, r = (Fraction(str(each(table))) for each in (precision, true_positive_rate))
            assert f1_score(table) == 2 * p * r / (p + r), seed


def test_the_area_is_that_under_the_steps_of_the_curve() -> None:
    for seed, rng in streams():
        scores = rng.sample(range(50), 8)
        labels = [1, 0, *(rng.randint(0, 1) for _ in range(6))]
        area, height = Fraction(0), Fraction(0)
        for score in sorted(scores, reverse=True):
            table = confusion(labels, above(scores, score))
            if labels[scores.index(score)]:
                height = Fraction(str(true_positive_rate(table)))
            else:
                area += height / labels.count(0)
        assert area_under_curve(labels, scores) == area, seed


def test_what_does_not_exist_is_undefined() -> None:
    with pytest.raises(Undefined):
        precision(array([[0, 2], [0, 3]]))
    with pytest.raises(Undefined):
        area_under_curve([1, 0], [5, 5])
