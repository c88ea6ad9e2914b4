"""Forward and backward through a network with one hidden layer, and a step on one weight."""

from fractions import Fraction
from itertools import product
from random import Random
from typing import Self

from examgen.exact import Array, Exact, Undefined, array, canonical, equal, exp, ln, rational
from examgen.nn.dense import outer, relu, relu_derivative, times, transpose
from examgen.nn.logistic import logit_cross_entropy, sigmoid
from examgen.nn.mlp import (
    half_squared_error,
    hidden_gradient,
    hidden_preactivations,
    hidden_weights_gradient,
    output,
    output_weights_gradient,
)
from examgen.questions.family import family
from examgen.questions.figures import Figure, Graph
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, part
from examgen.questions.work import Work, work_of_product

HALF = Fraction(1, 2)
LARGEST = 25
"""What is above and what is below the line of a number on the way, or of e^f, added up."""
RATES = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 10)]


def some(rng: Random, count: int, most: int) -> list[int]:
    """Numbers up to this size, none of them 0."""
    return [rng.choice([-1, 1]) * rng.randint(1, most) for _ in range(count)]


def aimed(rng: Random, x: Array, is_on: bool, most: int) -> tuple[int, ...]:
    """A row of weights whose product with x has the sign wanted, and no large size."""
    rows = product([-2, -1, 1, 2], repeat=2)
    sizes = range(1, most + 1) if is_on else range(-most, 0)
    return rng.choice([row for row in rows if row[0] * x[0] + row[1] * x[1] in sizes])


