"""The output of one or two residual blocks."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple, Self

from examgen.exact import Array, array, equal
from examgen.families.residual._blocks import STEM, matrix_blocks
from examgen.families.residual._switching import is_singular, switching
from examgen.nn.dense import diagonal, plus, relu, times, transpose
from examgen.nn.residual import block, block_preactivation, plain_layer, vector_states
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

LARGEST = 20
"""No number on the way may be larger than this."""


class Step(NamedTuple):
    """What happens in one block, for the worked solution."""

    weights: Array
    h: Array
    z: Array
    branch: Array
    output: Array


@family(
    title="Through residual blocks",
    minutes=(2, 2, 3),
    conventions=("residual", "relu"),
    tags=("lecture-17", "idea-residual-forward"),
)
class ResidualForwardMc:
    """h^l = ReLU(W^l h^(l−1)) + h^(l−1) on two units.

    Easy: one block with diagonal weights. Medium: one block with full weights. Hard: two blocks. In
    the first block each unit's z and h differ in sign, so that every slip shows.
    """

    weights: tuple[Array, ...]
    h0: Array

    stem = STEM

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """One entry of h⁰ below 0, whose unit is on; the other above 0, whose unit is off."""
        on = rng.randint(0, 1)
        h0 = [rng.randint(1, 3), rng.randint(1, 3)]
        h0[on] *= -1
        if level == "easy":
            return cls((diagonal(array([rng.choice([-2, -3, -4]) for _ in h0])),), array(h0))
        first = switching(rng, array(h0), on)
        if level == "medium":
            return cls((first,), array(h0))
        second = switching(rng, block(first, array(h0)), rng.randint(0, 1))
        return cls((first, second), array(h0))

    def worth_asking(self) -> bool:
        """Each sum is below 0 somewhere in the first block; no z is 0, and nothing is large."""
        seen = [number for step in self.steps for number in (*step.z, *step.output)]
        first = self.steps[0]
        if any(step.z.tolist().count(0) for step in self.steps) or max(map(abs, seen)) > LARGEST:
            return False
        full = [each for each in self.weights if not equal(each, each.T)]
        is_full = len(full) == self.depth and not any(map(is_singular, full))
        is_diagonal = self.depth == 1 and not (self.weights[0][0, 1] or self.weights[0][1, 0])
        return (is_full or is_diagonal) and min(plus(first.z, first.h)) < 0

    @property
    def depth(self) -> int:
        """How many blocks there are."""
        return len(self.weights)

    @property
    def steps(self) -> list[Step]:
        """What happens block by block."""
        zs = [block_preactivation(w, h) for w, h in zip(self.weights, self.states, strict=False)]
        branches = [relu(z) for z in zs]
        return [
            Step(*each)
            for each in zip(
                self.weights, self.states[:-1], zs, branches, self.states[1:], strict=True
            )
        ]

    @property
    def states(self) -> list[Array]:
        """h⁰, …, h^L."""
        return vector_states(self.weights, self.h0)

    @property
    def figure(self) -> Figure:
        """The blocks with their skips."""
        return matrix_blocks(self.depth)

    @property
    def work(self) -> Work:
        """For each block W h, the signs of its entries, and the sum with h."""
        products = (work_of_product(step.weights, step.h) for step in self.steps)
        return sum(products, Work(additions=4 * self.depth))

    def through(self, layer: Callable[[Array, Array], Array]) -> Array:
        """The last h, with *layer* (W, h) in the place of each block."""
        return vector_states(self.weights, self.h0, layer)[-1]

    @part(
        "Compute $h^{(<< depth >>)}$, written in a row.",
        points=1,
    )
    def output(self) -> Array:
        """h^L."""
        return self.through(block)

    @output.misconception(
        "You left the skip<< '' if depth == 1 else 's' >> out: each block adds its input "
        "back to what ReLU lets through."
    )
    def forgets_the_skip(self) -> Array:
        """ReLU(W h)."""
        return self.through(plain_layer)

    @output.misconception(
        "You added the input before applying ReLU. Here the input is added after ReLU, so an entry "
        "of the sum may be negative."
    )
    def adds_before_the_activation(self) -> Array:
        """ReLU(W h + h)."""
        return self.through(lambda w, h: relu(plus(block_preactivation(w, h), h)))

    @output.misconception(
        "You left ReLU out. << 'It' if depth == 1 else 'In the first block it' >> sets "
        "$<< steps[0].z.min() >>$ to 0 before the input is added."
    )
    def forgets_the_activation(self) -> Array:
        """W h + h."""
        return self.through(lambda w, h: plus(block_preactivation(w, h), h))

    @output.misconception(
        "You applied ReLU to the skip as well. It carries the block's input through unchanged, "
        "negative entries included."
    )
    def activates_the_skip(self) -> Array:
        """ReLU(W h) + ReLU(h)."""
        return self.through(lambda w, h: plus(plain_layer(w, h), relu(h)))

    @output.misconception("You multiplied by the block's input. A skip *adds* it.")
    def multiplies_by_the_skip(self) -> Array:
        """ReLU(W h) ⊙ h."""
        return self.through(lambda w, h: times(plain_layer(w, h), h))

    @output.misconception("ReLU sets a negative entry to 0; it does not drop the sign.")
    def takes_absolute_values(self) -> Array:
        """|W h| + h."""
        return self.through(lambda w, h: plus(array(abs(block_preactivation(w, h))), h))

    @output.misconception(
        "You kept the negative entries of $Wh$ and zeroed the positive ones; ReLU does the reverse."
    )
    def lets_the_negative_through(self) -> Array:
        """min(W h, 0) + h."""
        return self.through(lambda w, h: plus(array(-plain_layer(-w, h)), h))

    @output.misconception("You subtracted the block's input. A skip *adds* it.")
    def subtracts_the_skip(self) -> Array:
        """ReLU(W h) − h."""
        return self.through(lambda w, h: plus(plain_layer(w, h), -h))

    @output.misconception(
        "You multiplied by columns: entry $i$ of $Wh$ is *row* $i$ of $W$ times $h$."
    )
    def transposes_the_weights(self) -> Array | None:
        """ReLU(Wᵀ h) + h."""
        if all(equal(each, each.T) for each in self.weights):
            return None
        return self.through(lambda w, h: block(transpose(w), h))

    @output.misconception(
        "You added $h^{(0)}$ in the second block too. Its skip carries the block's own input, "
        "$h^{(1)}$."
    )
    def adds_the_first_input_in_every_block(self) -> Array | None:
        """ReLU(W² h¹) + h⁰."""
        if self.depth == 1:
            return None
        return self.through(lambda w, h: plus(plain_layer(w, h), self.h0))

    @output.misconception("That is $h^{(1)}$, the output of the first block.")
    def stops_a_block_early(self) -> Array | None:
        """h^(L−1)."""
        return None if self.depth == 1 else self.states[-2]

    @output.misconception(
        "You left the last skip out: the second block adds its input $h^{(1)}$ as well."
    )
    def forgets_the_last_skip(self) -> Array | None:
        """ReLU(W² h¹)."""
        return None if self.depth == 1 else self.steps[-1].branch

    @output.misconception("You took the blocks in the reverse order; $W^{(1)}$ acts first.")
    def reverses_the_blocks(self) -> Array | None:
        """W² first."""
        return None if self.depth == 1 else vector_states(self.weights[::-1], self.h0)[-1]
