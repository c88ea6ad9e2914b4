"""How many features reach the first dense layer."""

from collections.abc import Sequence
from math import prod
from random import Random
from typing import Self

from examgen.exact import Shape
from examgen.families.shapes._conv_stacks import (
    Rule,
    call,
    draw_stack,
    last_filters,
    listing,
    side_after,
    work_of_sizes,
)
from examgen.families.shapes._drawn_networks import Window, window
from examgen.families.shapes._in_brief import in_brief
from examgen.nn import layers as nn
from examgen.questions.family import family
from examgen.questions.figures import Block, Chain, Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work


@family(
    title="From the last map to the first dense layer",
    minutes=(2, 3, 3),
    conventions=("windows", "shapes"),
    tags=(
        "lecture-18",
        "idea-output-size",
    ),
)
class FlattenInFeatures:
    """Convolutions and poolings, then Flatten: how many numbers come out.

    Easy: one convolution and one pooling. Medium: two of each. Hard: with a stride, on an input
    that is not square.
    """

    layers: tuple[nn.Layer, ...]
    input_shape: Shape
    batch: int

    stem = r"""
    This network is fed batches of << batch >> inputs, each of shape $<< input_shape >>$, that is
    (channels, height, width):

    ```python
    << listing >>
    ```

    `nn.Conv2d(c, m, k)` has $m$ filters of size $k \times k$ on $c$ channels, and
    `nn.MaxPool2d(k)` pools windows of size $k \times k$ and moves by $k$.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """A stack whose last windows do not all fit."""
        layers, shape = draw_stack(rng, level)
        return cls(layers, shape, rng.choice([8, 16, 32]))

    @property
    def trace(self) -> list[Shape]:
        """The input's shape, and that after every layer."""
        return nn.shape_trace(self.layers, self.input_shape)

    @property
    def listing(self) -> str:
        """The network in PyTorch, with the number in question left open."""
        calls = [call(*each) for each in zip(self.layers, self.in_channels, strict=True)]
        return listing([*calls, "nn.Flatten()", "nn.Linear(in_features=..., out_features=10)"])

    @property
    def in_channels(self) -> list[int]:
        """The channels that reach each layer."""
        return [shape[0] for shape in self.trace[:-1]]

    @property
    def sliding(self) -> list[tuple[nn.Layer, Window, Shape, Shape]]:
        """Each layer with a window, and the shapes before and after it, for the solution."""
        steps = zip(self.layers, map(window, self.layers), self.trace, self.trace[1:], strict=False)
        return [(layer, slides, before, after) for layer, slides, before, after in steps if slides]

    @property
    def is_square(self) -> bool:
        """Whether all maps are square."""
        return self.input_shape[1] == self.input_shape[2]

    @property
    def last_shape(self) -> Shape:
        """The map that is flattened."""
        return self.trace[-1]

    @property
    def figure(self) -> Figure:
        """The layers one after the other."""
        blocks = [Block(in_brief(layer)) for layer in (*self.layers, nn.Flatten(), nn.Linear(10))]
        return Chain((Block("input", kind="value"), *blocks))

    @property
    def work(self) -> Work:
        """The sizes along both axes, or one where they are equal, and a product of three."""
        return work_of_sizes(self.layers, 1 if self.is_square else 2) + Work(2, 0, 1)

    def flattened(
        self,
        rule: Rule,
        layers: Sequence[nn.Layer] | None = None,
        channels: int | None = None,
    ) -> int | None:
        """channels · height · width after the layers with another rule for sizes."""
        passed = self.layers if layers is None else layers
        sides = [side_after(passed, side, rule) for side in self.input_shape[1:]]
        known = [each for each in sides if each is not None]
        if len(known) < 2:
            return None
        return (last_filters(self.layers) if channels is None else channels) * prod(known)

    @part("Which number belongs in the place of `in_features=...`?", points=1, counts=True)
    def features(self) -> int:
        """The entries of the last map."""
        return prod(self.last_shape)

    @features.misconception(
        "You left the channels out. All << last_shape[0] >> channels of the last map are "
        "flattened, each of $<< last_shape[1] >> \\cdot << last_shape[2] >>$ numbers."
    )
    def flattens_height_and_width_only(self) -> int:
        """H · W."""
        return prod(self.last_shape[1:])

    @features.misconception(
        "You counted the channels. Each of them is a map of "
        "$<< last_shape[1] >> \\times << last_shape[2] >>$ numbers."
    )
    def counts_the_channels_only(self) -> int:
        """C."""
        return self.last_shape[0]

    @features.misconception("You stopped before the last pooling, which makes the map smaller.")
    def skips_the_pooling(self) -> int:
        """The map before the last layer."""
        return prod(self.trace[-2])

    @features.misconception("A last window that does not fit is dropped: round down, not up.")
    def rounds_up(self) -> int | None:
        """⌈(n + 2p − k)/s⌉ + 1."""
        found = self.flattened(lambda n, w: -((w.kernel - n - 2 * w.padding) // w.stride) + 1)
        return None if found == self.features_of_trace else found

    @features.misconception(
        "You counted the whole batch. `in_features` are the numbers of one input; the batch axis "
        "is kept."
    )
    def multiplies_by_the_batch(self) -> int:
        """N · C · H · W."""
        return self.batch * prod(self.last_shape)

    @features.misconception(
        "You kept the channels of the input. A convolution puts out one channel for each filter."
    )
    def keeps_the_input_channels(self) -> int:
        """C_in · H · W."""
        return self.input_shape[0] * prod(self.last_shape[1:])

    @features.misconception(
        "You pooled the channels as well. Pooling makes each map smaller and keeps their number."
    )
    def pools_the_channels(self) -> int | None:
        """C / k."""
        (_, slides, _, _) = self.sliding[-1]
        share, rest = divmod(self.last_shape[0], slides.kernel)
        return None if rest else share * prod(self.last_shape[1:])

    @features.misconception(
        "You left out the $+ 1$ of the size formula: the window's first position counts too."
    )
    def forgets_the_first_position(self) -> int | None:
        """(n + 2p − k)/s."""
        return self.flattened(lambda n, w: (n + 2 * w.padding - w.kernel) // w.stride)

    @features.misconception("You left the padding out; it adds zeros on every side.")
    def ignores_the_padding(self) -> int | None:
        """p = 0."""
        if not any(slides.padding for _, slides, _, _ in self.sliding):
            return None
        found = self.flattened(lambda n, w: (n - w.kernel) // w.stride + 1)
        return None if found == self.features_of_trace else found

    @features.misconception("You padded on one side of each axis; padding stands on both.")
    def pads_one_side(self) -> int | None:
        """n + p."""
        if not any(slides.padding for _, slides, _, _ in self.sliding):
            return None
        found = self.flattened(lambda n, w: (n + w.padding - w.kernel) // w.stride + 1)
        return None if found == self.features_of_trace else found

    @features.misconception(
        "You let the convolutions keep the size. They do so only at stride 1 and with a padding "
        "that makes up for the kernel."
    )
    def keeps_the_size(self) -> int | None:
        """n after a convolution, n / k after a pooling."""
        pools = [each for each in self.layers if isinstance(each, nn.MaxPool2d)]
        found = self.flattened(lambda n, w: n // w.kernel, pools)
        return None if found == self.features_of_trace else found

    @features.misconception(
        "You let the pooling move by one. It moves by its window's size unless a stride is given."
    )
    def pools_with_stride_one(self) -> int | None:
        """n − k + 1 after a pooling."""
        layers = [
            nn.MaxPool2d(each.kernel, stride=1) if isinstance(each, nn.MaxPool2d) else each
            for each in self.layers
        ]
        return prod(nn.shape_trace(layers, self.input_shape)[-1])

    @features.misconception(
        "You left the stride of the first convolution out: its window moves by "
        "<< layers[0].stride >>."
    )
    def ignores_the_stride(self) -> int | None:
        """s = 1 in the convolutions."""
        first = self.layers[0]
        if not isinstance(first, nn.Conv2d) or first.stride == 1:
            return None
        layers = [nn.Conv2d(first.out_channels, first.kernel, 1, first.padding), *self.layers[1:]]
        return prod(nn.shape_trace(layers, self.input_shape)[-1])

    @property
    def features_of_trace(self) -> int:
        """The right number, against which a slip that changes nothing is told."""
        return prod(self.last_shape)