@family(
    title="Backpropagation through a hidden layer",
    minutes=(14, 16, 18),
    conventions=("relu", "indices", "exact"),
    tags=("lecture-5",),
)
class LongBackpropMlp:
    """f = ⟨w², ReLU(W¹x)⟩ and its loss, ½(f − y)² or the cross-entropy of the logit f.

    Easy: two hidden units. Medium: three. Hard: three, and `label` 0 or 1 for `target`; the output
    weights are then multiples of ln 2 and ln 3, so that e^f is a fraction. `row` and `column` say
    which weight of W¹ takes a step.
    """

    x: Array
    hidden_weights: Array
    output_weights: Array
    target: int
    cross_entropy: bool
    row: int
    column: int
    rate: Fraction

    stem = r"""
    A network has one hidden layer of << units >> units, no biases, and one output:

    $$
    z = W^{(1)} x, \qquad h = \operatorname{ReLU}(z), \qquad f = \langle w^{(2)}, h \rangle
    $$

    $$
    x = << x | column >>, \qquad W^{(1)} = << hidden_weights >>, \qquad
    w^{(2)} = << output_weights | column >>
    $$

    <% if cross_entropy %>
    $f$ is the logit of label 1: $p = \sigma(f) = 1 / (1 + e^{-f})$. The label is
    $y = << target >>$, and the loss is

    $$
    L = -y \ln p - (1 - y) \ln(1 - p)
    $$
    <% else %>
    The target is $y = << target >>$, and the loss is

    $$
    L = \frac{1}{2} (f - y)^2
    $$
    <% endif %>

    Write a vector as a list, such as $[1, 2]$, and a matrix row by row.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Small numbers; targets near the output, or output weights that are logarithms."""
        units = 2 if level == "easy" else 3
        x = array(rng.sample([-2, -1, 1, 2] if level == "hard" else [-2, -1, 1, 2, 3], 2))
        hard, off = level == "hard", rng.randint(1, units)
        first = array([aimed(rng, x, i != off, 3 if hard else 5) for i in range(1, units + 1)])
        if hard:
            logs = [ln(2), ln(3), ln(rng.choice([2, 3]))]
            second = array([rng.choice([-1, 1]) * each for each in rng.sample(logs, 3)])
            target = rng.randint(0, 1)
        else:
            second = array(some(rng, units, 3))
            hidden = relu(hidden_preactivations(first, x))
            target = int(rational(output(second, hidden))) + rng.choice(
                [-6, -5, -4, -3, -2, 2, 3, 4, 5, 6]
            )
        row = rng.choice([i for i in range(1, units + 1) if i != off])
        column = rng.randint(1, 2)
        rate = HALF if hard else rng.choice(RATES)
        return cls(x, first, second, target, hard, row, column, rate)

    def worth_asking(self) -> bool:
        """Units differ in size, one is off, and no number is large.

        Nor may the output have the size of a unit: lost signs would not show.
        """
        z = hidden_preactivations(self.hidden_weights, self.x)
        f = output(self.output_weights, relu(z))
        seen = [*z, exp(f)] if self.cross_entropy else [*z, f, self.target]
        fractions = [rational(each) for each in seen]
        return (
            len({max(each, -each) for each in (*z, f)}) == self.units + 1
            and f != 0
            and not (self.units == 2 and equal(self.hidden_weights, self.hidden_weights.T))
            and all(abs(each.numerator) + each.denominator <= LARGEST for each in fractions)
        )

    @property
    def figure(self) -> Figure:
        """From the inputs through the hidden units to the loss."""
        hidden = [f"$h_{i}$" for i in range(1, self.units + 1)]
        return Graph.layered(("$x_1$", "$x_2$"), hidden, ("$f$",), ("$L$",))

    @property
    def units(self) -> int:
        """How many hidden units there are."""
        return len(self.hidden_weights)

    @property
    def x_row(self) -> Array:
        """x lying down, for the worked solutions."""
        return array([self.x])

    @property
    def old_weight(self) -> Exact:
        """The weight that takes a step."""
        return canonical(self.hidden_weights[self.row - 1, self.column - 1])

    @property
    def work(self) -> Work:
        """Forward, the loss, backward, and a step."""
        forward = work_of_product(self.hidden_weights, self.x) + Work(self.units, self.units)
        return forward + Work(2, 2, 2) + Work(5 * self.units + 2, 1, self.units)

    def odds(self, f: Exact) -> Exact:
        """e^f, for the worked solutions."""
        return exp(f)

    def gate(self, z: Array) -> Array:
        """ReLU'(z), for the worked solutions."""
        return relu_derivative(z)

    def gated(self, gradient_h: Array, z: Array) -> Array:
        """∂L/∂z, for the worked solutions."""
        return times(gradient_h, relu_derivative(z))

    def probability(self, f: Exact) -> Exact:
        """σ(f), for the worked solutions."""
        return sigmoid(f)

    @part(r"Compute $z$.", points=2)
    def z(self) -> Array:
        """z = Wx."""
        return hidden_preactivations(self.hidden_weights, self.x)

    @z.misconception(
        "Entry $i$ of $W x$ is *row* $i$ of $W$ times $x$; you took columns.", credit=SLIP
    )
    def transposes_the_weights(self) -> Array:
        """Wᵀx, where it exists."""
        return hidden_preactivations(transpose(self.hidden_weights), self.x)

    @z.misconception(
        "You applied ReLU already. $z$ is what goes into it, negative entries included.",
        credit=STEP,
    )
    def applies_the_activation(self) -> Array:
        """h for z."""
        return relu(hidden_preactivations(self.hidden_weights, self.x))

    @part(r"Compute $h$.", points=1)
    def h(self, z: Array) -> Array:
        """h = ReLU(z)."""
        return relu(z)

    @h.misconception("You left out ReLU: negative entries become 0.")
    def forgets_the_activation(self, z: Array) -> Array:
        """z."""
        return z

    @h.misconception("You dropped the signs. ReLU sets negative entries to 0.")
    def takes_absolute_values(self, z: Array) -> Array:
        """|z|."""
        return array([max(each, -each) for each in z])

    @part(r"Compute $f$.", points=2)
    def f(self, h: Array) -> Exact:
        """f = ⟨w, h⟩."""
        return output(self.output_weights, h)

    @f.misconception("You added up $h$ without the weights $w^{(2)}$.")
    def forgets_the_weights(self, h: Array) -> Exact:
        """Σh."""
        return canonical(sum(h))

    @f.misconception("You used $z$. It is $h$ that goes on to the output.", credit=STEP)
    def uses_the_preactivations(self, z: Array) -> Exact:
        """⟨w, z⟩."""
        return output(self.output_weights, z)

    @part(r"Compute the loss $L$.", points=2)
    def loss(self, f: Exact) -> Exact:
        """½(f − y)², or the cross-entropy."""
        if self.cross_entropy:
            return logit_cross_entropy(f, self.target)
        return half_squared_error(f, self.target)

    @loss.misconception("You left out the factor $1/2$.", credit=SLIP)
    def forgets_the_half(self, f: Exact) -> Exact | None:
        """(f − y)²."""
        return None if self.cross_entropy else canonical((f - self.target) ** 2)

    @loss.misconception(
        "You took the loss of the other label. For label << target >> it is "
        "<% if target == 1 %>$-\\ln p$<% else %>$-\\ln(1 - p)$<% endif %>.",
        credit=STEP,
    )
    def takes_the_other_label(self, f: Exact) -> Exact | None:
        """1 − y for y."""
        return logit_cross_entropy(f, 1 - self.target) if self.cross_entropy else None

    @loss.misconception(
        "You left out the minus sign; the logarithm of a probability is negative.", credit=SLIP
    )
    def forgets_the_minus(self, f: Exact) -> Exact | None:
        """ln p."""
        return -logit_cross_entropy(f, self.target) if self.cross_entropy else None

    @part(r"Compute $\partial L / \partial f$.", points=2)
    def gradient_f(self, f: Exact) -> Exact:
        """f − y, or σ(f) − y."""
        return self.slope(f)

    @gradient_f.misconception("You have the sign reversed: prediction minus target.", credit=SLIP)
    def reverses_the_sign(self, f: Exact) -> Exact:
        """y − f."""
        return -self.slope(f)

    @gradient_f.misconception(
        "You doubled it: the $1/2$ of the loss cancels the 2 of the square.",
        credit=SLIP,
        name="forgets_the_half",
    )
    def doubles_the_error(self, f: Exact) -> Exact | None:
        """2(f − y)."""
        return None if self.cross_entropy else 2 * self.slope(f)

    @gradient_f.misconception(
        "You halved it: the 2 that a square brings when differentiated cancels the $1/2$.",
        credit=SLIP,
    )
    def forgets_the_two(self, f: Exact) -> Exact | None:
        """(f − y)/2."""
        return None if self.cross_entropy else canonical(HALF * self.slope(f))

    @gradient_f.misconception(
        "You multiplied by $p (1 - p)$, which belongs to the squared error. For the cross-entropy "
        "it cancels.",
        credit=STEP,
    )
    def multiplies_by_the_slope(self, f: Exact) -> Exact | None:
        """(p − y)p(1 − p)."""
        if not self.cross_entropy:
            return None
        return canonical(self.slope(f) * sigmoid(f) * (1 - sigmoid(f)))

    @gradient_f.misconception(
        "You used the logit $f$. The error is the probability $p$ minus the label.",
        name="forgets_the_activation",
    )
    def forgets_the_sigmoid(self, f: Exact) -> Exact | None:
        """f − y for σ(f) − y."""
        return canonical(f - self.target) if self.cross_entropy else None

    @part(r"Compute $\partial L / \partial w^{(2)}$.", points=3)
    def gradient_w2(self, gradient_f: Exact, h: Array) -> Array:
        """∂L/∂f · h."""
        return output_weights_gradient(gradient_f, h)

    @gradient_w2.misconception(
        "You multiplied by $w^{(2)}$: that is $\\partial L / \\partial h$. The derivative of $f$ "
        "with respect to $w^{(2)}_i$ is $h_i$."
    )
    def swaps_the_factors(self, gradient_f: Exact) -> Array:
        """∂L/∂f · w."""
        return hidden_gradient(gradient_f, self.output_weights)

    @gradient_w2.misconception(
        "You used $z$. $f$ depends on $w^{(2)}$ through $h$.",
        credit=STEP,
        name="uses_the_preactivations",
    )
    def multiplies_by_the_preactivations(self, gradient_f: Exact, z: Array) -> Array:
        """∂L/∂f · z."""
        return output_weights_gradient(gradient_f, z)

    @gradient_w2.misconception("You left out $\\partial L / \\partial f$.")
    def forgets_the_upstream(self, h: Array) -> Array:
        """h."""
        return h

    @part(r"Compute $\partial L / \partial h$.", points=2)
    def gradient_h(self, gradient_f: Exact) -> Array:
        """∂L/∂f · w."""
        return hidden_gradient(gradient_f, self.output_weights)

    @gradient_h.misconception(
        "You multiplied by $h$: that is $\\partial L / \\partial w^{(2)}$. The derivative of $f$ "
        "with respect to $h_i$ is $w^{(2)}_i$.",
        name="swaps_the_factors",
    )
    def multiplies_by_the_hidden(self, gradient_f: Exact, h: Array) -> Array:
        """∂L/∂f · h."""
        return output_weights_gradient(gradient_f, h)

    @gradient_h.misconception(
        "You went a step further, through ReLU: that is $\\partial L / \\partial z$.", credit=STEP
    )
    def masks_too_early(self, gradient_f: Exact, z: Array) -> Array:
        """∂L/∂z."""
        return times(hidden_gradient(gradient_f, self.output_weights), relu_derivative(z))

    @part(
        r"Compute the matrix $\partial L / \partial W^{(1)}$, whose entry $[i, j]$ is "
        r"$\partial L / \partial W^{(1)}_{ij}$.",
        points=4,
    )
    def gradient_w1(self, gradient_h: Array, z: Array) -> Array:
        """(∂L/∂h ∘ ReLU'(z)) xᵀ."""
        return hidden_weights_gradient(gradient_h, z, self.x)

    @gradient_w1.misconception(
        "You left out ReLU's derivative: the weights of a unit that is off get gradient 0.",
        credit=STEP,
    )
    def ignores_the_activation(self, gradient_h: Array) -> Array:
        """∂L/∂h xᵀ."""
        return outer(gradient_h, self.x)

    @gradient_w1.misconception(
        "Rows and columns are swapped: row $i$ belongs to hidden unit $i$.", credit=SLIP
    )
    def transposes_the_gradient(self, gradient_h: Array, z: Array) -> Array:
        """x (∂L/∂z)ᵀ."""
        return transpose(hidden_weights_gradient(gradient_h, z, self.x))

    @gradient_w1.misconception(
        "You multiplied by $h$. The inputs of $W^{(1)}$ are $x$.", credit=STEP
    )
    def multiplies_by_the_outputs(self, gradient_h: Array, z: Array, h: Array) -> Array | None:
        """(∂L/∂z) hᵀ, where it has the shape of W."""
        return hidden_weights_gradient(gradient_h, z, h) if self.units == 2 else None

    @part(
        r"What is the weight $W^{(1)}_{<< row >><< column >>}$ after one step of gradient descent "
        r"with the step size $\alpha = << rate >>$?",
        points=2,
    )
    def updated(self, gradient_w1: Array) -> Exact:
        """W_ij − α ∂L/∂W_ij."""
        return self.stepped(-self.rate, gradient_w1, self.row, self.column)

    @updated.misconception(
        "You went uphill: $\\alpha$ times the gradient is subtracted.", credit=SLIP
    )
    def goes_uphill(self, gradient_w1: Array) -> Exact:
        """W_ij + α ∂L/∂W_ij."""
        return self.stepped(self.rate, gradient_w1, self.row, self.column)

    @updated.misconception(
        "That is only the change. The new weight is the old one, $<< old_weight >>$, plus it.",
        credit=STEP,
    )
    def gives_the_change_only(self, gradient_w1: Array) -> Exact:
        """−α ∂L/∂W_ij."""
        return self.stepped(-self.rate, gradient_w1, self.row, self.column) - self.old_weight

    @updated.misconception("You forgot the step size $\\alpha$.", credit=SLIP)
    def forgets_the_step_size(self, gradient_w1: Array) -> Exact:
        """W_ij − ∂L/∂W_ij."""
        return self.stepped(-1, gradient_w1, self.row, self.column)

    @updated.misconception(
        "You used entry $[<< column >>, << row >>]$ of the gradient. The first index is the row.",
        credit=SLIP,
    )
    def swaps_row_and_column(self, gradient_w1: Array) -> Exact | None:
        """∂L/∂W_ji for ∂L/∂W_ij, where there is one."""
        if self.row == self.column or self.row > 2:
            return None
        return self.stepped(-self.rate, gradient_w1, self.column, self.row)

    def slope(self, f: Exact) -> Exact:
        """∂L/∂f."""
        return canonical((sigmoid(f) if self.cross_entropy else f) - self.target)

    def stepped(self, rate: Exact, gradient: Array, row: int, column: int) -> Exact:
        """The old weight plus so much of an entry of the gradient."""
        if gradient.ndim != 2 or gradient.shape[0] < row or gradient.shape[1] < column:
            raise Undefined(f"a gradient of shape {gradient.shape} has no entry {row}, {column}")
        return canonical(self.old_weight + rate * gradient[row - 1, column - 1])
