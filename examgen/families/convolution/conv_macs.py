"""The multiply–adds of a convolution, and what a depthwise separable one saves."""

from dataclasses import replace
from fractions import Fraction
from math import prod
from random import Random
from typing import Any, Self

from examgen.exact import Shape, ratio, rational
from examgen.families.convolution._sliding import in_words
from examgen.nn.layers import (
    Conv2d,
    Linear,
    multiply_adds,
    output_shape,
    parameter_count,
    shape_trace,
)
from examgen.nn.shapes import pair
from examgen.questions.family import family
from examgen.questions.figures import Figure, Volume, Volumes
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


@family(
    title="The work of a convolution",
    minutes=(2, 3, 3),
    conventions=("windows", "shapes"),
    tags=("lecture-6",),
)
class ConvMacs:
    """One dot product for each entry of the output: their multiply–adds.

    Easy has one channel, medium several. Hard asks what share of them remains where a depthwise
    and a pointwise convolution take the layer's place.
    """

    input_shape: Shape
    conv: Conv2d
    separable: bool = False

    stem = r"""
    <% if separable %>
    An input of shape $<< input_shape >>$ passes through a convolution with << conv.out_channels >>
    filters of size $<< side >> \times << side >>$, stride 1 and padding << conv.padding >>, which
    keeps height and width. A second network takes two steps instead:

    1. a *depthwise* convolution: each of the << input_shape[0] >> input channels is convolved with
       a $<< side >> \times << side >>$ filter of its own, with the same stride and padding, which
       gives << input_shape[0] >> channels again;
    2. a *pointwise* convolution: << conv.out_channels >> filters of size $1 \times 1$ over all
       << input_shape[0] >> channels.
    <% elif input_shape[0] == 1 %>
    An image of $<< input_shape[1] >> \times << input_shape[2] >>$ pixels with one channel passes
    through a convolution with a single filter of size $<< side >> \times << side >>$, with
    << how_it_slides >>.
    <% else %>
    An input of shape $<< input_shape >>$ passes through a convolution with << conv.out_channels >>
    filters of size $<< side >> \times << side >>$, with << how_it_slides >>.
    <% endif %>

    A *multiply–add* is one multiplication together with one addition: one for each product of a
    weight and an input entry<% if conv.padding %>, also where that entry is a zero of the
    padding<% endif %>. Biases do not count.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sizes whose products a hand can do."""
        if level == "easy":
            side = rng.choice([2, 3, 4])
            height, width = (side + rng.randint(2, 5) for _ in range(2))
            return cls(Shape((1, height, width)), Conv2d(1, side, bias=False))
        if level == "medium":
            channels, filters = rng.choice([2, 3, 4]), rng.choice([5, 6, 8, 10])
            stride, padding, size = rng.choice([(1, 0, 6), (1, 1, 5), (2, 0, 9), (2, 1, 8)])
            height, width = (size + rng.randint(-1, 2) for _ in range(2))
            conv = Conv2d(filters, 3, stride, padding, bias=False)
            return cls(Shape((channels, height, width)), conv)
        side = rng.choice([3, 5])
        channels, filters = rng.sample([4, 6, 8, 10, 12, 16, 20, 24], 2)
        height = rng.choice([10, 16, 20, 28, 32])
        conv = Conv2d(filters, side, padding=side // 2, bias=False)
        return cls(Shape((channels, height, height)), conv, separable=True)

    @property
    def figure(self) -> Figure | None:
        """The layer between its input and its output; of two networks there is none."""
        if self.separable:
            return None
        channels, height, width = map(str, self.input_shape)
        count = self.conv.out_channels
        return Volumes(
            (
                Volume("input", channels, height, width, f"{self.side}×{self.side}"),
                Volume("output", str(count), "?", "?"),
            ),
            ("one filter" if count == 1 else f"{count} filters",),
        )

    @property
    def side(self) -> int:
        """How many rows and columns a filter has."""
        return pair(self.conv.kernel)[0]

    @property
    def how_it_slides(self) -> str:
        """Stride and padding in words."""
        return in_words(pair(self.conv.stride)[0], pair(self.conv.padding)[0])

    @property
    def output_shape(self) -> Shape:
        """What comes out."""
        return output_shape(self.conv, self.input_shape)

    @property
    def positions(self) -> int:
        """At how many positions a filter lies."""
        return prod(self.output_shape[1:])

    @property
    def dot_product(self) -> int:
        """The multiply–adds of one entry of the output."""
        return self.input_shape[0] * self.side**2

    @property
    def work(self) -> Work:
        """Sizes of the output and a product for each factor; or what is left of a quotient."""
        if self.separable:
            return Work(4, 1, 6)
        if self.input_shape[0] == 1:
            return Work(3, 4, 2)
        return Work(5, 6 if self.conv.padding else 4, 4)

    def count(self, *, channels: int | None = None, **changes: Any) -> int:
        """The convolution's multiply–adds, with changes to it or to the input's channels."""
        shape = Shape((channels or self.input_shape[0], *self.input_shape[1:]))
        return multiply_adds(replace(self.conv, **changes), shape)

    @property
    def depthwise(self) -> Conv2d:
        """A filter of its own for every channel."""
        channels = self.input_shape[0]
        return replace(self.conv, out_channels=channels, groups=channels)

    @property
    def pointwise(self) -> Conv2d:
        """Filters of one pixel over all channels."""
        return Conv2d(self.conv.out_channels, 1, bias=False)

    @property
    def flat(self) -> Shape:
        """The shape of the flattened input."""
        return Shape((prod(self.input_shape),))

    def share(self, *steps: Conv2d) -> Fraction:
        """What part of the convolution's multiply–adds the *steps* take, one after the other."""
        shapes = shape_trace(steps, self.input_shape)
        return rational(ratio(sum(map(multiply_adds, steps, shapes)), self.count()))

    @part(
        "<% if separable %>"
        "What share of the multiply–adds of the one convolution do the two steps take together? "
        "Write it as a fraction."
        "<% else %>"
        "How many multiply–adds does the convolution take?"
        "<% endif %>",
        points=1,
        counts=True,
    )
    def multiply_adds(self) -> Fraction:
        """A dot product of C_in · k² for each of C_out · H' · W' entries; or 1/C_out + 1/k²."""
        if self.separable:
            return self.share(self.depthwise, self.pointwise)
        return rational(self.count())

    @multiply_adds.misconception(
        "That is the number of weights. Each of them is used once at every position, of which "
        "there are << positions >>."
    )
    def counts_the_weights(self) -> Fraction | None:
        """The size of the kernel, of all filters."""
        if self.separable:
            return None
        return rational(parameter_count(self.conv, self.input_shape))

    @multiply_adds.misconception(
        "You counted a dot product for each pixel of the *input*. There is one for each entry of "
        "the output, which has $<< output_shape[1] >> \\times << output_shape[2] >>$ positions."
    )
    def keeps_the_size(self) -> Fraction | None:
        """H · W for H' · W'."""
        if self.separable or self.output_shape[1:] == self.input_shape[1:]:
            return None
        area = prod(self.input_shape[1:])
        return rational(self.dot_product * self.conv.out_channels * area)

    @multiply_adds.misconception(
        "You counted multiplications and additions apart, which makes two operations of each "
        "multiply–add."
    )
    def doubles_for_additions(self) -> Fraction | None:
        """FLOPs, twice the number."""
        return None if self.separable else rational(2 * self.count())

    @multiply_adds.misconception(
        "You added one for the bias of every output entry; biases do not count."
    )
    def adds_a_bias_unasked(self) -> Fraction | None:
        """A bias at each output entry."""
        return None if self.separable else rational(self.count() + prod(self.output_shape))

    @multiply_adds.misconception(
        "You took << side >> weights for each channel of a filter; one of size "
        "$<< side >> \\times << side >>$ has $<< side >> \\cdot << side >>$ of them."
    )
    def uses_k_for_k_squared(self) -> Fraction:
        """k for k²."""
        if self.separable:
            return rational(Fraction(1, self.conv.out_channels) + Fraction(1, self.side))
        return rational(ratio(self.count(), self.side))

    @multiply_adds.misconception(
        "You counted the steps of the filter without its first position along each axis."
    )
    def forgets_the_first_position(self) -> Fraction | None:
        """One position too few along each axis."""
        if self.separable:
            return None
        _, height, width = self.output_shape
        outputs = self.conv.out_channels * (height - 1) * (width - 1)
        return rational(self.dot_product * outputs)

    @multiply_adds.misconception(
        "That is the dense layer between these inputs and outputs. An output entry of a "
        "convolution meets the << dot_product >> entries under its filter only."
    )
    def counts_a_dense_layer(self) -> Fraction | None:
        """A weight for each pair of an input and an output entry."""
        if self.separable:
            return None
        return rational(multiply_adds(Linear(prod(self.output_shape)), self.flat))

    @multiply_adds.misconception(
        "You took one channel for each filter; it reaches through all << input_shape[0] >> input "
        "channels."
    )
    def counts_one_input_channel(self) -> Fraction | None:
        """C_in left out."""
        if self.separable or self.input_shape[0] == 1:
            return None
        return rational(self.count(channels=1))

    @multiply_adds.misconception(
        "You counted one filter; there are << conv.out_channels >> of them."
    )
    def counts_one_filter(self) -> Fraction | None:
        """C_out left out."""
        if self.separable or self.conv.out_channels == 1:
            return None
        return rational(self.count(out_channels=1))

    @multiply_adds.misconception("You moved the filter by one; the stride is << conv.stride >>.")
    def ignores_the_stride(self) -> Fraction | None:
        """Stride 1 for the stride given."""
        return None if self.conv.stride == 1 else rational(self.count(stride=1))

    @multiply_adds.misconception(
        "You left the padding out: the filter has positions over the border of zeros, too."
    )
    def ignores_the_padding(self) -> Fraction | None:
        """No padding although one is given."""
        if self.separable or not self.conv.padding:
            return None
        found = self.count(padding=0)
        return None if found == self.count() else rational(found)

    @multiply_adds.misconception(
        "You left the pointwise convolution out, which takes "
        "$<< input_shape[0] >> \\cdot << conv.out_channels >>$ multiply–adds at each position."
    )
    def forgets_the_pointwise_step(self) -> Fraction | None:
        """The depthwise step alone."""
        return self.share(self.depthwise) if self.separable else None

    @multiply_adds.misconception(
        "You left the depthwise convolution out, which takes "
        "$<< input_shape[0] >> \\cdot << side * side >>$ multiply–adds at each position."
    )
    def forgets_the_depthwise_step(self) -> Fraction | None:
        """The pointwise step alone."""
        return self.share(self.pointwise) if self.separable else None

    @multiply_adds.misconception(
        "You let each filter of the first step reach through all << input_shape[0] >> channels; "
        "there each channel has one filter of its own."
    )
    def ignores_the_groups(self) -> Fraction | None:
        """A full convolution from C_in to C_in channels as the first step."""
        if not self.separable:
            return None
        return self.share(replace(self.depthwise, groups=1), self.pointwise)

    @multiply_adds.misconception(
        "You gave the first step << conv.out_channels >> filters; it has one for each of the "
        "<< input_shape[0] >> input channels."
    )
    def swaps_the_channels(self) -> Fraction | None:
        """1/C_in + 1/k²: C_out filters of one channel, then the pointwise step."""
        if not self.separable:
            return None
        return rational(Fraction(1, self.input_shape[0]) + Fraction(1, self.side**2))

    @multiply_adds.misconception(
        "You multiplied the shares of the two steps. They are done one after the other, so their "
        "multiply–adds add up."
    )
    def multiplies_the_steps(self) -> Fraction | None:
        """1/(C_out k²)."""
        if not self.separable:
            return None
        return rational(self.share(self.depthwise) * self.share(self.pointwise))

    @multiply_adds.misconception(
        "You divided the wrong way round: the share is the number of the two steps divided by that "
        "of the one convolution."
    )
    def inverts_the_ratio(self) -> Fraction | None:
        """How many times as many the one convolution takes."""
        if not self.separable:
            return None
        return rational(1 / self.share(self.depthwise, self.pointwise))

    @multiply_adds.misconception(
        "That is the share that is saved; what is asked is the share that is still taken."
    )
    def gives_the_rest(self) -> Fraction | None:
        """1 minus the share."""
        if not self.separable:
            return None
        return rational(1 - self.share(self.depthwise, self.pointwise))
