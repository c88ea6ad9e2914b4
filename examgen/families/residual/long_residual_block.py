"""Two residual blocks by hand: forward, and the gradient back through both."""

from random import Random
from typing import Self

from examgen.exact import Array, array, entries, equal
from examgen.families.residual._blocks import matrix_blocks
from examgen.families.residual._switching import is_singular, switching, unlike
from examgen.nn.dense import diagonal, matvec, outer, plus, relu, relu_derivative, transpose
from examgen.nn.residual import (
    block,
    block_backward_input,
    block_backward_weights,
    block_preactivation,
    preactivation_gradient,
)
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, part
from examgen.questions.work import Work, work_of_product

LARGEST = 20
"""No entry of a forward pass may be larger than this …"""
LARGEST_GRADIENT = 100
"""… and none of a gradient than this."""

NO_IDENTITY = "You left out the identity path: the skip carries the gradient through unchanged."
NO_BRANCH = "You let the gradient go back through the skip alone; the branch adds its share."
NO_DERIVATIVE = "You left out ReLU's derivative: where $z \\le 0$ nothing flows back through $W$."
NO_TRANSPOSE = "The gradient goes back through $W^\\top$, not $W$."
GATED_BY_INPUT = "You judged each ReLU by the block's input $h$; it acts on $z = Wh$."
MASKED_SKIP = "The skip does not pass through ReLU, so its gradient is not masked."


