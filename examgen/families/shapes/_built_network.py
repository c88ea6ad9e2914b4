"""A convolutional network whose first input has settled how many channels and features it takes."""

from dataclasses import dataclass
from functools import cached_property

from examgen.exact import Shape
from examgen.families.shapes._drawn_networks import misread_count, window
from examgen.families.shapes._in_brief import in_brief
from examgen.nn import layers as nn
from examgen.nn.receptive import Step, receptive_field, sliding_steps
from examgen.questions.figures import Block, Chain

WEIGHTED = (nn.Conv2d, nn.BatchNorm2d, nn.Linear)


@dataclass(frozen=True)
class BuiltNetwork:
    """Layers, numbered from 1, and the shape of the input that the lazy ones were built for.

    The layers up to a flattening make the features that a linear layer takes.
    """

    layers: tuple[nn.Layer, ...]
    input_shape: Shape

    @property
    def listing(self) -> str:
        """The network in PyTorch, its layers numbered."""
        calls = [nn.torch_call(layer) + "," for layer in self.layers]
        width = max(map(len, calls))
        lines = [f"    {call:{width}}  # {row}\n" for row, call in enumerate(calls, start=1)]
        return f"nn.Sequential(\n{''.join(lines)})"

    @property
    def chain(self) -> Chain:
        """The layers one after the other, for a figure."""
        blocks = [
            Block(in_brief(layer), f"layer {row}") for row, layer in enumerate(self.layers, start=1)
        ]
        return Chain((Block("input", kind="value"), *blocks, Block("output", kind="value")))

    @property
    def normalises(self) -> bool:
        """Whether a layer normalises."""
        return nn.BatchNorm2d() in self.layers

    @property
    def has_dense(self) -> bool:
        """Whether a layer is linear."""
        return any(isinstance(layer, nn.Linear) for layer in self.layers)

    @property
    def pools_globally(self) -> bool:
        """Whether a layer pools the whole map, whatever its size."""
        return nn.GlobalAveragePool() in self.layers

    @property
    def weighted(self) -> list[nn.Layer]:
        """The layers with parameters."""
        return [layer for layer in self.layers if isinstance(layer, WEIGHTED)]

    @property
    def last_convolution(self) -> int:
        """The number of the last convolution."""
        return max(row for row, each in enumerate(self.layers, 1) if isinstance(each, nn.Conv2d))

    @cached_property
    def steps(self) -> list[Step]:
        """(kernel, stride, dilation) of every window up to the last convolution."""
        return sliding_steps(self.layers[: self.last_convolution])

    @property
    def receptive_fields(self) -> list[tuple[int, int]]:
        """(side, jump) of the input, and after each of the `steps`."""
        return receptive_field(self.steps)

    @property
    def sliding_rows(self) -> list[int]:
        """The numbers of the layers with a window."""
        return [row for row, layer in enumerate(self.layers, start=1) if window(layer)]

    @property
    def features(self) -> tuple[nn.Layer, ...]:
        """The layers that make the features, up to the flattening."""
        return self.layers[: self.layers.index(nn.Flatten()) + 1]

    @property
    def features_without_pooling(self) -> tuple[nn.Layer, ...]:
        """The same, but for the average over the whole map."""
        return tuple(layer for layer in self.features if layer != nn.GlobalAveragePool())

    def last_map(self, shape: Shape) -> Shape:
        """What is flattened of an input."""
        return nn.shape_trace(self.features[:-1], shape)[-1]

    def has_its_channels(self, shape: Shape) -> bool:
        """Whether an input has as many channels as the network's own."""
        return shape[0] == self.input_shape[0]

    def on_its_map(self, shape: Shape) -> Shape:
        """As many channels on the network's own input, on which all windows fit.

        No more than its channels decides how many parameters a map calls for.
        """
        return Shape((shape[0], *self.input_shape[1:])) if len(shape) == 3 else shape

    def parameters(self, layer: nn.Layer, before: Shape) -> int:
        """The layer's parameters; of a map before it only the channels count."""
        return nn.parameter_count(layer, self.on_its_map(before))

    def weights(self, layer: nn.Layer, before: Shape) -> int | None:
        """The layer's parameters without its biases; None if it has none anyway."""
        return misread_count(layer, self.on_its_map(before), (nn.Conv2d, nn.Linear), bias=False)

    @property
    def first_weights(self) -> int:
        """The weights of layer 1, its biases left out."""
        return self.weights(self.layers[0], self.input_shape) or 0
