"""Cheaper blocks of convolutions, and how many parameters they have."""

from random import Random
from typing import Any, Literal, Self

from examgen.nn.counting import (
    bottleneck_parameters,
    convolution_parameters,
    separable_parameters,
)
from examgen.questions.family import family
from examgen.questions.figures import Block, Chain, Figure, Skip
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Asked = Literal["separable", "bottleneck", "saved", "projected"]


@family(title="Separable and bottleneck convolutions", minutes=(2, 3, 3), tags=("lecture-12",))
class SeparableAndBottleneck:
    """Easy: depthwise and pointwise for one convolution. Medium: a bottleneck block with an
    identity skip, or what it saves. Hard: one with normalisation and a projection in its skip.
    """

    asked: Asked
    inputs: int
    inner: int
    outputs: int
    kernel: int = 3

    stem = r"""
    <% if asked == "separable" %>
    A convolution with << outputs >> filters of size $<< kernel >> \times << kernel >>$ on
    << inputs >> input channels is replaced by two convolutions, one after the other:

    1. a *depthwise* one: each input channel has one $<< kernel >> \times << kernel >>$ filter of
       its own, which sees no other channel
    2. a *pointwise* one: << outputs >> filters of size $1 \times 1$

    There are no biases.
    <% else %>
    <% if asked == "saved" %>
    A basic residual block has two convolutions with << inputs >> filters of size $3 \times 3$ on
    << inputs >> channels. A *bottleneck* block takes its place.
    <% else %>
    A *bottleneck* block is part of a residual network.
    <% endif %>
    The branch of the bottleneck has three convolutions, one after the other:

    1. << inner >> filters of size $1 \times 1$ on << inputs >> channels
    2. << inner >> filters of size $3 \times 3$
    3. << outputs >> filters of size $1 \times 1$

    <% if asked == "projected" %>
    The skip has << outputs >> filters of size $1 \times 1$, so that both can be added. Each of the
    four convolutions is followed by a batch normalisation with a trainable scale and shift for each
    channel. The convolutions have no biases.
    <% else %>
    The skip adds the block's input unchanged. There are no biases and no normalisation.
    <% endif %>
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Few channels, so that a hand can multiply them."""
        if level == "easy":
            inputs, outputs = rng.sample([6, 8, 10, 12, 16, 20, 24], 2)
            return cls("separable", inputs, 0, outputs, rng.choice([3, 5]))
        if level == "medium":
            inner = rng.choice([3, 4, 5, 6, 8, 10])
            inputs = inner * rng.choice([2, 4])
            asked: Asked = rng.choice(["bottleneck", "saved"])
            return cls(asked, inputs, inner, inputs)
        inner = rng.choice([4, 5, 6, 8, 10])
        inputs = rng.choice([each for each in (8, 10, 12, 16, 20) if each != inner])
        outputs = inner * rng.choice([2, 4])
        return cls("projected", inputs, inner, outputs)

    def worth_asking(self) -> bool:
        """A projection is needed where it is there."""
        return self.asked != "projected" or self.inputs != self.outputs

    @property
    def in_steps(self) -> list[int]:
        """The weights of each convolution, for the worked solution."""
        if self.asked == "separable":
            return [self.kernel**2 * self.inputs, self.inputs * self.outputs]
        steps = [self.inputs * self.inner, 9 * self.inner**2, self.inner * self.outputs]
        return [*steps, self.inputs * self.outputs] if self.is_projected else steps

    @property
    def is_projected(self) -> bool:
        """Whether the skip has a convolution, and all are normalised."""
        return self.asked == "projected"

    @property
    def normalised(self) -> int:
        """The channels that are normalised, all in all."""
        return 2 * self.inner + 2 * self.outputs

    @property
    def scales_and_shifts(self) -> int:
        """What the normalisations learn."""
        return 2 * self.normalised if self.is_projected else 0

    @property
    def figure(self) -> Figure:
        """The convolutions one after the other, with the skip if there is one."""
        sizes = [self.kernel, 1] if self.asked == "separable" else [1, 3, 1]
        names = ["depthwise", "pointwise"] if self.asked == "separable" else ["conv"] * 3
        blocks = [Block(f"{name}\n{k}×{k}") for name, k in zip(names, sizes, strict=True)]
        start, end = Block("input", kind="value"), Block("output", kind="value")
        if self.asked == "separable":
            return Chain((start, *blocks, end))
        chain = (start, *blocks, Block("+", kind="operation"), end)
        label = "conv 1×1" if self.is_projected else ""
        return Chain(chain, (Skip(1, len(blocks) + 2, label),))

    @property
    def work(self) -> Work:
        """A product or two for each convolution, and their sum."""
        steps = len(self.in_steps)
        found = Work(steps + 1, steps - 1, steps)
        if self.asked == "saved":
            return found + Work(2, 1, 1)
        return found + Work(1, 4, 1) if self.is_projected else found

    @property
    def replaced(self) -> int:
        """The parameters of what the cheaper block takes the place of."""
        size = (self.kernel, self.kernel)
        if self.asked == "separable":
            return convolution_parameters(self.inputs, self.outputs, size, bias=False)
        return 2 * convolution_parameters(self.inputs, self.inputs, size, bias=False)

    def of_block(self, total: int) -> int:
        """What is asked, for a block of so many parameters."""
        return abs(self.replaced - total) if self.asked == "saved" else total

    def bottleneck(self, **changes: Any) -> int:
        """The parameters of a bottleneck block, with *changes*."""
        given: dict[str, Any] = {"projects": self.is_projected, "normalises": self.is_projected}
        return bottleneck_parameters(self.inputs, self.inner, self.outputs, **(given | changes))

    @part(
        "How many << 'fewer ' if asked == 'saved' else '' >>trainable parameters "
        "<< {'separable': 'do the two convolutions have together', "
        "'bottleneck': 'does the bottleneck block have', "
        "'saved': 'does the bottleneck block have than the basic block', "
        "'projected': 'does the block have, its skip included'}[asked] >>?",
        points=1,
        counts=True,
    )
    def parameters(self) -> int:
        """k² C + C C', or C m + 9 m² + m C' and what is in the skip and in normalisations."""
        if self.asked == "separable":
            return separable_parameters(self.inputs, self.outputs, self.kernel)
        return self.of_block(self.bottleneck())

    @parameters.misconception(
        "<% if asked == 'bottleneck' %>That is a block of two convolutions with << inputs >> "
        "filters of size $3 \\times 3$. This one has three, all of them smaller."
        "<% elif asked == 'saved' %>That is the basic block; how many fewer the bottleneck has is "
        "asked.<% else %>That is the ordinary convolution, not what takes its place.<% endif %>"
    )
    def counts_the_replaced(self) -> int | None:
        """k² C C', or 2 · 9 C²."""
        return None if self.is_projected else self.replaced

    @parameters.misconception(
        "You left the last convolution out, whose $1 \\times 1$ filters bring the channels to "
        "<< outputs >>."
    )
    def forgets_the_pointwise(self) -> int:
        """The last 1×1 convolution left out."""
        return self.of_block(self.total_of_steps - self.last_pointwise)

    @parameters.misconception("You left the $<< kernel >> \\times << kernel >>$ convolution out.")
    def forgets_the_large_kernel(self) -> int:
        """The 1×1 convolutions only."""
        large = self.in_steps[0 if self.asked == "separable" else 1]
        return self.of_block(self.total_of_steps - large)

    @parameters.misconception(
        "A kernel of size $<< kernel >> \\times << kernel >>$ has "
        "<< kernel * kernel >> weights for each channel it sees, not << kernel >>."
    )
    def uses_k_for_k_squared(self) -> int:
        """k for k²."""
        large = self.in_steps[0 if self.asked == "separable" else 1]
        return self.of_block(self.total_of_steps - large + large // self.kernel)

    @parameters.misconception("You counted biases; these convolutions have none.")
    def adds_a_bias_unasked(self) -> int:
        """A bias for each filter."""
        if self.asked == "separable":
            return self.total_of_steps + self.inputs + self.outputs
        filters = 2 * self.inner + self.outputs * (2 if self.is_projected else 1)
        return self.of_block(self.total_of_steps + filters)

    @parameters.misconception(
        "You let each depthwise filter see all << inputs >> channels. It sees one: its own."
    )
    def ignores_the_groups(self) -> int | None:
        """k² C² for k² C."""
        if self.asked != "separable":
            return None
        size = (self.kernel, self.kernel)
        full = convolution_parameters(self.inputs, self.inputs, size, bias=False)
        return full + self.last_pointwise

    @parameters.misconception(
        "You gave the depthwise convolution << outputs >> filters. It has one for each *input* "
        "channel, << inputs >>."
    )
    def gives_each_output_a_depthwise_filter(self) -> int | None:
        """k² C' for k² C."""
        if self.asked != "separable":
            return None
        return self.kernel**2 * self.outputs + self.last_pointwise

    @parameters.misconception(
        "You took one weight for each pointwise filter. It has one for each of the << inputs >> "
        "channels."
    )
    def counts_one_input_channel(self) -> int | None:
        """C' for C C'."""
        if self.asked != "separable":
            return None
        return self.kernel**2 * self.inputs + self.outputs

    @parameters.misconception(
        "You let the $3 \\times 3$ convolution work on << inputs >> channels. The first "
        "convolution leaves it << inner >>."
    )
    def keeps_the_input_channels(self) -> int | None:
        """9 C m for 9 m²."""
        if self.asked == "separable":
            return None
        wide = 9 * self.inputs * self.inner
        return self.of_block(self.total_of_steps - self.in_steps[1] + wide)

    @parameters.misconception(
        "You gave the last convolution << inner >> filters; it has << outputs >>."
    )
    def forgets_the_expansion(self) -> int | None:
        """m² for m C' in the last convolution."""
        if self.asked == "separable":
            return None
        return self.of_block(self.total_of_steps - self.last_pointwise + self.inner**2)

    @parameters.misconception(
        "You counted weights in the skip. It adds its input unchanged and has none."
    )
    def counts_the_skip(self) -> int | None:
        """C² for the identity."""
        if self.asked == "separable" or self.is_projected:
            return None
        return self.of_block(self.bottleneck(projects=True))

    @parameters.misconception(
        "That is the bottleneck block itself; how many it has *fewer* is asked."
    )
    def gives_what_remains(self) -> int | None:
        """The bottleneck."""
        return self.bottleneck() if self.asked == "saved" else None

    @parameters.misconception("You compared with one convolution. The basic block has two of them.")
    def compares_with_one_convolution(self) -> int | None:
        """9 C² for 2 · 9 C²."""
        return self.replaced // 2 - self.bottleneck() if self.asked == "saved" else None

    @parameters.misconception(
        "You left the skip's convolution out, with its normalisation. The channels change from "
        "<< inputs >> to << outputs >>, so the skip is no identity."
    )
    def forgets_the_projection(self) -> int | None:
        """The branch only."""
        return self.bottleneck(projects=False) if self.is_projected else None

    @parameters.misconception(
        "You left the normalisations out; each learns a scale and a shift for each channel."
    )
    def forgets_the_normalisation(self) -> int | None:
        """The weights only."""
        return self.bottleneck(normalises=False) if self.is_projected else None

    @parameters.misconception(
        "You counted the running mean and variance of the normalisations; they are not trained."
    )
    def counts_the_running_statistics(self) -> int | None:
        """4 for 2 numbers for each channel."""
        return self.total_of_steps + self.scales_and_shifts if self.is_projected else None

    @parameters.misconception(
        "You counted one number per channel for the normalisations; there are a scale and a shift."
    )
    def counts_the_scale_only(self) -> int | None:
        """1 for 2 numbers for each channel."""
        return self.total_of_steps - self.normalised if self.is_projected else None

    @property
    def total_of_steps(self) -> int:
        """All that the block learns."""
        return sum(self.in_steps) + self.scales_and_shifts

    @property
    def last_pointwise(self) -> int:
        """The weights of the last 1×1 convolution of the branch."""
        return self.in_steps[1 if self.asked == "separable" else 2]
