"""Slips that no misconception names must show, too: nobody earns the points by chance."""

import pytest

from examgen.exact import Shape, array, entries
from examgen.families.classification.confusion_rates import Asked, ConfusionRates
from examgen.families.shapes.long_cnn_shape_table import LongCnnShapeTable
from examgen.nn.dense import matvec, relu
from examgen.nn.layers import AvgPool2d, BatchNorm2d, Conv2d, Flatten, Linear, ReLU
from examgen.questions.drawing import mistake_objection
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import problem

SEEDS = range(40)


@pytest.mark.parametrize("level", LEVELS)
def test_with_and_without_skips_no_entry_is_the_same(level: Level) -> None:
    for seed in SEEDS:
        drawn = problem("long-residual-block", level, seed)
        key, weights = drawn.answer_key, drawn.givens.weights
        plain = matvec(weights[1], relu(key["z[1]"]))
        for mixed, right in ((plain, key["z[2]"]), (key["plain_output"], key["h[2]"])):
            assert not any(a == b for a, b in zip(mixed, right, strict=True)), seed


@pytest.mark.parametrize("level", LEVELS)
def test_no_output_has_the_size_of_a_unit(level: Level) -> None:
    for seed in SEEDS:
        key = problem("long-backprop-mlp", level, seed).answer_key
        sizes = [max(each, -each) for each in (*key["z"], key["f"])]
        assert len(set(sizes)) == len(sizes), seed


def test_there_are_not_as_many_parameters_as_inputs() -> None:
    """680 of both: who takes one for the other would not be seen."""
    shape = Shape((2, 17, 20))
    layers = (
        Conv2d(6, 3, stride=2, padding=1),
        BatchNorm2d(),
        ReLU(),
        AvgPool2d(2),
        Conv2d(5, 3),
        ReLU(),
        Flatten(),
    )
    others = (Shape((2, 20, 17)), Shape((3, 17, 20)), Shape((2, 16, 20)), Shape((2, 34, 40)))
    assert not LongCnnShapeTable((*layers, Linear(9)), shape, 64, others).worth_asking()
    assert LongCnnShapeTable((*layers, Linear(8)), shape, 64, others).worth_asking()


@pytest.mark.parametrize("level", LEVELS)
def test_the_first_two_values_differ(level: Level) -> None:
    for seed in SEEDS:
        first, second, *_ = problem("long-causal-attention", level, seed).answer_key["values"]
        assert not any(a == b for a, b in zip(first, second, strict=True)), seed


def test_every_window_counts_in_the_derivative_of_one_weight() -> None:
    for seed in SEEDS:
        drawn = problem("long-conv2d-by-hand", "medium", seed)
        givens, key = drawn.givens, drawn.answer_key
        assert 0 not in givens.met(key["activation"]), seed
        assert givens.network.kernel[givens.row - 1, givens.column - 1] != 0
        assert key["gradient_entry"] != 0


def test_no_derivative_is_zero() -> None:
    for seed in SEEDS:
        key = problem("long-conv2d-by-hand", "hard", seed).answer_key
        assert 0 not in (*entries(key["gradient_kernel"]), key["gradient_bias"]), seed


@pytest.mark.parametrize("asked", ["TPR", "FPR"])
def test_the_two_rates_of_positive_calls_differ(asked: Asked) -> None:
    """2 of 6 positives and 2 of 6 negatives are called positive."""
    givens = ConfusionRates(asked, array([[2, 4], [2, 4]]), (), (), 0)
    assert givens.worth_asking()
    found = mistake_objection(Problem.of(givens, "easy"))
    assert found == "takes_the_other_rate reaches the right answer of rate"


@pytest.mark.parametrize("level", LEVELS)
def test_the_output_differs_from_the_derivative_by_more_than_its_sign(level: Level) -> None:
    for seed in SEEDS:
        drawn = problem("residual-gradient-scalar", level, seed)
        assert abs(drawn.givens.start) > 1
        assert abs(drawn.givens.states[-1]) != abs(drawn.answer_key["gradient"])


def test_heads_are_wider_than_one_feature() -> None:
    for seed in SEEDS:
        givens = problem("mha-params", "medium", seed).givens
        assert 1 < givens.head_width < givens.width