@family(
    title="Two residual blocks, forward and backward",
    minutes=(15, 16, 17),
    conventions=("residual", "relu", "indices"),
    tags=(
        "lecture-17",
        "idea-residual-forward",
        "idea-zero-weights",
    ),
)
class LongResidualBlock:
    """h^l = ReLU(W^l h^(l−1)) + h^(l−1) for l = 1, 2, and backpropagation through it.

    The loss is cᵀh², or at the hard level ½‖h² − t‖²; `target` is c or t.
    """

    weights: tuple[Array, ...]
    h0: Array
    target: Array
    squared_loss: bool

    stem = r"""
    A residual network has two blocks, $l = 1, 2$. Each adds its own input back *after* the
    activation; vectors are columns:

    $$
    z^{(l)} = W^{(l)} h^{(l-1)}, \qquad h^{(l)} = \operatorname{ReLU}(z^{(l)}) + h^{(l-1)}
    $$

    $$
    W^{(1)} = << weights[0] >>, \quad W^{(2)} = << weights[1] >>, \quad
    h^{(0)} = << h0 | column >>
    $$

    <% if squared_loss %>
    The loss is $L = \frac{1}{2} \lVert h^{(2)} - t \rVert^2$ with the target

    $$
    t = << target | column >>
    $$
    <% else %>
    The loss is $L = c^\top h^{(2)}$ with

    $$
    c = << target | column >>
    $$
    <% endif %>

    Write a vector as a list, such as $[1, 2]$, and a matrix row by row.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Weights that switch one unit on in each block: the same in both, or one and the other."""
        h0 = unlike(rng)
        first = switching(rng, h0, rng.randint(0, 1))
        second = switching(rng, block(first, h0), rng.randint(0, 1))
        return cls((first, second), h0, unlike(rng), squared_loss=level == "hard")

    def worth_asking(self) -> bool:
        """No number is zero where that hides a mistake, none is large, and the plain net lives.

        Nor may any entry be the same with and without the skips.
        """
        first, second = self.weights
        if any(equal(each, each.T) or is_singular(each) for each in self.weights):
            return False
        z1 = block_preactivation(first, self.h0)
        h1 = plus(relu(z1), self.h0)
        z2 = block_preactivation(second, h1)
        seen = [*z1, *h1, *z2]
        plain = matvec(second, relu(z1))
        if 0 in seen or max(map(abs, seen)) > LARGEST or not min(plain) < 0 < max(plain):
            return False
        h2 = plus(relu(z2), h1)
        if shares_an_entry(plain, z2) or shares_an_entry(relu(plain), h2):
            return False
        gradient_h2 = self.loss_gradient(h2)
        gradient_h1 = block_backward_input(second, z2, gradient_h2)
        largest = max(map(abs, entries(outer(gradient_h1, self.h0))))
        return 0 not in [*gradient_h2, *gradient_h1] and bool(largest <= LARGEST_GRADIENT)

    @property
    def figure(self) -> Figure:
        """Both blocks with their skips."""
        return matrix_blocks(2)

    def loss_gradient(self, h2: Array) -> Array:
        """∂L/∂h²: c, or h² − t for the squared loss."""
        return plus(h2, -self.target) if self.squared_loss else self.target

    def positive_part(self, z: Array) -> Array:
        """ReLU(z), for the worked solutions."""
        return relu(z)

    def gate(self, z: Array) -> Array:
        """D = diag(ReLU'(z)), for the worked solutions."""
        return diagonal(relu_derivative(z))

    def product(self, matrix: Array, vector: Array) -> Array:
        """A matrix times a vector, for the worked solutions."""
        return matvec(matrix, vector)

    def known_upstream(self, gradient_h2: Array | None) -> Array:
        """∂L/∂h² where it was asked; else it is c, which is given."""
        return self.target if gradient_h2 is None else gradient_h2

    @property
    def work(self) -> Work:
        """Two blocks forward, the plain second layer, and two blocks back."""
        first, second = self.weights
        z1 = block_preactivation(first, self.h0)
        forward = work_of_product(first, self.h0) + work_of_product(second, block(first, self.h0))
        plain = work_of_product(second, relu(z1))
        # In each block one unit is on: a row of Wᵀ is a single product, and the skip is added.
        back = Work(2, 2, 4) * 2
        subtraction = Work(additions=2) if self.squared_loss else Work()
        return forward + Work(additions=8) + plain + subtraction + back + Work(lookups=2)

    @part(r"$z^{(l)}$", points=2, each="weights", row="Block $l = << row >>$")
    def z(self, matrix: Array, previous_h: Array) -> Array:
        """z = W h."""
        return block_preactivation(matrix, previous_h)

    @z.misconception(
        "Entry $i$ of $Wh$ is *row* $i$ of $W$ times $h$; you took columns.", credit=SLIP
    )
    def transposes_the_weights(self, matrix: Array, previous_h: Array) -> Array:
        """Wᵀ h."""
        return matvec(transpose(matrix), previous_h)

    @z.misconception(
        "You applied ReLU already. $z$ is what goes into it, negative entries included.",
        credit=STEP,
    )
    def applies_the_activation(self, matrix: Array, previous_h: Array) -> Array:
        """ReLU(W h)."""
        return relu(block_preactivation(matrix, previous_h))

    @part(r"$h^{(l)}$", points=2, each="weights", row="Block $l = << row >>$", start="h0")
    def h(self, z: Array, previous_h: Array) -> Array:
        """h' = ReLU(z) + h."""
        return plus(relu(z), previous_h)

    @h.misconception("You left out the skip, which adds the block's input back.", credit=STEP)
    def forgets_the_skip(self, z: Array) -> Array:
        """The plain layer."""
        return relu(z)

    @h.misconception("Here the skip is added *after* ReLU, not before it.", credit=STEP)
    def adds_before_the_activation(self, z: Array, previous_h: Array) -> Array:
        """ReLU(z + h)."""
        return relu(plus(z, previous_h))

    @h.misconception("You left out ReLU, which acts on $z$ before the addition.", credit=STEP)
    def forgets_the_activation(self, z: Array, previous_h: Array) -> Array:
        """z + h."""
        return plus(z, previous_h)

    @h.misconception(
        "You applied ReLU to the skip as well. It carries the block's input through unchanged, "
        "negative entries included.",
        credit=STEP,
    )
    def activates_the_skip(self, z: Array, previous_h: Array) -> Array | None:
        """ReLU(z) + ReLU(h); the same where no entry of h is negative."""
        return plus(relu(z), relu(previous_h)) if min(previous_h) < 0 else None

    @h.misconception(
        "You added $h^{(0)}$ in the second block too. Its skip carries the block's own input, "
        "$h^{(1)}$.",
        credit=STEP,
    )
    def adds_the_first_input_in_every_block(self, z: Array, previous_h: Array) -> Array | None:
        """ReLU(z²) + h⁰."""
        return None if equal(previous_h, self.h0) else plus(relu(z), self.h0)

    @part(
        r"Now take the skips out: $h^{(l)} = \operatorname{ReLU}(W^{(l)} h^{(l-1)})$ with the same "
        r"weights and the same $h^{(0)}$. Compute this plain network's $h^{(2)}$.",
        points=2,
    )
    def plain_output(self, z: tuple[Array, ...]) -> Array:
        """ReLU(W² ReLU(z¹))."""
        return relu(matvec(self.weights[1], relu(z[0])))

    @plain_output.misconception(
        "You left out the last ReLU; it does not go away with the skips.", credit=STEP
    )
    def forgets_the_last_activation(self, z: tuple[Array, ...]) -> Array:
        """W² ReLU(z¹)."""
        return matvec(self.weights[1], relu(z[0]))

    @plain_output.misconception("You left out the ReLU of the first layer.", credit=STEP)
    def forgets_the_first_activation(self, z: tuple[Array, ...]) -> Array:
        """ReLU(W² z¹)."""
        return relu(matvec(self.weights[1], z[0]))

    @part(
        r"Back to the network *with* skips: compute $\partial L / \partial h^{(2)}$.",
        points=1,
        levels=("hard",),
    )
    def gradient_h2(self, h: tuple[Array, ...]) -> Array:
        """h² − t."""
        return self.loss_gradient(h[1])

    @gradient_h2.misconception(
        "You doubled it: the $1/2$ of the loss cancels the 2 of the square.", credit=SLIP
    )
    def forgets_the_half(self, h: tuple[Array, ...]) -> Array:
        """2(h² − t)."""
        return array(2 * self.loss_gradient(h[1]))

    @gradient_h2.misconception("You have the sign reversed: it is $h^{(2)} - t$.", credit=SLIP)
    def reverses_the_sign(self, h: tuple[Array, ...]) -> Array:
        """t − h²."""
        return array(-self.loss_gradient(h[1]))

    @part(
        r"Compute $\partial L / \partial h^{(1)}$ (in the network *with* skips, as in all that "
        r"follows).",
        points=4,
    )
    def gradient_h1(self, z: tuple[Array, ...], gradient_h2: Array | None = None) -> Array:
        """(W²ᵀ D² + I) ∂L/∂h²."""
        return block_backward_input(self.weights[1], z[1], self.known_upstream(gradient_h2))

    @gradient_h1.misconception(NO_IDENTITY, credit=STEP)
    def forgets_the_identity(self, z: tuple[Array, ...], gradient_h2: Array | None = None) -> Array:
        """W²ᵀ D² g."""
        return through_the_branch(self.weights[1], z[1], self.known_upstream(gradient_h2))

    @gradient_h1.misconception(NO_BRANCH)
    def forgets_the_branch(self, gradient_h2: Array | None = None) -> Array:
        """∂L/∂h² itself."""
        return self.known_upstream(gradient_h2)

    @gradient_h1.misconception(NO_DERIVATIVE, credit=STEP)
    def ignores_the_activation(self, gradient_h2: Array | None = None) -> Array:
        """(W²ᵀ + I) g."""
        return through_the_linear_block(self.weights[1], self.known_upstream(gradient_h2))

    @gradient_h1.misconception(NO_TRANSPOSE, credit=SLIP)
    def forgets_the_transpose(
        self, z: tuple[Array, ...], gradient_h2: Array | None = None
    ) -> Array:
        """(W² D² + I) g."""
        upstream = self.known_upstream(gradient_h2)
        return block_backward_input(transpose(self.weights[1]), z[1], upstream)

    @gradient_h1.misconception(MASKED_SKIP, credit=STEP)
    def masks_the_skip(self, z: tuple[Array, ...], gradient_h2: Array | None = None) -> Array:
        """(W²ᵀ + I) D² g."""
        masked = preactivation_gradient(z[1], self.known_upstream(gradient_h2))
        return through_the_linear_block(self.weights[1], masked)

    @gradient_h1.misconception(GATED_BY_INPUT, credit=STEP)
    def masks_by_the_input(
        self, z: tuple[Array, ...], h: tuple[Array, ...], gradient_h2: Array | None = None
    ) -> Array | None:
        """1[h¹ > 0] for 1[z² > 0]; the same where their signs are."""
        if switch_alike(h[0], z[1]):
            return None
        return block_backward_input(self.weights[1], h[0], self.known_upstream(gradient_h2))

    @part(r"Compute $\partial L / \partial h^{(0)}$.", points=4, levels=("easy",))
    def gradient_h0(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """(W¹ᵀ D¹ + I) ∂L/∂h¹."""
        return block_backward_input(self.weights[0], z[0], gradient_h1)

    @gradient_h0.misconception(NO_IDENTITY, credit=STEP, name="forgets_the_identity")
    def forgets_the_first_identity(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """W¹ᵀ D¹ g."""
        return through_the_branch(self.weights[0], z[0], gradient_h1)

    @gradient_h0.misconception(NO_BRANCH, name="forgets_the_branch")
    def forgets_the_first_branch(self, gradient_h1: Array) -> Array:
        """∂L/∂h¹ itself."""
        return gradient_h1

    @gradient_h0.misconception(NO_DERIVATIVE, credit=STEP, name="ignores_the_activation")
    def ignores_the_activation_of_block_one(self, gradient_h1: Array) -> Array:
        """(W¹ᵀ + I) g."""
        return through_the_linear_block(self.weights[0], gradient_h1)

    @gradient_h0.misconception(NO_TRANSPOSE, credit=SLIP, name="forgets_the_transpose")
    def forgets_the_first_transpose(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """(W¹ D¹ + I) g."""
        return block_backward_input(transpose(self.weights[0]), z[0], gradient_h1)

    @gradient_h0.misconception(MASKED_SKIP, credit=STEP, name="masks_the_skip")
    def masks_the_first_skip(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """(W¹ᵀ + I) D¹ g."""
        masked = preactivation_gradient(z[0], gradient_h1)
        return through_the_linear_block(self.weights[0], masked)

    @gradient_h0.misconception(GATED_BY_INPUT, credit=STEP, name="masks_by_the_input")
    def masks_the_first_block_by_its_input(
        self, z: tuple[Array, ...], gradient_h1: Array
    ) -> Array | None:
        """1[h⁰ > 0] for 1[z¹ > 0]; the same where their signs are."""
        if switch_alike(self.h0, z[0]):
            return None
        return block_backward_input(self.weights[0], self.h0, gradient_h1)

    @part(
        r"Compute the matrix $\partial L / \partial W^{(1)}$, whose entry $[i, j]$ is "
        r"$\partial L / \partial W^{(1)}_{ij}$.",
        points=4,
        levels=("medium", "hard"),
    )
    def gradient_w1(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """(D¹ ∂L/∂h¹) h⁰ᵀ."""
        return block_backward_weights(z[0], self.h0, gradient_h1)

    @gradient_w1.misconception(
        "Rows and columns are swapped: row $i$ belongs to output $i$ of $W^{(1)}$.", credit=SLIP
    )
    def transposes_the_gradient(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """h⁰ (D¹ g)ᵀ."""
        return outer(self.h0, preactivation_gradient(z[0], gradient_h1))

    @gradient_w1.misconception(
        "You left out ReLU's derivative: the weights of a unit that is off get gradient 0.",
        credit=STEP,
        name="ignores_the_activation",
    )
    def ignores_the_first_activation(self, gradient_h1: Array) -> Array:
        """g h⁰ᵀ."""
        return outer(gradient_h1, self.h0)

    @gradient_w1.misconception(GATED_BY_INPUT, credit=STEP, name="masks_by_the_input")
    def masks_the_first_weights_by_the_input(
        self, z: tuple[Array, ...], gradient_h1: Array
    ) -> Array | None:
        """1[h⁰ > 0] for 1[z¹ > 0]; the same where their signs are."""
        if switch_alike(self.h0, z[0]):
            return None
        return block_backward_weights(self.h0, self.h0, gradient_h1)

    @part(
        r"Suppose all weights of both matrices were 0. What would the residual network's "
        r"$h^{(2)}$ be?",
        points=1,
    )
    def output_without_weights(self) -> Array:
        """Only the skips are left, and they add up to the identity."""
        return self.h0

    @output_without_weights.misconception(
        "That is the plain network; the two skips carry $h^{(0)}$ through unchanged."
    )
    def vanishes_without_weights(self) -> Array:
        """All zeros."""
        return array([0] * len(self.h0))


def through_the_branch(weights: Array, z: Array, upstream: Array) -> Array:
    """Wᵀ D g: back through a block without its skip."""
    return matvec(transpose(weights), preactivation_gradient(z, upstream))


def through_the_linear_block(weights: Array, upstream: Array) -> Array:
    """(Wᵀ + I) g: back through a block without its ReLU."""
    return plus(matvec(transpose(weights), upstream), upstream)


def switch_alike(one: Array, other: Array) -> bool:
    """Whether ReLU lets the same entries of two vectors through."""
    return equal(relu_derivative(one), relu_derivative(other))


def shares_an_entry(one: Array, other: Array) -> bool:
    """Whether two vectors are the same somewhere."""
    return any(a == b for a, b in zip(one, other, strict=True))
