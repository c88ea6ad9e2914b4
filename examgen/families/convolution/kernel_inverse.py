"""Entries that cannot be read: what they must be for the feature map to come out."""

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, entries, equal
from examgen.families.convolution._sliding import terms
from examgen.families.convolution._small_kernels import mixed
from examgen.families.convolution._unknowns import Equation, equations, simplest, solution
from examgen.nn.conv import cross_correlate, window
from examgen.questions.family import family
from examgen.questions.figures import Figure, Grid, Grids, label, slid
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_terms

Place = tuple[int, int]
LARGE = (-8, -7, -6, -5, -4, -3, -2, 2, 3, 4, 5, 6, 7, 8)
"""What is hidden is larger than most of what is not."""
Turn = Callable[[Array], Array]


def put(values: Array, place: Place, value: int) -> Array:
    """The matrix with another value in this place, which counts from 1."""
    rows = values.tolist()
    rows[place[0] - 1][place[1] - 1] = value
    return array(rows)


def whole(number: Exact) -> int | None:
    """An integer; None for a fraction, which nobody takes for an entry here."""
    return number if isinstance(number, int) else None


def in_cells(rows: list[list[int | str]], caption: str) -> Grid:
    """A grid of numbers and names of unknowns."""
    cells = (
        tuple(f"${each}$" if isinstance(each, str) else label(each) for each in row) for row in rows
    )
    return Grid(tuple(cells), caption)


