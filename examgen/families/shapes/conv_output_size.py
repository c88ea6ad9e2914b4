"""The shape of a convolution's output: padding, stride, dilation, and a pooling after it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from operator import add
from random import Random
from typing import Any, Self, TypeAlias

from examgen.exact import Shape
from examgen.nn.layers import Conv2d, MaxPool2d, output_shape, shape_trace
from examgen.nn.receptive import sliding_steps
from examgen.nn.shapes import pair
from examgen.questions.family import family
from examgen.questions.figures import Figure, Volume, Volumes
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Sliding: TypeAlias = Conv2d | MaxPool2d


@dataclass(frozen=True)
class Windows:
    """How the windows of one layer lie along one axis, for the worked solution."""

    size: int
    padding: int
    kernel: int
    stride: int
    dilation: int
    count: int

    @property
    def span(self) -> int:
        """How much of the axis a window covers, the holes of a dilation included."""
        return self.dilation * (self.kernel - 1) + 1

    @property
    def room(self) -> int:
        """How far a window can move from its first position."""
        return self.size + 2 * self.padding - self.span


def strides(layer: Sliding) -> tuple[int, int]:
    """How far a layer's window moves down and to the right."""
    return pair(layer.stride if isinstance(layer, Conv2d) else layer.steps)


@family(
    title="The output shape of a convolution",
    minutes=(2, 2, 3),
    conventions=("shapes", "windows"),
    tags=(
        "lecture-14",
        "idea-output-size",
    ),
)
class ConvOutputSize:
    """One convolution; at the hard level with dilation, or with max pooling after it."""

    input_shape: Shape
    conv: Conv2d
    pool: MaxPool2d | None = None

    stem = r"""
    An input with << input_shape[0] >> channels, height << input_shape[1] >> and width
    << input_shape[2] >> passes through a convolution with << conv.out_channels >> filters of size
    << kernel_size >>, << how_it_slides >>.
    <% if pool %>
    Then follows max pooling with windows of size $<< pool.kernel >> \times << pool.kernel >>$,
    stride << pool.steps >> and no padding.
    <% endif %>
    All else is as in PyTorch's `nn.Conv2d`<< " and `nn.MaxPool2d`" if pool else "" >>.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small maps, square at the easy level, and windows that overlap."""
        channels, filters = rng.choice([2, 3]), rng.choice([4, 5, 6, 8, 10, 16])
        if level == "easy":
            kernel = rng.choice([2, 3, 5])
            side = rng.randint(kernel + 3, 12)
            conv = Conv2d(filters, kernel, padding=rng.randint(0, kernel // 2))
            return cls(Shape((channels, side, side)), conv)
        shape = Shape((channels, *rng.sample(range(12, 31), 2)))
        if level == "medium":
            stride = rng.choice([2, 3])
            kernel = rng.choice([each for each in (3, 4, 5, 7) if each > stride])
            conv = Conv2d(filters, kernel, stride, padding=rng.randint(1, kernel // 2))
            return cls(shape, conv)
        tall, wide = rng.sample([2, 3, 4, 5], 2)
        conv = Conv2d(filters, (tall, wide), rng.randint(1, 2), padding=rng.randint(1, 2))
        if rng.random() < 0.4:
            return cls(shape, replace(conv, stride=2, dilation=2))
        return cls(shape, conv, rng.choice([MaxPool2d(2), MaxPool2d(3), MaxPool2d(3, 2)]))

    @property
    def figure(self) -> Figure:
        """The stacks of channels before and after each layer."""
        channels, height, width = map(str, self.input_shape)
        shapes = [(channels, height, width), *[("?", "?", "?")] * len(self.layers)]
        names = ["input", *[""] * (len(self.layers) - 1), "output"]
        windows = ["×".join(map(str, pair(layer.kernel))) for layer in self.layers]
        volumes = [
            Volume(name, *shape, window)
            for name, shape, window in zip(names, shapes, [*windows, ""], strict=True)
        ]
        steps = [f"{self.conv.out_channels} filters\n{self.brief}"]
        steps += ["max pooling"] * (len(self.layers) - 1)
        return Volumes(tuple(volumes), tuple(steps))

    @property
    def layers(self) -> tuple[Sliding, ...]:
        """The layers in their order."""
        return (self.conv, self.pool) if self.pool else (self.conv,)

    @property
    def brief(self) -> str:
        """How the convolution slides, in a figure."""
        given = {"stride": self.conv.stride, "padding": self.conv.padding}
        dilation = {"dilation": self.conv.dilation} if self.conv.dilation != 1 else {}
        return "\n".join(f"{name} {value}" for name, value in (given | dilation).items() if value)

    @property
    def kernel_size(self) -> str:
        """The kernel's size, and which number is which where they differ."""
        tall, wide = pair(self.conv.kernel)
        size = rf"${tall} \times {wide}$"
        return size if tall == wide else f"{size} (height by width)"

    @property
    def how_it_slides(self) -> str:
        """Stride, padding and dilation of the convolution in words."""
        padding = f"padding {self.conv.padding}" if self.conv.padding else "no padding"
        said = [f"stride {self.conv.stride}", padding]
        if self.conv.dilation != 1:
            said.append(f"dilation {self.conv.dilation}")
        return f"{', '.join(said[:-1])} and {said[-1]}"

    def windows(self, axis: int) -> list[Windows]:
        """The windows of every layer along the height (0) or the width (1)."""
        sizes = [shape[1 + axis] for shape in shape_trace(self.layers, self.input_shape)]
        paddings = [pair(layer.padding)[axis] for layer in self.layers]
        steps = sliding_steps(self.layers, axis)
        rows = zip(sizes[:-1], paddings, steps, sizes[1:], strict=True)
        return [Windows(size, padding, *step, count) for size, padding, step, count in rows]

    @property
    def convolved(self) -> Shape:
        """The shape after the convolution."""
        return output_shape(self.conv, self.input_shape)

    def passed(
        self, more: Callable[[Sliding], Iterable[int]] = lambda _: (0, 0), **changes: Any
    ) -> Shape:
        """The shape after all layers, the convolution with *changes*.

        *more* says how many more rows and columns a layer takes its input to have.
        """
        shape = self.input_shape
        for layer in (replace(self.conv, **changes), *self.layers[1:]):
            channels, *size = shape
            shape = output_shape(layer, Shape((channels, *map(add, size, more(layer)))))
        return shape

    @property
    def work(self) -> Work:
        """The formula along each axis that differs, for each layer."""
        axes = [self.windows(axis) for axis in range(2)]
        different = axes if axes[0] != axes[1] else axes[:1]
        layers = [
            Work((each.padding > 1) + (each.stride > 1) + (each.dilation > 1), 3, 2)
            for axis in different
            for each in axis
        ]
        return sum(layers, Work(lookups=1))

    @part("What is the shape of the output, as (channels, height, width)?", points=1)
    def output(self) -> Shape:
        """The shape after the last layer."""
        return self.passed()

    @output.misconception(
        "You rounded up. A last window that would stick out is dropped, so round down."
    )
    def rounds_up(self) -> Shape | None:
        """⌈ ⌉ for ⌊ ⌋: as many windows as if s − 1 more rows and columns were there."""
        if all(strides(layer) == (1, 1) for layer in self.layers):
            return None
        return self.passed(lambda layer: [s - 1 for s in strides(layer)])

    @output.misconception(
        "You counted the steps that the window takes. Its first position counts too: add 1 along "
        "each axis."
    )
    def forgets_the_first_position(self) -> Shape:
        """No + 1 in any layer: as many windows as if s rows and columns fewer were there."""
        return self.passed(lambda layer: [-s for s in strides(layer)])

    @output.misconception(
        "You added the padding once. It stands on both sides, so height and width each grow by "
        r"$2 \cdot << conv.padding >>$."
    )
    def pads_one_side(self) -> Shape | None:
        """n + p for n + 2p."""
        if not self.conv.padding:
            return None
        return self.passed(lambda layer: [-p for p in pair(layer.padding)])

    @output.misconception(
        "You left the padding out. The window also slides over the border of zeros."
    )
    def ignores_the_padding(self) -> Shape | None:
        """p = 0 for the padding given."""
        return self.passed(padding=0) if self.conv.padding else None

    @output.misconception(
        "You padded the input, but there is no padding: the window stays inside the input."
    )
    def pads_unasked(self) -> Shape | None:
        """A border of half the kernel although none is given."""
        tall, wide = pair(self.conv.kernel)
        return None if self.conv.padding else self.passed(padding=(tall // 2, wide // 2))

    @output.misconception(
        "You moved the convolution's window by 1, but its stride is << conv.stride >>."
    )
    def ignores_the_stride(self) -> Shape | None:
        """s = 1 for the stride given."""
        return None if self.conv.stride == 1 else self.passed(stride=1)

    @output.misconception(
        "You moved the convolution's window by its own size, as pooling does; its stride is "
        "<< conv.stride >>."
    )
    def strides_by_the_kernel(self) -> Shape:
        """s = k for the stride given."""
        return self.passed(stride=self.conv.kernel)

    @output.misconception(
        "You divided height and width by the stride alone. The kernel's size and the padding also "
        "decide how many windows there are."
    )
    def divides_by_the_stride(self) -> Shape | None:
        """⌊n/s⌋, which is right for a kernel as large as its stride, without padding."""
        stride = self.conv.stride
        return None if stride == 1 else self.passed(kernel=stride, padding=0, dilation=1)

    @output.misconception(
        "You let the convolution keep height and width. On an axis of $n$ pixels a kernel of $k$ "
        "has $n + 2p - k + 1$ places, and that is $n$ only if $2p = k - 1$."
    )
    def keeps_the_size(self) -> Shape | None:
        """n, which is right for one entry, or where 2p makes up for k − 1."""
        is_kept = tuple(2 * p + 1 for p in pair(self.conv.padding)) == pair(self.conv.kernel)
        return None if self.conv.stride != 1 or is_kept else self.passed(kernel=1, padding=0)

    @output.misconception(
        "You left the kernel's size out. A window must lie inside as a whole, so it cannot begin "
        "in the last rows and columns."
    )
    def ignores_the_kernel(self) -> Shape:
        """k = 1 for the kernel given."""
        return self.passed(kernel=1)

    @output.misconception(
        "You left the dilation out. With dilation << conv.dilation >> the kernel touches every "
        "second row and column, so it spans more of the input."
    )
    def ignores_the_dilation(self) -> Shape | None:
        """d = 1 for the dilation given."""
        return None if self.conv.dilation == 1 else self.passed(dilation=1)

    @output.misconception(
        "You multiplied the kernel's size by the dilation. Only the $k - 1$ steps between its "
        "entries grow: it spans $d (k - 1) + 1$."
    )
    def multiplies_the_dilation(self) -> Shape | None:
        """A span of d·k."""
        d = self.conv.dilation
        spans = tuple(d * k for k in pair(self.conv.kernel))
        return None if d == 1 else self.passed(kernel=spans, dilation=1)

    @output.misconception("You swapped the kernel's height and width; its height comes first.")
    def swaps_height_and_width(self) -> Shape | None:
        """The kernel lies on its side."""
        tall, wide = pair(self.conv.kernel)
        return None if tall == wide else self.passed(kernel=(wide, tall))

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
        return self.passed(out_channels=self.input_shape[0] * self.conv.out_channels)

    @output.misconception(
        "That is the input's shape. There is one output channel per filter, and height and width "
        "count the places of the window."
    )
    def gives_the_input_shape(self) -> Shape:
        """Nothing changed at all."""
        return self.input_shape

    @output.misconception(
        "You kept the number of channels, though each filter gives one, and you counted the steps "
        "of the window without its first position."
    )
    def keeps_the_channels_and_forgets_the_first_position(self) -> Shape:
        """C for the number of filters, and no + 1."""
        channels = self.input_shape[0]
        return self.passed(lambda layer: [-s for s in strides(layer)], out_channels=channels)

    @output.misconception(
        "You kept the number of channels, though each filter gives one, and you left the padding "
        "out."
    )
    def keeps_the_channels_and_ignores_the_padding(self) -> Shape | None:
        """C for the number of filters, and p = 0."""
        channels = self.input_shape[0]
        return self.passed(padding=0, out_channels=channels) if self.conv.padding else None

    @output.misconception(
        "You kept the number of channels, though each filter gives one, and you moved the "
        "convolution's window by 1."
    )
    def keeps_the_channels_and_ignores_the_stride(self) -> Shape | None:
        """C for the number of filters, and s = 1."""
        channels = self.input_shape[0]
        return None if self.conv.stride == 1 else self.passed(stride=1, out_channels=channels)

    @output.misconception(
        "You kept the input channels apart, though a filter adds up what it finds in all of them, "
        "and you left the kernel's size out: a window must lie inside as a whole."
    )
    def keeps_the_channels_apart_and_ignores_the_kernel(self) -> Shape:
        """A map for every input channel and every filter, and k = 1."""
        channels = self.input_shape[0] * self.conv.out_channels
        return self.passed(kernel=1, out_channels=channels)

    @output.misconception(
        "You moved the pooling window by 1, but here its stride is << pool.steps >>."
    )
    def pools_with_stride_one(self) -> Shape | None:
        """s = 1 in the pooling."""
        return output_shape(replace(self.pool, stride=1), self.convolved) if self.pool else None

    @output.misconception(
        "That is the shape after the convolution; the pooling makes it smaller still."
    )
    def skips_the_pooling(self) -> Shape | None:
        """The convolution alone."""
        return self.convolved if self.pool else None
