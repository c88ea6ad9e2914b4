"""How much of the image one unit sees."""

from dataclasses import replace
from math import prod
from random import Random
from typing import Self, TypeAlias

from examgen.nn.layers import Conv2d, MaxPool2d
from examgen.nn.receptive import Step, receptive_field, receptive_side, sliding_steps
from examgen.questions.family import family
from examgen.questions.figures import Cone, Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products

Sliding: TypeAlias = Conv2d | MaxPool2d


def in_words(layer: Sliding) -> str:
    """What a layer is."""
    size = rf"${layer.kernel} \times {layer.kernel}$"
    if isinstance(layer, MaxPool2d):
        return f"max pooling, windows of size {size}, stride {layer.steps}"
    dilation = f", dilation {layer.dilation}" if layer.dilation != 1 else ""
    filters = f"{layer.out_channels} filters of size {size}"
    return f"convolution, {filters}, stride {layer.stride}{dilation}"


def in_brief(layer: Sliding) -> str:
    """What a layer is, in a figure."""
    kind = "pooling " if isinstance(layer, MaxPool2d) else ""
    kernel, stride, dilation = sliding_steps([layer])[0]
    dilated = f", dilation {dilation}" if dilation > 1 else ""
    return f"{kind}{kernel}×{kernel}, stride {stride}{dilated}"


