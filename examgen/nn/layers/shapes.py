"""What a layer makes of a shape; shapes are without the batch axis, maps are (C, H, W)."""

from collections.abc import Iterable
from math import prod

from examgen.exact import Shape
from examgen.nn.layers.kinds import (
    AvgPool2d,
    BatchNorm2d,
    Conv2d,
    Dropout,
    Flatten,
    GlobalAveragePool,
    Layer,
    Linear,
    MaxPool2d,
    ReLU,
)
from examgen.nn.shapes import DoesNotFit, output_size_2d, pair


def output_shape(layer: Layer, input_shape: Shape) -> Shape:
    """Return the layer's output shape, as torch gives it.

    Raise DoesNotFit, which is Undefined, where the layer cannot be applied.
    """
    if not input_shape or min(input_shape) < 1:
        raise DoesNotFit(f"{layer} on {input_shape}; a shape has sizes from 1 up")
    match layer:
        case ReLU() | Dropout():
            return input_shape
        case Flatten():
            return Shape((prod(input_shape),))
        case Linear():
            return Shape((*input_shape[:-1], layer.out_features))
        case _:
            return _map_shape(layer, input_shape)


def _map_shape(
    layer: Conv2d | MaxPool2d | AvgPool2d | GlobalAveragePool | BatchNorm2d, shape: Shape
) -> Shape:
    if len(shape) != 3:
        raise DoesNotFit(f"{layer} on {tuple(shape)}; it takes (channels, height, width)")
    channels, height, width = shape
    size = height, width
    match layer:
        case Conv2d(out_channels, kernel, stride, padding, _, groups, dilation):
            if channels % groups or out_channels % groups:
                raise DoesNotFit(f"{layer} on {channels} channels; the groups divide both")
            side = output_size_2d(size, kernel, stride=stride, padding=padding, dilation=dilation)
            return Shape((out_channels, *side))
        case MaxPool2d(kernel):
            if any(2 * p > k for p, k in zip(pair(layer.padding), pair(kernel), strict=True)):
                raise DoesNotFit(f"{layer}: padding beyond half the window makes empty windows")
            side = output_size_2d(size, kernel, stride=layer.steps, padding=layer.padding)
            return Shape((channels, *side))
        case AvgPool2d(kernel):
            return Shape((channels, *output_size_2d(size, kernel, stride=layer.steps)))
        case GlobalAveragePool():
            return Shape((channels, 1, 1))
        case BatchNorm2d():
            return shape


def shape_trace(layers: Iterable[Layer], shape: Shape) -> list[Shape]:
    """Return the input's shape and the shape after every layer."""
    trace = [shape]
    for layer in layers:
        trace.append(output_shape(layer, trace[-1]))
    return trace
