"""One step of gradient descent on a squared loss: plain, on a batch, or with momentum."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, equal, height, ratio, rational
from examgen.families.regression._scatter import scatter
from examgen.families.regression._squared_loss import LOSSES, Loss, SquaredLoss, factor
from examgen.nn.dense import inner, matvec, plus
from examgen.nn.linear import descent_step, momentum, residuals, squared_loss_gradient
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products

LARGEST = 60
"""Neither a sum of products nor a numerator or denominator of an answer may be larger."""
RATES = [Fraction(1, 2), Fraction(1, 4), Fraction(1, 5), Fraction(1, 10)]
DECAYS = [Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1, 4)]
INPUTS = [-3, -2, -1, 1, 2, 3]
ERRORS = [-5, -4, -3, -2, -1, 1, 2, 3, 4, 5]
"""Drawn themselves, and the targets from them: so a step leads to 0 no more often than from it."""
ONE_DIGIT = 9
"""The largest target."""


def small(rng: Random, length: int) -> list[int]:
    """Numbers from −2 to 2, none of them 0."""
    return [rng.choice([-2, -1, 1, 2]) for _ in range(length)]


@family(
    title="A step of gradient descent",
    minutes=(2, 3, 3),
    conventions=("linear-model", "indices", "exact"),
    tags=("lecture-2",),
)
class GdStepMse(SquaredLoss):
    """w ← w − α·m with m = βm + (1 − β)∇L for L = c·‖Xw − y‖²; β = 0 is plain descent.

    Easy: one weight. Medium: one of two weights, after a step on all points or some. Hard: the
    same along a running mean of gradients. `batch` has the numbers of the points used, from 1.
    """

    x: Array
    y: Array
    w: Array
    loss: Loss
    batch: tuple[int, ...]
    rate: Fraction
    decay: Exact
    mean: Array
    entry: int

    stem = r"""
    <% if width == 1 %>
    The model $f(x) = w x$ has one weight and no intercept. It is fitted to the << y | length >>
    points $(x^{(i)}, y^{(i)})$

    $$
    <% for point in x %>
    (<< point[0] >>, << y[loop.index0] >>)<% if not loop.last %>, \quad<% endif +%>
    <% endfor %>
    $$

    by gradient descent on the loss

    $$
    L(w) = << constant >> \sum_{i=1}^{<< y | length >>} \left(w x^{(i)} - y^{(i)}\right)^2
    $$
    <% else %>
    The linear model $f(x) = \langle w, x \rangle$ has no intercept. Point $x^{(i)}$ stands in
    row $i$ of $X$, and $y_i$ is its target:

    $$
    X = << x >>, \qquad y = << y | column >>
    $$

    <% if is_partial %>
    It is fitted by stochastic gradient descent. The first step uses the batch
    $S = \{<< batch | join(", ") >>\}$, that is, only those points and the loss

    $$
    L(w) = << constant >> \sum_{i \in S} \left(\langle w, x^{(i)} \rangle - y_i\right)^2
    $$
    <% else %>
    It is fitted by gradient descent on the loss

    $$
    L(w) = << constant >> \lVert X w - y \rVert^2
    $$
    <% endif %>
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """One weight; two, with a batch of two points or all; the same with momentum."""
        loss, rate = rng.choice(LOSSES), rng.choice(RATES)
        if level == "easy":
            x = array([[each] for each in rng.sample(INPUTS, rng.choice([2, 3]))])
            y, w = array([rng.randint(-3, 4) for _ in x]), array([rng.randint(-2, 2)])
            return cls(x, y, w, loss, tuple(range(1, len(x) + 1)), rate, 0, array([0]), 1)
        count, used = rng.choice([(4, 2), (2, 2)] if level == "hard" else [(4, 2), (3, 3), (2, 2)])
        x, w = array([small(rng, 2) for _ in range(count)]), array(small(rng, 2))
        y = plus(matvec(x, w), -array([rng.choice(ERRORS) for _ in range(count)]))
        batch, entry = tuple(sorted(rng.sample(range(1, count + 1), used))), rng.choice([1, 2])
        if level == "medium":
            return cls(x, y, w, loss, batch, rate, 0, array([0, 0]), entry)
        return cls(x, y, w, loss, batch, rate, rng.choice(DECAYS), array(small(rng, 2)), entry)

    @property
    def figure(self) -> Figure | None:
        """The points, where they lie in a plane."""
        return scatter(self.x, self.y) if self.width == 1 else None

    def worth_asking(self) -> bool:
        """No error is 0 and no two are equal, the weight moves, and no number is unwieldy.

        Nor is a target 0 where there are two weights: it would not show in the errors.
        """
        errors, answer = self.errors.tolist(), self.after(self.gradient)
        seen = (self.correlation, self.slope, self.direction, answer)
        return (
            0 not in errors
            and (self.width == 1 or 0 not in self.y)
            and max(map(abs, self.y)) <= ONE_DIGIT
            and len(set(errors)) == len(errors)
            and len(set(map(tuple, self.x.tolist()))) == len(self.x)
            and 0 not in (self.slope, self.direction)
            and abs(answer) < 10
            and all(height(each) <= LARGEST for each in seen)
        )

    @property
    def width(self) -> int:
        """How many weights there are."""
        return int(self.x.shape[1])

    @property
    def is_partial(self) -> bool:
        """Whether the step uses only some of the points."""
        return len(self.batch) < len(self.y)

    @property
    def also_halves(self) -> str:
        """What else halves the gradient, as the feedback says it; a batch is half of the points."""
        if self.loss == "mean" and self.is_partial:
            return f", or divided by the number of all {len(self.y)} points"
        if self.loss == "sum" and len(self.batch) == 2:
            return ", or divided by the number of points, which this loss does not"
        return ""

    @property
    def used_x(self) -> Array:
        """The points that the step uses."""
        return array([self.x[i - 1] for i in self.batch])

    @property
    def used_y(self) -> Array:
        """Their targets."""
        return array([self.y[i - 1] for i in self.batch])

    @property
    def points(self) -> int:
        """How many points the step uses."""
        return len(self.batch)

    @property
    def errors(self) -> Array:
        """Prediction minus target for each point used."""
        return residuals(self.used_x, self.used_y, self.w)

    @property
    def column(self) -> Array:
        """The inputs that the weight asked about is multiplied by."""
        return array(self.used_x[:, self.entry - 1])

    @property
    def correlation(self) -> Exact:
        """Σ r_i x_i over the points used."""
        return inner(self.column, self.errors)

    @property
    def gradient(self) -> Array:
        """The gradient at the start."""
        return self.with_factor(self.factor)

    @property
    def slope(self) -> Exact:
        """Its entry for the weight asked about."""
        return canonical(self.gradient[self.entry - 1])

    @property
    def direction(self) -> Exact:
        """The entry of the running mean that the step follows."""
        return canonical(self.followed(self.gradient)[self.entry - 1])

    @property
    def work(self) -> Work:
        """The errors, their products with a column, and the step."""
        used = sum(products(*each) for each in self.used_x) + sum(map(products, self.column))
        count, has_momentum = len(self.batch), self.decay != 0
        return Work(used + 2 + 2 * has_momentum, count * (self.width + 1) + 1, count)

    def with_factor(self, constant: Exact) -> Array:
        """The gradient with another constant before the sum of squares."""
        return squared_loss_gradient(self.used_x, self.used_y, self.w, factor=constant)

    def followed(self, gradient: Array) -> Array:
        """What the step follows: the running mean with this gradient in it."""
        return momentum(self.mean, gradient, self.decay)

    def after(self, gradient: Array) -> Fraction:
        """The weight asked about, after a step with this gradient."""
        return self.moved(self.followed(gradient))

    def moved(self, direction: Array) -> Fraction:
        """The weight asked about, after a step against this direction."""
        return rational(descent_step(self.w, direction, self.rate)[self.entry - 1])

    @part(
        r"""
<%- if width == 1 -%>
It starts at $w = << w[0] >>$ with the step size $\alpha = << rate >>$. What is $w$ after one step
$w \leftarrow w - \alpha L'(w)$?
<%- elif decay == 0 -%>
The first step is $w \leftarrow w - \alpha \nabla L(w)$ with $\alpha = << rate >>$, from the start

$$
w = << w | column >>
$$

What is the weight $w_<< entry >>$ after this step?
<%- else -%>
The first step is

$$
m \leftarrow \beta m + (1 - \beta) \nabla L(w), \qquad w \leftarrow w - \alpha m
$$

with $\alpha = << rate >>$ and $\beta = << decay >>$, from the start

$$
w = << w | column >>, \qquad m = << mean | column >>
$$

What is the weight $w_<< entry >>$ after this step?
<%- endif -%>
""",
        points=1,
    )
    def updated(self) -> Fraction:
        """w − α·2c·Xᵀ(Xw − y), or with the running mean for the gradient."""
        return self.after(self.gradient)

    @updated.misconception(
        "You left out the factor $1/<< batch | length >>$ of the loss. It stays there when the "
        "loss is differentiated."
    )
    def forgets_the_mean(self) -> Fraction | None:
        """c = 1 for 1/n."""
        return self.after(self.with_factor(1)) if self.loss == "mean" else None

    @updated.misconception(
        "You left out the 2 that the derivative of a square brings<< also_halves >>."
    )
    def forgets_the_two(self) -> Fraction | None:
        """c for 2c; with c = 1/2 there is no 2 left to forget."""
        half = ratio(self.factor, 2)
        return None if self.loss == "half" else self.after(self.with_factor(half))

    @updated.misconception(
        "You doubled the gradient: the $1/2$ of the loss cancels the 2 that the derivative brings."
    )
    def forgets_the_half(self) -> Fraction | None:
        """c = 1 for 1/2."""
        return self.after(self.with_factor(1)) if self.loss == "half" else None

    @updated.misconception(
        "You divided by the number of points, which this loss does not: differentiate it as it is "
        "printed."
    )
    def averages_unasked(self) -> Fraction | None:
        """c/n for c; for the sum over two points that forgets the 2."""
        if self.loss == "mean" or (self.loss == "sum" and len(self.batch) == 2):
            return None
        return self.after(self.with_factor(ratio(self.factor, len(self.batch))))

    @updated.misconception(
        "You went uphill. The gradient points to larger losses, so $\\alpha$ times it is "
        "subtracted."
    )
    def goes_uphill(self) -> Fraction:
        """w + α∇L."""
        return self.moved(array(-self.followed(self.gradient)))

    @updated.misconception(
        "That is only the change. The new weight is the old one, $<< w[entry - 1] >>$, plus it."
    )
    def gives_the_change_only(self) -> Fraction | None:
        """−α∇L for w − α∇L."""
        return rational(-self.rate * self.direction) if self.w[self.entry - 1] != 0 else None

    @updated.misconception(
        "You added the errors up as they are. Each is multiplied by the input of this weight "
        "before they are added."
    )
    def forgets_the_inputs(self) -> Fraction:
        """Σ r for Σ r x."""
        return self.after(array([self.doubled * sum(self.errors)] * self.width))

    @updated.misconception(
        "You multiplied the inputs by the predictions. The gradient is made of the errors, "
        "prediction minus target."
    )
    def forgets_the_targets(self) -> Fraction:
        """Xw for Xw − y."""
        nothing = array(0 * self.used_y)
        return self.after(squared_loss_gradient(self.used_x, nothing, self.w, factor=self.factor))

    @updated.misconception(
        "You multiplied the errors by a row. The gradient is $X^\\top$ times the errors: its entry "
        "<< entry >> takes the inputs of $w_<< entry >>$, a *column* of the data."
    )
    def forgets_the_transpose(self) -> Fraction | None:
        """X r for Xᵀ r, where both exist."""
        x = self.used_x
        if x.shape != (2, 2) or equal(x, x.T):
            return None
        return self.after(array(self.doubled * matvec(x, self.errors)))

    @updated.misconception(
        "You used all << y | length >> points. This step uses those in the batch only."
    )
    def uses_every_point(self) -> Fraction | None:
        """The gradient of the whole loss for that of the batch."""
        full = factor(self.loss, len(self.y))
        if not self.is_partial:
            return None
        return self.after(squared_loss_gradient(self.x, self.y, self.w, factor=full))

    @updated.misconception(
        "You took a plain step along the new gradient. With momentum the step follows $m$."
    )
    def ignores_the_momentum(self) -> Fraction | None:
        """∇L for the running mean."""
        return None if self.decay == 0 else self.moved(self.gradient)

    @updated.misconception(
        "You added the whole gradient to $\\beta m$. Here its weight is "
        "$1 - \\beta = << 1 - decay >>$."
    )
    def adds_the_whole_gradient(self) -> Fraction | None:
        """βm + ∇L."""
        if self.decay == 0:
            return None
        return self.moved(array(self.decay * self.mean + self.gradient))

    @updated.misconception(
        "You swapped the weights: $\\beta = << decay >>$ belongs to the old $m$, "
        "$1 - \\beta = << 1 - decay >>$ to the new gradient."
    )
    def swaps_the_weighting(self) -> Fraction | None:
        """(1 − β)m + β∇L."""
        if self.decay in (0, Fraction(1, 2)):
            return None
        return self.moved(momentum(self.mean, self.gradient, 1 - self.decay))
