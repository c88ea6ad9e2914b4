"""Two residual blocks by hand: forward, and the gradient back through both."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, array, entries, equal
from examgen.nn.dense import (
    matvec,
    outer,
    plus,
    relu,
    times,
    transpose,
)
from examgen.nn.residual import (
    block_backward_input,
    block_backward_weights,
    block_preactivation,
    preactivation_gradient,
)
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.sampling import integers

HALF = Fraction(1, 2)
LARGEST = 20
"""No number that a student writes may be larger than this."""


@family(
    title="Two residual blocks, forward and backward",
    minutes=(15, 16, 17),
    conventions=("residual", "relu", "indices"),
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
        """Integer weights; `worth_asking` says which forward passes are wanted."""
        return cls(
            weights=(integers(rng, (2, 2), -2, 2), integers(rng, (2, 2), -2, 2)),
            h0=integers(rng, (2,), -3, 3),
            target=integers(rng, (2,), -3, 3),
            squared_loss=level == "hard",
        )

    def worth_asking(self) -> bool:
        """In each block another unit is off; no number is zero where that hides a mistake."""
        first, second = self.weights
        z1 = matvec(first, self.h0)
        h1 = plus(relu(z1), self.h0)
        z2 = matvec(second, h1)
        nonzero = [value for each in (self.h0, self.target, z1, h1, z2) for value in entries(each)]
        on = [value > 0 for value in (*z1, *z2)]
        return (
            0 not in nonzero
            and on in ([True, False, False, True], [False, True, True, False])
            and max(map(abs, nonzero)) <= LARGEST
            and not equal(first, first.T)
            and not equal(second, second.T)
        )

    def positive_part(self, z: Array) -> Array:
        """ReLU(z), for the worked solutions."""
        return relu(z)

    def masked(self, z: Array, upstream: Array) -> Array:
        """What of a gradient passes ReLU, for the worked solutions."""
        return preactivation_gradient(z, upstream)

    @part(r"$z^{(l)}$", points=2, each="weights", row="Block $l = << row >>$")
    def z(self, matrix: Array, previous_h: Array) -> Array:
        """z = W h."""
        return block_preactivation(matrix, previous_h)

    @z.misconception(
        "Entry $i$ of $Wh$ is *row* $i$ of $W$ times $h$; you took columns.", credit=HALF
    )
    def transposes_the_weights(self, matrix: Array, previous_h: Array) -> Array:
        """Wᵀ h."""
        return matvec(transpose(matrix), previous_h)

    @part(r"$h^{(l)}$", points=2, each="weights", row="Block $l = << row >>$", start="h0")
    def h(self, z: Array, previous_h: Array) -> Array:
        """h' = ReLU(z) + h."""
        return plus(relu(z), previous_h)

    @h.misconception("You left out the skip, which adds the block's input back.", credit=HALF)
    def forgets_the_skip(self, z: Array) -> Array:
        """The plain layer."""
        return relu(z)

    @h.misconception("Here the skip is added *after* ReLU, not before it.", credit=HALF)
    def adds_before_the_activation(self, z: Array, previous_h: Array) -> Array:
        """ReLU(z + h)."""
        return relu(plus(z, previous_h))

    @h.misconception("You left out ReLU, which acts on $z$ before the addition.", credit=HALF)
    def forgets_the_activation(self, z: Array, previous_h: Array) -> Array:
        """z + h."""
        return plus(z, previous_h)

    @part(
        r"Now take the skips out: $h^{(l)} = \operatorname{ReLU}(W^{(l)} h^{(l-1)})$ with the same "
        r"weights and the same $h^{(0)}$. Compute this plain network's $h^{(2)}$.",
        points=2,
    )
    def plain_output(self, z: tuple[Array, ...]) -> Array:
        """ReLU(W² ReLU(z¹))."""
        return relu(matvec(self.weights[1], relu(z[0])))

    @plain_output.misconception("Without skips the last activation is still there.", credit=HALF)
    def forgets_the_last_activation(self, z: tuple[Array, ...]) -> Array:
        """W² ReLU(z¹)."""
        return matvec(self.weights[1], relu(z[0]))

    @plain_output.misconception(r"You left out the ReLU of the first layer.", credit=HALF)
    def forgets_the_first_activation(self, z: tuple[Array, ...]) -> Array:
        """ReLU(W² z¹)."""
        return relu(matvec(self.weights[1], z[0]))

    @part(
        r"Compute $\partial L / \partial h^{(2)}$ (of the network *with* skips, here and below).",
        points=1,
    )
    def gradient_h2(self, h: tuple[Array, ...]) -> Array:
        """c, or h² − t for the squared loss."""
        return plus(h[1], -self.target) if self.squared_loss else self.target

    @gradient_h2.misconception("The factor $1/2$ cancels the 2 of the square.", credit=HALF)
    def forgets_the_half(self, h: tuple[Array, ...]) -> Array | None:
        """2(h² − t)."""
        return plus(h[1], -self.target) * 2 if self.squared_loss else None

    @gradient_h2.misconception("You have the sign reversed: it is $h^{(2)} - t$.", credit=HALF)
    def reverses_the_sign(self, h: tuple[Array, ...]) -> Array | None:
        """t − h²."""
        return plus(self.target, -h[1]) if self.squared_loss else None

    @gradient_h2.misconception(
        "You multiplied by $h^{(2)}$; the derivative of $c_i h_i$ by $h_i$ is $c_i$ alone."
    )
    def keeps_the_variable(self, h: tuple[Array, ...]) -> Array | None:
        """c times h², entry by entry."""
        return None if self.squared_loss else times(self.target, h[1])

    @part(r"Compute $\partial L / \partial h^{(1)}$.", points=4)
    def gradient_h1(self, z: tuple[Array, ...], gradient_h2: Array) -> Array:
        """(W²ᵀ D² + I) ∂L/∂h²."""
        return block_backward_input(self.weights[1], z[1], gradient_h2)

    @gradient_h1.misconception(
        "You left out the identity path: the skip carries the gradient through unchanged.",
        credit=HALF,
    )
    def forgets_the_identity(self, z: tuple[Array, ...], gradient_h2: Array) -> Array:
        """W²ᵀ D² g."""
        return matvec(transpose(self.weights[1]), preactivation_gradient(z[1], gradient_h2))

    @gradient_h1.misconception(
        "You left out ReLU's derivative: where $z \\le 0$ nothing flows back through $W$.",
        credit=HALF,
    )
    def ignores_the_activation(self, gradient_h2: Array) -> Array:
        """(W²ᵀ + I) g."""
        return plus(matvec(transpose(self.weights[1]), gradient_h2), gradient_h2)

    @gradient_h1.misconception("The gradient goes back through $W^\\top$, not $W$.", credit=HALF)
    def forgets_the_transpose(self, z: tuple[Array, ...], gradient_h2: Array) -> Array:
        """(W² D² + I) g."""
        back = matvec(self.weights[1], preactivation_gradient(z[1], gradient_h2))
        return plus(back, gradient_h2)

    @gradient_h1.misconception(
        "The skip does not pass through ReLU, so its gradient is not masked.", credit=HALF
    )
    def masks_the_skip(self, z: tuple[Array, ...], gradient_h2: Array) -> Array:
        """(W²ᵀ + I) D² g."""
        masked = preactivation_gradient(z[1], gradient_h2)
        return plus(matvec(transpose(self.weights[1]), masked), masked)

    @part(r"Compute $\partial L / \partial h^{(0)}$.", points=4, levels=("easy",))
    def gradient_h0(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """(W¹ᵀ D¹ + I) ∂L/∂h¹."""
        return block_backward_input(self.weights[0], z[0], gradient_h1)

    @gradient_h0.misconception(
        "You left out the identity path: the skip carries the gradient through unchanged.",
        credit=HALF,
        name="forgets_the_identity",
    )
    def forgets_the_first_identity(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """W¹ᵀ D¹ g."""
        return matvec(transpose(self.weights[0]), preactivation_gradient(z[0], gradient_h1))

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
        "Rows and columns are swapped: row $i$ belongs to output $i$ of $W^{(1)}$.", credit=HALF
    )
    def transposes_the_gradient(self, z: tuple[Array, ...], gradient_h1: Array) -> Array:
        """h⁰ (D¹ g)ᵀ."""
        return outer(self.h0, preactivation_gradient(z[0], gradient_h1))

    @gradient_w1.misconception(
        "You left out ReLU's derivative: the weights of a unit that is off get gradient 0.",
        credit=HALF,
        name="ignores_the_activation",
    )
    def ignores_the_first_activation(self, gradient_h1: Array) -> Array:
        """g h⁰ᵀ."""
        return outer(gradient_h1, self.h0)

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
