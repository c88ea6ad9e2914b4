"""Points are whole, add up, and go to the largest remainders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examgen.exams.points import apportion, by_largest_remainders


@pytest.mark.parametrize(
    ("points", "weights", "shares"),
    [
        (20, [1] * 16 + [2] * 4, (1,) * 16 + (1,) * 4),
        (20, [2, 6, 2, 3, 2, 5], (2, 6, 2, 3, 2, 5)),
        (10, [1, 1, 1], (4, 3, 3)),
        (5, [1], (5,)),
        (2, [1, 1, 1], (1, 1, 0)),
        (2, [10, 1], (1, 1)),
        (6, [1, 7, 2, 3, 2], (1, 2, 1, 1, 1)),
    ],
)
def test_shares_worked_by_hand(points: int, weights: list[int], shares: tuple[int, ...]) -> None:
    assert apportion(points, weights) == shares


@given(st.integers(0, 200), st.lists(st.integers(1, 20), min_size=1, max_size=26))
def test_shares_add_up_and_keep_their_quota(points: int, weights: list[int]) -> None:
    shares = by_largest_remainders(points, weights)
    assert sum(shares) == points == sum(apportion(points, weights))
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - points * weight / sum(weights)) < 1


@given(st.lists(st.integers(1, 20), min_size=1, max_size=26), st.integers(0, 30))
def test_each_part_has_a_point_where_there_are_so_many(weights: list[int], more: int) -> None:
    assert min(apportion(len(weights) + more, weights)) >= 1
