"""One entry of a two-dimensional cross-correlation."""

from random import Random
from typing import Self

from examgen.exact import Array, entries, equal
from examgen.families.convolution._sliding import Slides
from examgen.families.convolution._small_kernels import mixed
from examgen.nn.conv import cross_correlate, window
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_terms


@family(
    title="An entry of a feature map",
    minutes=(2, 2, 3),
    conventions=("cross-correlation", "indices", "windows"),
    tags=(
        "lecture-11",
        "idea-feature-map",
        "idea-window-sums",
    ),
)
class Conv2dEntry(Slides):
    """The lecture's formula for (x ⋆ w)[s, t]; at the hard level with stride or padding."""

    image: Array
    kernel: Array
    row: int
    column: int
    stride: int = 1
    padding: int = 0
    bias: int = 0

    stem = r"""
    A kernel $w$ slides over an input $x$ as it is written, without being flipped, with
    << how_it_slides >>.

    $$
    x = << image >>, \qquad w = << kernel >><% if bias %>, \qquad b = << bias >><% endif %>

    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small integers; the entry asked lies off the diagonal of the map."""
        if level == "easy":
            image, kernel = integers(rng, (4, 4), 0, 4), mixed(rng, (2, 2))
            return cls(image, kernel, *rng.sample([1, 2, 3], 2))
        kernel = mixed(rng, (3, 3))
        if level == "medium":
            image = integers(rng, (5, 6), -3, 4)
            row = rng.randint(1, 3)
            return cls(image, kernel, row, rng.choice([t for t in range(1, 5) if t != row]))
        bias = rng.choice([-2, -1, 1, 2, 3])
        if rng.random() < 0.5:
            row, column = rng.sample([1, 2, 3], 2)
            return cls(integers(rng, (7, 7), -2, 3), kernel, row, column, stride=2, bias=bias)
        row, column = rng.choice([(1, 2), (1, 3), (2, 1), (3, 1)])
        return cls(integers(rng, (4, 4), -2, 3), kernel, row, column, padding=1, bias=bias)

    def worth_asking(self) -> bool:
        """A kernel that looks the same turned or mirrored hides mistakes."""
        return not equal(self.kernel, self.kernel[::-1, ::-1]) and not equal(
            self.kernel, self.kernel.T
        )

    @property
    def seen(self) -> Array:
        """The part of the (padded) input under the kernel at the entry asked."""
        shape = self.kernel.shape
        return window(self.padded, self.row - 1, self.column - 1, shape, self.stride)

    @property
    def top(self) -> int:
        """The window's first row in the (padded) input, from 1."""
        return (self.row - 1) * self.stride + 1

    @property
    def left(self) -> int:
        """The window's first column in the (padded) input, from 1."""
        return (self.column - 1) * self.stride + 1

    @property
    def sums(self) -> list[int]:
        """The sum of the products in each row of the window."""
        return [sum(products) for products in self.seen * self.kernel]

    @property
    def work(self) -> Work:
        """The place of the window, its products, their sum and the bias."""
        sum_of_products = work_of_terms(zip(entries(self.seen), entries(self.kernel), strict=True))
        return sum_of_products + Work(0, int(self.bias != 0), 2)

    def entry_of(self, feature_map: Array, row: int, column: int) -> int | None:
        """The entry in this row and column, from 1; None off the map."""
        height, width = feature_map.shape
        return int(feature_map[row - 1, column - 1]) if row <= height and column <= width else None

    def slide(
        self, kernel: Array, *, stride: int | None = None, padding: int | None = None
    ) -> Array:
        """The feature map of *kernel*, with the given stride and padding unless others are said."""
        return cross_correlate(
            self.image,
            kernel,
            stride=self.stride if stride is None else stride,
            padding=self.padding if padding is None else padding,
            bias=self.bias,
        )

    @part(
        r"Let $y = x \star w<% if bias %> + b<% endif %>$. What is "
        r"$y[<< row >>, << column >>]$, the entry in row << row >> and column << column >> "
        r"(both counted from 1)?",
        points=1,
    )
    def entry(self) -> int:
        """The entry asked."""
        return int(self.slide(self.kernel)[self.row - 1, self.column - 1])

    @entry.misconception(
        r"You flipped the kernel. In this course $\star$ slides $w$ as it is written."
    )
    def flips_the_kernel(self) -> int:
        """Signal processing's convolution."""
        return int(self.slide(self.kernel[::-1, ::-1])[self.row - 1, self.column - 1])

    @entry.misconception("You swapped rows and columns of the kernel; lay it on $x$ as printed.")
    def transposes_the_kernel(self) -> int:
        """wᵀ for w."""
        return int(self.slide(self.kernel.T)[self.row - 1, self.column - 1])

    @entry.misconception(
        "You counted from 0 and took the window that begins in row << top + stride >> and column "
        "<< left + stride >>. The first window is $[1, 1]$, so this one begins in row << top >> "
        "and column << left >>."
    )
    def counts_from_zero(self) -> int | None:
        """The window one step further down and right."""
        return self.entry_of(self.slide(self.kernel), self.row + 1, self.column + 1)

    @entry.misconception(
        "You took $y[<< column >>, << row >>]$: the first index is the row, the second the column."
    )
    def swaps_row_and_column(self) -> int | None:
        """y[t, s] for y[s, t]."""
        return self.entry_of(self.slide(self.kernel), self.column, self.row)

    @entry.misconception(
        "You padded the input, but no padding is given: the first window lies wholly inside $x$."
    )
    def pads_unasked(self) -> int | None:
        """A border of zeros although none is given; the same indices in the larger map."""
        if self.padding:
            return None
        larger = self.slide(self.kernel, padding=len(self.kernel) // 2)
        return int(larger[self.row - 1, self.column - 1])

    @entry.misconception("You left the border of zeros out: the windows begin on the padding.")
    def ignores_the_padding(self) -> int | None:
        """No padding although one is given."""
        if not self.padding:
            return None
        return self.entry_of(self.slide(self.kernel, padding=0), self.row, self.column)

    @entry.misconception("You moved the window by one, but the stride is << stride >>.")
    def ignores_the_stride(self) -> int | None:
        """Stride 1 for the stride given."""
        if self.stride == 1:
            return None
        return int(self.slide(self.kernel, stride=1)[self.row - 1, self.column - 1])

    @entry.misconception(
        "You added up the window; each value counts times the kernel's entry on it."
    )
    def sums_the_window(self) -> int:
        """Σ of the window, the kernel left out."""
        return int(sum(entries(self.seen)) + self.bias)

    @entry.misconception("You left out the bias of $<< bias >>$: it is added once to every entry.")
    def forgets_the_bias(self) -> int | None:
        """The sum of products alone."""
        if not self.bias:
            return None
        return int(self.slide(self.kernel)[self.row - 1, self.column - 1] - self.bias)
