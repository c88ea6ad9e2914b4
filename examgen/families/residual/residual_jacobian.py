"""The Jacobian of one residual block, or of two, at a point."""

from collections.abc import Callable
from random import Random
from typing import NamedTuple, Self

from examgen.exact import Array, array, equal
from examgen.families.residual._blocks import STEM, matrix_blocks
from examgen.families.residual._switching import is_singular, switching
from examgen.nn.dense import diagonal, identity, matmul, plus, relu_derivative, transpose
from examgen.nn.residual import (
    block,
    block_preactivation,
    jacobian,
    total_jacobian,
    vector_states,
)
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

LARGEST = 20
"""No number on the way may be larger than this."""


class Step(NamedTuple):
    """One block at its point, for the worked solution."""

    weights: Array
    h: Array
    z: Array
    gate: Array
    jacobian: Array


def branch(weights: Array, z: Array) -> Array:
    """D W, a block's Jacobian without its skip."""
    return matmul(diagonal(relu_derivative(z)), weights)


def with_skip(matrix: Array) -> Array:
    """A branch's Jacobian, and the identity of its skip."""
    return plus(matrix, identity(len(matrix)))


@family(
    title="The Jacobian of residual blocks",
    minutes=(3, 3, 3),
    conventions=("residual", "relu", "indices"),
    tags=(
        "lecture-17",
        "idea-residual-gradient",
    ),
)
class ResidualJacobian:
    """∂h^L/∂h⁰ of blocks h^l = ReLU(W^l h^(l−1)) + h^(l−1) is the product of all D^l W^l + I.

    Easy: one block of two units, of which one is on. Medium: one block of three units, of which one
    or two are on. Hard: two blocks of two units, in each of which one is on.
    """

    weights: tuple[Array, ...]
    h0: Array

    stem = STEM

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Weights that leave some units on and some off."""
        size = 3 if level == "medium" else 2
        h0 = array([rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(size)])
        if level == "medium":
            rows = [[rng.randint(-2, 2) for _ in range(size)] for _ in range(size)]
            return cls((array(rows),), h0)
        on = rng.randint(0, 1)
        first = switching(rng, h0, on)
        if level == "easy":
            return cls((first,), h0)
        return cls((first, switching(rng, block(first, h0), rng.randint(0, 1))), h0)

    def worth_asking(self) -> bool:
        """Some units are on and some off, no z is 0, and no matrix is symmetric or large."""
        for weights, h, z, gate, _ in self.steps:
            on = set(gate.diagonal().tolist())
            if 0 in z or on != {0, 1} or equal(weights, weights.T):
                return False
            if max(map(abs, (*z, *h))) > LARGEST or (len(h) == 2 and is_singular(weights)):
                return False
        return bool(abs(self.through(jacobian)).max() <= LARGEST)

    @property
    def depth(self) -> int:
        """How many blocks there are."""
        return len(self.weights)

    @property
    def states(self) -> list[Array]:
        """h⁰, …, h^L."""
        return vector_states(self.weights, self.h0)

    @property
    def steps(self) -> list[Step]:
        """Each block at the point that it is fed."""
        found = []
        for weights, h in zip(self.weights, self.states, strict=False):
            z = block_preactivation(weights, h)
            gate = diagonal(relu_derivative(z))
            found.append(Step(weights, h, z, gate, jacobian(weights, z)))
        return found

    @property
    def figure(self) -> Figure:
        """The blocks with their skips."""
        return matrix_blocks(self.depth)

    @property
    def work(self) -> Work:
        """For each block z, its signs, the rows of W that stay, and 1 on the diagonal."""
        found = Work()
        for weights, h, _, _, _ in self.steps:
            found += work_of_product(weights, h) + Work(additions=2 * len(h), lookups=len(h))
        if self.depth == 2:
            first, second = (each.jacobian for each in self.steps)
            found += work_of_product(second, first)
        return found

    def through(self, factor: Callable[[Array, Array], Array]) -> Array:
        """The product of every block's *factor* (W, z), the last block's on the left."""
        return total_jacobian(self.weights, self.h0, factor)

    @part(
        r"Compute the Jacobian $J = \partial h^{(<< depth >>)} / \partial h^{(0)}$ at this "
        r"$h^{(0)}$: the matrix whose entry $[i, j]$ is "
        r"$\partial h^{(<< depth >>)}_i / \partial h^{(0)}_j$.",
        points=1,
    )
    def matrix(self) -> Array:
        """J^L … J¹ with J^l = D^l W^l + I."""
        return self.through(jacobian)

    @matrix.misconception(
        "You left the skip<< '' if depth == 1 else 's' >> out: the Jacobian of a block is that of "
        "its ReLU branch *plus the identity*."
    )
    def forgets_the_identity(self) -> Array:
        """D W."""
        return self.through(branch)

    @matrix.misconception(
        "You took every ReLU to be on. Where entry $i$ of $z = Wh$ is negative, row $i$ of $W$ "
        "drops out and only the skip is left."
    )
    def ignores_the_activation(self) -> Array:
        """W + I."""
        return self.through(lambda w, _: with_skip(w))

    @matrix.misconception(
        "You let ReLU switch the skip off too. It does not pass through ReLU: the row of a unit "
        "that is off is that of the identity."
    )
    def masks_the_skip(self) -> Array:
        """D (W + I)."""
        return self.through(lambda w, z: branch(with_skip(w), z))

    @matrix.misconception(
        "You zeroed columns of $W$. Unit $i$ being off removes *row* $i$: output $i$ no longer "
        "depends on entry $i$ of $Wh$."
    )
    def masks_the_columns(self) -> Array:
        """W D + I."""
        return self.through(lambda w, z: with_skip(matmul(w, diagonal(relu_derivative(z)))))

    @matrix.misconception(
        "You took the units that are off for on, and those that are on for off. Unit $i$ is on "
        "where entry $i$ of $Wh$ is positive."
    )
    def lets_the_negative_through(self) -> Array:
        """(I − D) W + I."""
        return self.through(lambda w, z: jacobian(w, -z))

    @matrix.misconception("You judged each ReLU by the block's input $h$; it acts on $z = Wh$.")
    def masks_by_the_input(self) -> Array | None:
        """1[h > 0] for 1[z > 0]; the same where their signs are."""
        signs_differ = [
            not equal(relu_derivative(each.h), relu_derivative(each.z)) for each in self.steps
        ]
        if not any(signs_differ):
            return None
        factors = [jacobian(each.weights, each.h) for each in self.steps]
        return factors[0] if self.depth == 1 else matmul(factors[1], factors[0])

    @matrix.misconception(
        "Your matrix is transposed: row $i$ belongs to output $i$, column $j$ to input $j$."
    )
    def transposes_the_gradient(self) -> Array:
        """Jᵀ."""
        return transpose(self.through(jacobian))

    @matrix.misconception("You subtracted the identity; the skip is *added*.")
    def subtracts_the_skip(self) -> Array:
        """D W − I."""
        return self.through(lambda w, z: plus(branch(w, z), -identity(len(z))))

    @matrix.misconception(
        "You multiplied the Jacobians in the wrong order. The second block acts last, so its "
        "Jacobian stands on the left."
    )
    def reverses_the_blocks(self) -> Array | None:
        """J¹ J²."""
        if self.depth == 1:
            return None
        first, second = (each.jacobian for each in self.steps)
        return (
            None if equal(self.through(jacobian), matmul(first, second)) else matmul(first, second)
        )

    @matrix.misconception(
        "You took one skip around both blocks. Each has its own, so the identity is added to each "
        "block's branch before their product is taken."
    )
    def keeps_the_ends_only(self) -> Array | None:
        """D² W² D¹ W¹ + I."""
        return None if self.depth == 1 else with_skip(self.through(branch))

    @matrix.misconception(
        "You added the blocks' branches. The Jacobians are multiplied, which leaves a product of "
        "both branches as well."
    )
    def adds_the_slopes(self) -> Array | None:
        """D² W² + D¹ W¹ + I."""
        if self.depth == 1:
            return None
        first, second = (branch(each.weights, each.z) for each in self.steps)
        return with_skip(plus(first, second))

    @matrix.misconception(
        "That is the first block's Jacobian alone; the second block's stands on its left."
    )
    def stops_a_block_early(self) -> Array | None:
        """J¹."""
        return None if self.depth == 1 else self.steps[0].jacobian

    @matrix.misconception("You judged the second block's ReLUs at $h^{(0)}$; it is fed $h^{(1)}$.")
    def feeds_every_block_the_input(self) -> Array | None:
        """D² at W² h⁰."""
        if self.depth == 1:
            return None
        (first, second), h0 = self.weights, self.h0
        factors = [jacobian(w, block_preactivation(w, h0)) for w in (first, second)]
        found = matmul(factors[1], factors[0])
        return None if equal(found, self.through(jacobian)) else found