@family(
    title="A receptive field",
    minutes=(2, 3, 3),
    conventions=("receptive-field",),
    tags=(
        "lecture-7",
        "lecture-14",
        "idea-receptive-field",
    ),
)
class ReceptiveField:
    """A stack of convolutions, from the medium level on with a stride or a pooling in it.

    At the hard level there are more layers, and in a stack of four one is dilated.
    """

    layers: tuple[Sliding, ...]

    stem = r"""
    An image passes through << layers | length >> layers, one after the other:

    <% for words in layers_in_words %>
    << loop.index >>. << words >>
    <% endfor %>

    The *receptive field* of a unit is the smallest square of input pixels that contains every pixel
    on which the unit can depend. Padding and borders play no part: take a unit far from them.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Strides of 2 lie before the last kernel, so that they count."""
        if level == "easy":
            sizes = [rng.choice([2, 3, 4, 5, 6, 7, 8, 9, 11]) for _ in range(rng.randint(2, 3))]
            return cls(tuple(Conv2d(8, size) for size in sizes))
        count = 3 if level == "medium" else rng.choice([4, 5])
        sizes = [rng.choice([3, 5, 7] if level == "medium" else [3, 5]) for _ in range(count)]
        convs = [Conv2d(rng.choice([8, 16, 32]), size) for size in sizes]
        layers: list[Sliding] = [*convs]
        pooled = rng.randint(1, count - 2)
        strided, *others = rng.sample([at for at in range(count - 1) if at != pooled], count - 2)
        pools = rng.random() < 0.6
        if pools or level == "hard":
            layers[pooled] = MaxPool2d(rng.choice([2, 3]), 2)
        if not pools or level == "hard":
            layers[strided] = replace(convs[strided], stride=2)
        if count == 4:
            dilated = rng.choice([*others, count - 1])
            layers[dilated] = replace(convs[dilated], dilation=2)
        return cls(tuple(layers))

    @property
    def figure(self) -> Figure:
        """The cone of layers, without any size."""
        return Cone(tuple(map(in_brief, self.layers)))

    @property
    def layers_in_words(self) -> list[str]:
        """What each layer is."""
        return [in_words(layer) for layer in self.layers]

    @property
    def steps(self) -> list[Step]:
        """(kernel, stride, dilation) of every layer."""
        return sliding_steps(self.layers)

    @property
    def table(self) -> list[tuple[int, int]]:
        """(side, jump) of the image, and after every layer."""
        return receptive_field(self.steps)

    @property
    def strides(self) -> list[int]:
        """The stride of every layer."""
        return [stride for _, stride, _ in self.steps]

    @property
    def strided(self) -> int:
        """The first layer, from 1, with a stride of more than 1."""
        return next(layer for layer, stride in enumerate(self.strides, start=1) if stride > 1)

    @property
    def last_growth(self) -> int:
        """How much the last layer adds to the side."""
        return self.table[-1][0] - self.table[-2][0]

    @property
    def is_dilated(self) -> bool:
        """Whether a layer has a dilation."""
        return any(dilation > 1 for _, _, dilation in self.steps)

    @property
    def work(self) -> Work:
        """For each layer what it adds, and the jump after it."""
        jumps = [jump for _, jump in self.table]
        rows = [
            Work((products(kernel - 1, jump) == 2) + (stride > 1) + (dilation > 1), 2, 2)
            for (kernel, stride, dilation), jump in zip(self.steps, jumps, strict=False)
        ]
        return sum(rows, Work())

    @part(
        "How many pixels long is a side of the receptive field of a unit in the last layer?",
        points=1,
    )
    def side(self) -> int:
        """The side of the square, in pixels of the image."""
        return receptive_side(self.steps)

    @side.misconception(
        "You added the kernels' sizes. Neighbouring windows overlap, so a layer adds $k - 1$ "
        "steps and not $k$."
    )
    def sums_the_kernels(self) -> int:
        """Σk."""
        return sum(kernel for kernel, _, _ in self.steps)

    @side.misconception(
        "You multiplied the kernels' sizes, as if windows never overlapped. A layer adds $k - 1$ "
        "steps."
    )
    def multiplies_the_kernels(self) -> int:
        """Πk."""
        return prod(kernel for kernel, _, _ in self.steps)

    @side.misconception(
        "You counted the steps that the layers add, and left out the pixel from which they start."
    )
    def starts_from_zero(self) -> int:
        """r = 0 for the image."""
        return receptive_side(self.steps) - 1

    @side.misconception(
        "You counted layer 1 twice: you began with its window, and then let it add its steps."
    )
    def counts_the_first_layer_twice(self) -> int:
        """r = k_1 for the image."""
        kernel, _, dilation = self.steps[0]
        return receptive_side(self.steps) + dilation * (kernel - 1)

    @side.misconception(
        "That is what a unit one layer earlier sees; the last layer adds << last_growth >>."
    )
    def stops_a_layer_early(self) -> int:
        """The last layer left out."""
        return receptive_side(self.steps[:-1])

    @side.misconception(
        "You took the last layer's window alone. Each of the units in it sees a region itself."
    )
    def looks_at_the_last_layer_only(self) -> int:
        """k · jump of the last layer."""
        kernel, _, _ = self.steps[-1]
        return kernel * self.table[-2][1]

    @side.misconception(
        "You took every step for one pixel. After the stride of layer << strided >>, a step is "
        "<< table[strided][1] >> pixels of the image."
    )
    def ignores_the_jumps(self) -> int | None:
        """Stride 1 everywhere."""
        if max(self.strides) == 1:
            return None
        return receptive_side((kernel, 1, dilation) for kernel, _, dilation in self.steps)

    @side.misconception(
        "You let a stride count in its own layer. Neighbouring entries of layer << strided >>'s "
        "window still lie 1 pixel apart; its stride counts in the layers after it."
    )
    def counts_a_stride_too_early(self) -> int | None:
        """Each layer's jump for the one before it."""
        if max(self.strides) == 1:
            return None
        rows = zip(self.steps, self.table[1:], strict=True)
        return 1 + sum(d * (k - 1) * jump for (k, _, d), (_, jump) in rows)

    @side.misconception(
        "You skipped the pooling. It is a layer like any other, with a window and a stride."
    )
    def skips_the_pooling(self) -> int | None:
        """The convolutions alone."""
        convolutions = [layer for layer in self.layers if isinstance(layer, Conv2d)]
        if len(convolutions) == len(self.layers):
            return None
        return receptive_side(sliding_steps(convolutions))

    @side.misconception(
        "You left the dilation out. The entries of a kernel with dilation 2 lie two steps apart."
    )
    def ignores_the_dilation(self) -> int | None:
        """d = 1 everywhere."""
        if not self.is_dilated:
            return None
        return receptive_side((kernel, stride, 1) for kernel, stride, _ in self.steps)

    @side.misconception(
        "You multiplied the kernel's size by the dilation. Only the $k - 1$ steps between its "
        "entries grow: it spans $d (k - 1) + 1$."
    )
    def multiplies_the_dilation(self) -> int | None:
        """A span of d·k."""
        if not self.is_dilated:
            return None
        return receptive_side((kernel * d, stride, 1) for kernel, stride, d in self.steps)
