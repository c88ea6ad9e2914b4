"""The gradient of the cross-entropy of logistic and of softmax regression."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, entries, equal, exp, height, ln, ratio
from examgen.nn.attention import softmax_row
from examgen.nn.dense import matvec, outer, plus, transpose
from examgen.nn.linear import descent_step
from examgen.nn.logistic import (
    binary_cross_entropy_gradient,
    cross_entropy_gradient,
    one_hot,
    probabilities,
    sigmoid,
)
from examgen.questions.family import family
from examgen.questions.figures import Figure, Graph, Plot, Point
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

LARGEST = 60
"""Neither a numerator nor a denominator may be larger."""
POINTS = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, -1), (1, -1), (-1, 1), (2, 0), (-2, 0)]
"""Their odds are 2ᵃ3ᵇ with small exponents."""
RATES: list[Exact] = [1, Fraction(1, 2)]


@family(
    title="The gradient of the cross-entropy",
    minutes=(3, 3, 3),
    conventions=("linear-model", "indices", "exact"),
    tags=("lecture-2",),
)
class LogisticBceGradient:
    """Xᵀ(p − y), for weights that are multiples of ln 2 and ln 3.

    Easy: two classes. Medium: a step of gradient descent (`rate` > 0). Hard: three classes, one
    point and W (2, 3); `y` has the labels, 0 and 1 or from 1 to 3.
    """

    x: Array
    y: Array
    w: Array
    rate: Exact

    stem = r"""
    <% if classes == 2 %>
    Logistic regression without an intercept says how probable label 1 is for point $x^{(i)}$, which
    stands in row $i$ of $X$:

    $$
    p_i = \sigma(\langle w, x^{(i)} \rangle), \qquad \sigma(z) = \frac{1}{1 + e^{-z}}
    $$

    $$
    X = << x >>, \qquad y = << y | column >>, \qquad w = << w | column >>
    $$

    The labels $y_i$ are 0 or 1, and the loss is summed over the points:

    $$
    L(w) = -\sum_{i=1}^{<< y | length >>} \bigl(y_i \ln p_i + (1 - y_i) \ln(1 - p_i)\bigr)
    $$
    <% else %>
    Softmax regression without an intercept has << classes >> classes. Column $c$ of $W$ belongs to
    class $c$; the logits of a point $x$ are $z = W^\top x$, and

    $$
    p_c = \frac{e^{z_c}}{e^{z_1} + e^{z_2} + e^{z_3}}
    $$

    $$
    x = << point | column >>, \qquad W = << w >>
    $$

    The point's label is class << label >>, so its loss is $L(W) = -\ln p_<< label >>$.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Weights that make every e^z a fraction of small integers."""
        logs = [ln(each) for each in rng.sample([2, 3], 2)]
        if level == "hard":
            x = array([[rng.choice([-2, -1, 1, 2]) for _ in logs]])
            w = array([[rng.choice([-1, 0, 1]) * each for _ in range(3)] for each in logs])
            return cls(x, array([rng.randint(1, 2)]), w, 0)
        count = 2 if level == "medium" else rng.choice([2, 3])
        x = array(rng.sample(POINTS, count))
        y = array(rng.sample([0, 1, rng.randint(0, 1)], count))
        w = array([rng.choice([-1, 1]) * each for each in logs])
        return cls(x, y, w, rng.choice(RATES) if level == "medium" else 0)

    def worth_asking(self) -> bool:
        """Probabilities differ, no logit and no entry is 0, and every fraction is small."""
        if 0 in entries(self.logits) or (self.classes == 2 and len(set(self.y.tolist())) < 2):
            return False
        if len(set(self.probabilities.tolist())) < len(self.probabilities):
            return False
        seen = [*entries(self.slope), *self.probabilities]
        return 0 not in seen and all(height(each) <= LARGEST for each in [*seen, self.total_odds])

    @property
    def classes(self) -> int:
        """How many classes there are."""
        return 2 if self.w.ndim == 1 else int(self.w.shape[1])

    @property
    def figure(self) -> Figure:
        """The points with their labels, or the network with its logits."""
        if self.classes > 2:
            logits = [f"$z_{c}$" for c in range(1, self.classes + 1)]
            return Graph.layered(("$x_1$", "$x_2$"), logits)
        points = tuple(
            Point(int(row[0]), int(row[1]), "disc" if label else "circle", f"$x^{{({i})}}$")
            for i, (row, label) in enumerate(zip(self.x, self.y, strict=True), start=1)
        )
        return Plot(
            (-3, 3),
            (-3, 3),
            ("$x_1$", "$x_2$"),
            points,
            legend=(("disc", "$y = 1$"), ("circle", "$y = 0$")),
        )

    @property
    def point(self) -> Array:
        """The only point of softmax regression."""
        return array(self.x[0])

    @property
    def label(self) -> int:
        """Its class, from 1."""
        return int(self.y[0])

    @property
    def logits(self) -> Array:
        """z for every point, or for every class of the only one."""
        if self.classes == 2:
            return matvec(self.x, self.w)
        return matvec(transpose(self.w), self.point)

    @property
    def odds(self) -> Array:
        """e^z for each of them."""
        return exp(self.logits)

    @property
    def probabilities(self) -> Array:
        """What the model predicts."""
        return probabilities(self.x, self.w) if self.classes == 2 else softmax_row(self.logits)

    @property
    def targets(self) -> Array:
        """What it should predict."""
        return self.y if self.classes == 2 else one_hot(self.label, self.classes)

    @property
    def errors(self) -> Array:
        """p − y."""
        return plus(self.probabilities, -self.targets)

    @property
    def total_odds(self) -> Exact:
        """Their sum, for the worked solution."""
        return canonical(sum(self.odds))

    @property
    def error_row(self) -> Array:
        """The errors as a matrix of one row, for the worked solution."""
        return array([self.errors])

    @property
    def written_rate(self) -> Exact | str:
        """The step size as it is written before a vector: a 1 is not."""
        return "" if self.rate == 1 else self.rate

    @property
    def slope(self) -> Array:
        """The gradient."""
        if self.classes == 2:
            return binary_cross_entropy_gradient(self.x, self.y, self.w)
        return cross_entropy_gradient(self.x, array([self.targets]), self.w)

    @property
    def work(self) -> Work:
        """The logits, the probabilities, the errors and their products with the inputs."""
        logits = len(self.logits)
        found = work_of_product(self.x, self.w) + Work(0, 2 * logits, 2 * logits)
        if self.classes > 2:
            return found + Work(len(entries(self.w)), 0)
        return found + work_of_product(transpose(self.x), self.errors) + self.step_work

    @property
    def step_work(self) -> Work:
        """The step after the gradient, where one is asked."""
        return Work(len(self.w), len(self.w)) if self.rate != 0 else Work()

    def from_errors(self, errors: Array) -> Array:
        """What the gradient is when these are the errors."""
        if self.classes == 2:
            return matvec(transpose(self.x), errors)
        return outer(self.point, errors)

    def answer_for(self, errors: Array) -> Array:
        """The answer when these are the errors."""
        return self.moved(self.from_errors(errors))

    def moved(self, gradient: Array) -> Array:
        """The gradient, or the weights after a step against it."""
        return descent_step(self.w, gradient, self.rate) if self.rate != 0 else gradient

    def each_error(self, error: Callable[[Exact, Exact, Exact], Exact]) -> Array:
        """The answer when *error* makes an error of a logit, a probability and a target."""
        triples = zip(self.logits, self.probabilities, self.targets, strict=True)
        return self.answer_for(array([error(*each) for each in triples]))

    @part(
        r"""
<%- if classes > 2 -%>
Compute the gradient $\partial L / \partial W$, a matrix of the shape of $W$.
<%- elif rate == 0 -%>
Compute the gradient $\nabla L(w)$, written in a row.
<%- else -%>
What is $w$ after one step $w \leftarrow w - \alpha \nabla L(w)$ with $\alpha = << rate >>$?
Write it in a row.
<%- endif -%>
""",
        points=1,
    )
    def descent(self) -> Array:
        """Xᵀ(p − y), or w − α times it."""
        return self.moved(self.slope)

    @descent.misconception(
        "You took label minus probability. The gradient has $p - y$; its negative goes downhill.",
    )
    def reverses_the_sign(self) -> Array:
        """y − p."""
        return self.answer_for(array(-self.errors))

    @descent.misconception(
        "You used the logits themselves. The error is the probability minus the label."
    )
    def forgets_the_activation(self) -> Array:
        """z − y."""
        return self.each_error(lambda z, _, y: z - y)

    @descent.misconception(
        "You took label 0 for $-1$. With labels 0 and 1 the error of a point with label 0 is $p$."
    )
    def takes_zero_for_minus_one(self) -> Array | None:
        """p − (2y − 1)."""
        return self.each_error(lambda _, p, y: p - 2 * y + 1) if self.classes == 2 else None

    @descent.misconception(
        "You multiplied by $p (1 - p)$. That belongs to the squared error; for the cross-entropy "
        "it cancels."
    )
    def multiplies_by_the_slope(self) -> Array | None:
        """(p − y)p(1 − p)."""
        if self.classes > 2:
            return None
        return self.each_error(lambda _, p, y: (p - y) * p * (1 - p))

    @descent.misconception(
        "You divided by the number of points. This loss is a sum over them, not their mean."
    )
    def averages_unasked(self) -> Array | None:
        """(p − y)/n."""
        if self.classes > 2:
            return None
        return self.answer_for(array([ratio(each, len(self.y)) for each in self.errors]))

    @descent.misconception(
        "You rounded the probabilities to 0 or 1. The error is $p - y$ with $p$ as it is."
    )
    def rounds_the_probabilities(self) -> Array | None:
        """1[p is the largest] − y; nothing is left where that is right."""
        likely = Fraction(1, 2) if self.classes == 2 else max(self.probabilities)
        rounded = array([int(p >= likely) for p in self.probabilities])
        if self.classes > 2 and (sum(rounded) > 1 or equal(rounded, self.targets)):
            return None
        return self.answer_for(plus(rounded, -self.targets))

    @descent.misconception(
        "You left the inputs out. The gradient has the errors times the inputs that the weights "
        "belong to."
    )
    def forgets_the_inputs(self) -> Array:
        """Σ(p − y) for every input."""
        if self.classes > 2:
            return array([self.errors] * len(self.point))
        return self.moved(array([sum(self.errors)] * len(self.w)))

    @descent.misconception("You left the labels out. The error is the probability minus the label.")
    def forgets_the_targets(self) -> Array:
        """p for p − y."""
        return self.each_error(lambda _, p, __: p)

    @descent.misconception(
        "You used $\\sigma(-z)$. With $\\sigma(z) = 1 / (1 + e^{-z})$ a large logit gives a large "
        "probability."
    )
    def negates_the_logits(self) -> Array | None:
        """1 − p for p."""
        return self.each_error(lambda _, p, y: 1 - p - y) if self.classes == 2 else None

    @descent.misconception(
        "You left out the points with label 0. Their term of the loss is $-\\ln(1 - p_i)$."
    )
    def leaves_the_zeros_out(self) -> Array | None:
        """Only points with y = 1."""
        return self.each_error(lambda _, p, y: (p - y) * y) if self.classes == 2 else None

    @descent.misconception("That is only the change. The new weights are the old ones plus it.")
    def gives_the_change_only(self) -> Array | None:
        """−α∇L."""
        return array(-self.rate * self.from_errors(self.errors)) if self.rate != 0 else None

    @descent.misconception(
        "Rows and columns are swapped. Column $c$ of $W$ belongs to class $c$, and so does column "
        "$c$ of the gradient."
    )
    def transposes_the_gradient(self) -> Array | None:
        """(p − y)xᵀ for x(p − y)ᵀ."""
        return outer(self.errors, self.point) if self.classes > 2 else None

    @descent.misconception(
        "You changed the column of class $<< label >>$ only. The other logits are in the "
        "denominator of $p_<< label >>$: their columns get $p_c x$."
    )
    def changes_the_true_class_only(self) -> Array | None:
        """0 for every class but the label's."""
        return self.each_error(lambda _, p, y: (p - y) * y) if self.classes > 2 else None

    @descent.misconception(
        "You took the sigmoid of each logit. Softmax divides each $e^{z_c}$ by the sum over all "
        "classes."
    )
    def takes_the_sigmoid_of_each(self) -> Array | None:
        """σ(z) − y."""
        return self.each_error(lambda z, _, y: sigmoid(z) - y) if self.classes > 2 else None

    @descent.misconception(
        "You did not normalise: each $e^{z_c}$ is divided by the sum over all classes."
    )
    def forgets_to_normalise(self) -> Array | None:
        """e^z − y."""
        return self.each_error(lambda z, _, y: exp(z) - y) if self.classes > 2 else None

    @descent.misconception(
        "You took another class for the label: classes count from 1 here, and this is class "
        "$<< label >>$."
    )
    def counts_from_zero(self) -> Array | None:
        """The column after the label's."""
        if self.classes == 2:
            return None
        return self.answer_for(plus(self.probabilities, -one_hot(self.label + 1, self.classes)))
