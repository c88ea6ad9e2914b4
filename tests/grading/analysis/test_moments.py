"""Moments against published worked examples and against numpy and scipy."""

from random import Random

import numpy as np
import pytest
from scipy import stats

from examgen.grading.analysis.moments import (
    alpha,
    correlation,
    deviation,
    extreme_weights,
    five,
    mean,
    variance,
    weighted,
)

# Wuensch, "KR20" (East Carolina University, StatHelp): ten students, ten items.
QUIZ = [
    "1111110110",
    "1011011101",
    "1111011001",
    "0010001000",
    "0000010010",
    "1110111111",
    "1101110111",
    "1111111101",
    "0101111101",
    "1101101110",
]
# Denis, Applied Univariate, Bivariate, and Multivariate Statistics, on RELIABILITY of SPSS.
ITEMS = [
    [10, 12, 8, 6, 4, 6, 3, 7, 8, 9],
    [12, 18, 16, 8, 7, 6, 4, 3, 9, 5],
    [15, 12, 14, 16, 8, 3, 6, 7, 4, 6],
    [11, 12, 14, 8, 7, 7, 5, 9, 10, 11],
    [12, 1, 4, 6, 5, 3, 8, 9, 10, 12],
]


def test_kr20_of_a_published_quiz() -> None:
    """Σ pq = 2.18, and the variance of the totals (with n) is 5.84."""
    columns = [[float(row[item]) for row in QUIZ] for item in range(10)]
    assert alpha(columns) == pytest.approx(10 / 9 * (1 - 2.18 / 5.84), abs=1e-12)


def test_alpha_of_a_published_example() -> None:
    columns = [[float(each) for each in item] for item in ITEMS]
    assert alpha(columns) == pytest.approx(0.633, abs=5e-4)
    assert mean(columns[1]) == pytest.approx(8.8)
    assert deviation(columns[0]) == pytest.approx(2.71006, abs=5e-6)
    assert correlation(columns[0], columns[1]) == pytest.approx(0.679, abs=5e-4)
    assert correlation(columns[1], columns[4]) == pytest.approx(-0.463, abs=5e-4)


@pytest.mark.parametrize("seed", range(20))
def test_against_numpy_and_scipy(seed: int) -> None:
    rng = Random(seed)
    x = [rng.gauss(3, 2) for _ in range(rng.randint(5, 40))]
    y = [float(each + rng.gauss(0, 2) > 3) for each in x]
    assert mean(x) == pytest.approx(np.mean(x))
    assert variance(x) == pytest.approx(np.var(x, ddof=1))
    found = five(x)
    assert found is not None
    assert [found.least, found.lower, found.middle, found.upper, found.most] == pytest.approx(
        np.percentile(x, [0, 25, 50, 75, 100])
    )
    if len(set(y)) == 2:
        assert correlation(y, x) == pytest.approx(stats.pointbiserialr(y, x).statistic)
    columns = np.array([[each + rng.gauss(0, 1) for each in x] for _ in range(4)])
    covariance = np.cov(columns)
    expected = 4 / 3 * (1 - np.trace(covariance) / covariance.sum())
    assert alpha(columns.tolist()) == pytest.approx(expected)


def test_what_is_not_defined_is_none() -> None:
    assert mean([]) is None and five([]) is None
    assert variance([1.0]) is None and deviation([]) is None
    assert correlation([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]) is None
    assert correlation([0.1 + 0.2, 0.3, 0.3], [1.0, 2.0, 3.0]) is None
    assert alpha([[1.0, 2.0]]) is None
    assert alpha([[1.0, 2.0], [2.0, 1.0]]) is None
    assert weighted([1.0], [0.0]) is None


def test_students_who_tie_share_the_places() -> None:
    low, high = extreme_weights([1.0, 2.0, 2.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    assert sum(low) == pytest.approx(3) and sum(high) == pytest.approx(3)
    assert low[:4] == pytest.approx([1, 2 / 3, 2 / 3, 2 / 3])
    assert high[-3:] == [1, 1, 1]


def test_the_order_of_the_students_does_not_matter() -> None:
    totals = [3.0, 1.0, 2.0, 2.0, 5.0, 2.0, 4.0, 4.0, 4.0, 1.0, 0.0]
    order = [4, 2, 0, 10, 9, 8, 7, 1, 3, 5, 6]
    low, high = extreme_weights(totals)
    mixed_low, mixed_high = extreme_weights([totals[each] for each in order])
    assert mixed_low == [low[each] for each in order]
    assert mixed_high == [high[each] for each in order]
