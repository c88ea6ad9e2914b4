"""A convolution over two channels: slices of a filter, their sum, and one bias."""

from random import Random
from typing import Any, Self

from examgen.exact import Array, array, entries, equal, ratio
from examgen.families.convolution._sliding import terms
from examgen.families.convolution._small_kernels import mixed
from examgen.nn.conv import cross_correlate_channels, window
from examgen.questions.family import family
from examgen.questions.figures import Figure, Grid, Grids, slid
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_terms

BIASES = (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5)


@family(
    title="A convolution over several channels",
    minutes=(2, 3, 3),
    conventions=("cross-correlation", "indices", "windows"),
    tags=("lecture-12", "idea-window-sums"),
)
class ConvMultichannelValue:
    """One filter of one pixel, then of 2 × 2; at the hard level two filters at one position.

    The image is (C_in, H, W), the kernels (C_out, C_in, kh, kw).
    """

    image: Array
    kernels: Array
    bias: tuple[int, ...]
    row: int = 0
    column: int = 0

    stem = r"""
    A convolutional layer has << image | length >> input channels and
    << "one filter" if kernels | length == 1 else "two filters" >> of size
    $<< kernels.shape[2] >> \times << kernels.shape[3] >>$, stride 1 and no padding. The input's
    channels are

    $$
    <% for channel in image %>
    x_<< loop.index >> = << channel >><% if not loop.last %>, \qquad<% endif %>

    <% endfor %>
    $$

    <% if kernels | length == 1 %>
    The filter has one slice for each input channel, $w_1$ for $x_1$ and $w_2$ for $x_2$, and the
    bias $b$:

    $$
    <% for slice in kernels[0] %>
    w_<< loop.index >> = << slice >>, \qquad
    <% endfor %>
    b = << bias[0] >>
    $$
    <% else %>
    Filter $o$ has one slice for each input channel, $w_{o1}$ for $x_1$ and $w_{o2}$ for $x_2$, and
    the bias $b_o$:

    $$
    \begin{aligned}
    <% for slices in kernels %>
    <% set o = loop.index %>
    <% for slice in slices %>
    w_{<< o >><< loop.index >>} &= << slice >>, \quad &
    <% endfor %>
    b_<< o >> &= << bias[o - 1] >> \\
    <% endfor %>
    \end{aligned}
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small integers of both signs."""
        if level == "easy":
            image = integers(rng, (2, 2, rng.choice([2, 3])), -2, 4)
            kernels = array([[[[each]] for each in rng.sample([-3, -2, -1, 1, 2, 3], 2)]])
            return cls(image, kernels, (rng.choice(BIASES),))
        image = integers(rng, (2, 3, 3), -2, 3)
        filters = 1 if level == "medium" else 2
        kernels = array([[mixed(rng, (2, 2)) for _ in range(2)] for _ in range(filters)])
        bias = tuple(rng.sample(BIASES, filters))
        if level == "medium":
            return cls(image, kernels, bias)
        return cls(image, kernels, bias, *rng.choice([(1, 2), (2, 1)]))

    def worth_asking(self) -> bool:
        """No slice is another one, or its own mirror image."""
        slices = [each for one in self.kernels for each in one]
        turned = [each[::-1, ::-1] for each in slices] if slices[0].size > 1 else []
        return not any(equal(*pair) for pair in zip(slices, turned, strict=False)) and not any(
            equal(one, other) for i, one in enumerate(slices) for other in slices[:i]
        )

    def plausible(self, wrong: Array) -> bool:
        """Whether it is one map, or an entry for each filter."""
        return wrong.shape == self.asked(self.maps).shape

    @property
    def figure(self) -> Figure:
        """The first window, which reaches through all channels, and the slices of the filters."""
        shape = (int(self.kernels.shape[2]), int(self.kernels.shape[3]))
        channels = [
            slid(Grid.of(channel, f"$x_{c}$"), shape, step=False)
            for c, channel in enumerate(self.image, start=1)
        ]
        several = len(self.kernels) > 1
        slices = [
            Grid.of(each, f"$w_{{{f'{o}{c}' if several else c}}}$")
            for o, one in enumerate(self.kernels, start=1)
            for c, each in enumerate(one, start=1)
        ]
        return Grids((*channels, *slices))

    @property
    def maps(self) -> Array:
        """Everything that comes out, (C_out, H', W')."""
        return self.slid()

    @property
    def places(self) -> list[tuple[int, int]]:
        """The positions, from 1, that are asked."""
        if self.row:
            return [(self.row, self.column)]
        _, height, width = self.maps.shape
        return [(s, t) for s in range(1, height + 1) for t in range(1, width + 1)]

    def seen(self, channel: int, row: int, column: int) -> Array:
        """What of a channel lies under its slice at a position; all from 1."""
        return window(self.image[channel - 1], row - 1, column - 1, self.kernels.shape[2:])

    def slice_sum(self, output: int, channel: int, row: int, column: int) -> list[int]:
        """The products that one slice adds up at a position, without those that are 0."""
        kernel = self.kernels[output - 1, channel - 1]
        return terms(self.seen(channel, row, column), kernel)

    @property
    def slice_names(self) -> str:
        """Which slice belongs to which channel."""
        names = ("w_{o1}", "w_{o2}") if self.row else ("w_1", "w_2")
        return f"$x_1$ and ${names[0]}$, $x_2$ and ${names[1]}$"

    @property
    def work(self) -> Work:
        """A sum over both slices for each entry asked, and its bias."""
        work = Work()
        for slices in self.kernels:
            for row, column in self.places:
                seen = [each for c in (1, 2) for each in entries(self.seen(c, row, column))]
                work += work_of_terms(zip(seen, entries(slices), strict=True))
                work += Work(additions=1, lookups=2)
        return work

    def slid(self, **changes: Any) -> Array:
        """All maps, with *changes* to what is given."""
        given: dict[str, Any] = {"image": self.image, "kernels": self.kernels, "bias": self.bias}
        return cross_correlate_channels(**(given | changes))

    def channel_maps(self) -> list[Array]:
        """What each channel contributes to all maps, without biases."""
        return [
            self.slid(image=self.image[c : c + 1], kernels=self.kernels[:, c : c + 1], bias=None)
            for c in range(len(self.image))
        ]

    def with_bias(self, maps: Array) -> Array:
        """The maps with each filter's bias added to every entry."""
        return array([each + b for each, b in zip(maps, self.bias, strict=True)])

    def asked(self, maps: Array) -> Array:
        """What is asked of the maps: the only one, or one entry of each."""
        return maps[:, self.row - 1, self.column - 1] if self.row else maps[0]

    @part(
        "<% if row %>"
        "Let $y_1$ and $y_2$ be the maps that come out. Compute the vector of their entries in row "
        "<< row >> and column << column >>: $(y_1[<< row >>, << column >>], "
        "y_2[<< row >>, << column >>])$."
        "<% else %>"
        "Compute the map $y$ that comes out."
        "<% endif %>",
        points=1,
    )
    def values(self) -> Array:
        """Σ_c x_c ⋆ w_c + b."""
        return self.asked(self.maps)

    @values.misconception(
        "You used the first channel only. A filter has a slice for each channel, and what the "
        "slices find is added up."
    )
    def uses_one_channel_only(self) -> Array:
        """x_1 ⋆ w_1 + b."""
        return self.asked(self.with_bias(self.channel_maps()[0]))

    @values.misconception(
        "You kept the channels apart. What a filter's slices find is added up to one map."
    )
    def keeps_the_channels_apart(self) -> Array:
        """A result for each channel."""
        apart = [self.asked(self.with_bias(each)) for each in self.channel_maps()]
        return array([[*each] for each in zip(*apart, strict=True)] if self.row else apart)

    @values.misconception("You took the mean over the channels; what the slices find is added up.")
    def averages_the_channels(self) -> Array:
        """The mean over the channels, plus b."""
        first, second = self.channel_maps()
        halves = [[[ratio(each, 2) for each in row] for row in one] for one in first + second]
        return self.asked(self.with_bias(array(halves)))

    @values.misconception("You multiplied what the two slices find; it is added up.")
    def multiplies_the_channels(self) -> Array:
        """The product over the channels, plus b."""
        first, second = self.channel_maps()
        return self.asked(self.with_bias(first * second))

    @values.misconception(
        "You laid each slice on the other channel: << slice_names >> belong together."
    )
    def swaps_the_slices(self) -> Array:
        """x_1 ⋆ w_2 + x_2 ⋆ w_1 + b."""
        return self.asked(self.slid(kernels=self.kernels[:, ::-1]))

    @values.misconception(
        "You used the first slice for both channels; the second channel has a slice of its own."
    )
    def uses_one_slice_for_all(self) -> Array:
        """(x_1 + x_2) ⋆ w_1 + b."""
        first = array([[one[0], one[0]] for one in self.kernels])
        return self.asked(self.slid(kernels=first))

    @values.misconception(
        "You added the bias once for each channel; it is added once to every entry of the map."
    )
    def adds_the_bias_for_every_channel(self) -> Array:
        """2b for b."""
        return self.asked(self.slid(bias=tuple(2 * each for each in self.bias)))

    @values.misconception("You left the bias out: it is added once to every entry of the map.")
    def forgets_the_bias(self) -> Array:
        """Σ_c x_c ⋆ w_c."""
        return self.asked(self.slid(bias=None))

    @values.misconception(
        "You left the bias out, which is added to every entry, and you laid each slice on the "
        "other channel."
    )
    def forgets_the_bias_and_swaps_the_slices(self) -> Array:
        """x_1 ⋆ w_2 + x_2 ⋆ w_1."""
        return self.asked(self.slid(bias=None, kernels=self.kernels[:, ::-1]))

    @values.misconception(
        r"You flipped the slices. In this course $\star$ slides them as they are written."
    )
    def flips_the_kernel(self) -> Array | None:
        """Signal processing's convolution."""
        if self.kernels[0, 0].size == 1:
            return None
        return self.asked(self.slid(kernels=self.kernels[:, :, ::-1, ::-1]))

    @values.misconception(
        "You took the entries in row << column >> and column << row >>: of two indices the first "
        "is the row, the second the column."
    )
    def swaps_row_and_column(self) -> Array | None:
        """y[t, s] for y[s, t]."""
        return self.maps[:, self.column - 1, self.row - 1] if self.row else None

    @values.misconception("You wrote the entry of $y_2$ first; that of $y_1$ comes first.")
    def swaps_the_filters(self) -> Array | None:
        """The second filter's entry first."""
        return self.asked(self.maps)[::-1] if self.row else None
