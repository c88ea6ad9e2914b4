"""Receptive fields: how much of the input one unit sees.

r ← r + d(k − 1)·jump, then jump ← jump·s, from r = jump = 1 (Araujo, Norris, Sim, "Computing
Receptive Fields of Convolutional Neural Networks", Distill 2019). r is the span in input pixels
along one axis, holes of dilation included, padding and borders ignored; pooling is a layer.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from examgen.nn.layers import AvgPool2d, BatchNorm2d, Conv2d, Dropout, Layer, MaxPool2d, ReLU
from examgen.nn.shapes import pair

Step: TypeAlias = tuple[int, int, int]
"""A sliding layer along one axis: (kernel, stride, dilation)."""


def receptive_field(layers: Iterable[Step]) -> list[tuple[int, int]]:
    """Return (r, jump) of the input, (1, 1), and after every layer."""
    rows = [(1, 1)]
    for kernel, stride, dilation in layers:
        side, jump = rows[-1]
        rows.append((side + dilation * (kernel - 1) * jump, jump * stride))
    return rows


def receptive_side(layers: Iterable[Step]) -> int:
    """Return the side of the input region that one unit of the last layer sees."""
    return receptive_field(layers)[-1][0]


def sliding_steps(layers: Sequence[Layer], axis: int = 0) -> list[Step]:
    """Return the steps of the layers that slide, along height (axis 0) or width (axis 1).

    Layers that act on each position alone are passed over; a layer after which a unit sees the
    whole map (Flatten, Linear, GlobalAveragePool) raises ValueError.
    """
    steps = [_step(layer, axis) for layer in layers]
    return [step for step in steps if step is not None]


def _step(layer: Layer, axis: int) -> Step | None:
    match layer:
        case Conv2d(kernel=kernel, stride=stride, dilation=dilation):
            return pair(kernel)[axis], pair(stride)[axis], pair(dilation)[axis]
        case MaxPool2d() | AvgPool2d():
            return pair(layer.kernel)[axis], pair(layer.steps)[axis], 1
        case ReLU() | BatchNorm2d() | Dropout():
            return None
    raise ValueError(f"{layer}: no receptive field; a unit sees the whole map")
