"""What a residual network computes when its weights start at zero."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import reduce
from random import Random
from typing import Literal, Self

from examgen.exact import Array, Exact, array, equal, exp, ln
from examgen.families.residual._blocks import residual_blocks
from examgen.families.residual._switching import is_singular, switching
from examgen.nn.dense import matvec, outer, plus, relu, transpose
from examgen.nn.logistic import sigmoid
from examgen.nn.residual import (
    block_backward_input,
    block_preactivation,
    preactivation_gradient,
)
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

Activation = Literal["ReLU", "sigmoid"]
BIASES: dict[Activation, list[Exact]] = {
    "ReLU": [-3, -2, -1, 1, 2, 3],
    "sigmoid": [ln(2), ln(3), ln(Fraction(1, 2)), ln(Fraction(1, 3)), 0],
}
DRAWN = 3
"""A network of more blocks is not drawn: its figure would only be long."""


def activated(activation: Activation, z: Array) -> Array:
    """σ(z), entry by entry."""
    return relu(z) if activation == "ReLU" else array([sigmoid(each) for each in z])


def mixed(rng: Random, size: int) -> list[int]:
    """Different numbers from −3 to 3 without 0, some of each sign."""
    below = rng.randint(1, size - 1)
    found = [-each for each in rng.sample([1, 2, 3], below)]
    found += rng.sample([1, 2, 3], size - below)
    rng.shuffle(found)
    return found


@family(
    title="Weights that start at zero",
    minutes=(2, 3, 3),
    conventions=("residual", "relu"),
    tags=(
        "lecture-17",
        "idea-zero-weights",
    ),
)
class ResidualZeroInit:
    """h^l = σ(W^l h^(l−1) + b^l) + h^(l−1) with weights 0.

    Easy: the output without biases, where σ(0) may be 0 or 1/2. Medium: the gradient of cᵀh^L with
    respect to h⁰ where only block `live` has `weights`; c is `target`. Hard: the output with
    biases.
    """

    h0: Array
    depth: int
    activation: Activation
    weights: Array
    target: Array
    biases: tuple[Array, ...] = ()
    live: int = 0

    stem = r"""
    A residual network has << depth >> blocks

    $$
    <% if biases %>
    h^{(l)} = \sigma(W^{(l)} h^{(l-1)} + b^{(l)}) + h^{(l-1)}, \qquad l = << counted >>
    <% else %>
    h^{(l)} = \sigma(W^{(l)} h^{(l-1)}) + h^{(l-1)}, \qquad l = << counted >>
    <% endif %>
    $$

    <% if activation == "ReLU" %>
    with $\sigma = \operatorname{ReLU}$.
    <% else %>
    with the sigmoid $\sigma(z) = 1 / (1 + e^{-z})$, applied to every entry.
    <% endif %>
    <% if biases %>
    All entries of all matrices $W^{(l)}$ are 0; the biases and the input are

    $$
    <% for bias in biases %>
    b^{(<< loop.index >>)} = << bias | column >>, \quad
    <% endfor %>
    h^{(0)} = << h0 | column >>
    $$
    <% elif live %>
    All entries of its matrices $W^{(l)}$ are 0, except in block << live >>. That block's matrix,
    the input, and the vector $c$ of a loss $c^\top h^{(<< depth >>)}$ are

    $$
    W^{(<< live >>)} = << weights >>, \quad h^{(0)} = << h0 | column >>, \quad
    c = << target | column >>
    $$
    <% else %>
    There are no biases, and all entries of all matrices $W^{(l)}$ are 0. The input is

    $$
    h^{(0)} = << h0 | column >>
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """An input of both signs, and biases or weights that leave some units on and some off."""
        if level == "easy":
            activation: Activation = "sigmoid" if rng.random() < 0.6 else "ReLU"
            return cls.output(mixed(rng, rng.choice([2, 3])), rng.randint(2, 6), activation)
        if level == "medium":
            h0, depth = array(mixed(rng, 2)), rng.randint(3, 5)
            weights, target = switching(rng, h0, rng.randint(0, 1)), array(mixed(rng, 2))
            return cls(h0, depth, "ReLU", weights, target, live=rng.randint(1, depth))
        activation = rng.choice(["ReLU", "sigmoid"])
        depth = 3 if activation == "ReLU" else 2
        biases = tuple(array(rng.sample(BIASES[activation], 2)) for _ in range(depth))
        return cls.output(mixed(rng, 2), depth, activation, biases)

    @classmethod
    def output(
        cls,
        h0: list[int],
        depth: int,
        activation: Activation,
        biases: tuple[Array, ...] = (),
    ) -> Self:
        """The question for h^L, with weights of 0 in every block and no loss."""
        nothing = array([0] * len(h0))
        return cls(array(h0), depth, activation, outer(nothing, nothing), nothing, biases)

    def worth_asking(self) -> bool:
        """ReLU lets some numbers through and not others; a matrix is neither simple nor large."""
        if self.biases and self.activation == "ReLU":
            totals = reduce(plus, map(relu, self.biases))
            return 0 not in totals and any(min(bias) < 0 for bias in self.biases)
        if not self.live:
            return True
        is_simple = equal(self.weights, self.weights.T) or is_singular(self.weights)
        return not is_simple and 0 not in self.z and 0 not in self.gradient(self.z, self.target)

    @property
    def counted(self) -> str:
        """The blocks' numbers, as they are listed."""
        numbers = [str(number) for number in range(1, self.depth + 1)]
        return ", ".join(numbers if self.depth < 4 else ["1", r"\dots", numbers[-1]])

    @property
    def is_sigmoid(self) -> bool:
        """Whether σ is the sigmoid."""
        return self.activation == "sigmoid"

    @property
    def z(self) -> Array:
        """The pre-activation of the block that has weights; the blocks before it change nothing."""
        return block_preactivation(self.weights, self.h0)

    @property
    def gated(self) -> Array:
        """D c, for the worked solution."""
        return preactivation_gradient(self.z, self.target)

    @property
    def backward(self) -> Array:
        """Wᵀ D c, for the worked solution."""
        return matvec(transpose(self.weights), self.gated)

    @property
    def size(self) -> int:
        """How many units a block has."""
        return len(self.h0)

    @property
    def added(self) -> list[Array]:
        """What each block adds to its input, where all weights are 0."""
        nothing = array([0] * self.size)
        return [activated(self.activation, bias) for bias in self.biases or (nothing,) * self.depth]

    @property
    def figure(self) -> Figure | None:
        """The blocks with their skips, as long as they are few and have no biases."""
        if self.depth > DRAWN or self.biases:
            return None
        names = [f"$W^{{({number})}}$" for number in range(1, self.depth + 1)]
        return residual_blocks(names, activation="σ")

    @property
    def work(self) -> Work:
        """A sum for each unit; or z, its signs, and the way back through one block."""
        if self.live:
            return work_of_product(self.weights, self.h0) + Work(2, 6, 4)
        per_unit = Work(0, len(self.biases) or 1, len(self.biases) or 1)
        return per_unit * self.size + Work(1, 0, 2)

    def gradient(self, z: Array, upstream: Array) -> Array:
        """(Wᵀ D + I) c, the way back through the one block that has weights."""
        return block_backward_input(self.weights, z, upstream)

    def with_added(self, added: Sequence[Array]) -> Array:
        """h⁰ and all that is added to it."""
        return reduce(plus, added, self.h0)

    def constant(self, value: Exact) -> Array:
        """The same number for every unit."""
        return array([value] * self.size)

    def mapped(self, function: Callable[[Array], Array]) -> Array | None:
        """h⁰ and a function of each bias, where there are biases."""
        return self.with_added([*map(function, self.biases)]) if self.biases else None

    @part(
        r"""
<%- if live -%>
Compute the gradient of the loss with respect to $h^{(0)}$, written in a row.
<%- else -%>
Compute $h^{(<< depth >>)}$, written in a row.
<%- endif -%>
""",
        points=1,
    )
    def vector(self) -> Array:
        """h⁰ + L σ(0), h⁰ + Σ σ(b), or (Wᵀ D + I) c."""
        return self.gradient(self.z, self.target) if self.live else self.with_added(self.added)

    @vector.misconception(
        "You left out the skips. They carry << '$c$ back to the input' if live else '$h^{(0)}$ "
        "through to the output' >>, whatever the weights are."
    )
    def forgets_the_skip(self) -> Array | None:
        """The plain network: only its last layer counts, and no gradient gets through.

        Who goes back from a last block with weights sees it pass on a gradient.
        """
        if self.live == self.depth:
            return None
        return self.constant(0) if self.live else self.added[-1]

    @vector.misconception(
        "Weights of 0 do not make the output 0: $\\sigma(0) = 1/2$, and the skips are still there."
    )
    def vanishes_without_weights(self) -> Array | None:
        """0; nobody expects that where biases stand beside the weights."""
        return self.constant(0) if self.activation == "sigmoid" and not self.biases else None

    @vector.misconception(
        "You took $\\sigma(0)$ for 0. The sigmoid is $1/2$ there, so every block adds $1/2$."
    )
    def takes_the_sigmoid_of_zero_for_zero(self) -> Array | None:
        """h⁰."""
        return self.h0 if self.activation == "sigmoid" and not self.biases else None

    @vector.misconception(
        "You took $\\sigma(0)$ for 1. It is << '1/2 for the sigmoid' if activation == 'sigmoid' "
        "else '0 for ReLU' >>."
    )
    def takes_one_at_zero(self) -> Array | None:
        """h⁰ + L."""
        if self.live or self.biases:
            return None
        return plus(self.h0, self.constant(self.depth))

    @vector.misconception("You took $\\sigma(0)$ for $1/2$, as for the sigmoid; ReLU is 0 there.")
    def takes_the_other_activation(self) -> Array | None:
        """h⁰ + L/2."""
        if self.activation == "sigmoid" or self.live or self.biases:
            return None
        return array([each + Fraction(self.depth, 2) for each in self.h0])

    @vector.misconception(
        "You let one block act. Each of the << depth >> blocks adds something, one after the other."
    )
    def stops_after_one_block(self) -> Array | None:
        """h¹."""
        return plus(self.h0, self.added[0]) if self.biases or self.is_sigmoid else None

    @vector.misconception("You took one block too many; there are << depth >>.")
    def counts_a_block_too_many(self) -> Array | None:
        """h⁰ + (L + 1) σ(0)."""
        if not self.is_sigmoid or self.biases:
            return None
        return plus(self.with_added(self.added), self.added[0])

    @vector.misconception("You left the last block out; it adds something like the others.")
    def stops_a_block_early(self) -> Array | None:
        """h^(L−1)."""
        return self.with_added(self.added[:-1]) if self.biases or self.is_sigmoid else None

    @vector.misconception(
        "You took a matrix of zeros for the identity. It makes the branch 0, so nothing is doubled."
    )
    def takes_the_identity_for_zero(self) -> Array | None:
        """2^L h⁰."""
        if self.is_sigmoid or self.live or self.biases:
            return None
        return array(2**self.depth * self.h0)

    @vector.misconception(
        "You added $h^{(0)}$ once for every block. Each block passes its input on once, so "
        "$h^{(0)}$ arrives once."
    )
    def adds_the_input_in_every_block(self) -> Array | None:
        """L h⁰ + …, for h⁰ + …"""
        if self.live:
            return None
        return plus(self.with_added(self.added), array((self.depth - 1) * self.h0))

    @vector.misconception(
        "You applied ReLU to the skips as well. They carry negative entries through unchanged."
    )
    def activates_the_skip(self) -> Array | None:
        """ReLU(h⁰) + …"""
        if self.is_sigmoid or self.live:
            return None
        return reduce(plus, self.added, relu(self.h0))

    @vector.misconception(
        "You left the biases out. With weights of 0 each block still adds $\\sigma(b^{(l)})$."
    )
    def forgets_the_bias(self) -> Array | None:
        """h⁰ + L σ(0)."""
        return self.mapped(lambda bias: activated(self.activation, array(0 * bias)))

    @vector.misconception("You added the biases themselves; each block adds $\\sigma(b^{(l)})$.")
    def forgets_the_activation(self) -> Array | None:
        """h⁰ + Σ b."""
        return None if self.is_sigmoid else self.mapped(lambda bias: bias)

    @vector.misconception(
        "You applied $\\sigma$ once, to the sum of the biases. Each block applies it to its own."
    )
    def activates_the_sum(self) -> Array | None:
        """h⁰ + σ(Σ b)."""
        if not self.biases:
            return None
        return plus(self.h0, activated(self.activation, reduce(plus, self.biases)))

    @vector.misconception("You took the odds for the probability: $\\sigma(\\ln k) = k / (k + 1)$.")
    def takes_the_odds_for_the_share(self) -> Array | None:
        """e^b for σ(b)."""
        if not self.is_sigmoid:
            return None
        return self.mapped(lambda bias: array([*map(exp, bias)]))

    @vector.misconception(
        "You left block << live >> out. Its weights are not 0, so its branch carries something "
        "back as well."
    )
    def forgets_the_live_block(self) -> Array | None:
        """c."""
        return self.target if self.live else None

    @vector.misconception(
        "You left out the identity path: the skip of block << live >> carries $c$ back unchanged."
    )
    def forgets_the_identity(self) -> Array | None:
        """Wᵀ D c."""
        return self.backward if self.live else None

    @vector.misconception(
        "You left out ReLU's derivative: where $W h \\le 0$ nothing flows back through $W$."
    )
    def ignores_the_activation(self) -> Array | None:
        """(Wᵀ + I) c."""
        if not self.live:
            return None
        return plus(matvec(transpose(self.weights), self.target), self.target)

    @vector.misconception("The gradient goes back through $W^\\top$, not $W$.")
    def forgets_the_transpose(self) -> Array | None:
        """(W D + I) c."""
        return plus(matvec(self.weights, self.gated), self.target) if self.live else None

    @vector.misconception("The skip does not pass through ReLU, so its gradient is not masked.")
    def masks_the_skip(self) -> Array | None:
        """(Wᵀ + I) D c."""
        return plus(self.backward, self.gated) if self.live else None

    @vector.misconception("You took the unit that is off for on, and the one that is on for off.")
    def lets_the_negative_through(self) -> Array | None:
        """(Wᵀ (I − D) + I) c."""
        return self.gradient(array(-self.z), self.target) if self.live else None

    @vector.misconception(
        "You added $c$ once for every block. The chain rule multiplies the blocks' Jacobians, and "
        "those of the other blocks are the identity."
    )
    def adds_the_upstream_in_every_block(self) -> Array | None:
        """Wᵀ D c + L c."""
        return plus(self.backward, array(self.depth * self.target)) if self.live else None
