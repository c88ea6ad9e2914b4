"""What makes a skip fit: sizes, padding, and the projection where they differ."""

from math import prod
from random import Random
from typing import Literal, Self

from examgen.nn.counting import convolution_parameters, linear_parameters
from examgen.nn.shapes import output_size
from examgen.questions.family import family
from examgen.questions.figures import Block, Chain, Figure, Skip
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products

Asked = Literal["projection", "second matrix", "padding", "shortcut"]
After = Literal["", "bias", "norm"]


@family(
    title="A skip that fits",
    minutes=(1, 2, 3),
    conventions=("parameters",),
    tags=(
        "lecture-17",
        "idea-skip-shapes",
    ),
)
class ResidualShapeCompat:
    """The branch and the skip of a residual block are added, so they must have one shape.

    Easy: the size of a projection, or of the branch's last matrix. Medium: the padding of the
    branch's second convolution. Hard: the parameters of a strided 1×1 convolution in the skip.
    """

    asked: Asked
    inputs: int
    outputs: int
    kernels: tuple[int, ...] = ()
    dilations: tuple[int, ...] = ()
    padding: int = 0
    side: int = 0
    after: After = ""

    stem = r"""
    <% if asked == "projection" %>
    A residual block without biases should turn a vector $h$ with << inputs >> entries into one with
    << outputs >> entries:

    $$
    h' = \operatorname{ReLU}(W h) + W_s h
    $$

    Its skip goes through a matrix $W_s$ of its own.
    <% elif asked == "second matrix" %>
    A residual block without biases is fed a vector $h$ with << inputs >> entries. Its branch has
    two matrices:

    $$
    h' = W_2 \operatorname{ReLU}(W_1 h) + h
    $$

    $W_1 h$ has << outputs >> entries.
    <% elif asked == "padding" %>
    The branch of a residual block has two convolutions of stride 1, and its skip adds the block's
    input:

    1. kernel $<< kernels[0] >> \times << kernels[0] >>$, dilation
       << dilations[0] >>, padding << padding >>
    2. kernel $<< kernels[1] >> \times << kernels[1] >>$, dilation
       << dilations[1] >>, padding $p$

    Padding $p$ adds $p$ zeros on each of the four sides. The second convolution has as many filters
    as the block's input has channels.
    <% else %>
    The branch of a residual block turns an input of shape
    $(<< inputs >>, << side >>, << side >>)$, channels first, into
    $(<< outputs >>, << side // 2 >>, << side // 2 >>)$. So that the two can be added, the skip has
    a $1 \times 1$ convolution of stride 2
    <% if after == "bias" %>
    with biases.
    <% elif after == "norm" %>
    without biases, and after it a batch normalisation with a trainable scale and shift for each
    channel.
    <% else %>
    without biases.
    <% endif %>
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sizes that differ; kernels that an equal padding on both sides can make up for."""
        if level == "easy":
            inputs, outputs = rng.sample(range(4, 17), 2)
            asked: Asked = rng.choice(["projection", "second matrix"])
            return cls(asked, inputs, outputs)
        if level == "hard":
            inputs = rng.choice([8, 10, 12, 16, 20, 24, 32])
            outputs = rng.choice([inputs + 4, 2 * inputs])
            after: After = rng.choice(["", "bias", "norm"])
            side = 2 * rng.randint(4, 8)
            return cls("shortcut", inputs, outputs, side=side, after=after)
        kernels = (rng.choice([3, 5, 7, 9]), rng.choice([3, 5, 7, 9]))
        dilations = (rng.randint(1, 3), rng.randint(1, 3))
        padding = rng.randint(0, 8)
        return cls("padding", 1, 1, kernels, dilations, padding)

    def worth_asking(self) -> bool:
        """The padding is none of the first convolution's, and not negative."""
        return self.asked != "padding" or 0 <= self.missing <= 20

    @property
    def lost(self) -> list[int]:
        """What each convolution takes off a side in all, padding aside."""
        return [d * (k - 1) for k, d in zip(self.kernels, self.dilations, strict=True)]

    @property
    def missing(self) -> int:
        """What the second padding must be."""
        return sum(self.lost) // 2 - self.padding

    @property
    def projected(self) -> int:
        """The weights of the skip's 1×1 convolution."""
        return convolution_parameters(self.inputs, self.outputs, (1, 1), bias=False)

    @property
    def extra(self) -> int:
        """The biases of the skip, or what its normalisation learns."""
        return {"": 0, "bias": 1, "norm": 2}[self.after] * self.outputs

    @property
    def figure(self) -> Figure | None:
        """The block, with what is in its skip."""
        if self.asked == "shortcut":
            return None
        branch = {
            "projection": ["$W$", "ReLU"],
            "second matrix": ["$W_1$", "ReLU", "$W_2$"],
        }.get(self.asked, ["conv 1", "conv 2"])
        ends = Block("$h$", kind="value"), Block("+", kind="operation")
        label = "$W_s$" if self.asked == "projection" else ""
        blocks = (ends[0], *map(Block, branch), ends[1])
        return Chain(blocks, (Skip(1, len(blocks), label),))

    @property
    def work(self) -> Work:
        """One product, half a sum, or a product and a sum."""
        if self.asked == "padding":
            return Work(1 + products(*self.dilations), 4, 4)
        return Work(1, 0, 2) if self.asked != "shortcut" else Work(2, 1, 4)

    def of_skip(self, weights: int) -> int | None:
        """The skip's parameters with other weights, where it has a convolution."""
        return weights + self.extra if self.asked == "shortcut" else None

    def on_padding(self, lost: int, padding: int) -> int | None:
        """A padding that makes up for something else; None where it would be negative."""
        found = lost // 2 - padding
        return found if self.asked == "padding" and found >= 0 else None

    @part(
        r"""
<%- if asked == "projection" -%>
How many entries does $W_s$ have?
<%- elif asked == "second matrix" -%>
How many entries does $W_2$ have?
<%- elif asked == "padding" -%>
Which padding $p$ makes the sum possible?
<%- else -%>
How many trainable parameters does the skip have?
<%- endif -%>
""",
        points=1,
        counts=True,
    )
    def number(self) -> int:
        """outputs · inputs, the padding that is missing, or the parameters of the skip."""
        if self.asked == "padding":
            return self.missing
        if self.asked == "shortcut":
            return self.projected + self.extra
        return linear_parameters(self.inputs, self.outputs, bias=False)

    @number.misconception(
        "<% if asked == 'shortcut' %>You counted << inputs >> filters. The skip must put out "
        "<< outputs >> channels, so it has as many filters."
        "<% else %>You took a square matrix for the size of << inputs >>. It goes between "
        "<< inputs >> and << outputs >> entries.<% endif %>"
    )
    def squares_the_input(self) -> int | None:
        """inputs² for inputs · outputs."""
        if self.asked == "shortcut":
            return self.of_skip(self.inputs**2)
        return self.inputs**2 if self.is_dense else None

    @number.misconception(
        "<% if asked == 'shortcut' %>You let a filter reach through << outputs >> channels. It is "
        "fed the block's input, which has << inputs >>."
        "<% else %>You took a square matrix for the size of << outputs >>. It goes between "
        "<< inputs >> and << outputs >> entries.<% endif %>"
    )
    def squares_the_output(self) -> int | None:
        """outputs² for inputs · outputs."""
        if self.asked == "shortcut":
            return self.of_skip(self.outputs**2)
        return self.outputs**2 if self.is_dense else None

    @number.misconception("You added rows and columns; a matrix has their product of entries.")
    def adds_the_sides(self) -> int | None:
        """inputs + outputs."""
        return self.inputs + self.outputs if self.is_dense else None

    @number.misconception("You counted biases, but there are none.")
    def adds_a_bias_unasked(self) -> int | None:
        """A bias for each output."""
        if self.after == "bias" or self.asked == "padding":
            return None
        rows = self.inputs if self.asked == "second matrix" else self.outputs
        return self.number_of_weights + self.extra + rows

    @number.misconception("You counted both matrices; one of them is asked.")
    def counts_both_matrices(self) -> int | None:
        """2 · inputs · outputs."""
        return 2 * self.number_of_weights if self.is_dense else None

    @number.misconception(
        "You counted only the entries that are missing on the shorter side. A matrix is needed for "
        "all of $h$; filling up with zeros would have no entries at all."
    )
    def counts_the_difference(self) -> int | None:
        """|outputs − inputs| · inputs."""
        if self.asked != "projection":
            return None
        return abs(self.outputs - self.inputs) * self.inputs

    @number.misconception(
        "You made up for the second convolution only. The first one takes rows off as well: all in "
        "all $<< lost | sum >>$ are lost, and each unit of padding puts two back."
    )
    def ignores_the_first_convolution(self) -> int | None:
        """d_2 (k_2 − 1) / 2."""
        return self.on_padding(self.lost[1], 0) if self.asked == "padding" else None

    @number.misconception(
        "You left out the padding of the first convolution, which has put back "
        "$2 \\cdot << padding >>$ rows."
    )
    def ignores_the_padding(self) -> int | None:
        """Half of what both convolutions take off."""
        if self.asked != "padding" or not self.padding:
            return None
        return self.on_padding(sum(self.lost), 0)

    @number.misconception(
        "You left the dilation out: a kernel of size $k$ with dilation $d$ takes off $d (k - 1)$."
    )
    def ignores_the_dilation(self) -> int | None:
        """k − 1 for d (k − 1)."""
        if max(self.dilations, default=1) == 1:
            return None
        return self.on_padding(sum(self.kernels) - 2, self.padding)

    @number.misconception("Padding stands on both sides, so each unit of it makes up for two rows.")
    def pads_one_side(self) -> int | None:
        """Twice the padding."""
        return 2 * self.missing or None if self.asked == "padding" else None

    @number.misconception(
        "A kernel of size $k$ takes off $d (k - 1)$ rows, not $d k$: one position is left even "
        "where it just fits."
    )
    def forgets_the_first_position(self) -> int | None:
        """d k for d (k − 1)."""
        if self.asked != "padding":
            return None
        lost = sum(map(prod, zip(self.kernels, self.dilations, strict=True)))
        return self.on_padding(lost, self.padding)

    @number.misconception(
        "You gave the second convolution the padding of the first. Both together have to put back "
        "what both kernels take off, $<< lost | sum >>$ rows."
    )
    def repeats_the_padding(self) -> int | None:
        """p_1."""
        return self.padding if self.asked == "padding" else None

    @number.misconception(
        "You left out what comes after the weights: "
        "<< 'a bias' if after == 'bias' else 'a scale and a shift' >> for each of the "
        "<< outputs >> output channels."
    )
    def forgets_the_bias(self) -> int | None:
        """The weights alone."""
        return self.projected if self.extra else None

    @number.misconception(
        "You counted the running mean and variance of the normalisation; they are not trained."
    )
    def counts_the_running_statistics(self) -> int | None:
        """4 C' for 2 C'."""
        return self.projected + 2 * self.extra if self.after == "norm" else None

    @number.misconception(
        "You counted one number per channel for the normalisation; it has a scale and a shift."
    )
    def counts_the_scale_only(self) -> int | None:
        """C' for 2 C'."""
        return self.projected + self.outputs if self.after == "norm" else None

    @number.misconception("You counted a $3 \\times 3$ kernel; that of the skip is $1 \\times 1$.")
    def takes_a_larger_kernel(self) -> int | None:
        """9 C C'."""
        return self.of_skip(9 * self.projected)

    @number.misconception(
        "You multiplied by the stride. It says where the kernel is applied, and learns nothing."
    )
    def multiplies_by_the_stride(self) -> int | None:
        """2 C C'."""
        return self.of_skip(2 * self.projected)

    @number.misconception(
        "You took one weight for each filter. A $1 \\times 1$ kernel reaches through all "
        "<< inputs >> input channels."
    )
    def counts_one_input_channel(self) -> int | None:
        """C' for C C'."""
        return self.of_skip(self.outputs)

    @number.misconception(
        "You counted the filters that are added, $<< outputs >> - << inputs >>$. All << outputs >> "
        "output channels of the skip are computed."
    )
    def counts_the_new_channels_only(self) -> int | None:
        """C (C' − C) for C C'."""
        return self.of_skip(self.inputs * (self.outputs - self.inputs))

    @number.misconception(
        "You counted the kernel anew at each of its positions. The same weights are used at all of "
        "them."
    )
    def counts_every_position(self) -> int | None:
        """No weight sharing."""
        if self.asked != "shortcut":
            return None
        return self.of_skip(self.projected * output_size(self.side, 1, stride=2) ** 2)

    @property
    def is_dense(self) -> bool:
        """Whether the block is on vectors."""
        return self.asked in ("projection", "second matrix")

    @property
    def number_of_weights(self) -> int:
        """The entries of the matrix, or of the 1×1 kernels."""
        return self.inputs * self.outputs
