"""How many numbers a forward pass keeps for the way back."""

from dataclasses import replace
from math import prod
from random import Random
from typing import Self

from examgen.exact import Shape
from examgen.families.shapes._conv_stacks import call, draw_stack, listing, work_of_sizes
from examgen.families.shapes._in_brief import in_brief
from examgen.nn import layers as nn
from examgen.nn.layers import stored_activations
from examgen.questions.family import family
from examgen.questions.figures import Block, Chain, Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

BYTES = 4
"""A number in single precision takes so many bytes."""


@family(
    title="What a forward pass stores",
    minutes=(2, 3, 3),
    conventions=("windows", "shapes", "parameters"),
    tags=("lecture-18",),
)
class ActivationMemory:
    """The outputs of all layers for a whole batch.

    Easy: a convolution and ReLU. Medium: pooling and a dense layer after them. Hard: the first has
    a stride, the input is not square, and the memory is asked in bytes.
    """

    layers: tuple[nn.Layer, ...]
    input_shape: Shape
    batch: int
    in_bytes: bool = False

    stem = r"""
    This network is fed a batch of << batch >> inputs, each of shape $<< input_shape >>$, that is
    (channels, height, width):

    ```python
    << listing >>
    ```

    `nn.Conv2d(c, m, k)` has $m$ filters of size $k \times k$ on $c$ channels.
    <% if pools %>
    `nn.MaxPool2d(k)` pools windows of size $k \times k$ and moves by $k$, and `nn.LazyLinear(m)`
    is a dense layer with $m$ outputs.
    <% endif %>

    For backpropagation the forward pass stores the output of every layer listed, each
    in memory of its own.
    <% if flattens %>
    Only `nn.Flatten()` stores nothing: its output is the same numbers, seen as a vector.
    <% endif %>
    The input of the network is not counted.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """A small batch, so that the totals stay small."""
        layers, shape = draw_stack(rng, level, deep=False)
        batch = rng.choice([2, 3, 4, 5, 8, 10])
        if level == "easy":
            return cls(layers[:2], shape, batch)
        dense = (nn.Flatten(), nn.Linear(rng.choice([2, 3, 5, 10])))
        return cls((*layers, *dense), shape, batch, in_bytes=level == "hard")

    @property
    def trace(self) -> list[Shape]:
        """The input's shape, and that after every layer."""
        return nn.shape_trace(self.layers, self.input_shape)

    @property
    def listing(self) -> str:
        """The network in PyTorch; the sizes of the dense layer's input are its own to find."""
        calls = zip(self.layers, self.trace, strict=False)
        return listing(call(layer, shape[0]) for layer, shape in calls)

    @property
    def pools(self) -> bool:
        """Whether there is a pooling."""
        return len(self.layers) > 2

    @property
    def flattens(self) -> bool:
        """Whether a map is flattened."""
        return nn.Flatten() in self.layers

    @property
    def stored(self) -> list[tuple[nn.Layer, Shape, Shape]]:
        """Every layer that stores its output, with the shapes before and after it."""
        steps = zip(self.layers, self.trace, self.trace[1:], strict=False)
        return [each for each in steps if each[0] != nn.Flatten()]

    @property
    def per_input(self) -> list[int]:
        """How many numbers each layer stores for one input."""
        return [prod(after) for _, _, after in self.stored]

    @property
    def figure(self) -> Figure:
        """The layers one after the other."""
        blocks = [Block(in_brief(layer)) for layer in self.layers]
        return Chain((Block("input", kind="value"), *blocks, Block("output", kind="value")))

    @property
    def work(self) -> Work:
        """The sizes, a product for each that is new, their sum, and the batch."""
        _, height, width = self.input_shape
        sizes = work_of_sizes(self.layers, 1 if height == width else 2)
        shapes = len(set(self.per_input))
        return sizes + Work(2 * shapes + 1 + self.in_bytes, len(self.per_input), 1)

    def listing_of(self, layer: nn.Layer) -> str:
        """The class that makes the layer in PyTorch, for the worked solution."""
        name = type(layer).__name__
        return f"nn.Lazy{name}" if isinstance(layer, nn.Linear) else f"nn.{name}"

    def total(self, per_input: int) -> int:
        """For the whole batch, in bytes where they are asked."""
        return self.batch * per_input * (BYTES if self.in_bytes else 1)

    @part(
        "How many << 'bytes' if in_bytes else 'numbers' >> does the forward pass store in all"
        "<< ' at 4 bytes a number' if in_bytes else '' >>?",
        points=1,
        counts=True,
    )
    def memory(self) -> int:
        """The batch times all outputs."""
        return self.total(stored_activations(self.layers, self.input_shape))

    @memory.misconception(
        "You counted one input. Each of the << batch >> inputs of the batch has outputs of its own."
    )
    def forgets_the_batch(self) -> int:
        """One input."""
        return self.memory_of_one

    @memory.misconception(
        "You counted what the layers learn. What is stored are their outputs, whose number depends "
        "on the input's size and the batch."
    )
    def counts_the_parameters(self) -> int:
        """Parameters for activations."""
        learned = nn.total_parameters(self.layers, self.input_shape)
        return learned * (BYTES if self.in_bytes else 1)

    @memory.misconception(
        "You counted one channel of each map. A convolution puts out a map for each filter."
    )
    def counts_one_filter(self) -> int:
        """H · W for C · H · W."""
        maps = [prod(shape[1:]) if len(shape) > 1 else shape[0] for _, _, shape in self.stored]
        return self.total(sum(maps))

    @memory.misconception("You took the size of every layer's input; its output is what is stored.")
    def counts_the_inputs_of_the_layers(self) -> int:
        """Shapes before for shapes after."""
        return self.total(sum(prod(before) for _, before, _ in self.stored))

    @memory.misconception("You counted the network's input too, which is not asked.")
    def counts_the_input_too(self) -> int:
        """The input added."""
        return self.total(sum(self.per_input) + prod(self.input_shape))

    @memory.misconception(
        "<% if pools %>You let ReLU overwrite its input.<% else %>You counted one of the two "
        "outputs; ReLU does not overwrite its input.<% endif %> Here every layer has memory of its "
        "own for its output."
    )
    def works_in_place(self) -> int:
        """ReLU left out."""
        stored = zip(self.stored, self.per_input, strict=True)
        return self.total(sum(each for (layer, _, _), each in stored if layer != nn.ReLU()))

    @memory.misconception(
        "You counted the output of the last layer only; those of the others are needed on the way "
        "back as well."
    )
    def counts_the_last_output_only(self) -> int | None:
        """The last layer; of a convolution and its ReLU that is to work in place."""
        return self.total(self.per_input[-1]) if self.pools else None

    @memory.misconception(
        "You kept the size of the image. Without padding that makes up for it, a kernel of size "
        "$k$ leaves fewer positions."
    )
    def keeps_the_size(self) -> int | None:
        """The first map as large as the image."""
        first = self.layers[0]
        assert isinstance(first, nn.Conv2d)
        if self.trace[1][1:] == self.input_shape[1:] or self.pools:
            return None
        return self.total(2 * first.out_channels * prod(self.input_shape[1:]))

    @memory.misconception("You left the padding out; it adds zeros on every side.")
    def ignores_the_padding(self) -> int | None:
        """p = 0."""
        first = self.layers[0]
        if not isinstance(first, nn.Conv2d) or not first.padding:
            return None
        layers = (replace(first, padding=0), *self.layers[1:])
        found = self.total(stored_activations(layers, self.input_shape))
        return None if found == self.total(sum(self.per_input)) else found

    @memory.misconception(
        "You counted the flattened vector once more. It is the same numbers in the same memory."
    )
    def counts_the_flattened_too(self) -> int | None:
        """Flatten stores as well."""
        if not self.flattens:
            return None
        return self.total(sum(self.per_input) + prod(self.trace[-2]))

    @memory.misconception("You counted the numbers. Each of them takes 4 bytes.")
    def counts_numbers_for_bytes(self) -> int | None:
        """1 byte for each number."""
        return self.batch * sum(self.per_input) if self.in_bytes else None

    @memory.misconception("You counted bits; a byte has eight of them.")
    def counts_bits_for_bytes(self) -> int | None:
        """32 for 4."""
        return 8 * self.total(sum(self.per_input)) if self.in_bytes else None

    @property
    def memory_of_one(self) -> int:
        """What is stored for one input."""
        return self.total(sum(self.per_input)) // self.batch
