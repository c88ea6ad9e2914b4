"""How many parameters a convolutional layer learns."""

from math import prod
from random import Random
from typing import Any, Self

from examgen.exact import Shape
from examgen.nn.counting import convolution_parameters, linear_parameters
from examgen.nn.shapes import output_size
from examgen.questions.family import family
from examgen.questions.figures import Figure, Volume, Volumes
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products


@family(
    title="The parameters of a convolution",
    minutes=(2, 2, 3),
    conventions=("parameters",),
    tags=(
        "lecture-10",
        "lecture-13",
        "idea-conv-parameters",
    ),
)
class ConvParamCount:
    """One layer; the sizes of its input and of the batch are given as lures.

    At the hard level it has groups, or slides along one or three axes instead of two.
    """

    input_shape: Shape
    out_channels: int
    kernel: tuple[int, ...]
    batch: int
    bias: bool = True
    groups: int = 1

    stem = r"""
    A batch of << batch >> inputs, each of shape $<< input_shape >>$ with the channels first, passes
    through a << ("one", "two", "three")[kernel | length - 1] >>-dimensional convolution with
    << out_channels >> filters of size $<< kernel_size >>$, stride 1 and no padding. The layer has
    << "biases" if bias else "**no** biases" >>.
    <% if groups > 1 %>
    Its input channels and its filters are split evenly into << groups >> groups, each of which is
    a convolution of its own (`groups=<< groups >>` in PyTorch).
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Few channels and small kernels: a hand multiplies them."""
        batch = rng.choice([8, 16, 32])
        if level == "easy":
            side, kernel = rng.randint(7, 10), rng.choice([3, 5])
            channels, filters = rng.choice([2, 3, 4]), rng.choice([5, 6, 8, 10, 12])
            return cls(Shape((channels, side, side)), filters, (kernel, kernel), batch)
        bias = rng.random() < 0.6
        if level == "hard" and rng.random() < 0.6:
            return cls.draw_groups(rng, batch, bias)
        axes = 2 if level == "medium" else rng.choice([1, 3])
        size = {1: (16, 40), 2: (8, 12), 3: (6, 8)}[axes]
        channels, filters = rng.choice([3, 4, 6, 8]), rng.choice([5, 10, 12, 16, 20])
        shape = Shape((channels, *(rng.randint(*size) for _ in range(axes))))
        return cls(shape, filters, tuple(rng.sample([2, 3, 4, 5], axes)), batch, bias)

    @classmethod
    def draw_groups(cls, rng: Random, batch: int, bias: bool) -> Self:
        """A layer with groups; every other one depthwise, with a group for every channel."""
        side, kernel = rng.randint(7, 10), rng.choice([3, 5])
        if rng.random() < 0.5:
            inputs = filters = groups = rng.choice([6, 8, 10, 12, 16])
        else:
            groups = rng.choice([2, 3, 4])
            inputs, filters = (groups * each for each in rng.sample([2, 3, 4, 5], 2))
        return cls(Shape((inputs, side, side)), filters, (kernel, kernel), batch, bias, groups)

    @property
    def figure(self) -> Figure | None:
        """The layer between its input and its output, where it slides along two axes."""
        if len(self.kernel) != 2:
            return None
        channels, height, width = map(str, self.input_shape)
        window = "×".join(map(str, self.kernel))
        groups = f"\nin {self.groups} groups" if self.groups > 1 else ""
        return Volumes(
            (Volume("input", channels, height, width, window), Volume("output", "", "", "")),
            (f"{self.out_channels} filters{groups}",),
        )

    @property
    def kernel_size(self) -> str:
        """The sizes of the kernel, as they are written."""
        return r" \times ".join(map(str, self.kernel))

    @property
    def in_channels(self) -> int:
        """How many channels come in."""
        return self.input_shape[0]

    @property
    def channels_seen(self) -> int:
        """How many channels one filter reaches through."""
        return self.in_channels // self.groups

    @property
    def filter_weights(self) -> int:
        """The weights of one filter."""
        return self.channels_seen * prod(self.kernel)

    @property
    def weights(self) -> int:
        """The weights of all filters, without biases."""
        return self.count(bias=False)

    @property
    def positions(self) -> int:
        """How many positions the kernel has."""
        return prod(map(output_size, self.input_shape[1:], self.kernel))

    def count(self, **changes: Any) -> int:
        """The layer's parameters, with *changes* to what is given."""
        given: dict[str, Any] = {
            "in_channels": self.in_channels,
            "out_channels": self.out_channels,
            "kernel": self.kernel,
            "groups": self.groups,
            "bias": self.bias,
        }
        return convolution_parameters(**(given | changes))

    @property
    def work(self) -> Work:
        """The weights of a filter, its bias, and so many filters; a group's channels divided."""
        factors = products(*self.kernel, self.channels_seen, self.out_channels)
        return Work(factors - 1 + (self.groups > 1), int(self.bias), len(self.kernel) + 3)

    @part("How many trainable parameters does the layer have?", points=1, counts=True)
    def parameters(self) -> int:
        """C_out · C_in/groups · Πk, and C_out biases."""
        return self.count()

    @parameters.misconception(
        "You left the biases out: each of the << out_channels >> filters has one."
    )
    def forgets_the_bias(self) -> int | None:
        """The weights alone."""
        return self.weights if self.bias else None

    @parameters.misconception("You counted biases, but this layer has none.")
    def adds_a_bias_unasked(self) -> int | None:
        """C_out biases although there are none."""
        return None if self.bias else self.count(bias=True)

    @parameters.misconception(
        "You took one channel for each filter. A filter has weights for each of the "
        "<< channels_seen >> channels it sees."
    )
    def counts_one_input_channel(self) -> int | None:
        """Πk weights to a filter."""
        return None if self.channels_seen == 1 else self.count(in_channels=self.groups)

    @parameters.misconception(
        "You counted one filter. The layer has << out_channels >> of them, one for each output "
        "channel."
    )
    def counts_one_filter(self) -> int:
        """C_out left out."""
        return self.filter_weights + self.bias

    @parameters.misconception(
        "You counted one bias for the whole layer; there is one for each of the "
        "<< out_channels >> filters."
    )
    def one_bias_per_layer(self) -> int | None:
        """1 bias for C_out."""
        return self.weights + 1 if self.bias else None

    @parameters.misconception(
        "You counted a bias for each pair of an input and an output channel. A filter adds its "
        "bias once, after summing over its channels."
    )
    def one_bias_per_channel_pair(self) -> int | None:
        """C_out · C_in/groups biases for C_out."""
        if not self.bias or self.channels_seen == 1:
            return None
        return self.weights + self.out_channels * self.channels_seen

    @parameters.misconception(
        "You counted a bias for each entry of the output. All positions of a channel share one."
    )
    def one_bias_per_pixel(self) -> int | None:
        """C_out biases at each position."""
        return self.weights + self.out_channels * self.positions if self.bias else None

    @parameters.misconception(
        "You took << kernel[0] >> weights per channel; a kernel of size $<< kernel_size >>$ has "
        "<< kernel[0] * kernel[1] >> of them."
    )
    def uses_k_for_k_squared(self) -> int | None:
        """k for k² in a square kernel."""
        is_square = len(self.kernel) == 2 and len(set(self.kernel)) == 1
        return self.count(kernel=self.kernel[:1]) if is_square else None

    @parameters.misconception("You added the kernel's sizes; multiply them to count its entries.")
    def adds_the_kernel_sizes(self) -> int | None:
        """Σk for Πk."""
        return None if len(self.kernel) == 1 else self.count(kernel=(sum(self.kernel),))

    @parameters.misconception(
        "You squared the kernel's size, but along one axis it has << kernel[0] >> entries."
    )
    def squares_the_kernel(self) -> int | None:
        """k² for k where there is one axis."""
        return self.count(kernel=self.kernel * 2) if len(self.kernel) == 1 else None

    @parameters.misconception(
        "You left the kernel's depth out; it has << kernel[0] >> layers of weights."
    )
    def leaves_the_depth_out(self) -> int | None:
        """A kernel of two axes for one of three."""
        return self.count(kernel=self.kernel[1:]) if len(self.kernel) == 3 else None

    @parameters.misconception(
        "You counted the kernel anew at each of its << positions >> positions. The same weights "
        "are used at all of them."
    )
    def counts_every_position(self) -> int:
        """No weight sharing."""
        return self.count() * self.positions

    @parameters.misconception(
        "That is the dense layer between these inputs and outputs. A convolution has the weights "
        "of its filters only."
    )
    def counts_a_dense_layer(self) -> int:
        """A weight for each pair of an input and an output entry."""
        outputs = self.out_channels * self.positions
        return linear_parameters(prod(self.input_shape), outputs, bias=self.bias)

    @parameters.misconception(
        "You multiplied by the batch size; all << batch >> inputs pass through the same weights."
    )
    def multiplies_by_the_batch(self) -> int:
        """The parameters once for each input."""
        return self.count() * self.batch

    @parameters.misconception(
        "You left the groups out: a filter sees $<< in_channels >> / << groups >> = "
        "<< channels_seen >>$ of the input channels."
    )
    def ignores_the_groups(self) -> int | None:
        """All input channels for those of the group."""
        return None if self.groups == 1 else self.count(groups=1)

    @parameters.misconception(
        "You counted one of the << groups >> groups; each has filters of its own."
    )
    def counts_one_group(self) -> int | None:
        """One group's convolution."""
        if self.groups == 1:
            return None
        filters = self.out_channels // self.groups
        return self.count(in_channels=self.channels_seen, out_channels=filters, groups=1)
