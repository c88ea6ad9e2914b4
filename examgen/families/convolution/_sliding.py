"""What families about sliding windows share: the words, the figure, and the terms of a sum."""

from examgen.exact import Array, entries
from examgen.nn.conv import pad
from examgen.questions.figures import Figure, sliding


class Slides:
    """What follows from a kernel that slides over one image, for the givens that have these."""

    image: Array
    kernel: Array
    stride: int
    padding: int

    @property
    def figure(self) -> Figure:
        """The kernel as it starts, and its first step."""
        return sliding(self.image, self.kernel, stride=self.stride, padding=self.padding)

    @property
    def how_it_slides(self) -> str:
        """Stride and padding in words."""
        return in_words(self.stride, self.padding)

    @property
    def padded(self) -> Array:
        """The input with its border of zeros, if it has one."""
        return pad(self.image, self.padding)


def in_words(stride: int, padding: int) -> str:
    """Stride and padding, after "with"."""
    zeros = "no padding" if padding == 0 else "one zero added on every side"
    return f"stride {stride} and {zeros}"


def terms(seen: Array, kernel: Array) -> list[int]:
    """What one entry of a map adds up: the products of a window, without those that are 0."""
    return [each for each in entries(seen * kernel) if each] or [0]
