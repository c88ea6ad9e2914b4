"""Whatever a student's earlier answer is, a procedure answers or says Undefined."""

from collections.abc import Callable
from fractions import Fraction
from inspect import signature
from itertools import product
from typing import Any

import numpy as np
import pytest

from examgen.exact import NEG_INF, Array, Shape, Undefined, array, exp, ln, sqrt
from examgen.nn import (
    attention,
    conv,
    dense,
    layers,
    linear,
    logistic,
    margins,
    mlp,
    pooling,
    residual,
    systems,
)
from examgen.nn.shapes import output_size, output_size_2d

SHAPES = [
    (0,),
    (1,),
    (2,),
    (0, 2),
    (2, 0),
    (1, 1),
    (1, 2),
    (2, 1),
    (2, 2),
    (3, 2),
    (1, 2, 2),
    (1, 1, 2, 2),
]
ENTRIES = [2, Fraction(-1, 2), exp(1), 0, ln(3), -1, sqrt(2), Fraction(3, 2)]

PROCEDURES: list[Callable[..., Any]] = [
    conv.cross_correlate,
    conv.cross_correlate_1d,
    conv.cross_correlate_channels,
    lambda image, upstream: conv.kernel_gradient(image, upstream, (2, 2)),
    lambda image: conv.pad(image, 1),
    lambda image: conv.window(image, 1, 0, (2, 2)),
    lambda image: conv.windows(image, (2, 2)),
    lambda image: pooling.max_pool(image, 2),
    lambda image: pooling.average_pool(image, 2),
    lambda image: pooling.max_positions(image, 2),
    lambda image, upstream: pooling.max_pool_gradient(image, upstream, 2),
    dense.matmul,
    dense.matvec,
    dense.inner,
    dense.outer,
    dense.plus,
    dense.times,
    dense.transpose,
    dense.diagonal,
    dense.flatten,
    lambda x: dense.relu(x),
    lambda x: dense.relu_derivative(x),
    residual.block,
    residual.block_preactivation,
    residual.plain_layer,
    residual.jacobian,
    residual.block_backward_input,
    residual.block_backward_weights,
    residual.preactivation_gradient,
    lambda x: attention.scores(x, x, divisor=sqrt(2)),
    attention.project,
    attention.mask_causally,
    attention.softmax_row,
    attention.softmax_rows,
    attention.attend,
    lambda q, k, v: attention.attention(q, k, v),
    lambda q, k, v: attention.causal_attention(q, k, v),
    mlp.hidden_preactivations,
    mlp.output,
    lambda h: mlp.output_weights_gradient(ln(3), h),
    lambda w: mlp.hidden_gradient(ln(3), w),
    mlp.hidden_weights_gradient,
    margins.margin_width,
    lambda x, w: margins.decision_values(x, w, 1),
    lambda x, w: margins.distance_to_plane(x, w, 1),
    lambda x, y, w: margins.slacks(x, y, w, 1),
    lambda x, y, w: margins.soft_margin_objective(x, y, w, 1, 2),
    margins.dual_weights,
    lambda w, x: margins.offset(w, x, 1),
    logistic.probabilities,
    logistic.binary_cross_entropy_gradient,
    logistic.cross_entropy_gradient,
    systems.inverse,
    systems.solve,
    lambda x, y, w: linear.squared_loss(x, y, w),
    lambda x, y, w: linear.squared_loss_gradient(x, y, w),
    lambda x: linear.squared_loss_hessian(x),
    lambda x, y: linear.least_squares(x, y),
    linear.leverages,
    lambda w, gradient: linear.descent_step(w, gradient, Fraction(1, 2)),
    lambda mean, gradient: linear.momentum(mean, gradient, Fraction(1, 2)),
]


def filled(shape: tuple[int, ...], masked: bool) -> Array:
    """Return an array of this shape with values of every sort."""
    values = np.empty(shape, dtype=object)
    for at, place in enumerate(np.ndindex(shape)):
        values[place] = NEG_INF if masked and at % 2 else ENTRIES[at % len(ENTRIES)]
    return array(values)


def arguments(procedure: Callable[..., Any]) -> int:
    """Return how many arrays a procedure takes."""
    return sum(p.default is p.empty for p in signature(procedure).parameters.values())


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("procedure", PROCEDURES)
def test_arrays_of_any_shape(procedure: Callable[..., Any], masked: bool) -> None:
    answered = 0
    for shapes in product(SHAPES, repeat=arguments(procedure)):
        try:
            answer = procedure(*(filled(shape, masked) for shape in shapes))
        except Undefined:
            continue
        if isinstance(answer, np.ndarray):
            array(answer)
        answered += 1
    assert answered or masked


SIZES = [-3, 0, 1, 2, 5, 10**60]
LAYERS: list[layers.Layer] = [
    layers.Conv2d(4, 3, stride=2, padding=1, groups=2),
    layers.MaxPool2d(2),
    layers.AvgPool2d((1, 3)),
    layers.GlobalAveragePool(),
    layers.ReLU(),
    layers.BatchNorm2d(),
    layers.Dropout(),
    layers.Flatten(),
    layers.Linear(7),
]


@pytest.mark.parametrize("layer", LAYERS)
def test_shapes_of_any_length_and_size(layer: layers.Layer) -> None:
    answered = 0
    for length in range(5):
        for sizes in product(SIZES, repeat=length):
            for ask in (layers.output_shape, layers.parameter_count, layers.multiply_adds):
                try:
                    answer = ask(layer, Shape(sizes))
                except Undefined:
                    continue
                answered += 1
                assert isinstance(answer, Shape if ask is layers.output_shape else int)
    assert answered


def test_sizes_of_any_kind() -> None:
    for size, other in product(SIZES, repeat=2):
        for ask in (
            lambda n, _: output_size(n, 3, stride=2),
            lambda n, m: output_size_2d((n, m), 2, padding=1),
        ):
            try:
                answer = ask(size, other)
            except Undefined:
                continue
            assert isinstance(answer, int | Shape)
