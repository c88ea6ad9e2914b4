"""What a shift of the input does to the output of a convolution."""

from random import Random
from typing import Self

from examgen.exact import Array, array, entries, equal, ratio
from examgen.families.convolution._shifting import chosen, moved, with_margins
from examgen.families.convolution._sliding import terms
from examgen.nn.conv import cross_correlate, windows
from examgen.questions.family import family
from examgen.questions.figures import Figure, Grid, Grids
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_terms


@family(
    title="A shifted input",
    minutes=(2, 3, 3),
    conventions=("cross-correlation", "indices", "windows"),
    tags=(
        "lecture-7",
        "idea-shift",
    ),
)
class ShiftEquivariance:
    """y of x is known; what is y' of a shifted x'? A signal, an image, or a signal at stride 2.

    Lines are matrices of one row. Where x ends in enough zeros the kernel is not needed, and it is
    not printed: the output is shifted as the input is. At stride 2 that holds for even shifts only.
    """

    image: Array
    kernel: Array
    shift: tuple[int, int]
    stride: int = 1
    bias: int = 0

    stem = r"""
    <% if is_line %>
    A signal $x$ is convolved with a kernel $w$ of << kernel.size >> entries<< "" if stride > 1 else
    " that is not printed here" >>, with stride << stride >>, no padding and no bias:

    $$
    x = << image[0] >><% if stride > 1 %>, \qquad w = << kernel[0] >><% endif %>

    $$

    $$
    y = x \star w = << before[0] >>
    $$

    Now $x'$ is $x$ moved by << shift[1] >> to the right:
    $x'_i = x_{i - << shift[1] >>}$ for $i > << shift[1] >>$, and
    <% if shift[1] == 1 %>
    $x'_1 = 0$.
    <% else %>
    the first << shift[1] >> entries of $x'$ are 0.
    <% endif %>
    <% else %>
    An image $x$ is convolved with a $2 \times 2$ kernel $w$ that is not printed here, with stride 1
    and no padding, and the bias $b = << bias >>$ is added:

    $$
    x = << image >>, \qquad y = x \star w + b = << before >>
    $$

    Now $x'$ is $x$ moved down by << shift[0] >> and to the right by << shift[1] >>: the pixel of
    $x'$ in row $s$ and column $t$ is that of $x$ in row $s - << shift[0] >>$ and column
    $t - << shift[1] >>$, or 0 where $x$ has no such pixel.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Zeros before and after, so that nothing is lost in the shift."""
        if level == "easy":
            kernel, by = chosen(rng, (1, 3)), rng.choice([1, 2, 3])
            core = chosen(rng, (1, rng.choice([2, 3])))
            return cls(with_margins(core, 2, (0, 2 + by)), kernel, (0, by))
        if level == "medium":
            shift = (1, rng.choice([1, 2, 3]))
            image = with_margins(chosen(rng, (2, 2)), 1, (1 + shift[0], 1 + shift[1]))
            bias = rng.choice([-3, -2, -1, 1, 2, 3])
            return cls(image, chosen(rng, (2, 2), 2), shift, bias=bias)
        by, size = rng.choice([1, 1, 2, 4]), rng.choice([4, 5])
        image = with_margins(chosen(rng, (1, size)), 2, (0, 2 + by + (size + by) % 2))
        return cls(image, chosen(rng, (1, 3), 2), (0, by), stride=2)

    def worth_asking(self) -> bool:
        """An output with an order; at stride 2 an odd shift makes an output that is none of y."""
        y = entries(self.before)
        if len({each for each in y if each != self.bias}) < 3 or y == y[::-1]:
            return False
        if equal(self.kernel, self.kernel[:, ::-1]):
            return False
        if self.shifts_evenly:
            return True
        width = self.before.shape[1]
        shifts = (moved(self.before, 0, by) for by in range(-width, width + 1))
        return not any(equal(self.after, each) for each in shifts)

    @property
    def figure(self) -> Figure:
        """The input before and after it is moved."""
        grids = Grid.of(self.image, "$x$"), Grid.of(self.shifted, "$x′$")
        return Grids(grids, "" if self.is_line else "→", stacked=self.is_line)

    @property
    def is_line(self) -> bool:
        """Whether x is a signal, not an image."""
        return len(self.image) == 1

    @property
    def shifts_evenly(self) -> bool:
        """Whether the shift is a whole number of strides."""
        return all(by % self.stride == 0 for by in self.shift)

    @property
    def before(self) -> Array:
        """y."""
        return self.slid(self.image)

    @property
    def after(self) -> Array:
        """y'."""
        return self.slid(self.shifted)

    @property
    def shifted(self) -> Array:
        """x'."""
        return moved(self.image, *self.shift)

    @property
    def seen(self) -> list[Array]:
        """What lies under the kernel for each entry of y', along a line."""
        shape = self.kernel.shape
        return [each[0] for each in windows(self.shifted, shape, stride=(1, self.stride))[0]]

    @property
    def sums(self) -> list[list[int]]:
        """The products that each entry of y' adds up, without those that are 0."""
        return [terms(each, self.kernel[0]) for each in self.seen] if self.is_line else []

    @property
    def work(self) -> Work:
        """Every entry finds its place; an odd shift at stride 2 means computing anew."""
        work = Work(additions=1, lookups=self.before.size)
        if self.shifts_evenly:
            return work
        pairs = (zip(each, self.kernel[0], strict=True) for each in self.seen)
        return sum(map(work_of_terms, pairs), work)

    def slid(
        self, image: Array, kernel: Array | None = None, *, stride: int | None = None
    ) -> Array:
        """The output of an image, with the given kernel and stride unless others are said."""
        steps = self.stride if stride is None else stride
        kernel = self.kernel if kernel is None else kernel
        return cross_correlate(image, kernel, stride=(1, steps), bias=self.bias)

    def asked(self, output: Array) -> Array:
        """A vector along a line, else the matrix."""
        return output[0] if self.is_line else output

    def moved_by(self, down: int, right: int, *, fill: int | None = None) -> Array | None:
        """y moved so far; None where that is right, or nothing of it is left."""
        found = moved(self.before, down, right, self.bias if fill is None else fill)
        is_empty = len(set(entries(found))) == 1
        return None if is_empty or equal(found, self.after) else self.asked(found)

    @part(
        "<% if is_line %>"
        r"What is $y' = x' \star w$, with the same stride?"
        "<% else %>"
        r"What is $y' = x' \star w + b$?"
        "<% endif %>",
        points=1,
    )
    def output(self) -> Array:
        """The output of the shifted input."""
        return self.asked(self.after)

    @output.misconception(
        "You left the output as it was. A convolution is not invariant: its windows meet the "
        "moved entries at other positions."
    )
    def expects_invariance(self) -> Array | None:
        """y."""
        return self.moved_by(0, 0)

    @output.misconception(
        "<% if shifts_evenly %>You moved the output the other way; it moves the same way as the "
        "input.<% else %>You moved the input the other way: $x'$ is $x$ moved to the right."
        "<% endif %>"
    )
    def shifts_the_other_way(self) -> Array | None:
        """y moved back; the output of x moved back where y cannot be moved."""
        down, right = self.shift
        if self.shifts_evenly:
            return self.moved_by(-down, -right // self.stride)
        found = self.slid(moved(self.image, *(-by for by in self.shift)))
        return None if equal(found, self.after) else self.asked(found)

    @output.misconception(
        "You moved the output by the kernel's size for each step of the input. "
        "<% if shifts_evenly %>It moves by as much as the input"
        "<% if stride > 1 %>, divided by the stride<% endif %>."
        "<% else %>The kernel's size has no part in it; and after an odd shift at stride 2 the "
        "windows meet other entries together, so the sums must be computed anew.<% endif %>"
    )
    def shifts_by_the_kernel(self) -> Array | None:
        """k · δ for δ."""
        down, right = (self.kernel.shape[1] * by for by in self.shift)
        return self.moved_by(down, right)

    @output.misconception(
        "You moved the output one step too far<< '' if is_line else ' along both axes' >>; it "
        "moves by exactly as much as the input."
    )
    def shifts_one_too_far(self) -> Array | None:
        """δ + 1 for δ, along the axes that shift."""
        if self.stride > 1:
            return None
        down, right = (by + 1 if by else 0 for by in self.shift)
        return self.moved_by(down, right)

    @output.misconception(
        "You moved the output one step only; to the right the input has moved by << shift[1] >>."
    )
    def shifts_one_step_only(self) -> Array | None:
        """1 for δ, along the axes that shift."""
        if self.stride > 1:
            return None
        down, right = (min(by, 1) for by in self.shift)
        return self.moved_by(down, right)

    @output.misconception(
        "You moved down only; the input has moved to the right as well, by << shift[1] >>."
    )
    def shifts_one_axis_only(self) -> Array | None:
        """The rows alone."""
        return None if self.is_line else self.moved_by(self.shift[0], 0)

    @output.misconception(
        "You reversed the output. Moving the input does not change the order of anything."
    )
    def reverses_the_output(self) -> Array | None:
        """y from behind."""
        found = self.before[::-1, ::-1]
        return None if equal(found, self.after) else self.asked(found)

    @output.misconception(
        "You moved down by << shift[1] >> and to the right by << shift[0] >>; it is the other way "
        "round."
    )
    def swaps_row_and_column(self) -> Array | None:
        """The two shifts swapped."""
        return None if self.is_line else self.moved_by(*self.shift[::-1])

    @output.misconception(
        "You filled up with zeros. Where the kernel meets zeros only, the output is the bias, "
        "$<< bias >>$."
    )
    def fills_with_zeros(self) -> Array | None:
        """0 for b where y was moved away."""
        return self.moved_by(*self.shift, fill=0) if self.bias else None

    @output.misconception(
        "You moved the output by << shift[1] >>, as the input. At stride 2 a step of the output is "
        "two steps of the input."
    )
    def ignores_the_stride(self) -> Array | None:
        """δ for δ/2."""
        if self.stride == 1 or not self.shifts_evenly:
            return None
        return self.moved_by(0, self.shift[1])

    @output.misconception(
        "You moved the output by one step. The windows begin at every second entry only, so after "
        "a shift by 1 they meet other entries together, and the sums must be computed anew."
    )
    def rounds_the_shift_up(self) -> Array | None:
        """One step for half a step."""
        return None if self.shifts_evenly else self.moved_by(0, (self.shift[1] + 1) // 2)

    @output.misconception(
        "You took the mean of neighbouring outputs for half a step. The windows meet other entries "
        "together than before, so the sums must be computed anew."
    )
    def interpolates_the_output(self) -> Array | None:
        """Half of y and half of y moved by one."""
        if self.shifts_evenly:
            return None
        pairs = zip(entries(self.before), entries(moved(self.before, 0, 1)), strict=True)
        return array([ratio(one + other, 2) for one, other in pairs])

    @output.misconception("You moved the window by one; the stride is << stride >>.")
    def computes_with_stride_one(self) -> Array | None:
        """x' ⋆ w at stride 1."""
        return self.asked(self.slid(self.shifted, stride=1)) if self.stride > 1 else None

    @output.misconception(
        r"You flipped the kernel. In this course $\star$ slides $w$ as it is written."
    )
    def flips_the_kernel(self) -> Array | None:
        """Signal processing's convolution, where the kernel is known."""
        if self.stride == 1 or equal(self.kernel, self.kernel[:, ::-1]):
            return None
        found = self.slid(self.shifted, self.kernel[:, ::-1])
        return None if equal(found, self.after) else self.asked(found)
