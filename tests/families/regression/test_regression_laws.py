"""What must hold of any least squares and any gradient step, tried on what is drawn."""

from fractions import Fraction

import numpy as np

from examgen.exact import array, equal
from examgen.nn.dense import matvec
from tests.families.laws import answer, answers, drawn, like, times


def test_weights_are_linear_in_the_targets() -> None:
    for each in drawn("normal-equations"):
        y, other = each.givens.y, like(each.givens.y)
        both = answer(each, y=array(2 * y - other))
        parts = array(2 * answer(each) - answer(each, y=other))
        assert equal(both, parts), each.givens


def test_targets_on_a_plane_give_the_plane() -> None:
    for each in drawn("normal-equations", "easy", "medium", ridge=0):
        x = each.givens.x
        plane = array(np.array([2, -3][: x.shape[1]], dtype=object))
        assert equal(answer(each, y=matvec(x, plane)), plane), each.givens


def test_larger_features_need_smaller_weights() -> None:
    for each in drawn("normal-equations", ridge=0):
        halved = times(Fraction(1, 2), answer(each))
        assert equal(answer(each, x=times(2, each.givens.x)), halved), each.givens


def test_points_have_no_order() -> None:
    for each in drawn("normal-equations"):
        x, y = each.givens.x, each.givens.y
        assert equal(answer(each, x=array(x[::-1]), y=array(y[::-1])), answer(each)), each.givens


def test_what_is_left_over_is_orthogonal_to_every_feature() -> None:
    for each in drawn("long-linear-regression"):
        found, x, y = answers(each), each.givens.x, each.givens.y
        left = array(y - found["predictions"])
        assert not any(matvec(array(x.T), left)), each.givens
        assert found["mean_squared_error"] == Fraction((left * left).sum()) / len(y), each.givens


def test_a_step_goes_twice_as_far_at_twice_the_rate() -> None:
    for each in drawn("gd-step-mse"):
        start = each.givens.w[each.givens.entry - 1]
        once, twice = answer(each), answer(each, rate=2 * each.givens.rate)
        assert twice - start == 2 * (once - start), each.givens


def test_a_step_scales_with_weights_and_targets() -> None:
    for each in drawn("gd-step-mse"):
        givens = each.givens
        doubled = answer(
            each, y=times(2, givens.y), w=times(2, givens.w), mean=times(2, givens.mean)
        )
        assert doubled == 2 * answer(each), givens


def test_points_outside_the_batch_do_not_count() -> None:
    for each in drawn("gd-step-mse"):
        x, y = each.givens.x.copy(), each.givens.y.copy()
        for point in set(range(len(y))) - {number - 1 for number in each.givens.batch}:
            x[point] += 9
            y[point] -= 9
        assert answer(each, x=array(x), y=array(y)) == answer(each), each.givens


def test_larger_features_need_smaller_steps() -> None:
    for each in drawn("gd-step-size"):
        assert answer(each, x=times(3, each.givens.x)) == answer(each) / Fraction(9), each.givens


def test_leverages_sum_to_the_number_of_features() -> None:
    for each in drawn("leverage-loo", "easy", "medium", "hard"):
        x = each.givens.x
        points = range(1, len(x) + 1)
        total = sum(answer(each, point=point, predicts=False) for point in points)
        assert total == x.shape[1], each.givens


def test_the_left_out_prediction_does_not_see_its_own_target() -> None:
    for each in drawn("leverage-loo", predicts=True):
        y = each.givens.y.copy()
        y[each.givens.point - 1] += 5
        assert answer(each, y=array(y)) == answer(each), each.givens