@family(
    title="An illegible entry",
    minutes=(2, 3, 3),
    conventions=("cross-correlation", "indices", "windows"),
    tags=("lecture-11",),
)
class KernelInverse:
    """One entry of the kernel, two of them, or a pixel is illegible; the map is known.

    `hidden` are the places in the kernel or, if `in_image`, in the image.
    """

    image: Array
    kernel: Array
    hidden: tuple[Place, ...]
    in_image: bool = False
    bias: int = 0

    stem = r"""
    A kernel $w$ slides over an input $x$ as it is written, without being flipped, with stride 1 and
    no padding<< ", and a bias $b$ is added to every entry" if bias else "" >>. In this copy
    << what_is_illegible >>:

    $$
    x = \begin{bmatrix}
    <% for row in image_rows %>
    << row | join(" & ") >><% if not loop.last %> \\<% endif %>

    <% endfor %>
    \end{bmatrix}, \qquad
    w = \begin{bmatrix}
    <% for row in kernel_rows %>
    << row | join(" & ") >><% if not loop.last %> \\<% endif %>

    <% endfor %>
    \end{bmatrix}<% if bias %>, \qquad b = << bias >><% endif %>

    $$

    $$
    x \star w<% if bias %> + b<% endif %> = << result >>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """A small image and kernel; at the hard level a pixel inside is hidden."""
        if level == "hard":
            height, width = rng.choice([(4, 4), (4, 5), (5, 4)])
            pixel = rng.randint(2, height - 1), rng.randint(2, width - 1)
            image = put(integers(rng, (height, width), -2, 3), pixel, rng.choice(LARGE))
            bias = rng.choice([-3, -2, -1, 1, 2, 3])
            return cls(image, mixed(rng, (3, 3)), (pixel,), in_image=True, bias=bias)
        shape, kernel = rng.choice([(3, 3), (3, 4), (4, 3)]), integers(rng, (2, 2), -3, 3)
        places = rng.sample([(1, 1), (1, 2), (2, 1), (2, 2)], 1 if level == "easy" else 2)
        for place in places:
            kernel = put(kernel, place, rng.choice(LARGE))
        return cls(integers(rng, shape, -1, 2), kernel, tuple(sorted(places)))

    def worth_asking(self) -> bool:
        """The kernel does not look the same turned or mirrored; of two unknowns p comes first."""
        w = self.kernel
        if equal(w, w[::-1, ::-1]) or equal(w, w.T):
            return False
        if not self.in_image and entries(self.known).count(0) > 2:
            return False
        if len(self.hidden) == 1:
            return True
        factors = list(zip(*map(self.met_by, self.hidden), strict=True))
        return any(q == 0 != p for p, q in factors) and not any(p == 0 != q for p, q in factors)

    def met_by(self, place: Place) -> list[int]:
        """What each entry of the map multiplies the entry of the kernel at *place* by."""
        height, width = self.result.shape
        row, column = place
        return entries(self.image[row - 1 : row - 1 + height, column - 1 : column - 1 + width])

    @property
    def is_negated(self) -> bool:
        """Whether the only unknown is multiplied by −1."""
        return len(self.hidden) == 1 and self.used[0].coefficients == (-1,)

    @property
    def names(self) -> tuple[str, ...]:
        """What the unknowns are called."""
        return ("p", "q")[: len(self.hidden)]

    @property
    def what_is_illegible(self) -> str:
        """The unknowns in words."""
        if self.in_image:
            return "one pixel of $x$ is illegible and called $p$"
        if len(self.hidden) == 1:
            return "one entry of $w$ is illegible and called $p$"
        return "two entries of $w$ are illegible and called $p$ and $q$"

    @property
    def image_rows(self) -> list[list[int | str]]:
        """The image as it is printed."""
        return self.printed(self.image) if self.in_image else self.image.tolist()

    @property
    def kernel_rows(self) -> list[list[int | str]]:
        """The kernel as it is printed."""
        return self.kernel.tolist() if self.in_image else self.printed(self.kernel)

    @property
    def figure(self) -> Figure:
        """The kernel as it starts, and its first step, with the unknowns' names."""
        height, width = self.kernel.shape
        image = slid(in_cells(self.image_rows, "$x$"), (height, width))
        return Grids((image, in_cells(self.kernel_rows, "$w$")), "⋆")

    def printed(self, values: Array) -> list[list[int | str]]:
        """The rows with the unknowns' names."""
        rows: list[list[int | str]] = values.tolist()
        for name, (row, column) in zip(self.names, self.hidden, strict=True):
            rows[row - 1][column - 1] = name
        return rows

    @property
    def unknowns(self) -> list[int]:
        """What is hidden."""
        values = self.image if self.in_image else self.kernel
        return [values[row - 1, column - 1] for row, column in self.hidden]

    @property
    def result(self) -> Array:
        """x ⋆ w + b."""
        return cross_correlate(self.image, self.kernel, bias=self.bias)

    @property
    def known(self) -> Array:
        """What the unknowns stand in, with 0 for each of them."""
        values = self.image if self.in_image else self.kernel
        for place in self.hidden:
            values = put(values, place, 0)
        return values

    def slid(self, values: Array, turn: Turn, bias: int = 0) -> Array:
        """The map where *values* stand for the image, or the kernel, in which the unknowns are."""
        if self.in_image:
            return cross_correlate(values, turn(self.kernel), bias=bias)
        return cross_correlate(self.image, turn(values), bias=bias)

    def equations(
        self, *, turn: Turn = lambda kernel: kernel, known: Array | None = None
    ) -> list[Equation]:
        """One for each entry, with the kernel turned or other known values, if so said."""
        nothing = self.known * 0
        factors = [self.slid(put(nothing, place, 1), turn) for place in self.hidden]
        rest = self.slid(self.known if known is None else known, turn, self.bias)
        return equations(factors, rest, self.result)

    @property
    def used(self) -> tuple[Equation, ...]:
        """The easiest equations that decide the unknowns."""
        return simplest(self.equations(), len(self.hidden))

    def last_of(self, found: list[Equation]) -> int | None:
        """The last unknown, if these are the equations."""
        return whole(solution(simplest(found, len(self.hidden)))[-1])

    def last_with(self, change: Callable[[Equation], Equation]) -> int | None:
        """The last unknown, if each equation used is changed so."""
        return whole(solution([change(each) for each in self.used])[-1])

    def seen(self, equation: Equation) -> Array:
        """What of the image lies under the kernel for an equation, 0 for an unknown pixel."""
        image = self.known if self.in_image else self.image
        return window(image, equation.row - 1, equation.column - 1, self.kernel.shape)

    def known_terms(self, equation: Equation) -> list[int]:
        """What is known of the sum: the products that are not 0, and the bias."""
        kernel = self.kernel if self.in_image else self.known
        return terms(self.seen(equation), kernel) + ([self.bias] if self.bias else [])

    @property
    def work(self) -> Work:
        """A window to find for each unknown, its known products, and a quotient."""
        work = Work(multiplications=len(self.hidden) - 1)
        kernel = entries(self.kernel if self.in_image else self.known)
        for each in self.used:
            work += work_of_terms(zip(entries(self.seen(each)), kernel, strict=True))
            work += Work(int(max(map(abs, each.coefficients)) > 1), len(self.hidden), 3)
        return work

    @part("What is $<< names[-1] >>$?", points=1)
    def entry(self) -> int:
        """The only number with which every entry of the map comes out."""
        return self.unknowns[-1]

    @entry.misconception(
        r"You flipped the kernel. In this course $\star$ slides $w$ as it is written."
    )
    def flips_the_kernel(self) -> int | None:
        """What it would be in signal processing's convolution."""
        return self.last_of(self.equations(turn=lambda kernel: kernel[::-1, ::-1]))

    @entry.misconception("You swapped rows and columns of the kernel; lay it on $x$ as printed.")
    def transposes_the_kernel(self) -> int | None:
        """wᵀ for w."""
        return self.last_of(self.equations(turn=lambda kernel: kernel.T))

    @entry.misconception(
        "You have the sign reversed: subtract what is known from the entry of the map, not the "
        "other way round<% if is_negated %>, and divide by the $-1$ that $<< names[-1] >>$ is "
        "multiplied by<% endif %>."
    )
    def reverses_the_sign(self) -> int | None:
        """rest − result for result − rest."""
        return self.last_with(lambda each: replace(each, rest=each.result, result=each.rest))

    @entry.misconception(
        "You took the entry of the map for the unknown product alone. What is known of the window "
        "counts as well: subtract it first."
    )
    def ignores_the_known_products(self) -> int | None:
        """0 for what is known."""
        return self.last_with(lambda each: replace(each, rest=0))

    @entry.misconception(
        "You added what is known to the entry of the map; it has to be subtracted."
    )
    def adds_the_known_products(self) -> int | None:
        """result + rest for result − rest."""
        return self.last_with(lambda each: replace(each, rest=-each.rest))

    @entry.misconception(
        "You took the window one step further down and to the right for each entry: "
        "$[1, 1]$ is the first window."
    )
    def counts_from_zero(self) -> int | None:
        """The window of [s + 1, t + 1] for y[s, t]."""
        by_place = {(each.row, each.column): each for each in self.equations()}
        found = [
            replace(each, result=int(self.result[row - 2, column - 2]))
            for (row, column), each in by_place.items()
            if min(row, column) > 1
        ]
        return self.last_of(found)

    @entry.misconception(
        "You added up what is known as it is: << 'each pixel counts times the entry of $w$ on it' "
        "if in_image else 'each entry of $w$ counts times the pixel under it' >>."
    )
    def sums_the_known_entries(self) -> int | None:
        """The known numbers themselves for their products."""
        if self.in_image:
            return self.last_of(self.equations(turn=lambda kernel: kernel * 0 + 1))
        ones = [int(each != 0) for each in entries(self.known)]
        return self.last_of(self.equations(known=array(ones).reshape(self.known.shape)))

    @entry.misconception("You left out the bias of $<< bias >>$: it is part of every entry.")
    def forgets_the_bias(self) -> int | None:
        """y for y − b."""
        if not self.bias:
            return None
        return self.last_with(lambda each: replace(each, rest=each.rest - self.bias))

    @entry.misconception(
        "You did not divide by the number that $<< names[-1] >>$ is multiplied by in the window."
    )
    def forgets_to_divide(self) -> int | None:
        """1 for the unknown's factor; for −1 that reverses the sign."""
        if len(self.hidden) > 1 or self.is_negated or self.used[0].coefficients == (1,):
            return None
        return self.last_with(lambda each: replace(each, coefficients=(1,)))

    @entry.misconception("That is $p$, the other illegible entry.")
    def gives_the_other_entry(self) -> int | None:
        """p for q."""
        return whole(solution(self.used)[0]) if len(self.hidden) > 1 else None

    @entry.misconception("That is $p + q$; find $p$ from a window that does not meet $q$.")
    def gives_the_sum(self) -> int | None:
        """p + q."""
        return whole(sum(solution(self.used))) if len(self.hidden) > 1 else None

    @entry.misconception(
        "You took $p$ for 0. It is illegible, but it counts: find it first, from a window that "
        "does not meet $q$."
    )
    def takes_the_other_for_zero(self) -> int | None:
        """q from the second window alone."""
        if len(self.hidden) == 1:
            return None
        last = self.used[-1]
        return whole(solution([replace(last, coefficients=last.coefficients[1:])])[0])
