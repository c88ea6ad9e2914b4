"""How much a layer has to learn and to compute."""

from collections.abc import Sequence
from math import prod

from examgen.exact import Shape
from examgen.nn.counting import convolution_parameters, linear_parameters
from examgen.nn.layers.kinds import BatchNorm2d, Conv2d, Flatten, Layer, Linear
from examgen.nn.layers.shapes import output_shape, shape_trace
from examgen.nn.shapes import pair


def parameter_count(layer: Layer, input_shape: Shape) -> int:
    """Return the layer's trainable parameters (a batch norm's running statistics are none).

    Raise Undefined where the layer cannot be applied to the shape.
    """
    output_shape(layer, input_shape)
    match layer:
        case Conv2d(out_channels, kernel, bias=bias, groups=groups):
            return convolution_parameters(
                input_shape[0], out_channels, pair(kernel), groups=groups, bias=bias
            )
        case Linear(out_features, bias):
            return linear_parameters(input_shape[-1], out_features, bias=bias)
        case BatchNorm2d():
            return 2 * input_shape[0]
        case _:
            return 0


def multiply_adds(layer: Layer, input_shape: Shape) -> int:
    """Return the layer's multiply–adds for one example: one dot product per output entry.

    Biases, activations, pooling and normalisation are not counted, nor are FLOPs (twice that).
    """
    outputs = prod(output_shape(layer, input_shape))
    match layer:
        case Conv2d(_, kernel, groups=groups):
            return outputs * (input_shape[0] // groups) * prod(pair(kernel))
        case Linear():
            return outputs * input_shape[-1]
        case _:
            return 0


def total_parameters(layers: Sequence[Layer], shape: Shape) -> int:
    """Return the parameters of the layers, one after the other, on an input of the shape."""
    trace = shape_trace(layers, shape)
    return sum(map(parameter_count, layers, trace))


def stored_activations(layers: Sequence[Layer], shape: Shape) -> int:
    """Return how many numbers the outputs of all layers have for one input of the shape.

    Flatten stores nothing, because its output is a view; every other layer has memory of its own.
    """
    outputs = shape_trace(layers, shape)[1:]
    stored = zip(layers, outputs, strict=True)
    return sum(prod(output) for layer, output in stored if layer != Flatten())
