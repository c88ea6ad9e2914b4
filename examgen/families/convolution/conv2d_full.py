"""A whole two-dimensional cross-correlation, as in the lecture's examples."""

from random import Random
from typing import Any, Self

from examgen.exact import Array, entries, equal
from examgen.families.convolution._sliding import Slides, terms
from examgen.families.convolution._small_kernels import mixed
from examgen.nn.conv import cross_correlate, windows
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers
from examgen.questions.work import Work, work_of_terms


@family(
    title="A whole feature map",
    minutes=(2, 3, 3),
    conventions=("cross-correlation", "indices", "windows"),
    tags=(
        "lecture-11",
        "idea-feature-map",
        "idea-window-sums",
    ),
)
class Conv2dFull(Slides):
    """x ⋆ w: of a binary image, of one that is not square, or with padding and stride 2."""

    image: Array
    kernel: Array
    stride: int = 1
    padding: int = 0

    stem = r"""
    A kernel $w$ slides over an input $x$ as it is written, without being flipped, with
    << how_it_slides >>.

    $$
    x = << image >>, \qquad w = << kernel >>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Maps of at most nine entries, under kernels of both signs."""
        if level == "easy":
            return cls(integers(rng, (4, 4), 0, 1), mixed(rng, (2, 2)))
        if level == "medium":
            shape, kernel = rng.choice([((4, 5), (2, 3)), ((5, 4), (3, 2)), ((4, 5), (3, 3))])
            return cls(integers(rng, shape, -2, 3), mixed(rng, kernel))
        shape, kernel = rng.choice(
            [((4, 4), (2, 2)), ((4, 5), (3, 3)), ((5, 4), (3, 3)), ((4, 6), (2, 3))]
        )
        return cls(integers(rng, shape, -2, 3), mixed(rng, kernel), stride=2, padding=1)

    def worth_asking(self) -> bool:
        """A kernel that looks the same turned or mirrored hides mistakes; an empty map is dull."""
        return (
            not equal(self.kernel, self.kernel[::-1, ::-1])
            and not equal(self.kernel, self.kernel[:, ::-1])
            and sum(each != 0 for each in entries(self.slid())) > 2
        )

    @property
    def seen(self) -> list[list[Array]]:
        """What lies under the kernel at each entry of the map."""
        return windows(self.padded, self.kernel.shape, stride=self.stride)

    @property
    def sums(self) -> list[list[list[int]]]:
        """The products that each entry of the map adds up, without those that are 0."""
        return [[terms(each, self.kernel) for each in line] for line in self.seen]

    @property
    def work(self) -> Work:
        """A sum of products for each place of the window, which has to be found."""
        sums = [
            work_of_terms(zip(entries(each), entries(self.kernel), strict=True))
            for line in self.seen
            for each in line
        ]
        return sum(sums, Work(lookups=len(sums)))

    @property
    def is_asymmetric(self) -> bool:
        """Whether w is square and not its own transpose."""
        height, width = self.kernel.shape
        return height == width and not equal(self.kernel, self.kernel.T)

    def slid(self, **changes: Any) -> Array:
        """The feature map, with *changes* to what is given."""
        given: dict[str, Any] = {
            "image": self.image,
            "kernel": self.kernel,
            "stride": self.stride,
            "padding": self.padding,
        }
        return cross_correlate(**(given | changes))

    @part(r"Compute the whole map $x \star w$.", points=1)
    def feature_map(self) -> Array:
        """x ⋆ w."""
        return self.slid()

    @feature_map.misconception(
        r"You flipped the kernel. In this course $\star$ slides $w$ as it is written.",
        typical=True,
    )
    def flips_the_kernel(self) -> Array:
        """Signal processing's convolution."""
        return self.slid(kernel=self.kernel[::-1, ::-1])

    @feature_map.misconception(
        "You mirrored the kernel from left to right; lay it on $x$ as it is printed."
    )
    def mirrors_the_kernel(self) -> Array:
        """The columns of w in reverse."""
        return self.slid(kernel=self.kernel[:, ::-1])

    @feature_map.misconception(
        "You swapped rows and columns of the kernel; lay it on $x$ as printed."
    )
    def transposes_the_kernel(self) -> Array | None:
        """wᵀ for a square w."""
        return self.slid(kernel=self.kernel.T) if self.is_asymmetric else None

    @feature_map.misconception(
        "You wrote the map's rows as its columns: moving the window to the right moves to the "
        "right in the map, too."
    )
    def transposes_the_map(self) -> Array:
        """(x ⋆ w)ᵀ."""
        return self.slid().T

    @feature_map.misconception(
        "You dropped the kernel's minus signs; a negative entry changes the sign of what lies "
        "under it."
    )
    def drops_the_signs_of_the_kernel(self) -> Array:
        """|w| for w."""
        return self.slid(kernel=abs(self.kernel))

    @feature_map.misconception(
        "You added up the window; each value counts times the kernel's entry on it."
    )
    def sums_the_window(self) -> Array:
        """Σ of each window, the kernel left out."""
        return self.slid(kernel=self.kernel * 0 + 1)

    @feature_map.misconception(
        "You padded $x$, but no padding is given: every window lies wholly inside $x$."
    )
    def pads_unasked(self) -> Array | None:
        """A border of zeros although none is given."""
        height, width = self.kernel.shape
        return None if self.padding else self.slid(padding=(height // 2, width // 2))

    @feature_map.misconception(
        "You left out the last row and the last column: the window still fits there."
    )
    def drops_the_last_position(self) -> Array:
        """One position too few along each axis."""
        return self.slid()[:-1, :-1]

    @feature_map.misconception(
        "You flipped the kernel, which is used as it is written, and you left out the last row and "
        "the last column of the map."
    )
    def flips_the_kernel_and_drops_the_last_position(self) -> Array:
        """Both at once."""
        return self.slid(kernel=self.kernel[::-1, ::-1])[:-1, :-1]

    @feature_map.misconception(
        "You flipped the kernel, which is used as it is written, and you wrote the map's rows as "
        "its columns."
    )
    def flips_the_kernel_and_transposes_the_map(self) -> Array:
        """Both at once."""
        return self.slid(kernel=self.kernel[::-1, ::-1]).T

    @feature_map.misconception(
        "You moved the window by the kernel's size, as pooling does; the stride is << stride >>."
    )
    def strides_by_the_kernel(self) -> Array | None:
        """s = k for the stride given."""
        is_given = self.kernel.shape == (self.stride, self.stride)
        return None if is_given else self.slid(stride=self.kernel.shape)

    @feature_map.misconception("You left the border of zeros out: the first window begins on it.")
    def ignores_the_padding(self) -> Array | None:
        """No padding although one is given."""
        return self.slid(padding=0) if self.padding else None

    @feature_map.misconception(
        "You added zeros above and on the left only; padding stands on every side."
    )
    def pads_one_side(self) -> Array | None:
        """A border of zeros above and on the left."""
        if not self.padding:
            return None
        return self.slid(image=self.padded[: -self.padding, : -self.padding], padding=0)

    @feature_map.misconception("You moved the window by one; the stride is << stride >>.")
    def ignores_the_stride(self) -> Array | None:
        """Stride 1 for the stride given."""
        return self.slid(stride=1) if self.stride > 1 else None
