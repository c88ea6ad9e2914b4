"""What must hold of any classifier, tried on what is drawn."""

from fractions import Fraction

import pytest

from examgen.exact import array, equal
from tests.families.laws import answer, drawn, times


def test_rates_of_the_classes_exchanged() -> None:
    """Who is called positive and who is: the two rates change places and turn round."""
    for each in drawn("confusion-rates"):
        turned = array(each.givens.table[::-1, ::-1])
        for asked, other in (("TPR", "FPR"), ("FPR", "TPR")):
            assert answer(each, asked=other, table=turned) == 1 - answer(each, asked=asked)
        accuracy = answer(each, asked="accuracy")
        assert answer(each, asked="accuracy", table=turned) == accuracy, each.givens


def test_the_f1_score_is_a_mean_of_precision_and_recall() -> None:
    for each in drawn("confusion-rates"):
        precision, recall = (answer(each, asked=asked) for asked in ("precision", "TPR"))
        assert 2 / answer(each, asked="F1") == 1 / precision + 1 / recall, each.givens
        turned = array(each.givens.table.T)
        assert answer(each, asked="F1", table=turned) == answer(each, asked="F1")


def test_the_area_under_the_curve_sees_the_order_of_scores_only() -> None:
    for each in drawn("confusion-rates", "hard", asked="AUC"):
        scores, labels = each.givens.scores, each.givens.labels
        assert answer(each, scores=tuple(score**2 + 3 for score in scores)) == answer(each)
        backwards = answer(each, labels=tuple(1 - label for label in labels))
        assert backwards == 1 - answer(each), each.givens


def test_cosines_see_no_length_and_points_have_no_order() -> None:
    for each in drawn("knn-cosine"):
        query, x, targets = each.givens.query, each.givens.x, each.givens.targets
        assert answer(each, query=times(3, query), x=times(2, x)) == answer(each), each.givens
        turned = answer(each, query=array(-query[::-1]), x=array(-x[:, ::-1]))
        assert turned == answer(each), each.givens
        exchanged = answer(each, x=array(x[::-1]), targets=array(targets[::-1]))
        assert exchanged == answer(each), each.givens


def test_a_step_goes_from_the_weights_along_the_gradient() -> None:
    steps = [each for each in drawn("logistic-bce-gradient") if each.givens.rate]
    assert steps
    for each in steps:
        start, once = each.givens.w, answer(each)
        twice = answer(each, rate=2 * each.givens.rate)
        assert equal(array(twice - start), array(2 * (once - start))), each.givens


def test_labels_exchanged_and_weights_turned_round_turn_the_gradient_round() -> None:
    """σ(−z) = 1 − σ(z)."""
    for each in drawn("logistic-bce-gradient", "easy", "medium"):
        turned = answer(each, y=array(1 - each.givens.y), w=times(-1, each.givens.w))
        assert equal(turned, times(-1, answer(each))), each.givens


def test_softmax_of_several_classes_sees_no_common_summand() -> None:
    several = [
        each
        for each in drawn("logistic-bce-gradient", "hard")
        if each.givens.rate == 0 and each.givens.w.ndim == 2
    ]
    assert several
    for each in several:
        w = each.givens.w
        assert equal(answer(each, w=array(w + w[:, :1])), answer(each)), each.givens
        assert not any(answer(each).sum(axis=1)), each.givens


def test_posteriors_of_both_classes_sum_to_one() -> None:
    for each in drawn("naive-bayes-posterior", "easy", "medium"):
        prior, likelihoods = each.givens.prior, each.givens.likelihoods
        other = answer(each, prior=1 - prior, likelihoods=array(likelihoods[::-1]))
        assert other + answer(each) == 1, each.givens
    for each in drawn("naive-bayes-posterior", "hard"):
        totals, present = each.givens.totals, each.givens.present
        other = answer(each, totals=totals[::-1], present=array(present[::-1]))
        assert other + answer(each) == 1, each.givens


def test_a_missing_word_is_a_present_one_of_the_other_probability() -> None:
    for each in drawn("naive-bayes-posterior", "easy", "medium"):
        turned = answer(
            each,
            observed=tuple(1 - seen for seen in each.givens.observed),
            likelihoods=array(1 - each.givens.likelihoods),
        )
        assert turned == answer(each), each.givens


@pytest.mark.parametrize("asked", ["margin", "distance", "slack", "objective"])
def test_a_plane_moves_with_its_points(asked: str) -> None:
    for each in drawn("svm-margin-hinge", asked=asked):
        x, w, b = each.givens.x, each.givens.w, each.givens.b
        by = array([2, -5])
        moved = answer(each, x=array(x + by), b=b + (w * by).sum())
        assert moved == answer(each), each.givens


def test_twice_the_weights_halve_the_margin_and_leave_the_plane() -> None:
    for each in drawn("svm-margin-hinge", asked="margin"):
        assert answer(each, w=times(2, each.givens.w)) == answer(each) / Fraction(2), each.givens
    for each in drawn("svm-margin-hinge", asked="distance"):
        doubled = answer(each, w=times(2, each.givens.w), b=2 * each.givens.b)
        assert doubled == answer(each), each.givens


def test_classes_exchanged_turn_the_plane_round() -> None:
    for each in drawn("svm-dual-plane"):
        assert answer(each, y=times(-1, each.givens.y)) == -answer(each), each.givens


def test_a_decision_moves_with_its_points() -> None:
    for each in drawn("svm-dual-plane", "hard"):
        by = array([3, -2])
        moved = answer(each, x=array(each.givens.x + by), new=array(each.givens.new + by))
        assert moved == answer(each), each.givens
