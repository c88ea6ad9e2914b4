"""A convolutional network layer by layer: shapes, parameters, and what follows from them."""

from collections.abc import Iterable
from math import prod
from random import Random
from typing import Self

from examgen.exact import Shape, Undefined
from examgen.families.shapes._built_network import BuiltNetwork
from examgen.families.shapes._drawn_networks import (
    Window,
    draw_network,
    draw_others,
    misread_count,
    misread_shape,
    one_channel,
    resized,
    window,
)
from examgen.nn import layers as nn
from examgen.nn.receptive import receptive_side, sliding_steps
from examgen.nn.shapes import pair
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, part
from examgen.questions.work import Work

ROW = "Layer << asked[row - 1] >>, `<< constructor(element) >>`"
MOST_ROWS = 7
"""A longer table leaves ReLUs out: for what follows it there would be a point each."""
POOLINGS = (nn.MaxPool2d, nn.AvgPool2d)


def numbers(flags: Iterable[bool]) -> frozenset[int]:
    """The places of those that are true, from 1."""
    return frozenset(place for place, flag in enumerate(flags, start=1) if flag)


@family(
    title="Shapes and parameters of a convolutional network",
    minutes=(13, 15, 17),
    conventions=("windows", "shapes", "parameters", "receptive-field"),
    tags=(
        "lecture-12",
        "lecture-18",
        "idea-output-size",
        "idea-conv-parameters",
        "idea-dense-or-shared",
        "idea-receptive-field",
    ),
)
class LongCnnShapeTable:
    """Output shapes and parameters row by row, then what they say of the whole network."""

    layers: tuple[nn.Layer, ...]
    input_shape: Shape
    batch: int
    other_inputs: tuple[Shape, ...]

    stem = r"""
    This listing builds a network for inputs of shape $<< input_shape >>$, that is (channels,
    height, width). A lazy layer takes from the first input how many channels or features reach it,
    and keeps that number.

    ```python
    << network.listing >>
    ```

    `nn.LazyConv2d(m, k)` has $m$ filters of size $k \times k$
    <%- if network.has_dense %>, and `nn.LazyLinear(m)` has $m$ outputs; both have biases.
    <%- else %> and biases.
    <%- endif %> Pooling with windows of size $k \times k$ moves by $k$ unless a
    stride is given.
    <% if network.normalises %>
    Batch normalisation learns a scale and a shift for each channel.
    <% endif %>
    <% if network.pools_globally %>
    `nn.AdaptiveAvgPool2d(1)` makes of each channel one number, its mean.
    <% endif %>

    Give shapes without the batch axis and with every size worked out. Parameters are the trainable
    ones; how many there are may be left as a sum of products, such as `3*4*5 + 6`.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Built from the last map backwards, so that every window fits."""
        layers, shape = draw_network(rng, level)
        return cls(layers, shape, rng.choice([8, 16, 32, 64]), draw_others(rng, shape))

    def worth_asking(self) -> bool:
        """A unit sees no more than the input, and a linear layer changes the number of features.

        Nor are there as many parameters as inputs.
        """
        *_, before, after = nn.shape_trace(self.layers, self.input_shape)
        return (
            nn.total_parameters(self.layers, self.input_shape) != prod(self.input_shape)
            and min(self.input_shape[1:]) >= receptive_side(self.network.steps)
            and before != after
            and self.tells_other_inputs_apart()
        )

    def tells_other_inputs_apart(self) -> bool:
        """Whether some of the other inputs fit, and not those that a mistake would let through."""
        try:
            fitting, mistaken = self.fitting, self.fitting_without_pooling
        except Undefined:
            return False
        lures = mistaken if self.network.pools_globally else self.with_its_channels
        return len(fitting) > 0 and fitting != lures

    @property
    def network(self) -> BuiltNetwork:
        """The network, built for its input."""
        return BuiltNetwork(self.layers, self.input_shape)

    @property
    def figure(self) -> Figure:
        """The layers one after the other."""
        return self.network.chain

    def constructor(self, layer: nn.Layer) -> str:
        """The class that makes the layer in PyTorch."""
        return nn.torch_call(layer).partition("(")[0].removeprefix("nn.")

    def window_of(self, layer: nn.Layer) -> Window | None:
        """Kernel, stride and padding, for the worked solutions."""
        return window(layer)

    def entries(self, shape: Shape) -> int:
        """How many numbers a tensor of the shape holds, for the worked solutions."""
        return prod(shape)

    @property
    def asked(self) -> list[int]:
        """The numbers of the layers in the table: all, or all but as many of the first ReLUs."""
        relus = [row for row, layer in enumerate(self.layers, start=1) if layer == nn.ReLU()]
        left_out = relus[: max(0, len(self.layers) - MOST_ROWS)]
        return [row for row in range(1, len(self.layers) + 1) if row not in left_out]

    @property
    def rows(self) -> tuple[nn.Layer, ...]:
        """The layers in the table: those left out keep the shape and have no parameters."""
        return tuple(self.layers[row - 1] for row in self.asked)

    @property
    def with_its_channels(self) -> frozenset[int]:
        """The numbers of the other inputs that have as many channels as the network's own."""
        return numbers(map(self.network.has_its_channels, self.other_inputs))

    @property
    def fitting(self) -> frozenset[int]:
        """The numbers of the other inputs that the built network can take."""
        return self.with_its_channels & self.with_its_features(self.network.features)

    @property
    def fitting_without_pooling(self) -> frozenset[int]:
        """Those that it could take if it did not average each map."""
        plain = self.network.features_without_pooling
        return self.with_its_channels & self.with_its_features(plain)

    def with_its_features(self, features: tuple[nn.Layer, ...]) -> frozenset[int]:
        """The numbers of the other inputs of which these layers make as many features."""
        wanted = nn.shape_trace(features, self.input_shape)[-1]
        return numbers(nn.shape_trace(features, each)[-1] == wanted for each in self.other_inputs)

    @property
    def work(self) -> Work:
        """Windows along both axes, parameters, the receptive field, and the other inputs' maps."""
        windows, weighted = len(self.network.sliding_rows), len(self.network.weighted)
        table = Work(2, 6, 4) * windows + Work(2, 1, 4) * weighted + Work(lookups=len(self.rows))
        field = Work(2, 2, 1) * len(self.network.steps)
        dense = Work(4, 1, 2)
        others = Work(1, 2, 2) * (len(self.other_inputs) - 1) * windows
        return table + Work(additions=weighted) + field + dense + others

    @part("Output shape", points=1, each="rows", row=ROW, start="input_shape")
    def output_shape(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape:
        """What the layer makes of the shape before it."""
        return nn.output_shape(layer, previous_output_shape)

    @output_shape.misconception(
        "You rounded up. A last window that would stick out is dropped, so round down.", credit=SLIP
    )
    def rounds_up(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape | None:
        """⌈ ⌉ for ⌊ ⌋: as many windows as if s − 1 more rows and columns were there."""
        slides = window(layer)
        if slides is None or slides.stride == 1:
            return None
        return nn.output_shape(layer, resized(previous_output_shape, slides.stride - 1))

    @output_shape.misconception(
        "You counted the steps of the window. Its first position counts too: add 1.", credit=SLIP
    )
    def forgets_the_first_position(
        self, layer: nn.Layer, previous_output_shape: Shape
    ) -> Shape | None:
        """No + 1."""
        after = nn.output_shape(layer, previous_output_shape)
        return resized(after, -1) if window(layer) and min(after[1:]) > 1 else None

    @output_shape.misconception(
        "You padded, but this convolution has no padding: its window stays inside.", credit=SLIP
    )
    def pads_unasked(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape | None:
        """A border of half the kernel although none is given."""
        slides = window(layer)
        if slides is None or slides.padding:
            return None
        return misread_shape(layer, previous_output_shape, nn.Conv2d, padding=slides.kernel // 2)

    @output_shape.misconception(
        "You left the padding out. The window also slides over the border of zeros.", credit=SLIP
    )
    def ignores_the_padding(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape | None:
        """p = 0 for the padding given."""
        return misread_shape(layer, previous_output_shape, nn.Conv2d, padding=0)

    @output_shape.misconception(
        "You added the padding once. It stands on both sides: $n + 2p$.", credit=SLIP
    )
    def pads_one_side(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape | None:
        """n + p for n + 2p."""
        slides = window(layer)
        if slides is None or not slides.padding:
            return None
        return nn.output_shape(layer, resized(previous_output_shape, -slides.padding))

    @output_shape.misconception(
        "You moved the convolution's window by 1, but a stride is given.", credit=SLIP
    )
    def ignores_the_stride(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape | None:
        """A convolution with s = 1 for the stride given."""
        return misread_shape(layer, previous_output_shape, nn.Conv2d, stride=1)

    @output_shape.misconception(
        "You moved the pooling's window by 1. Unless a stride is given it moves by its own size.",
        credit=SLIP,
    )
    def pools_with_stride_one(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape | None:
        """A pooling with s = 1 for its stride."""
        return misread_shape(layer, previous_output_shape, POOLINGS, stride=1)

    @output_shape.misconception(
        "You kept the channels that came in. A convolution gives one channel for each filter.",
        credit=STEP,
    )
    def keeps_the_input_channels(
        self, layer: nn.Layer, previous_output_shape: Shape
    ) -> Shape | None:
        """C_in for C_out."""
        return misread_shape(
            layer, previous_output_shape, nn.Conv2d, out_channels=previous_output_shape[0]
        )

    @output_shape.misconception(
        "You averaged over the channels too. Each channel is averaged by itself and stays."
    )
    def averages_over_the_channels(
        self, layer: nn.Layer, previous_output_shape: Shape
    ) -> Shape | None:
        """One number of the whole tensor."""
        if not isinstance(layer, nn.GlobalAveragePool):
            return None
        return nn.output_shape(layer, one_channel(previous_output_shape))

    @output_shape.misconception(
        "You counted one channel. Flattening puts the maps of all channels into one row.",
        credit=STEP,
    )
    def flattens_height_and_width_only(
        self, layer: nn.Layer, previous_output_shape: Shape
    ) -> Shape | None:
        """H · W for C · H · W."""
        if not isinstance(layer, nn.Flatten):
            return None
        return nn.output_shape(layer, one_channel(previous_output_shape))

    @output_shape.misconception(
        "You counted the channels. Flattening makes a feature of every entry of their maps."
    )
    def flattens_channels_only(self, layer: nn.Layer, previous_output_shape: Shape) -> Shape | None:
        """C for C · H · W."""
        is_map = prod(previous_output_shape[1:]) > 1
        return Shape(previous_output_shape[:1]) if is_map and layer == nn.Flatten() else None

    @part("Parameters", points=1, each="rows", row=ROW, counts=True)
    def parameters(self, layer: nn.Layer, previous_output_shape: Shape) -> int:
        """Weights and biases; of a map before it only the channels count."""
        return self.network.parameters(layer, previous_output_shape)

    @parameters.misconception(
        "You left the biases out: each filter, and each output of a linear layer, has one.",
        credit=SLIP,
    )
    def forgets_the_bias(self, layer: nn.Layer, previous_output_shape: Shape) -> int | None:
        """The weights alone."""
        return self.network.weights(layer, previous_output_shape)

    @parameters.misconception(
        "You counted one bias for the whole layer; there is one for each filter or output.",
        credit=SLIP,
    )
    def one_bias_per_layer(self, layer: nn.Layer, previous_output_shape: Shape) -> int | None:
        """1 bias for C_out."""
        weights = self.network.weights(layer, previous_output_shape)
        return None if weights is None else weights + 1

    @parameters.misconception(
        "You counted a bias for each entry of the output. All positions of a channel share one.",
        credit=SLIP,
    )
    def one_bias_per_pixel(
        self, layer: nn.Layer, previous_output_shape: Shape, output_shape: Shape
    ) -> int | None:
        """C_out biases at each position."""
        weights = self.network.weights(layer, previous_output_shape)
        if weights is None or not isinstance(layer, nn.Conv2d):
            return None
        return weights + prod(output_shape)

    @parameters.misconception(
        "You counted a bias for each pair of an input and an output channel. A filter adds its "
        "bias once, after summing over its channels.",
        credit=SLIP,
    )
    def one_bias_per_channel_pair(
        self, layer: nn.Layer, previous_output_shape: Shape
    ) -> int | None:
        """C_out · C_in biases for C_out; the same for one channel."""
        channels = previous_output_shape[0]
        weights = self.network.weights(layer, previous_output_shape)
        if weights is None or not isinstance(layer, nn.Conv2d) or channels == 1:
            return None
        return weights + layer.out_channels * channels

    @parameters.misconception(
        "You counted a bias for each input of the linear layer. Each *output* has one.", credit=SLIP
    )
    def one_bias_per_input(self, layer: nn.Layer, previous_output_shape: Shape) -> int | None:
        """F biases for the outputs."""
        if not isinstance(layer, nn.Linear) or not layer.bias:
            return None
        return (layer.out_features + 1) * previous_output_shape[-1]

    @parameters.misconception(
        "You took one channel for each filter. A filter has weights for every channel that comes "
        "in.",
        credit=STEP,
    )
    def counts_one_input_channel(self, layer: nn.Layer, previous_output_shape: Shape) -> int | None:
        """k² weights to a filter."""
        if not isinstance(layer, nn.Conv2d):
            return None
        return self.network.parameters(layer, one_channel(previous_output_shape))

    @parameters.misconception(
        "You took $k$ weights per channel. A kernel of size $k \\times k$ has $k^2$ of them.",
        credit=STEP,
    )
    def uses_k_for_k_squared(self, layer: nn.Layer, previous_output_shape: Shape) -> int | None:
        """k for k²."""
        if not isinstance(layer, nn.Conv2d):
            return None
        map_shape, side = self.network.on_its_map(previous_output_shape), pair(layer.kernel)[0]
        return misread_count(layer, map_shape, nn.Conv2d, kernel=(side, 1))

    @parameters.misconception(
        "You counted the filters anew at each position. The same weights are used at all of them.",
        credit=STEP,
    )
    def counts_every_position(
        self, layer: nn.Layer, previous_output_shape: Shape, output_shape: Shape
    ) -> int | None:
        """No weight sharing."""
        if not isinstance(layer, nn.Conv2d):
            return None
        count = self.network.parameters(layer, previous_output_shape)
        return count * prod(output_shape[1:])

    @parameters.misconception("Pooling has nothing to learn: it has a window, but no weights.")
    def gives_pooling_parameters(self, layer: nn.Layer, previous_output_shape: Shape) -> int | None:
        """k² weights for each channel."""
        if not isinstance(layer, POOLINGS):
            return None
        return prod(pair(layer.kernel)) * previous_output_shape[0]

    @parameters.misconception("ReLU has nothing to learn: it is the same function everywhere.")
    def gives_activation_parameters(
        self, layer: nn.Layer, previous_output_shape: Shape
    ) -> int | None:
        """A weight for each entry."""
        return prod(previous_output_shape) if layer == nn.ReLU() else None

    @parameters.misconception(
        "You counted one number for each channel. Batch normalisation learns two, a scale and a "
        "shift."
    )
    def counts_the_scale_only(self, layer: nn.Layer, previous_output_shape: Shape) -> int | None:
        """C for 2C."""
        return previous_output_shape[0] if isinstance(layer, nn.BatchNorm2d) else None

    @parameters.misconception(
        "You also counted the running mean and variance. They are recorded, not trained.",
        credit=SLIP,
    )
    def counts_the_running_statistics(
        self, layer: nn.Layer, previous_output_shape: Shape
    ) -> int | None:
        """4C for 2C."""
        is_norm = isinstance(layer, nn.BatchNorm2d)
        return 2 * nn.parameter_count(layer, previous_output_shape) if is_norm else None

    @part(
        "The network is trained on batches of << batch >> inputs. How many parameters does it have "
        "in total?",
        points=1,
        counts=True,
    )
    def total(self, parameters: tuple[int, ...]) -> int:
        """The sum over the layers."""
        return sum(parameters)

    @total.misconception(
        "You multiplied by the batch size; all << batch >> inputs pass through the same weights.",
        credit=STEP,
    )
    def multiplies_by_the_batch(self, parameters: tuple[int, ...]) -> int:
        """The parameters once for each input."""
        return sum(parameters) * self.batch

    @total.misconception(
        "You left the linear layer out; its weights are trained like the others.", credit=STEP
    )
    def leaves_out_the_linear_layers(self, parameters: tuple[int, ...]) -> int | None:
        """The sum over the other layers."""
        linear = [isinstance(layer, nn.Linear) for layer in self.rows]
        pairs = zip(linear, parameters, strict=True)
        return sum(count for skipped, count in pairs if not skipped) if any(linear) else None

    @part(
        "How many pixels long is a side of the receptive field of one unit in the output of layer "
        "<< network.last_convolution >>, the last convolution? (Padding and borders play no part.)",
        points=2,
    )
    def receptive_field(self) -> int:
        """r ← r + (k − 1)·jump, jump ← jump·s, layer by layer."""
        return receptive_side(self.network.steps)

    @receptive_field.misconception(
        "You skipped the pooling. It has a window and a stride like a convolution.", credit=STEP
    )
    def skips_the_pooling(self) -> int | None:
        """The convolutions alone."""
        seen = self.layers[: self.network.last_convolution]
        convolutions = [each for each in seen if isinstance(each, nn.Conv2d)]
        pools = any(isinstance(each, POOLINGS) for each in seen)
        return receptive_side(sliding_steps(convolutions)) if pools else None

    @receptive_field.misconception(
        "You added the kernels' sizes. Neighbouring windows overlap, so a layer adds $k - 1$ "
        "steps and not $k$."
    )
    def sums_the_kernels(self) -> int:
        """Σk."""
        return sum(kernel for kernel, _, _ in self.network.steps)

    @receptive_field.misconception(
        "You added $k - 1$ for each layer. After a stride of $s$, one step is $s$ pixels long.",
        credit=STEP,
    )
    def ignores_the_jumps(self) -> int:
        """1 + Σ(k − 1)."""
        return receptive_side((kernel, 1, dilation) for kernel, _, dilation in self.network.steps)

    @receptive_field.misconception(
        "You let a stride count in its own layer. It lengthens the steps of the layers after it.",
        credit=SLIP,
    )
    def counts_a_stride_too_early(self) -> int:
        """Each layer's jump for the one before it."""
        rows = zip(self.network.steps, self.network.receptive_fields[1:], strict=True)
        return 1 + sum(d * (k - 1) * jump for (k, _, d), (_, jump) in rows)

    @receptive_field.misconception("That is the area; the length of a side is asked.", credit=STEP)
    def gives_the_area(self) -> int:
        """r²."""
        return receptive_side(self.network.steps) ** 2

    @part(
        "A dense layer takes the place of layer 1: it connects every entry of layer 1's input with "
        "every entry of layer 1's output. How many weights does it have, without biases? (You may "
        "leave the product as it is.)",
        points=2,
        counts=True,
    )
    def dense_weights(self, output_shape: tuple[Shape, ...]) -> int:
        """Every entry of the input times every entry of layer 1's output."""
        return prod(self.input_shape) * prod(output_shape[0])

    @dense_weights.misconception(
        "Those are the convolution's weights, used again at each position. A dense layer has one "
        "for each pair of entries."
    )
    def counts_the_convolution(self) -> int:
        """The weights of layer 1 itself."""
        return self.network.first_weights

    @dense_weights.misconception(
        "You counted the connections that the convolution makes. A dense layer connects every "
        "input entry with every output entry, not only those under the kernel.",
        credit=STEP,
    )
    def keeps_to_the_window(self, output_shape: tuple[Shape, ...]) -> int:
        """A weight for each position of the kernel."""
        return self.network.first_weights * prod(output_shape[0][1:])

    @dense_weights.misconception(
        "You left the channels out: an input or output has an entry for each channel at each "
        "position.",
        credit=STEP,
    )
    def leaves_the_channels_out(self, output_shape: tuple[Shape, ...]) -> int:
        """H · W · H' · W'."""
        return prod(self.input_shape[1:]) * prod(output_shape[0][1:])

    @dense_weights.misconception(
        "You added a bias for each output; only the weights are asked.", credit=SLIP
    )
    def adds_a_bias_unasked(self, output_shape: tuple[Shape, ...]) -> int:
        """One more for each output entry."""
        return (prod(self.input_shape) + 1) * prod(output_shape[0])

    @part(
        "After training, batches of inputs of other shapes arrive. Without the batch axis these "
        "are, again as (channels, height, width): "
        "<% for shape in other_inputs %>"
        "(<< loop.index >>) $<< shape >>$<< '. ' if loop.last else ', ' >>"
        "<% endfor %>"
        "To which of them can the trained network be applied without an error? Give their "
        "numbers.",
        points=4,
    )
    def fitting_inputs(self) -> frozenset[int]:
        """Those with as many channels of which as many features are made."""
        return self.fitting

    @fitting_inputs.misconception(
        "You let the network take its own size only. Convolution and pooling take maps of any size "
        "on which the window fits; a linear layer alone needs as many features as it was built for."
    )
    def ties_every_layer_to_the_input(self) -> frozenset[int]:
        """No other shape."""
        return frozenset()

    @fitting_inputs.misconception(
        "Convolution and pooling do take maps of other sizes, but a linear layer has a weight for "
        "each of its inputs: it takes only as many features as it was built for."
    )
    def ties_no_layer_to_the_input(self) -> frozenset[int] | None:
        """All that have as many channels."""
        return None if self.network.pools_globally else self.with_its_channels

    @fitting_inputs.misconception(
        "A filter has weights for the channels it was built for; layer 1 refuses any other number.",
        credit=STEP,
    )
    def ignores_the_channels(self) -> frozenset[int]:
        """All of which as many features are made."""
        return self.with_its_features(self.network.features)

    @fitting_inputs.misconception(
        "You left the global average out: it makes one number of each channel, however large the "
        "map is."
    )
    def forgets_the_global_pooling(self) -> frozenset[int] | None:
        """As if the last map itself were flattened."""
        return self.fitting_without_pooling if self.network.pools_globally else None
