"""A small convolutional network by hand: forward, and the gradient of its kernel."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod
from random import Random
from typing import Self, cast

from examgen.exact import Array, Shape, array, entries
from examgen.families.convolution._drawn_small_networks import (
    LAYOUTS,
    cancel,
    draw_network,
    one_prevails,
    weighted_anew,
)
from examgen.families.convolution._sliding import in_words
from examgen.families.convolution._small_network import POOL, SmallNetwork
from examgen.nn.dense import flatten, inner, relu
from examgen.nn.pooling import average_pool, max_pool
from examgen.nn.shapes import output_size_2d
from examgen.questions.family import family
from examgen.questions.figures import Figure, sliding
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, part
from examgen.questions.work import Work, work_of_terms

WEIGHTINGS = 3
"""How often score weights are drawn for one network: networks with a fitting bias are rare."""


@family(
    title="Convolution, ReLU and pooling by hand",
    minutes=(14, 17, 18),
    conventions=("cross-correlation", "indices", "windows", "relu"),
    tags=("lecture-11", "lecture-14", "lecture-15", "idea-feature-map"),
)
class LongConv2dByHand:
    """u = ⟨v, flatten(maxpool(ReLU(x ⋆ w + b)))⟩ of a small image, then ∂u/∂w and ∂u/∂b.

    v has always nine entries, of which the first are used: its length must not tell the size of z.
    Easy asks the forward pass, medium one entry of ∂u/∂w too. Hard has padding and most often a
    stride, and asks ∂u/∂w (of a 3 × 3 kernel only one row) and ∂u/∂b.
    """

    network: SmallNetwork
    row: int
    column: int

    stem = r"""
    A small network maps the image $x$ to a number $u$: a convolution with the kernel $w$ and the
    bias $b$, ReLU, max pooling, and a sum weighted by $v$.

    $$
    z = x \star w + b, \qquad h = \operatorname{ReLU}(z), \qquad
    p = \operatorname{maxpool}(h), \qquad f = \operatorname{flatten}(p)
    $$

    $$
    u = v_1 f_1 + v_2 f_2 + \dots \quad \text{over all entries of } f
    $$

    $$
    x = << network.image >>, \qquad w = << network.kernel >>, \qquad b = << network.bias >>
    $$

    $$
    v = << network.score_weights >>
    $$

    The kernel slides over $x$ as it is written, without being flipped, with << how_it_slides >>;
    $b$ is added to every entry. A pooling window has 2 rows and 2 columns, and the windows move by
    << how_it_pools >>. Flattening lists the entries of $p$ row by row. In $u$ the $m$-th of them is
    weighted by $v_m$; entries of $v$ beyond the length of $f$ are not used.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """One of the level's layouts, and the place in the kernel that the gradient is asked of.

        Whatever the numbers must meet is checked here: rejecting them later would make some layouts
        rare, and so one size of z usual. With padding the place is in the middle row: the others
        meet the border and its zeros too often.
        """
        layout = rng.choice(LAYOUTS[level])
        height, width = layout.kernel
        rows = [2] if layout.padding else range(1, height + 1)
        places = list(product(rows, range(1, width + 1)))
        while True:
            network = draw_network(rng, layout)
            if network is None or not cls(network, *places[0]).worth_asking():
                continue  # no place would change that
            for _ in range(WEIGHTINGS):
                for place in rng.sample(places, len(places) if level == "medium" else 1):
                    givens = cls(network, *place)
                    if level == "easy" or givens.shows_the_gradient(level):
                        return givens
                network = weighted_anew(rng, network)

    def shows_the_gradient(self, level: Level) -> bool:
        """Whether every wrong way to the gradient leads to a wrong answer.

        No derivative is 0. In none are the routed entries all equal, and in none do two terms
        cancel. Of one derivative alone no terms at all cancel, none is 0 and nor is the weight.
        """
        at = self.row - 1, self.column - 1
        if level == "medium":
            met = [each[at] for each in self.network.routed]
            if 0 in (self.network.kernel[at], *met) or one_prevails(met):
                return False
            terms = self.terms(met)
            return sum(terms) != 0 and not cancel(terms, len(met)) and self.names_the_flip()
        routed = [*zip(*(entries(self.asked(each)) for each in self.network.routed), strict=True)]
        if sum(entries(self.weights_used)) == 0:
            return False
        return all(
            len(set(each)) > 1 and sum(self.terms(each)) != 0 and not cancel(self.terms(each), 2)
            for each in routed
        )

    def names_the_flip(self) -> bool:
        """Whether flipping the kernel throughout and taking its entry for the input differ."""
        own = relu(self.network.feature_map(self.network.kernel[::-1, ::-1]))
        return self.flips_the_kernel_for_an_entry(own) != self.takes_the_entry_for_the_input(own)

    def terms(self, routed: Sequence[int]) -> list[int]:
        """What a derivative adds up, for what each pooling window routes to it."""
        return [v * x for v, x in zip(entries(self.weights_used), routed, strict=True)]

    def worth_asking(self) -> bool:
        """A kernel that looks the same turned hides a mistake; some maps have no fitting bias.

        The score has at most two digits. Were most pooled entries equal, wrong ones would do.
        """
        w = entries(self.network.kernel)
        if self.network.bias == 0 or w == w[::-1]:
            return False
        pooled = max_pool(self.network.activation, POOL, stride=self.network.pool_stride)
        return abs(self.network.score(pooled)) < 100 and not one_prevails(entries(pooled))

    @property
    def figure(self) -> Figure:
        """The kernel as it starts, and its first step."""
        network = self.network
        return sliding(
            network.image, network.kernel, stride=network.stride, padding=network.padding
        )

    @property
    def how_it_slides(self) -> str:
        """Stride and padding in words."""
        return in_words(self.network.stride, self.network.padding)

    @property
    def how_it_pools(self) -> str:
        """The stride of the pooling windows in words."""
        overlapping = self.network.pool_stride == 1
        return "one entry, so that they overlap" if overlapping else "two entries"

    @property
    def asks_one_row(self) -> bool:
        """Whether the whole of ∂u/∂w would be too much to ask at the hard level."""
        return len(self.network.kernel) > 2

    @property
    def weights_used(self) -> Array:
        """The entries of v that count, for the worked solutions."""
        pooled = output_size_2d(self.network.map_size(), POOL, stride=self.network.pool_stride)
        return self.network.weights_used(prod(pooled))

    def work(self, level: Level) -> Work:
        """z entry by entry, ReLU, pooling, the weighted sum, and the gradients that are asked."""
        kernel, places = self.network.kernel, self.network.places
        seen = [entries(self.network.seen(*place)) for place in places]
        sums = (work_of_terms(zip(each, entries(kernel), strict=True)) for each in seen)
        forward = sum(sums, Work(0, 2 * len(places), len(places)))
        pooled = len(self.weights_used)
        score = Work(pooled, 4 * pooled - 1)
        whole = self.asked(kernel).size
        asked = {"easy": 0, "medium": 1, "hard": whole}[level]
        return forward + score + Work(pooled, pooled - 1, 2 * pooled) * asked

    def asked(self, gradient: Array) -> Array:
        """What the hard level asks of ∂u/∂w."""
        return gradient[self.row - 1] if self.asks_one_row else gradient

    def met(self, activation: Array) -> list[int]:
        """What lies under w[row, column] at the winner of each pooling window."""
        seen = [self.network.seen(*at) for at in self.network.winners(activation)]
        return [each[self.row - 1, self.column - 1] for each in seen]

    @part("How large is $z$? Write (height, width).", points=1, values=3)
    def size(self) -> Shape:
        """⌊(n + 2p − k)/s⌋ + 1 along each axis."""
        return self.network.map_size()

    @size.misconception(
        "You counted the steps of the kernel. Its first position counts too: add 1 along each "
        "axis.",
        credit=SLIP,
    )
    def forgets_the_first_position(self) -> Shape:
        """⌊(n + 2p − k)/s⌋."""
        return Shape(each - 1 for each in self.network.map_size())

    @size.misconception(
        "You padded $x$, but no padding is given: every window lies wholly inside $x$.",
        name="pads_unasked",
        credit=SLIP,
    )
    def sizes_with_padding(self) -> Shape | None:
        """The size with a border of zeros although none is given."""
        if self.network.padding:
            return None
        return self.network.map_size(padding=self.network.unasked_padding)

    @size.misconception(
        "You left the border of zeros out: it makes $x$ larger by 2 along each axis.",
        name="ignores_the_padding",
        credit=SLIP,
    )
    def sizes_without_padding(self) -> Shape | None:
        """The size without the border that is given."""
        return self.network.map_size(padding=0) if self.network.padding else None

    @size.misconception(
        "You moved the kernel by one; the stride is << network.stride >>.",
        name="ignores_the_stride",
        credit=SLIP,
    )
    def sizes_with_stride_one(self) -> Shape | None:
        """The size at stride 1."""
        return self.network.map_size(stride=1) if self.network.stride > 1 else None

    @part("Compute $z$.", points=7)
    def feature_map(self) -> Array:
        """x ⋆ w + b."""
        return self.network.feature_map()

    @feature_map.misconception(
        r"You flipped the kernel. In this course $\star$ slides $w$ as it is written.", credit=SLIP
    )
    def flips_the_kernel(self) -> Array:
        """Signal processing's convolution."""
        return self.network.feature_map(self.network.kernel[::-1, ::-1])

    @feature_map.misconception(
        "You left out the bias of $<< network.bias >>$: it is added once to every entry.",
        credit=SLIP,
    )
    def forgets_the_bias(self) -> Array:
        """x ⋆ w."""
        return self.network.feature_map(bias=0)

    @feature_map.misconception(
        "You padded $x$, but no padding is given: every window lies wholly inside $x$.",
        credit=SLIP,
    )
    def pads_unasked(self) -> Array | None:
        """A border of zeros although none is given."""
        if self.network.padding:
            return None
        return self.network.feature_map(padding=self.network.unasked_padding)

    @feature_map.misconception(
        "You left the border of zeros out: the first window begins on it.", credit=SLIP
    )
    def ignores_the_padding(self) -> Array | None:
        """No padding although one is given."""
        return self.network.feature_map(padding=0) if self.network.padding else None

    @feature_map.misconception(
        "You moved the window by one; the stride is << network.stride >>.", credit=SLIP
    )
    def ignores_the_stride(self) -> Array | None:
        """Stride 1 for the stride given."""
        return self.network.feature_map(stride=1) if self.network.stride > 1 else None

    @feature_map.misconception(
        "You left out the last row and the last column: the window still fits there.", credit=SLIP
    )
    def drops_the_last_position(self) -> Array:
        """One position too few along each axis."""
        return self.network.feature_map()[:-1, :-1]

    @feature_map.misconception(
        "You wrote the map's rows as its columns: moving the window to the right moves to the "
        "right in the map, too.",
        credit=SLIP,
    )
    def transposes_the_map(self) -> Array:
        """zᵀ."""
        return self.network.feature_map().T

    @part("Compute $h$.", points=2)
    def activation(self, feature_map: Array) -> Array:
        """ReLU(z)."""
        return relu(feature_map)

    @activation.misconception("ReLU sets negative entries to 0; it does not turn their sign.")
    def takes_absolute_values(self, feature_map: Array) -> Array:
        """|z|."""
        return array(abs(feature_map))

    @activation.misconception("That is $z$ unchanged: ReLU sets its negative entries to 0.")
    def forgets_the_activation(self, feature_map: Array) -> Array:
        """z."""
        return feature_map

    @part("Compute $p$.", points=3)
    def pooled(self, activation: Array) -> Array:
        """The largest entry of every window."""
        return max_pool(activation, POOL, stride=self.network.pool_stride)

    @pooled.misconception("You took the mean of each window; max pooling keeps its largest entry.")
    def averages_the_pool(self, activation: Array) -> Array:
        """The mean of every window."""
        return average_pool(activation, POOL, stride=self.network.pool_stride)

    @pooled.misconception(
        "You moved the pooling windows by 1; here they move by 2 and do not overlap.", credit=SLIP
    )
    def pools_with_stride_one(self, activation: Array) -> Array | None:
        """Overlapping windows where none overlap."""
        return max_pool(activation, POOL, stride=1) if self.network.pool_stride > 1 else None

    @pooled.misconception(
        "You moved the pooling windows by their own size; here they move by 1 and overlap.",
        credit=SLIP,
    )
    def strides_by_the_kernel(self, activation: Array) -> Array | None:
        """Windows side by side where they overlap."""
        return max_pool(activation, POOL) if self.network.pool_stride == 1 else None

    @part("Compute $u$.", points=2)
    def score(self, pooled: Array) -> Fraction:
        """⟨v, flatten(p)⟩: an integer, but a fraction for those who averaged."""
        return self.network.score(pooled)

    @score.misconception(
        "You listed $p$ column by column; flattening goes row by row.", credit=SLIP
    )
    def flattens_by_columns(self, pooled: Array) -> Fraction:
        """⟨v, flatten(pᵀ)⟩."""
        return self.network.score(pooled.T)

    @score.misconception("You added up $p$; entry $m$ of the list counts $v_m$ times.")
    def forgets_the_score_weights(self, pooled: Array) -> Fraction:
        """Σ p."""
        return cast(Fraction, inner(array([1] * pooled.size), flatten(pooled)))

    @part(
        r"Compute $\partial u / \partial w[<< row >>, << column >>]$, the derivative of $u$ "
        "with respect to the entry of $w$ in row << row >> and column << column >>.",
        points=5,
        levels=("medium",),
    )
    def gradient_entry(self, activation: Array) -> int:
        """Σ_m v_m · the entry of x that lies under the kernel's entry at window m's winner."""
        return int(self.network.kernel_gradient(activation)[self.row - 1, self.column - 1])

    @gradient_entry.misconception(
        "You let all entries of a pooling window through; only its largest one reaches $u$.",
        name="ignores_the_routing",
        credit=STEP,
    )
    def ignores_the_routing_to_an_entry(self, activation: Array) -> int:
        """Σ over all active entries."""
        return int(self.network.unrouted_kernel_gradient(activation)[self.row - 1, self.column - 1])

    @gradient_entry.misconception(
        "You took the first pooling window alone; $w$ is reused, so every window contributes.",
        credit=STEP,
        name="uses_one_window_only",
    )
    def uses_one_window_for_an_entry(self, activation: Array) -> int:
        """The first term of the sum."""
        return int(self.network.first_window_gradient(activation)[self.row - 1, self.column - 1])

    @gradient_entry.misconception(
        "You multiplied by the entry of $w$ itself; the derivative with respect to it is the $x$ "
        "that it meets.",
        name="takes_the_kernel_for_the_input",
        credit=STEP,
    )
    def takes_the_entry_for_the_input(self, activation: Array) -> int:
        """Σ v_m times w for Σ v_m times x."""
        upstream = entries(self.network.map_gradient(activation))
        return int(sum(upstream) * self.network.kernel[self.row - 1, self.column - 1])

    @gradient_entry.misconception(
        "You flipped the kernel, so this is the derivative for the entry of $w$ on the other side "
        r"of its middle. In this course $\star$ slides $w$ as it is written.",
        credit=SLIP,
        name="flips_the_kernel",
    )
    def flips_the_kernel_for_an_entry(self, activation: Array) -> int | None:
        """The derivative with respect to the entry that the turned kernel has there."""
        height, width = self.network.kernel.shape
        place = height - self.row, width - self.column
        if place == (self.row - 1, self.column - 1):
            return None
        return int(self.network.kernel_gradient(activation)[place])

    @part(
        "<% if asks_one_row %>"
        r"Compute row << row >> of the matrix $\partial u / \partial w$: the derivatives of $u$ "
        r"with respect to $w[<< row >>, 1]$, $w[<< row >>, 2]$ and $w[<< row >>, 3]$."
        "<% else %>"
        r"Compute the matrix $\partial u / \partial w$, whose entry $[s, t]$ is "
        r"$\partial u / \partial w[s, t]$."
        "<% endif %>",
        points=5,
        levels=("hard",),
    )
    def gradient_kernel(self, activation: Array) -> Array:
        """Σ_m v_m · what lies under the kernel at window m's winner."""
        return self.asked(self.network.kernel_gradient(activation))

    @gradient_kernel.misconception(
        "You let all entries of a pooling window through; only its largest one reaches $u$.",
        credit=STEP,
    )
    def ignores_the_routing(self, activation: Array) -> Array:
        """Σ over all active entries."""
        return self.asked(self.network.unrouted_kernel_gradient(activation))

    @gradient_kernel.misconception(
        "You took the first pooling window alone; $w$ is reused, so every window contributes.",
        credit=STEP,
    )
    def uses_one_window_only(self, activation: Array) -> Array:
        """The first term of the sum."""
        return self.asked(self.network.first_window_gradient(activation))

    @gradient_kernel.misconception(
        "You multiplied by $w$ itself; the derivative with respect to an "
        "entry of $w$ is the $x$ that it meets.",
        credit=STEP,
    )
    def takes_the_kernel_for_the_input(self, activation: Array) -> Array:
        """Σ v_m times w for Σ v_m times x."""
        upstream = entries(self.network.map_gradient(activation))
        return self.asked(array(sum(upstream) * self.network.kernel))

    @gradient_kernel.misconception(
        "You flipped the kernel, so each derivative stands where that of the entry of $w$ on the "
        r"other side of its middle belongs. In this course $\star$ slides $w$ as it is written.",
        credit=SLIP,
        name="flips_the_kernel",
    )
    def flips_the_kernel_for_its_gradient(self, activation: Array) -> Array:
        """∂u/∂w turned by 180 degrees."""
        return self.asked(self.network.kernel_gradient(activation)[::-1, ::-1])

    @part(r"Compute $\partial u / \partial b$.", points=2, levels=("hard",))
    def gradient_bias(self, activation: Array) -> int:
        """Σ_m v_m over the windows whose largest entry is positive."""
        return self.network.bias_gradient(activation)

    @gradient_bias.misconception(
        "You let all entries of a pooling window through; only its largest one reaches $u$.",
        name="ignores_the_routing",
        credit=STEP,
    )
    def ignores_the_routing_to_the_bias(self, activation: Array) -> int:
        """Σ over all active entries."""
        return int(sum(entries(self.network.unrouted_gradient(activation))))

    @gradient_bias.misconception(
        "You counted an entry of $h$ once that is the largest of several pooling windows; it "
        "reaches $u$ through each of them.",
        credit=STEP,
    )
    def counts_a_winner_once(self, activation: Array) -> int | None:
        """v_m = 0 for a window whose winner has already won another one."""
        weights = entries(self.network.pooled_gradient(activation))
        winners = self.network.winners(activation)
        if len(set(winners)) == len(winners):
            return None
        once = [0 if at in winners[:m] else weights[m] for m, at in enumerate(winners)]
        return int(sum(entries(self.network.map_gradient(activation, once))))
