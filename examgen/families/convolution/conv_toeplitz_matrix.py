"""A convolution as a dense layer whose weights are shared and mostly zero."""

from random import Random
from typing import Any, Self

from examgen.exact import Array, array, entries
from examgen.nn.conv import window
from examgen.nn.toeplitz import convolution_matrix
from examgen.questions.family import family
from examgen.questions.figures import Figure, Grid, Grids, slid
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

WEIGHTS = (-4, -3, -2, -1, 1, 2, 3, 4, 5)


@family(
    title="The matrix of a convolution",
    minutes=(2, 2, 3),
    conventions=("cross-correlation", "indices", "windows"),
    tags=(
        "lecture-9",
        "lecture-12",
        "idea-shared-weights",
    ),
)
class ConvToeplitzMatrix:
    """y = x ⋆ w as y = M x: all of M along a line; one row of it for an image.

    The kernel is (1, k) along a line; `row` is 0 where the whole matrix is asked.
    """

    kernel: Array
    shape: tuple[int, int]
    stride: int = 1
    row: int = 0

    stem = r"""
    <% if row %>
    An image $x$ of $<< shape[0] >> \times << shape[1] >>$ pixels is convolved with the kernel

    $$
    w = << kernel >>
    $$

    without flipping it, with stride 1 and no padding. Both the image and the map $y = x \star w$
    are flattened row by row, into columns $\tilde{x}$ with << columns >> entries and $\tilde{y}$
    with << rows >>. Since convolution is linear, there is a matrix $M$ with
    $\tilde{y} = M \tilde{x}$ for every image.
    <% else %>
    A signal $x$ of << shape[1] >> entries is convolved with the kernel

    $$
    w = << kernel[0] >>
    $$

    without flipping it, with stride << stride >> and no padding. Since convolution is linear, there
    is a matrix $M$ with $x \star w = M x$ for every $x$, where $x$ and $x \star w$ are columns.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Kernels of entries that all differ and none of which is 0."""
        if level == "easy":
            return cls(array([rng.sample(WEIGHTS, 2)]), (1, rng.choice([4, 5])))
        if level == "medium":
            size, stride = rng.choice([(5, 1), (6, 1), (7, 2)])
            return cls(array([rng.sample(WEIGHTS, 3)]), (1, size), stride)
        flat = rng.sample(WEIGHTS, 4)
        height, width = rng.choice([(3, 3), (3, 4), (4, 3)])
        positions = (height - 1) * (width - 1)
        row = rng.randint(width, positions)
        return cls(array([flat[:2], flat[2:]]), (height, width), row=row)

    def plausible(self, wrong: Array) -> bool:
        """Whether x can be multiplied by it at all, and the kernel moves at least once."""
        return int(wrong.shape[-1]) == self.columns and (wrong.ndim == 1 or len(wrong) > 1)

    @property
    def figure(self) -> Figure:
        """The entries by their number in the column, and the first window."""
        height, width = self.shape
        cells = tuple(
            tuple(f"$x_{{{r * width + c + 1}}}$" for c in range(width)) for r in range(height)
        )
        shape = (int(self.kernel.shape[0]), int(self.kernel.shape[1]))
        entries = slid(Grid(cells, "$x$"), shape, self.stride)
        return Grids((entries, Grid.of(self.kernel, "$w$")), "⋆")

    @property
    def columns(self) -> int:
        """How many entries the input has."""
        return self.shape[0] * self.shape[1]

    @property
    def rows(self) -> int:
        """How many entries the output has."""
        return len(self.matrix())

    @property
    def place(self) -> tuple[int, int]:
        """Row and column, from 1, of the map's entry that the row asked, or the first, computes."""
        down, right = divmod(max(self.row, 1) - 1, self.shape[1] - self.kernel.shape[1] + 1)
        return down + 1, right + 1

    @property
    def numbers(self) -> Array:
        """Which entry of the flattened image each pixel is, from 1."""
        height, width = self.shape
        return array([[r * width + c + 1 for c in range(width)] for r in range(height)])

    @property
    def met(self) -> Array:
        """The entries of the flattened image that lie under the kernel there."""
        row, column = self.place
        return window(self.numbers, row - 1, column - 1, self.kernel.shape)

    @property
    def work(self) -> Work:
        """Every weight is written where it belongs."""
        if self.row:
            return Work(additions=4, lookups=10)
        return Work(lookups=self.rows * (self.kernel.size + 1))

    def matrix(self, **changes: Any) -> Array:
        """M, with *changes* to what is given."""
        given: dict[str, Any] = {
            "kernel": self.kernel,
            "shape": self.shape,
            "stride": (1, self.stride),
        }
        return convolution_matrix(**(given | changes))

    def asked(self, matrix: Array) -> Array:
        """The whole matrix, or one row of it."""
        return matrix[self.row - 1] if self.row else matrix

    def row_from(self, start: int, weights: list[int]) -> Array:
        """A row with these weights from the entry *start* on, counted from 0."""
        rest = self.columns - start - len(weights)
        return array([0] * start + weights + [0] * rest)

    @part(
        "<% if row %>Which is row << row >> of $M$?<% else %>Which is $M$?<% endif %>",
        points=1,
    )
    def weights(self) -> Array:
        """A row for each position of the kernel."""
        return self.asked(self.matrix())

    @weights.misconception(
        r"You wrote the kernel in reverse. Here $\star$ slides it as it is written, so its entries "
        "stand in each row in their own order.",
        typical=True,
    )
    def flips_the_kernel(self) -> Array:
        """Signal processing's convolution."""
        return self.asked(self.matrix(kernel=self.kernel[::-1, ::-1]))

    @weights.misconception(
        "You wrote down the transpose: $M$ has a row for each entry of the result, "
        "<< rows >> of them, and a column for each entry of $x$."
    )
    def transposes_the_weights(self) -> Array | None:
        """Mᵀ."""
        return None if self.row else self.matrix().T

    @weights.misconception(
        "You let the kernel run around the end of $x$; its last position is the last that lies "
        "wholly inside."
    )
    def wraps_around(self) -> Array | None:
        """A row for each entry of x, in a circle."""
        if self.row:
            return None
        first = entries(self.matrix()[0])
        shifts = range(0, self.columns, self.stride)
        return array([first[-shift:] + first[:-shift] if shift else first for shift in shifts])

    @weights.misconception(
        "You repeated the same row. From row to row the kernel moves by << stride >>."
    )
    def shifts_no_row(self) -> Array | None:
        """The first row again and again."""
        return None if self.row else array([self.matrix()[0]] * self.rows)

    @weights.misconception(
        "You began at the end of $x$: the first row belongs to the first position of the kernel."
    )
    def begins_at_the_end(self) -> Array | None:
        """The rows in reverse."""
        return None if self.row else self.matrix()[::-1]

    @weights.misconception(
        "You wrote the kernel in reverse and began at the end of $x$: the first row belongs to the "
        "first position of the kernel as it is written."
    )
    def flips_the_kernel_and_begins_at_the_end(self) -> Array | None:
        """Two mistakes at once."""
        return None if self.row else self.matrix(kernel=self.kernel[:, ::-1])[::-1]

    @weights.misconception(
        "You wrote the kernel in reverse and repeated the same row. It moves by << stride >> from "
        "row to row, as it is written."
    )
    def flips_the_kernel_and_shifts_no_row(self) -> Array | None:
        """Two mistakes at once."""
        if self.row:
            return None
        return array([self.matrix(kernel=self.kernel[:, ::-1])[0]] * self.rows)

    @weights.misconception("You left out the last row: the kernel still fits there.")
    def drops_the_last_position(self) -> Array | None:
        """One position too few."""
        return None if self.row else self.matrix()[:-1]

    @weights.misconception(
        "You wrote the kernel in reverse, and you left out the last row: the kernel still fits "
        "there."
    )
    def flips_the_kernel_and_drops_the_last_position(self) -> Array | None:
        """Two mistakes at once."""
        return None if self.row else self.matrix(kernel=self.kernel[:, ::-1])[:-1]

    @weights.misconception(
        "You added rows for windows that stick out of $x$, but there is no padding."
    )
    def pads_unasked(self) -> Array | None:
        """Rows for a border of zeros although none is given."""
        if self.row:
            return None
        return self.matrix(padding=(0, self.kernel.size // 2))

    @weights.misconception(
        "You began with a window that sticks out of $x$; the first one lies wholly inside, so the "
        "first row begins with all of the kernel."
    )
    def centres_the_kernel(self) -> Array | None:
        """As many rows as there are, but from the first window with a border on."""
        padded = self.pads_unasked()
        return None if padded is None else padded[: self.rows]

    @weights.misconception("You moved the kernel by one; the stride is << stride >>.")
    def ignores_the_stride(self) -> Array | None:
        """Stride 1 for the stride given."""
        return None if self.stride == 1 else self.matrix(stride=1)

    @weights.misconception(
        "You moved the kernel by its own size; the stride is << stride >>, so neighbouring rows "
        "overlap."
    )
    def strides_by_the_kernel(self) -> Array | None:
        """s = k for the stride given."""
        return None if self.row else self.matrix(stride=(1, self.kernel.size))

    @weights.misconception(
        "You set the kernel's rows side by side. In the flattened image the pixel below is "
        "<< shape[1] >> entries further on, so between them << 'is one zero' if shape[1] == 3 else "
        "'are ' ~ (shape[1] - 2) ~ ' zeros' >>."
    )
    def closes_the_gap(self) -> Array | None:
        """No zeros between the rows of the kernel."""
        if not self.row:
            return None
        return self.row_from(self.met[0, 0] - 1, entries(self.kernel))

    @weights.misconception(
        "You moved the kernel over the end of a row of the image. Each row has only "
        "<< shape[1] - 1 >> positions, so row << row >> of $M$ belongs to "
        "$y[<< place[0] >>, << place[1] >>]$."
    )
    def runs_over_the_row_end(self) -> Array | None:
        """One entry further for each row of M."""
        if not self.row:
            return None
        top, bottom = self.kernel.tolist()
        gap = [0] * (self.shape[1] - 2)
        return self.row_from(self.row - 1, [*top, *gap, *bottom])

    @weights.misconception(
        "You counted rows from 0: row 1 belongs to the first position of the kernel."
    )
    def counts_from_zero(self) -> Array | None:
        """The next row."""
        return self.matrix()[self.row] if 0 < self.row < self.rows else None

    @weights.misconception(
        "You flattened the image column by column; here it is flattened row by row."
    )
    def flattens_by_columns(self) -> Array | None:
        """The same weights in the order of the transposed image."""
        if not self.row:
            return None
        flat: Array = self.asked(self.matrix()).reshape(self.shape).T.flatten()
        return flat

    @weights.misconception(
        "You swapped rows and columns of the kernel; lay it on the image as it is printed."
    )
    def transposes_the_kernel(self) -> Array | None:
        """wᵀ for w."""
        return self.asked(self.matrix(kernel=self.kernel.T)) if self.row else None
