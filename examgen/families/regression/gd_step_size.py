"""How large the steps of gradient descent on a squared loss may be."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, ratio, rational
from examgen.families.regression._descent import descent
from examgen.families.regression._designs import alike, upright
from examgen.families.regression._squared_loss import LOSSES, Loss, SquaredLoss
from examgen.nn.dense import inner
from examgen.nn.linear import gram, squared_loss_hessian
from examgen.nn.spectra import symmetric_eigenvalues
from examgen.questions.family import family
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products

INPUTS = [-3, -2, -1, 1, 2, 3]


@family(
    title="How large steps may be",
    minutes=(2, 3, 3),
    conventions=("linear-model", "exact"),
    tags=("lecture-2",),
)
class GdStepSize(SquaredLoss):
    """The α up to which w ← w − α∇L converges for L = c·‖Xw − y‖²: 2 over the largest eigenvalue.

    Easy: one weight, where also the α that needs a single step may be asked (`exact`). Medium: two
    weights and XᵀX diagonal. Hard: XᵀX has a number other than 0 beside its diagonal.
    """

    x: Array
    y: Array
    loss: Loss
    exact: bool

    stem = r"""
    <% if is_scalar %>
    The model $f(x) = w x$ has one weight and no intercept. For the << y | length >> points
    $(x^{(i)}, y^{(i)})$

    $$
    <% for point in x %>
    (<< point[0] >>, << y[loop.index0] >>)<% if not loop.last %>, \quad<% endif +%>
    <% endfor %>
    $$

    gradient descent $w \leftarrow w - \alpha L'(w)$ with a fixed step size $\alpha > 0$ minimises

    $$
    L(w) = << constant >> \sum_{i=1}^{<< y | length >>} \left(w x^{(i)} - y^{(i)}\right)^2
    $$
    <% else %>
    The linear model $f(x) = \langle w, x \rangle$ has no intercept. Point $x^{(i)}$ stands in
    row $i$ of $X$, and $y_i$ is its target:

    $$
    X = << x >>, \qquad y = << y | column >>
    $$

    Gradient descent $w \leftarrow w - \alpha \nabla L(w)$ with a fixed step size $\alpha > 0$
    minimises

    $$
    L(w) = << constant >> \lVert X w - y \rVert^2
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """One column, orthogonal columns, or equally long ones."""
        if level == "easy":
            inputs = rng.choice([[1, 2, 3], INPUTS])
            x = array([[each] for each in rng.sample(inputs, rng.choice([2, 3]))])
        else:
            x = array(upright(rng) if level == "medium" else alike(rng))
        y = array([rng.choice(INPUTS) for _ in x])
        return cls(x, y, rng.choice(LOSSES), level == "easy" and rng.random() < 0.5)

    def worth_asking(self) -> bool:
        """No point is 0, and both eigenvalues are positive."""
        return all(any(point) for point in self.x) and min(self.eigenvalues) > 0

    @property
    def figure(self) -> Figure | None:
        """What steps of a fixed size do on a loss with one weight, unless one of them is enough."""
        return descent() if self.is_scalar and not self.exact else None

    @property
    def is_scalar(self) -> bool:
        """Whether the model has one weight."""
        return int(self.x.shape[1]) == 1

    @property
    def gram(self) -> Array:
        """XᵀX."""
        return gram(self.x)

    @property
    def is_diagonal(self) -> bool:
        """Whether the eigenvalues stand on the diagonal."""
        return self.is_scalar or self.gram[0, 1] == 0

    @property
    def eigenvalues(self) -> Array:
        """Those of XᵀX, the smaller one first."""
        return array(self.gram[0]) if self.is_scalar else symmetric_eigenvalues(self.gram)

    @property
    def inputs(self) -> Array:
        """The only column, where there is one."""
        return array(self.x[:, 0])

    @property
    def curvature(self) -> Exact:
        """The largest eigenvalue of the Hessian."""
        hessian = squared_loss_hessian(self.x, factor=self.factor)
        return canonical((hessian[0] if self.is_scalar else symmetric_eigenvalues(hessian))[-1])

    @property
    def work(self) -> Work:
        """XᵀX, its eigenvalues, and two quotients."""
        columns = 1 if self.is_scalar else 3
        squares = sum(products(*each) for each in self.x)
        return Work(squares + 2, (len(self.x) - 1) * columns + 2, columns)

    def for_curvature(self, curvature: Exact) -> Fraction:
        """The step size asked about, were that the largest eigenvalue of the Hessian."""
        return rational(ratio(1 if self.exact else 2, curvature))

    def for_eigenvalue(self, eigenvalue: Exact) -> Fraction:
        """The same, were that the largest eigenvalue of XᵀX."""
        return self.for_curvature(self.doubled * eigenvalue)

    def with_factor(self, constant: Exact) -> Fraction:
        """The same with another constant before the sum of squares."""
        return self.for_curvature(2 * constant * self.eigenvalues[-1])

    @part(
        r"""
<%- if exact -%>
With one step size a single step reaches the minimum, wherever it starts. Which $\alpha$ is it?
<%- else -%>
It converges to a minimiser of $L$ from every start if $\alpha < \alpha_{\max}$, but not from
every start if $\alpha > \alpha_{\max}$. What is $\alpha_{\max}$?
<%- endif -%>
""",
        points=1,
    )
    def step_size(self) -> Fraction:
        """2 over the largest eigenvalue of 2c·XᵀX, or 1 over it."""
        return self.for_curvature(self.curvature)

    @step_size.misconception(
        "You left out the factor $1/<< y | length >>$ of the loss. It stays there when the loss is "
        "differentiated."
    )
    def forgets_the_mean(self) -> Fraction | None:
        """c = 1 for 1/n."""
        return self.with_factor(1) if self.loss == "mean" else None

    @step_size.misconception("You left out the 2 that the derivative of a square brings.")
    def forgets_the_two(self) -> Fraction | None:
        """c for 2c: of the exact step that gives the bound; with c = 1/2 there is no 2 left."""
        is_other = self.exact or self.loss == "half"
        return None if is_other else self.with_factor(ratio(self.factor, 2))

    @step_size.misconception(
        "You took <% if is_scalar %>the sum of the squared inputs<% else %>$X^\\top X$<% endif %> "
        "for the second derivative. With the constants of this loss that is "
        "$<< doubled >>$ times as much."
    )
    def takes_the_gram_matrix_for_the_hessian(self) -> Fraction | None:
        """λ(XᵀX) for 2c·λ(XᵀX), where neither 2 nor c alone is forgotten."""
        both_left_out = self.loss == "mean" and self.doubled != 1
        return self.for_curvature(self.eigenvalues[-1]) if both_left_out else None

    @step_size.misconception(
        "You doubled the second derivative: the $1/2$ of the loss cancels the 2 that the "
        "derivative brings."
    )
    def forgets_the_half(self) -> Fraction | None:
        """c = 1 for 1/2: of the bound that gives the exact step."""
        return self.with_factor(1) if self.exact and self.loss == "half" else None

    @step_size.misconception(
        "You brought a 2 down at each derivative. The first makes the square linear; after that "
        "only the input is left to multiply by."
    )
    def brings_the_two_twice(self) -> Fraction | None:
        """2·2c for 2c: of the bound that gives the exact step, and with c = 1/2 forgets the 1/2."""
        is_other = not self.exact or self.loss == "half"
        return None if is_other else self.with_factor(2 * self.factor)

    @step_size.misconception(
        "You divided by the number of points, which this loss does not: differentiate it as it is "
        "printed."
    )
    def averages_unasked(self) -> Fraction | None:
        """c/n for c."""
        mean = ratio(self.factor, len(self.y))
        return None if self.loss == "mean" else self.with_factor(mean)

    @step_size.misconception(
        "That is half of the bound: a step that reaches the minimum along the steepest direction "
        "at once, and up to twice as large a step still comes closer. Or you doubled the second "
        "derivative<% if loss == 'half' %>; the $1/2$ of the loss cancels the 2 that the "
        "derivative brings<% else %>; only the first derivative brings a 2<% endif %>."
    )
    def stops_at_the_exact_step(self) -> Fraction | None:
        """1/λ for 2/λ."""
        return None if self.exact else rational(ratio(1, self.curvature))

    @step_size.misconception(
        "That is the bound of convergence: such a step lands as far away on the other side, and "
        "half of it lands at the minimum.<% if loss != 'half' %> Or you left out the 2 that the "
        "derivative of a square brings.<% endif %>"
    )
    def gives_the_bound(self) -> Fraction | None:
        """2/λ for 1/λ."""
        return rational(ratio(2, self.curvature)) if self.exact else None

    @step_size.misconception(
        "You added the sizes of the inputs. The second derivative has their squares, "
        "$<< inputs | dot(inputs) >> = << eigenvalues[0] >>$."
    )
    def forgets_to_square(self) -> Fraction | None:
        """Σ|x| for Σx²."""
        return self.for_eigenvalue(sum(map(abs, self.inputs))) if self.is_scalar else None

    @step_size.misconception(
        "You squared the sum of the inputs. The second derivative has the sum of their squares, "
        "$<< inputs | dot(inputs) >> = << eigenvalues[0] >>$."
    )
    def squares_the_sum(self) -> Fraction | None:
        """(Σx)² for Σx²."""
        return self.for_eigenvalue(sum(self.inputs) ** 2) if self.is_scalar else None

    @step_size.misconception(
        "You subtracted the mean of the inputs first. The model has no intercept, so it is the "
        "inputs themselves that are squared."
    )
    def centres_the_inputs(self) -> Fraction | None:
        """Σ(x − x̄)² for Σx²; the same where x̄ = 0."""
        mean = ratio(sum(self.inputs), len(self.inputs))
        if not self.is_scalar or mean == 0:
            return None
        return self.for_eigenvalue(sum((each - mean) ** 2 for each in self.inputs))

    @step_size.misconception(
        "You squared the targets $y^{(i)}$. They drop out when $L$ is differentiated twice; the "
        "squares of the inputs $x^{(i)}$ stay."
    )
    def takes_the_targets_for_the_inputs(self) -> Fraction | None:
        """Σy² for Σx²."""
        return self.for_eigenvalue(inner(self.y, self.y)) if self.is_scalar else None

    @step_size.misconception(
        "You multiplied the eigenvalues. Along each eigenvector only its own counts, and the "
        "largest of them decides."
    )
    def takes_the_determinant(self) -> Fraction | None:
        """λ_min·λ_max for λ_max; the same where λ_min = 1."""
        low, high = self.eigenvalues[0], self.eigenvalues[-1]
        return None if self.is_scalar or low == 1 else self.for_eigenvalue(low * high)

    @step_size.misconception(
        "You took the smaller eigenvalue. It is the larger one, where the loss is steepest, that "
        "limits the steps."
    )
    def takes_the_smallest_eigenvalue(self) -> Fraction | None:
        """λ_min for λ_max."""
        return None if self.is_scalar else self.for_eigenvalue(self.eigenvalues[0])

    @step_size.misconception(
        "You added the eigenvalues. Along each eigenvector only its own counts, and the largest "
        "of them decides."
    )
    def adds_the_eigenvalues(self) -> Fraction | None:
        """tr H for λ_max."""
        return None if self.is_scalar else self.for_eigenvalue(sum(self.eigenvalues))

    @step_size.misconception(
        "You took the smaller eigenvalue, and of $X^\\top X$. The larger one of the Hessian limits "
        "the steps."
    )
    def takes_the_smallest_of_the_gram_matrix(self) -> Fraction | None:
        """λ_min(XᵀX) for 2c·λ_max(XᵀX)."""
        if self.is_scalar or self.doubled == 1:
            return None
        return self.for_curvature(self.eigenvalues[0])

    @step_size.misconception(
        "You added the eigenvalues, and of $X^\\top X$. The larger one of the Hessian limits the "
        "steps."
    )
    def adds_those_of_the_gram_matrix(self) -> Fraction | None:
        """tr XᵀX for 2c·λ_max(XᵀX)."""
        if self.is_scalar or self.doubled == 1:
            return None
        return self.for_curvature(sum(self.eigenvalues))

    @step_size.misconception(
        "You took the number on the diagonal. It is no eigenvalue, because $X^\\top X$ is not "
        "diagonal."
    )
    def takes_the_diagonal(self) -> Fraction | None:
        """h₁₁ for λ_max."""
        return None if self.is_diagonal else self.for_eigenvalue(self.gram[0, 0])

    @step_size.misconception(
        "You took the singular value of $X$, the square root of the eigenvalue of $X^\\top X$. It "
        "is the eigenvalue itself that counts."
    )
    def takes_the_singular_value(self) -> Fraction | None:
        """σ_max for σ_max², where it is an integer."""
        largest = int(self.eigenvalues[-1])
        root = next((each for each in range(2, largest) if each**2 == largest), None)
        return None if self.is_scalar or root is None else self.for_eigenvalue(root)
