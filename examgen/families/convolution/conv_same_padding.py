"""The padding, or the kernel, that keeps the size of a map, or divides it by the stride."""

from collections.abc import Callable
from random import Random
from typing import Literal, Self

from examgen.exact import Shape
from examgen.nn.shapes import fitting_kernels, fitting_paddings
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Sides = tuple[int, int]
"""Along height and width."""


@family(
    title="Padding that keeps the size",
    minutes=(2, 3, 3),
    conventions=("windows",),
    tags=(
        "lecture-14",
        "idea-same-padding",
    ),
)
class ConvSamePadding:
    """Stride 1, then with dilation; at the hard level an output of exactly half or a third.

    `asked` is the padding of a given kernel, or the kernel for a given padding.
    """

    size: Sides
    kernel: Sides
    padding: Sides
    asked: Literal["padding", "kernel"]
    stride: int = 1
    dilation: int = 1

    stem = r"""
    A map of $<< size[0] >> \times << size[1] >>$ entries (height by width) passes through a
    convolution with << steps >>.
    <% if asked == "padding" %>
    Its kernel has $<< kernel[0] >> \times << kernel[1] >>$ entries, and there are $p_h$ zeros both
    above and below the map and $p_w$ zeros both to its left and to its right.
    <% else %>
    Its kernel has $k_h \times k_w$ entries, and the map is padded with << zeros(padding[0]) >>
    both above and below it and << zeros(padding[1]) >> both to its left and to its right.
    <% endif %>
    The output has $<< target[0] >> \times << target[1] >>$ entries<< how_it_compares >>.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sides drawn one by one; the padding follows from the kernel."""
        asked: Literal["padding", "kernel"] = "padding" if rng.random() < 0.6 else "kernel"
        stride, dilation = 1, 1
        height, width = rng.sample(range(20, 40), 2)
        if level == "easy":
            kernel = [rng.choice([3, 5, 7, 9, 11]) for _ in range(2)]
        elif level == "medium":
            dilation = rng.choice([2, 3])
            sides = [2, 3, 4, 5, 6, 7] if dilation == 2 else [3, 5, 7]
            kernel = [rng.choice(sides) for _ in range(2)]
        else:
            asked = "padding"
            stride, dilation = rng.choice([(2, 1), (2, 1), (2, 2), (2, 3), (3, 1), (3, 3)])
            height, width = (stride * each for each in rng.sample(range(6, 13), 2))
            kernel = [rng.randint(3, 12 - 2 * dilation) for _ in range(2)]
        unpadded = cls((height, width), (kernel[0], kernel[1]), (0, 0), asked, stride, dilation)
        fitting = [unpadded.paddings(axis) or [0] for axis in (0, 1)]
        padding = fitting[0][0], fitting[1][0]
        return cls((height, width), (kernel[0], kernel[1]), padding, asked, stride, dilation)

    def worth_asking(self) -> bool:
        """One padding fits along each axis, and not the usual one along both."""
        fits = [self.paddings(axis) == [self.padding[axis]] for axis in (0, 1)]
        return all(fits) and min(self.padding) > 0 and self.padding != (1, 1)

    @property
    def target(self) -> Sides:
        """How many rows and columns the output has."""
        return self.size[0] // self.stride, self.size[1] // self.stride

    @property
    def spans(self) -> Sides:
        """How many rows and columns a window covers, the holes of a dilation included."""
        down, right = (self.dilation * (each - 1) + 1 for each in self.kernel)
        return down, right

    @property
    def steps(self) -> str:
        """Stride and dilation in words."""
        said = f"stride {self.stride}"
        return f"{said} and dilation {self.dilation}" if self.dilation > 1 else said

    def zeros(self, count: int) -> str:
        """How many zeros, for the stem."""
        return "one zero" if count == 1 else f"{count} zeros"

    @property
    def how_it_compares(self) -> str:
        """The output against the input."""
        less = {1: "as many as the map", 2: "half as many along each axis"}
        return f", {less.get(self.stride, 'a third as many along each axis')}"

    @property
    def work(self) -> Work:
        """The size formula set up and solved along each axis."""
        return Work(1 + (self.dilation > 1) + (self.stride > 1), 2 + (self.stride > 1), 2) * 2

    def paddings(
        self, axis: int, kernel: int | None = None, *, dilation: int | None = None
    ) -> list[int]:
        """The paddings that fit along an axis, for another kernel or dilation if one is said."""
        return fitting_paddings(
            self.size[axis],
            self.target[axis],
            kernel or self.kernel[axis],
            stride=self.stride,
            dilation=dilation or self.dilation,
        )

    def kernels(self, axis: int, *, dilation: int | None = None) -> list[int]:
        """The kernels that fit along an axis, with another dilation if one is said."""
        return fitting_kernels(
            self.size[axis],
            self.target[axis],
            self.padding[axis],
            stride=self.stride,
            dilation=dilation or self.dilation,
        )

    def kernel_of_span(self, span: int) -> int | None:
        """The kernel that covers so many entries with this dilation; None if none does."""
        steps, rest = divmod(span - 1, self.dilation)
        return None if rest else steps + 1

    def both(self, along: Callable[[int], int | None]) -> Shape | None:
        """What is found along height and width; None where it does not come out."""
        found = [along(axis) for axis in (0, 1)]
        sizes = [each for each in found if each is not None and each >= 0]
        return Shape(sizes) if len(sizes) == 2 else None

    @property
    def solved(self) -> Shape:
        """What is asked."""
        return Shape(self.padding if self.asked == "padding" else self.kernel)

    def plausible(self, wrong: Shape) -> bool:
        """Whether it may be taken for fitting: dilation makes a kernel long, so it needs some."""
        return max(wrong) > 0 or self.dilation == 1

    def unlike_the_right(self, found: Shape | None) -> Shape | None:
        """What a mistake leads to; None where it changes nothing."""
        return None if found == self.solved else found

    @part(
        "<% if asked == 'padding' %>"
        "What is the padding $(p_h, p_w)$?"
        "<% else %>"
        "What is the size $(k_h, k_w)$ of the kernel?"
        "<% endif %>",
        points=1,
    )
    def sides(self) -> Shape:
        """What makes the size formula give the output's size along each axis."""
        if self.asked == "padding":
            return Shape(self.paddings(axis)[0] for axis in (0, 1))
        return Shape(self.kernels(axis)[0] for axis in (0, 1))

    @sides.misconception(
        "You added the padding once. It stands on both sides, so $n$ entries grow to $n + 2p$."
    )
    def pads_one_side(self) -> Shape | None:
        """n + p for n + 2p."""
        if self.asked == "padding":
            return self.both(lambda axis: 2 * self.padding[axis])
        return self.both(lambda axis: self.kernel_of_span(self.padding[axis] + 1))

    @sides.misconception(
        "You counted the steps of the window without its first position, which is one more."
    )
    def forgets_the_first_position(self) -> Shape | None:
        """No + 1 in the size formula; a padding is rounded up where none fits."""
        if self.asked == "padding":
            found = self.both(lambda axis: (self.spans[axis] + 1) // 2)
        else:
            found = self.both(lambda axis: self.kernel_of_span(2 * self.padding[axis]))
        return self.unlike_the_right(found)

    @sides.misconception(
        "You counted the first position of the window twice: a window as large as the map has one "
        "position."
    )
    def counts_the_first_position_twice(self) -> Shape | None:
        """+ 2 in the size formula; a padding is rounded down where none fits."""
        if self.asked == "padding":
            found = self.both(lambda axis: (self.spans[axis] - self.stride - 1) // 2)
        else:
            found = self.both(lambda axis: self.kernel_of_span(2 * self.padding[axis] + 2))
        return self.unlike_the_right(found)

    @sides.misconception(
        "You counted the zeros of both axes together. Along one axis there are $2p$ of them."
    )
    def adds_both_axes(self) -> Shape | None:
        """2 p_h + 2 p_w zeros for each axis."""
        if self.asked == "padding":
            return None
        return self.both(lambda _: self.kernel_of_span(2 * sum(self.padding) + 1))

    @sides.misconception(
        "You took the padding to be as large as the kernel. Along an axis the kernel takes "
        "$<< 'k - 1' if dilation == 1 else dilation ~ ' (k - 1)' >>$ positions away and the "
        "zeros give $2p$ back<< '' if stride == 1 else ', before the stride is counted' >>."
    )
    def takes_one_for_the_other(self) -> Shape:
        """p = k."""
        return Shape(self.kernel if self.asked == "padding" else self.padding)

    @sides.misconception(
        "You took the usual pair: padding 1 keeps the size under a kernel of size 3, at stride 1 "
        "and without dilation. Here it does not fit."
    )
    def takes_the_usual_number(self) -> Shape | None:
        """p = 1, k = 3."""
        if self.stride > 1:
            return None
        return self.unlike_the_right(Shape((1, 1) if self.asked == "padding" else (3, 3)))

    @sides.misconception("You swapped height and width; the height comes first.")
    def swaps_height_and_width(self) -> Shape | None:
        """(width, height)."""
        return self.unlike_the_right(Shape(self.solved[::-1]))

    @sides.misconception(
        "You added the padding once, though it stands on both sides, and you wrote the width first."
    )
    def pads_one_side_and_swaps_height_and_width(self) -> Shape | None:
        """Two mistakes at once."""
        if self.asked == "padding":
            return self.both(lambda axis: 2 * self.padding[1 - axis])
        return self.both(lambda axis: self.kernel_of_span(self.padding[1 - axis] + 1))

    @sides.misconception("You found what fits the height and took it for the width as well.")
    def takes_the_height_for_both(self) -> Shape | None:
        """(height, height)."""
        return self.unlike_the_right(Shape((self.solved[0], self.solved[0])))

    @sides.misconception(
        "You left the dilation out: the kernel's entries lie << dilation >> apart, so a kernel of "
        "size $k$ covers $<< dilation >> (k - 1) + 1$ entries."
    )
    def ignores_the_dilation(self) -> Shape | None:
        """d = 1 for the dilation given."""
        if self.dilation == 1:
            return None
        find = self.paddings if self.asked == "padding" else self.kernels
        return self.both(lambda axis: next(iter(find(axis, dilation=1)), None))

    @sides.misconception(
        "You multiplied the kernel's size by the dilation. Only the $k - 1$ steps between its "
        "entries grow: it covers $<< dilation >> (k - 1) + 1$ entries."
    )
    def multiplies_the_dilation(self) -> Shape | None:
        """A span of d · k."""
        if self.dilation == 1 or self.asked == "kernel":
            return None
        found = [
            self.paddings(axis, self.dilation * self.kernel[axis], dilation=1) for axis in (0, 1)
        ]
        return self.unlike_the_right(self.both(lambda axis: next(iter(found[axis]), None)))

    @sides.misconception(
        "You rounded up in the size formula. A last window that would stick out is dropped."
    )
    def rounds_up(self) -> Shape | None:
        """⌈ ⌉ for ⌊ ⌋."""
        if self.stride == 1:
            return None
        return self.unlike_the_right(self.both(lambda axis: (self.spans[axis] - self.stride) // 2))

    @sides.misconception(
        "You rounded up in the size formula, where a last window that would stick out is dropped, "
        "and you wrote the width first."
    )
    def rounds_up_and_swaps_height_and_width(self) -> Shape | None:
        """Two mistakes at once."""
        if self.stride == 1:
            return None
        return self.unlike_the_right(
            self.both(lambda axis: (self.spans[1 - axis] - self.stride) // 2)
        )

    @sides.misconception(
        "You took the padding that keeps the size at stride 1 and divided it by the stride. The "
        "stride makes the output smaller by itself."
    )
    def divides_the_padding_by_the_stride(self) -> Shape | None:
        """⌊⌊(m − 1)/2⌋/s⌋."""
        if self.stride == 1:
            return None
        return self.both(lambda axis: (self.spans[axis] - 1) // 2 // self.stride)

    @sides.misconception(
        "You relied on stride 2 alone. Without padding the last windows do not fit, and the output "
        "is too small."
    )
    def divides_by_the_stride(self) -> Shape | None:
        """No padding at all."""
        return Shape((0, 0)) if self.stride == 2 else None

    @sides.misconception(
        "You kept the size of the map; the output is to have $<< target[0] >> \\times "
        "<< target[1] >>$ entries."
    )
    def keeps_the_size(self) -> Shape | None:
        """n entries for n/s."""
        if self.stride == 1:
            return None
        steps = {"stride": self.stride, "dilation": self.dilation}
        sides = zip(self.size, self.kernel, strict=True)
        found = [fitting_paddings(size, size, kernel, **steps) for size, kernel in sides]
        return self.both(lambda axis: next(iter(found[axis]), None))
