"""Max and average pooling of a small map, and average pooling after ReLU."""

from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, entries, equal, ratio
from examgen.nn.conv import windows
from examgen.nn.dense import relu
from examgen.nn.pooling import average_pool, max_pool
from examgen.questions.family import family
from examgen.questions.figures import Figure, Grid, Grids, slid
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work

Layout = tuple[tuple[int, int], int, int]
"""Sides of the map, side of the window, stride."""
WITH_A_REST: list[Layout] = [((5, 5), 2, 2), ((5, 4), 2, 2), ((4, 5), 2, 2)]
OVERLAPPING: list[Layout] = [((5, 5), 3, 2), ((4, 4), 3, 1), ((3, 4), 2, 1), ((4, 3), 2, 1)]


def mean_of_positive(window: Array) -> Exact:
    """The mean of the positive entries; 0 where there is none."""
    positive = [each for each in entries(window) if each > 0]
    return ratio(sum(positive), len(positive) or 1)


@family(
    title="Pooling a map", minutes=(2, 3, 3), conventions=("windows", "relu"), tags=("lecture-14",)
)
class PoolValues:
    """Windows side by side, then with a rest or overlapping; at the hard level after ReLU.

    That is always average pooling: max pooling gives the same before ReLU and after it.
    """

    image: Array
    side: int
    stride: int
    averages: bool
    activates: bool = False

    stem = r"""
    <% if activates %>
    First ReLU is applied to a map $x$, then average pooling to the result $h$: a window of
    << side >> rows and << side >> columns, stride << stride >>, no padding.

    $$
    x = << image >>, \qquad h = \operatorname{ReLU}(x), \qquad p = \operatorname{avgpool}(h)
    $$
    <% else %>
    << kind | capitalize >> pooling is applied to a map $x$: a window of << side >> rows and
    << side >> columns, stride << stride >>, no padding.

    $$
    x = << image >>, \qquad p = \operatorname{<< operator >>}(x)
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small maps of both signs."""
        layouts = {"easy": [((4, 4), 2, 2)], "medium": WITH_A_REST + OVERLAPPING}
        shape, side, stride = rng.choice(layouts.get(level, OVERLAPPING))
        image, averages = integers(rng, shape, -6, 6), rng.random() < 0.5
        if level == "hard":
            return cls(image, side, stride, averages=True, activates=True)
        return cls(image, side, stride, averages)

    def worth_asking(self) -> bool:
        """A map of one sign hides what becomes of the other."""
        return bool(min(entries(self.image)) < 0 < max(entries(self.image)))

    @property
    def figure(self) -> Figure:
        """The first window and the next; with ReLU in between they lie on h, which is not given."""
        seen = Grid.of(self.image, "$x$")
        side = (self.side, self.side)
        if not self.activates:
            return Grids((slid(seen, side, self.stride),))
        activated = Grid.empty(seen.height, seen.width, "$h$")
        return Grids((seen, slid(activated, side, self.stride)), "→")

    @property
    def kind(self) -> str:
        """What it does with a window."""
        return "average" if self.averages else "max"

    @property
    def operator(self) -> str:
        """Its name in a formula."""
        return "avgpool" if self.averages else "maxpool"

    @property
    def activated(self) -> Array:
        """What is pooled."""
        return relu(self.image) if self.activates else self.image

    @property
    def seen(self) -> list[list[Array]]:
        """What each window sees."""
        return windows(self.activated, (self.side, self.side), stride=self.stride)

    @property
    def rest(self) -> list[int]:
        """How many rows and columns at the end no window reaches."""
        return [(each - self.side) % self.stride for each in self.image.shape]

    @property
    def work(self) -> Work:
        """A sum and a quotient, or comparisons, for each window; zeros need no adding.

        For ReLU each negative entry is looked at and crossed out.
        """
        signs = sum(each < 0 for each in entries(self.image)) if self.activates else 0
        work = Work(lookups=signs)
        for window in (each for line in self.seen for each in line):
            terms = sum(each != 0 for each in entries(window)) if self.averages else window.size
            work += Work(int(self.averages), max(0, terms - 1), 1)
        return work

    def pool(self, image: Array, *, stride: int | None = None) -> Array:
        """A map pooled in the way asked, with another stride if one is said."""
        pooled = average_pool if self.averages else max_pool
        return pooled(image, self.side, stride=self.stride if stride is None else stride)

    def pool_otherwise(self) -> Array:
        """The largest entries for the means, or the means for the largest entries."""
        other = max_pool if self.averages else average_pool
        return other(self.activated, self.side, stride=self.stride)

    def pool_partly(self, top: int, left: int) -> Exact:
        """What a window that begins here makes of what it has on the map."""
        seen = entries(self.activated[top : top + self.side, left : left + self.side])
        largest: Exact = max(seen)
        return ratio(sum(seen), len(seen)) if self.averages else largest

    def unlike_the_right(self, found: Array) -> Array | None:
        """What a mistake leads to; None where it changes nothing."""
        return None if equal(found, self.pool(self.activated)) else found

    @part("Compute the pooled map $p$.", points=1)
    def values(self) -> Array:
        """The mean, or the largest entry, of every window."""
        return self.pool(self.activated)

    @values.misconception(
        "You took the mean of each window; max pooling keeps its largest entry.", typical=True
    )
    def averages_the_pool(self) -> Array | None:
        """Average pooling for max pooling."""
        return None if self.averages else self.pool_otherwise()

    @values.misconception(
        "You kept the largest entry of each window; average pooling takes the mean of its "
        "<< side * side >> entries.",
        typical=True,
    )
    def maximises_the_pool(self) -> Array | None:
        """Max pooling for average pooling."""
        return self.pool_otherwise() if self.averages else None

    @values.misconception(
        "You took << 'the largest entry' if averages else 'the mean' >> of each window, but this "
        "is << kind >> pooling; and you wrote the rows as columns."
    )
    def takes_the_other_pooling_and_transposes_the_map(self) -> Array | None:
        """Two mistakes at once."""
        return None if self.activates else self.pool_otherwise().T

    @values.misconception(
        "You added up each window; average pooling also divides by the number of its entries, "
        "<< side * side >>."
    )
    def sums_the_pool(self) -> Array | None:
        """The sum for the mean."""
        return array(self.pool(self.activated) * self.side**2) if self.averages else None

    @values.misconception(
        "You divided by << side >>; a window with << side >> rows and << side >> columns has "
        "<< side * side >> entries."
    )
    def uses_k_for_k_squared(self) -> Array | None:
        """The sum over k for the mean."""
        return array(self.pool(self.activated) * self.side) if self.averages else None

    @values.misconception(
        "You divided by the number of positive entries; the zeros that ReLU leaves count too, so "
        "divide by << side * side >>."
    )
    def averages_the_positive_entries_only(self) -> Array | None:
        """The sum over how many entries are not 0 for the mean."""
        if not self.activates:
            return None
        means = [[mean_of_positive(each) for each in line] for line in self.seen]
        return self.unlike_the_right(array(means))

    @values.misconception(
        "You dropped the minus signs. << 'Negative entries make the mean smaller.' if averages "
        "else 'A negative entry is smaller than any positive one.' >>"
    )
    def pools_absolute_values(self) -> Array | None:
        """|x| for x."""
        if self.activates:
            return None
        return self.unlike_the_right(self.pool(array(abs(self.image))))

    @values.misconception("ReLU sets negative entries to 0; it does not turn their sign.")
    def takes_absolute_values(self) -> Array | None:
        """|x| for ReLU(x)."""
        return self.pool(array(abs(self.image))) if self.activates else None

    @values.misconception(
        "You left ReLU out: the windows see its output, in which negative entries have become 0."
    )
    def forgets_the_activation(self) -> Array | None:
        """x for ReLU(x)."""
        return self.pool(self.image) if self.activates else None

    @values.misconception(
        "You left ReLU out, so that negative entries counted, and you wrote the rows as columns."
    )
    def forgets_the_activation_and_transposes_the_map(self) -> Array | None:
        """Two mistakes at once."""
        return self.pool(self.image).T if self.activates else None

    @values.misconception(
        "You pooled first and applied ReLU to the means. Negative entries become 0 before the "
        "means are taken."
    )
    def applies_the_activation_last(self) -> Array | None:
        """ReLU(avgpool(x)) for avgpool(ReLU(x))."""
        return self.unlike_the_right(relu(self.pool(self.image))) if self.activates else None

    @values.misconception(
        "You applied ReLU, which nobody asked for: negative entries count as they are."
    )
    def adds_the_activation_unasked(self) -> Array | None:
        """ReLU before the pooling although there is none."""
        return None if self.activates else self.unlike_the_right(self.pool(relu(self.image)))

    @values.misconception("You moved the window by one; the stride is << stride >>.")
    def pools_with_stride_one(self) -> Array | None:
        """Stride 1 for the stride given."""
        return None if self.stride == 1 else self.pool(self.activated, stride=1)

    @values.misconception(
        "You laid the windows side by side; their stride is << stride >>, so they overlap."
    )
    def strides_by_the_kernel(self) -> Array | None:
        """s = k for the stride given."""
        return None if self.stride == self.side else self.pool(self.activated, stride=self.side)

    @values.misconception(
        "You kept windows that stick out of $x$; one that does not fit is dropped."
    )
    def rounds_up(self) -> Array | None:
        """A last window over what is left of the map."""
        if not any(self.rest):
            return None
        tops, lefts = (range(0, n - self.side + self.stride, self.stride) for n in self.image.shape)
        return array([[self.pool_partly(top, left) for left in lefts] for top in tops])

    @values.misconception(
        "You wrote the rows as columns: moving the window to the right moves to the right in the "
        "pooled map, too."
    )
    def transposes_the_map(self) -> Array:
        """The transpose of the pooled map."""
        return self.pool(self.activated).T

    @values.misconception(
        "You kept the upper left entry of each window, as a stride alone would. Pooling looks at "
        "all << side * side >> entries."
    )
    def keeps_the_corner(self) -> Array:
        """Each window's first entry."""
        height, width = (n - self.side + 1 for n in self.image.shape)
        return self.activated[: height : self.stride, : width : self.stride]
