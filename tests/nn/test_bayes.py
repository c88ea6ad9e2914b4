"""Posteriors against counting in a population, and smoothing by hand."""

from fractions import Fraction
from itertools import product

import pytest

from examgen.exact import array, ratio
from examgen.nn.bayes import joint, likelihood, posterior, smoothed
from examgen.nn.shapes import DoesNotFit
from tests.nn.drawn import streams


def test_posteriors_add_up_over_all_observations() -> None:
    """P(class) = Σ P(observed)·P(class | observed), the law of total probability."""
    for seed, rng in streams():
        prior = Fraction(rng.randint(1, 9), 10)
        table = array([[Fraction(rng.randint(1, 9), 10) for _ in range(3)] for _ in range(2)])
        total, found = Fraction(0), Fraction(0)
        for observed in product((0, 1), repeat=3):
            both = sum(joint((prior, 1 - prior), table, observed))
            total += both
            found += both * Fraction(str(posterior((prior, 1 - prior), table, observed)))
        assert total == 1, seed
        assert found == prior, seed


def test_smoothing_by_hand() -> None:
    """3 of 8 and 0 of 4: (3 + 1)/10 and 1/6."""
    table = smoothed(array([[3, 8], [0, 2]]), (8, 4))
    assert table.tolist() == [[ratio(2, 5), ratio(9, 10)], [ratio(1, 6), ratio(1, 2)]]


def test_a_feature_without_a_probability_does_not_fit() -> None:
    with pytest.raises(DoesNotFit):
        likelihood([Fraction(1, 2)], [1, 0])
