"""The shape of a three-dimensional convolution's output."""

from collections.abc import Sequence
from random import Random
from typing import Any, Self

from examgen.exact import Shape
from examgen.nn.shapes import convolution_shape
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Triple = tuple[int, int, int]


@family(
    title="The output shape of a convolution of a video",
    minutes=(2, 3, 3),
    conventions=("windows",),
    tags=("lecture-13", "lecture-18"),
)
class Conv3dShape:
    """A clip under a cubic kernel, one of three sizes, or with three strides and paddings too."""

    input_shape: Shape
    out_channels: int
    kernel: Triple
    stride: Triple = (1, 1, 1)
    padding: Triple = (0, 0, 0)

    stem = r"""
    A clip of << input_shape[1] >> frames of $<< input_shape[2] >> \times << input_shape[3] >>$
    pixels (height by width) with << input_shape[0] >> channels is a tensor of shape

    $$
    << input_shape >> \quad \text{(channels, depth, height, width)}
    $$

    It passes through a three-dimensional convolution (`nn.Conv3d` in PyTorch) with
    << out_channels >> filters of size $<< kernel_size >>$ (depth by height by width),
    << how_it_slides >>.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Axes of different lengths, at the hard level with windows that leave a rest."""
        channels, filters = rng.choice([2, 3, 4]), rng.choice([5, 6, 8, 10, 12, 16])
        sizes = [rng.randint(6, 12), *rng.sample(range(13, 33), 2)]
        shape = Shape((channels, *sizes))
        if level == "easy":
            side, padding = rng.choice([2, 3, 4, 5]), rng.choice([0, 0, 1])
            return cls(shape, filters, (side,) * 3, padding=(padding,) * 3)
        depth, height, width = rng.sample([2, 3, 4, 5], 3)
        if level == "medium":
            padding, stride = rng.choice([(0, 1), (1, 1), (1, 2), (0, 2)])
            return cls(shape, filters, (depth, height, width), (stride,) * 3, (padding,) * 3)
        first, *others = rng.choice([(1, 2, 2), (1, 2, 3), (2, 3, 3), (1, 3, 2), (2, 1, 3)])
        pads = rng.choice([(0, 1, 1), (1, 0, 2), (1, 2, 2), (0, 1, 2), (1, 0, 0)])
        return cls(shape, filters, (depth, height, width), (first, others[0], others[1]), pads)

    def worth_asking(self) -> bool:
        """A stride of more than one leaves a rest along some axis."""
        return max(self.stride) == 1 or any(self.rests)

    @property
    def rests(self) -> list[int]:
        """How many positions at the end of each axis no window reaches."""
        axes = zip(self.input_shape[1:], self.kernel, self.stride, self.padding, strict=True)
        return [(n + 2 * p - k) % s for n, k, s, p in axes]

    @property
    def kernel_size(self) -> str:
        """The sizes of the kernel, as they are written."""
        return r" \times ".join(map(str, self.kernel))

    @property
    def how_it_slides(self) -> str:
        """Stride and padding in words."""
        if len(set(self.stride)) > 1:
            return (
                rf"stride $({self.written(self.stride)})$ and padding "
                rf"$({self.written(self.padding)})$, in the same order"
            )
        padding = f"padding {self.padding[0]} along each axis" if self.padding[0] else "no padding"
        return f"stride {self.stride[0]} and {padding}"

    def written(self, sizes: Sequence[int]) -> str:
        """Sizes with commas between them."""
        return ", ".join(map(str, sizes))

    @property
    def stride_in_words(self) -> str:
        """One number, or three."""
        written = self.written(self.stride)
        return f"$({written})$" if len(set(self.stride)) > 1 else str(self.stride[0])

    @property
    def work(self) -> Work:
        """A sum for each axis, with a quotient where the stride is more than one."""
        padded, strided = sum(p > 0 for p in self.padding), sum(s > 1 for s in self.stride)
        return Work(strided + (max(self.padding) > 1), 6 + padded, 4)

    def passed(self, *, shape: Shape | None = None, **changes: Any) -> Shape:
        """The output's shape, with *changes* to what is given."""
        given: dict[str, Any] = {
            "out_channels": self.out_channels,
            "kernel": self.kernel,
            "stride": self.stride,
            "padding": self.padding,
        }
        return convolution_shape(shape or self.input_shape, **(given | changes))

    def with_sizes(self, more: Sequence[int], **changes: Any) -> Shape:
        """The output's shape if the input were longer, or shorter, along each axis."""
        channels, *sizes = self.input_shape
        longer = [size + each for size, each in zip(sizes, more, strict=True)]
        return self.passed(shape=Shape((channels, *longer)), **changes)

    @part("What is the shape of the output, as (channels, depth, height, width)?", points=1)
    def output(self) -> Shape:
        """A channel for each filter, and the positions of the kernel along each axis."""
        return self.passed()

    @output.misconception(
        "You kept the number of channels. A convolution gives one output channel per filter."
    )
    def keeps_the_input_channels(self) -> Shape:
        """As many channels as come in."""
        return self.passed(out_channels=self.input_shape[0])

    @output.misconception(
        "You kept the input channels apart. A filter reaches through all of them and adds up what "
        "it finds, so it gives one channel."
    )
    def keeps_the_channels_apart(self) -> Shape:
        """A map for every input channel and every filter."""
        return self.passed(out_channels=self.input_shape[0] * self.out_channels)

    @output.misconception(
        "You left the depth as it was. A three-dimensional kernel slides along the frames as well."
    )
    def keeps_the_depth(self) -> Shape:
        """A convolution of each frame."""
        channels, _, height, width = self.passed()
        return Shape((channels, self.input_shape[1], height, width))

    @output.misconception(
        "You dropped the depth. The kernel covers << kernel[0] >> of << input_shape[1] >> frames "
        "and moves along them, so an axis of its positions is left."
    )
    def drops_the_depth(self) -> Shape:
        """The frames treated like channels."""
        channels, _, height, width = self.passed()
        return Shape((channels, height, width))

    @output.misconception(
        "You counted the steps that the kernel takes. Its first position counts too: add 1 along "
        "each axis."
    )
    def forgets_the_first_position(self) -> Shape:
        """No + 1 along any axis."""
        return self.with_sizes([-each for each in self.stride])

    @output.misconception(
        "You kept the number of channels, though each filter gives one, and you counted the steps "
        "of the kernel without its first position."
    )
    def keeps_the_channels_and_forgets_the_first_position(self) -> Shape:
        """C for the number of filters, and no + 1."""
        channels = self.input_shape[0]
        return self.with_sizes([-each for each in self.stride], out_channels=channels)

    @output.misconception(
        "You kept depth, height and width. Along an axis of $n$ entries the kernel has "
        "$\\lfloor (n + 2p - k) / s \\rfloor + 1$ places, which is not $n$ along every axis here."
    )
    def keeps_the_size(self) -> Shape | None:
        """The input's sizes."""
        found = Shape((self.out_channels, *self.input_shape[1:]))
        return None if found == self.passed() else found

    @output.misconception(
        "You rounded up. A last window that would stick out is dropped, so round down."
    )
    def rounds_up(self) -> Shape | None:
        """⌈ ⌉ for ⌊ ⌋."""
        return self.with_sizes([each - 1 for each in self.stride]) if max(self.stride) > 1 else None

    @output.misconception(
        "You added the padding once. It stands at both ends of an axis, which grows by twice as "
        "much."
    )
    def pads_one_side(self) -> Shape | None:
        """n + p for n + 2p."""
        return self.with_sizes([-each for each in self.padding]) if any(self.padding) else None

    @output.misconception(
        "You left the padding out. The kernel also slides over the border of zeros."
    )
    def ignores_the_padding(self) -> Shape | None:
        """p = 0 for the padding given."""
        return self.passed(padding=(0, 0, 0)) if any(self.padding) else None

    @output.misconception(
        "You padded the input, but there is no padding: the kernel stays inside it."
    )
    def pads_unasked(self) -> Shape | None:
        """A border of half the kernel although none is given."""
        if any(self.padding):
            return None
        return self.passed(padding=tuple(each // 2 for each in self.kernel))

    @output.misconception("You moved the kernel by one; the stride is << stride_in_words >>.")
    def ignores_the_stride(self) -> Shape | None:
        """s = 1 for the stride given."""
        return self.passed(stride=(1, 1, 1)) if max(self.stride) > 1 else None

    @output.misconception(
        "You took the kernel's sizes in reverse; they are depth, height and width."
    )
    def reverses_the_kernel_sizes(self) -> Shape | None:
        """(k_w, k_h, k_d)."""
        found = self.passed(kernel=self.kernel[::-1])
        return None if self.kernel == self.kernel[::-1] or found == self.passed() else found

    @output.misconception(
        "You took the strides in reverse; they are those of depth, height and width."
    )
    def reverses_the_strides(self) -> Shape | None:
        """(s_w, s_h, s_d)."""
        return None if self.stride == self.stride[::-1] else self.passed(stride=self.stride[::-1])

    @output.misconception(
        "You let the kernel slide along the channels as well. It reaches through all of them, and "
        "each filter gives one channel."
    )
    def slides_over_the_channels(self) -> Shape | None:
        """C − k + 1 channels; there is none where the kernel is longer than that."""
        channels = self.input_shape[0] - self.kernel[0] + 1
        return self.passed(out_channels=channels) if channels > 0 else None
