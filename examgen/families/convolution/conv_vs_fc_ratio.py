"""The weights of a convolution against those of a dense layer between the same sizes."""

from fractions import Fraction
from math import prod
from random import Random
from typing import Literal, Self

from examgen.exact import Shape, ratio, rational
from examgen.nn.counting import convolution_parameters, linear_parameters
from examgen.nn.shapes import output_size
from examgen.questions.family import family
from examgen.questions.figures import Figure, Volume, Volumes
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


@family(
    title="Weights of a convolution and of a dense layer",
    minutes=(2, 3, 3),
    conventions=("windows",),
    tags=(
        "lecture-6",
        "lecture-10",
        "idea-dense-or-shared",
    ),
)
class ConvVsFcRatio:
    """The lecture's size of the kernel against d1 · d2: the count, the factor, or the share.

    `asked` is the count of the dense layer's weights (along a line), how many times the
    convolution's weights they are (one channel), or what share of them the convolution has.
    """

    input_shape: Shape
    out_channels: int
    kernel: tuple[int, ...]
    asked: Literal["count", "factor", "share"]
    stride: int = 1

    stem = r"""
    <% if input_shape | length == 2 %>
    A convolution slides one kernel of << kernel[0] >> weights along a signal of
    << input_shape[1] >> entries, with stride 1 and no padding.
    <% elif asked == "factor" %>
    A convolution slides one kernel of $<< kernel_size >>$ weights over an image of
    $<< input_shape[1] >> \times << input_shape[2] >>$ pixels with one channel, with stride 1 and no
    padding.
    <% else %>
    A convolution maps inputs of shape $<< input_shape >>$, as (channels, height, width), to
    << out_channels >> channels: each of its << out_channels >> filters has
    $<< kernel_size >>$ weights for every input channel. Its stride is << stride >>, and there is no
    padding.
    <% endif %>

    A dense layer with as many inputs and outputs has a weight of its own for each pair of an input
    entry and an output entry. Neither layer has biases.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sizes whose products a hand can do."""
        if level == "easy":
            shape = Shape((1, rng.randint(8, 20)))
            return cls(shape, 1, (rng.choice([2, 3, 4, 5]),), "count")
        height, width = rng.choice([(5, 5), (6, 6), (7, 7), (8, 8), (6, 5), (5, 6), (5, 8), (8, 5)])
        if level == "medium":
            kernel = rng.choice([(2, 2), (3, 3), (2, 3), (3, 2), (4, 4)])
            return cls(Shape((1, height, width)), 1, kernel, "factor")
        channels, filters = rng.choice([2, 3, 4]), rng.choice([5, 6, 8, 10])
        kernel = rng.choice([(2, 2), (3, 3)])
        shape = Shape((channels, height, width))
        return cls(shape, filters, kernel, "share", stride=rng.choice([1, 2]))

    @property
    def figure(self) -> Figure | None:
        """The convolution between its input and its output, where it slides along two axes."""
        if len(self.kernel) != 2:
            return None
        channels, height, width = map(str, self.input_shape)
        window = "×".join(map(str, self.kernel))
        outputs = str(self.out_channels)
        filters = "convolution" if self.out_channels == 1 else f"{self.out_channels} filters"
        return Volumes(
            (Volume("input", channels, height, width, window), Volume("output", outputs, "?", "?")),
            (filters,),
        )

    @property
    def kernel_size(self) -> str:
        """The sizes of the kernel, as they are written."""
        return r" \times ".join(map(str, self.kernel))

    @property
    def output_shape(self) -> Shape:
        """What comes out of either layer."""
        sizes = zip(self.input_shape[1:], self.kernel, strict=True)
        return Shape(
            (self.out_channels, *(output_size(n, k, stride=self.stride) for n, k in sizes))
        )

    @property
    def dense_outputs(self) -> int:
        """How many entries come out."""
        return prod(self.output_shape)

    @property
    def what_is_asked(self) -> str:
        """The ratio in words."""
        dense, conv = "the dense layer's", "the convolution's"
        first, second = (dense, conv) if self.asked == "factor" else (conv, dense)
        return f"{first} number of weights divided by {second}"

    @property
    def positions(self) -> int:
        """At how many positions the kernel lies."""
        return prod(self.output_shape[1:])

    @property
    def conv_weights(self) -> int:
        """The size of the kernel, of all filters."""
        return self.count_conv()

    @property
    def dense_weights(self) -> int:
        """One for each pair of entries."""
        return linear_parameters(prod(self.input_shape), self.dense_outputs, bias=False)

    @property
    def connections(self) -> int:
        """How many pairs of entries the convolution connects."""
        return self.conv_weights * self.positions

    @property
    def work(self) -> Work:
        """Sizes of the output, products, and for a ratio what cancels."""
        axes = len(self.kernel)
        if self.asked == "count":
            return Work(1, 2, 2)
        return Work(2 * axes, 2 * axes, 2 * axes + (2 if self.asked == "share" else 0))

    def count_conv(
        self,
        *,
        channels: int | None = None,
        filters: int | None = None,
        kernel: tuple[int, ...] | None = None,
    ) -> int:
        """The convolution's weights, with changes to what is given."""
        return convolution_parameters(
            channels or self.input_shape[0],
            filters or self.out_channels,
            kernel or self.kernel,
            bias=False,
        )

    def answer_for(self, *, dense: int | None = None, conv: int | None = None) -> Fraction:
        """What is asked, if the layers had so many weights."""
        dense = self.dense_weights if dense is None else dense
        conv = self.conv_weights if conv is None else conv
        if self.asked == "count":
            return rational(dense)
        return rational(ratio(dense, conv) if self.asked == "factor" else ratio(conv, dense))

    @part(
        "<% if asked == 'count' %>"
        "How many weights does the dense layer have?"
        "<% elif asked == 'factor' %>"
        "How many times as many weights as the convolution does the dense layer have?"
        "<% else %>"
        "What share of the dense layer's number of weights does the convolution have? Write it as "
        "a fraction."
        "<% endif %>",
        points=1,
        counts=True,
    )
    def weights(self) -> Fraction:
        """d1 · d2, against size(kernel)."""
        return self.answer_for()

    @weights.misconception(
        "You took the output to be as large as the input. There are fewer positions of the kernel: "
        "<< positions >>."
    )
    def keeps_the_size(self) -> Fraction:
        """d2 = d1 where the number of channels is the same."""
        outputs = self.out_channels * prod(self.input_shape[1:])
        return self.answer_for(dense=prod(self.input_shape) * outputs)

    @weights.misconception(
        "You counted the steps of the kernel without its first position, so the output is too "
        "small."
    )
    def forgets_the_first_position(self) -> Fraction:
        """n − k positions for n − k + 1."""
        outputs = self.out_channels * prod(each - 1 for each in self.output_shape[1:])
        return self.answer_for(dense=prod(self.input_shape) * outputs)

    @weights.misconception(
        "You counted the connections that the convolution has, << connections >>: they share "
        "<< conv_weights >> weights, and a dense layer connects every pair of entries."
    )
    def counts_the_connections(self) -> Fraction:
        """The entries of the convolution's matrix that are not 0."""
        return self.answer_for(dense=self.connections)

    @weights.misconception(
        "Those are the convolution's own weights, used again at each position. A dense layer has "
        "one for each pair of entries."
    )
    def counts_the_convolution(self) -> Fraction | None:
        """The size of the kernel."""
        return self.answer_for(dense=self.conv_weights) if self.asked == "count" else None

    @weights.misconception(
        "You counted the weights of one unit of the dense layer. Each of its "
        "<< dense_outputs >> outputs has as many of its own."
    )
    def counts_one_unit(self) -> Fraction:
        """d1 for d1 · d2."""
        return self.answer_for(dense=prod(self.input_shape))

    @weights.misconception(
        "You added the two sizes; there is a weight for each *pair* of an input and an output "
        "entry, so multiply."
    )
    def adds_the_sizes(self) -> Fraction:
        """d1 + d2."""
        return self.answer_for(dense=prod(self.input_shape) + self.dense_outputs)

    @weights.misconception(
        "You multiplied by the size of the kernel as well. Each pair of an input and an output "
        "entry has one weight."
    )
    def multiplies_by_the_kernel(self) -> Fraction | None:
        """d1 · d2 · k."""
        if self.asked != "count":
            return None
        return self.answer_for(dense=self.dense_weights * self.conv_weights)

    @weights.misconception("You counted biases, but neither layer has any.")
    def adds_a_bias_unasked(self) -> Fraction | None:
        """A bias for each output of the dense layer."""
        if self.asked != "count":
            return None
        return self.answer_for(dense=self.dense_weights + self.dense_outputs)

    @weights.misconception("You divided the wrong way round: what is asked is << what_is_asked >>.")
    def inverts_the_ratio(self) -> Fraction | None:
        """The share for the factor, or the factor for the share."""
        if self.asked == "count":
            return None
        return self.answer_for(dense=self.conv_weights, conv=self.dense_weights)

    @weights.misconception(
        "You took << kernel[0] >> weights for a kernel; one of size $<< kernel_size >>$ has "
        "<< kernel[0] * kernel[1] >> of them."
    )
    def uses_k_for_k_squared(self) -> Fraction | None:
        """k for k² in a square kernel."""
        if len(set(self.kernel)) > 1 or self.asked == "count":
            return None
        return self.answer_for(conv=self.count_conv(kernel=self.kernel[:1]))

    @weights.misconception(
        "You took one channel for each filter; it has weights for each of the "
        "<< input_shape[0] >> input channels."
    )
    def counts_one_input_channel(self) -> Fraction | None:
        """The channels left out of the convolution alone."""
        if self.asked != "share":
            return None
        return self.answer_for(conv=self.count_conv(channels=1))

    @weights.misconception(
        "You counted one filter; the convolution has << out_channels >> of them."
    )
    def counts_one_filter(self) -> Fraction | None:
        """The filters left out of the convolution alone."""
        if self.asked != "share":
            return None
        return self.answer_for(conv=self.count_conv(filters=1))

    @weights.misconception(
        "You left the channels out of the dense layer's input, which has "
        "$<< input_shape | join(' \\\\cdot ') >>$ entries."
    )
    def flattens_height_and_width_only(self) -> Fraction | None:
        """H · W inputs."""
        if self.asked != "share":
            return None
        dense = prod(self.input_shape[1:]) * self.dense_outputs
        return self.answer_for(dense=dense)

    @weights.misconception("You moved the kernel by one; the stride is << stride >>.")
    def ignores_the_stride(self) -> Fraction | None:
        """Stride 1 for the stride given."""
        if self.stride == 1:
            return None
        sizes = zip(self.input_shape[1:], self.kernel, strict=True)
        outputs = self.out_channels * prod(output_size(n, k) for n, k in sizes)
        return self.answer_for(dense=prod(self.input_shape) * outputs)

    @weights.misconception(
        "That is the number of the dense layer's weights. Divide it by the convolution's "
        "<< conv_weights >>."
    )
    def gives_the_count(self) -> Fraction | None:
        """d1 · d2 for the factor."""
        return rational(self.dense_weights) if self.asked == "factor" else None
