"""A one-dimensional cross-correlation, entry by entry."""

from random import Random
from typing import Any, Self

from examgen.exact import Array, array, entries, ratio
from examgen.families.convolution._sliding import terms
from examgen.nn.conv import cross_correlate_1d
from examgen.questions.family import family
from examgen.questions.figures import Figure, sliding
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_terms

TWO = ((1, 2), (2, 1), (2, -1), (-1, 2), (1, -2), (-2, 1), (1, -1), (-1, 1), (3, 1), (1, 3))
"""Kernels of the easy level: none looks the same from behind."""

BAND = range(20, 76)
"""Seconds of hand-work."""


@family(
    title="A convolution along a line",
    minutes=(2, 2, 3),
    conventions=("cross-correlation", "windows"),
    tags=("lecture-8", "idea-window-sums"),
)
class Conv1dValues:
    """x ⋆ w + b of a short signal, with a stride, and at the hard level padding or dilation."""

    signal: Array
    kernel: Array
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    bias: int = 0

    stem = r"""
    A kernel $w$ slides along a signal $x$ as it is written, without being flipped, with
    << how_it_slides >>.
    <% if dilation > 1 %>
    So the entries of the kernel meet every second entry of the signal.
    <% endif %>

    $$
    x = << signal >>, \qquad w = << kernel >><% if bias %>, \qquad b = << bias >><% endif %>

    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """At most five entries come out."""
        if level == "easy":
            return cls(integers(rng, (rng.choice([5, 6]),), 0, 3), array(rng.choice(TWO)))
        kernel = integers(rng, (3,), -2, 2)
        if level == "medium":
            size, stride = rng.choice([(6, 1), (7, 1), (8, 2), (9, 2)])
            return cls(integers(rng, (size,), -2, 3), kernel, stride)
        bias = rng.choice([-3, -2, -1, 1, 2, 3])
        if rng.random() < 0.5:
            signal = integers(rng, (rng.choice([7, 8, 9]),), -2, 3)
            return cls(signal, kernel, stride=2, padding=1, bias=bias)
        return cls(integers(rng, (rng.choice([7, 8]),), -2, 3), kernel, dilation=2, bias=bias)

    def worth_asking(self) -> bool:
        """A kernel that looks the same from behind hides a flip; the work stays in its band."""
        w = entries(self.kernel)
        return w != w[::-1] and w.count(0) < len(w) - 1 and self.work.seconds in BAND

    @property
    def figure(self) -> Figure:
        """The kernel as it starts, and its first step."""
        return sliding(
            self.signal,
            self.kernel,
            stride=self.stride,
            padding=self.padding,
            dilation=self.dilation,
        )

    @property
    def how_it_slides(self) -> str:
        """Stride, padding and dilation in words."""
        zeros = "one zero added at each end" if self.padding else "no padding"
        said = [f"stride {self.stride}", zeros]
        if self.dilation > 1:
            said.append(f"dilation {self.dilation}")
        return f"{', '.join(said[:-1])} and {said[-1]}"

    @property
    def padded(self) -> Array:
        """The signal with its zeros, if it has some."""
        zeros = [0] * self.padding
        return array([*zeros, *entries(self.signal), *zeros])

    @property
    def seen(self) -> list[Array]:
        """What lies under the kernel for each entry of the result."""
        span = self.dilation * (len(self.kernel) - 1) + 1
        starts = range(0, len(self.padded) - span + 1, self.stride)
        return [self.padded[start : start + span : self.dilation] for start in starts]

    @property
    def sums(self) -> list[list[int]]:
        """What each entry adds up: the products that are not 0, and the bias."""
        bias = [self.bias] if self.bias else []
        return [terms(each, self.kernel) + bias for each in self.seen]

    @property
    def work(self) -> Work:
        """A sum of products for each place of the window, which has to be found."""
        bias = Work(additions=int(self.bias != 0), lookups=1)
        each = [work_of_terms(zip(window, self.kernel, strict=True)) for window in self.seen]
        return sum(each, bias * len(each))

    def slid(self, **changes: Any) -> Array:
        """The result, with *changes* to what is given."""
        given: dict[str, Any] = {
            "signal": self.signal,
            "kernel": self.kernel,
            "stride": self.stride,
            "padding": self.padding,
            "dilation": self.dilation,
            "bias": self.bias,
        }
        return cross_correlate_1d(**(given | changes))

    @part(r"Compute $y = x \star w<% if bias %> + b<% endif %>$, with all its entries.", points=1)
    def values(self) -> Array:
        """x ⋆ w + b."""
        return self.slid()

    @values.misconception(
        r"You flipped the kernel. In this course $\star$ slides $w$ as it is written.",
        typical=True,
    )
    def flips_the_kernel(self) -> Array:
        """Signal processing's convolution."""
        return self.slid(kernel=self.kernel[::-1])

    @values.misconception(
        "You divided by the number of the kernel's entries. The products are added up, not "
        "averaged."
    )
    def averages_the_products(self) -> Array:
        """The mean of the products for their sum."""
        return self.slid(kernel=array([ratio(each, len(self.kernel)) for each in self.kernel]))

    @values.misconception(
        "You added up the window; each value counts times the kernel's entry on it."
    )
    def sums_the_window(self) -> Array:
        """Σ of each window, the kernel left out."""
        return self.slid(kernel=self.kernel * 0 + 1)

    @values.misconception(
        "You dropped the kernel's minus signs; a negative entry changes the sign of what lies "
        "under it."
    )
    def drops_the_signs_of_the_kernel(self) -> Array | None:
        """|w| for w."""
        return self.slid(kernel=abs(self.kernel)) if min(self.kernel) < 0 else None

    @values.misconception(
        "You padded $x$, but no padding is given: every window lies wholly inside $x$."
    )
    def pads_unasked(self) -> Array | None:
        """Zeros at both ends although none are given."""
        half = self.dilation * (len(self.kernel) // 2)
        return None if self.padding else self.slid(padding=half)

    @values.misconception(
        "You began with a window that sticks out of $x$; no padding is given, so the first one "
        "lies wholly inside."
    )
    def centres_the_kernel(self) -> Array | None:
        """As many entries as there are, but from the first window with zeros on."""
        padded = self.pads_unasked()
        return None if padded is None else padded[: len(self.seen)]

    @values.misconception(
        "You began at the end of $x$: the first entry belongs to the first position of the kernel."
    )
    def begins_at_the_end(self) -> Array:
        """The entries in reverse."""
        return self.slid()[::-1]

    @values.misconception(
        "You went on around the end of $x$; the last window is the last that lies wholly inside it."
    )
    def wraps_around(self) -> Array | None:
        """A circular signal."""
        if self.padding or self.stride > 1:
            return None
        signal = entries(self.signal)
        return self.slid(signal=array(signal + signal[: self.dilation * (len(self.kernel) - 1)]))

    @values.misconception(
        "You left the last entry out: the window still fits there"
        "<% if padding %>, for padding stands at both ends<% endif %>."
    )
    def drops_the_last_position(self) -> Array:
        """One position too few."""
        return self.slid()[:-1]

    @values.misconception(
        "You flipped the kernel, which is used as it is written, and you left the last entry out."
    )
    def flips_the_kernel_and_drops_the_last_position(self) -> Array:
        """Both at once."""
        return self.slid(kernel=self.kernel[::-1])[:-1]

    @values.misconception("You left the zeros at the ends out: the first window begins on one.")
    def ignores_the_padding(self) -> Array | None:
        """No padding although one is given."""
        return self.slid(padding=0) if self.padding else None

    @values.misconception("You moved the window by one; the stride is << stride >>.")
    def ignores_the_stride(self) -> Array | None:
        """Stride 1 for the stride given."""
        return self.slid(stride=1) if self.stride > 1 else None

    @values.misconception(
        "You moved the window by the kernel's size, as pooling does; the stride is << stride >>."
    )
    def strides_by_the_kernel(self) -> Array:
        """s = k for the stride given."""
        return self.slid(stride=len(self.kernel))

    @values.misconception(
        "You left the dilation out: the kernel meets every second entry, not neighbours."
    )
    def ignores_the_dilation(self) -> Array | None:
        """d = 1 for the dilation given."""
        return self.slid(dilation=1) if self.dilation > 1 else None

    @values.misconception(
        "You moved the window by << dilation >>. The dilation spreads the kernel; the stride is 1."
    )
    def strides_by_the_dilation(self) -> Array | None:
        """The dilation taken for a stride."""
        return self.slid(dilation=1, stride=self.dilation) if self.dilation > 1 else None

    @values.misconception("You left out the bias of $<< bias >>$: it is added once to every entry.")
    def forgets_the_bias(self) -> Array | None:
        """x ⋆ w."""
        return self.slid(bias=0) if self.bias else None

    @values.misconception(
        "You added the bias to every product; it is added once to every entry of $y$."
    )
    def adds_the_bias_to_every_product(self) -> Array | None:
        """k · b for b."""
        return self.slid(bias=self.bias * len(self.kernel)) if self.bias else None
