"""Linear regression by hand: the normal equations, the error, a gradient step, and leverage."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, entries, height, ratio, rational
from examgen.families.regression._designs import WEIGHTS, errors_beside, oblique, upright, wide
from examgen.nn.dense import diagonal, inner, matmul, matvec, plus, transpose
from examgen.nn.linear import descent_step, gram, leave_one_out, squared_loss
from examgen.nn.systems import adjugate, determinant, inverse, solve
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, part
from examgen.questions.work import Work, products, work_of_product

RATES = [Fraction(1, 2), Fraction(1, 4), Fraction(3, 10), Fraction(1, 10)]
LARGEST_TARGET = 9
LARGEST = 100
"""No integer on the way is larger, nor a numerator or denominator."""


@family(
    title="Linear regression by hand",
    minutes=(13, 15, 17),
    conventions=("linear-model", "indices", "exact"),
    tags=(
        "lecture-2",
        "lecture-3",
        "idea-least-squares",
        "idea-leverage",
    ),
)
class LongLinearRegression:
    """w* of L = (1/n)‖Xw − y‖², its error, and a first step of gradient descent towards it.

    Easy: XᵀX is diagonal. Medium: it is not, and a product of features joins them. Hard: four
    points, one of which, `point` (from 1), is left out in the end.
    """

    x: Array
    y: Array
    rate: Exact
    point: int

    stem = r"""
    A linear model $f(x) = \langle w, x \rangle$ without an intercept is fitted to
    << y | length >> points. Point $x^{(i)}$ stands in row $i$ of $X$, and $y_i$ is its target:

    $$
    X = << x >>, \qquad y = << y | column >>
    $$

    The loss is the mean squared error

    $$
    L(w) = \frac{1}{<< y | length >>} \lVert X w - y \rVert^2
    $$

    Write a vector as a list, such as $[1, 2]$, and a matrix row by row.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Weights that are integers, and errors that no weights can make smaller."""
        design = {"easy": upright, "medium": oblique, "hard": wide}[level]
        rows, weights = design(rng), rng.sample(WEIGHTS[1:-1] if level == "easy" else WEIGHTS, 2)
        rng.shuffle(rows)
        errors = errors_beside(rng, rows)
        targets = [
            weights[0] * first + weights[1] * second + error
            for (first, second), error in zip(rows, errors, strict=True)
        ]
        return cls(array(rows), array(targets), rng.choice(RATES), rng.randint(1, len(rows)))

    def worth_asking(self) -> bool:
        """There is an error, no target is large, no point or correlation is 0."""
        if max(map(abs, self.y)) > LARGEST_TARGET or 0 in self.right_side:
            return False
        if not all(any(point) for point in self.x) or not any(self.errors):
            return False
        return self.is_diagonal or all(height(each) < LARGEST for each in self.seen)

    @property
    def seen(self) -> list[Exact]:
        """What the solutions write down where XᵀX is not diagonal."""
        matrix, at = gram(self.x), self.point - 1
        seen = [*matvec(self.adjugate(matrix), self.right_side)]
        if len(self.y) > 3:
            leverage = inner(self.row, solve(matrix, self.row))
            seen.append(leave_one_out(inner(self.row, self.best), self.y[at], leverage))
        return seen

    @property
    def right_side(self) -> Array:
        """Xᵀy."""
        return matvec(transpose(self.x), self.y)

    @property
    def best(self) -> Array:
        """The least-squares weights."""
        return solve(gram(self.x), self.right_side)

    @property
    def errors(self) -> Array:
        """Xw* − y."""
        return plus(matvec(self.x, self.best), -self.y)

    @property
    def row(self) -> Array:
        """The point that is left out in the end."""
        return array(self.x[self.point - 1])

    @property
    def is_diagonal(self) -> bool:
        """Whether the columns are orthogonal."""
        return bool(gram(self.x)[0, 1] == 0)

    def work(self, level: Level) -> Work:
        """Products of columns, two equations, predictions and squares, two sums, then the rest."""
        columns, count = transpose(self.x), len(self.y)
        made = work_of_product(columns, self.x) + work_of_product(columns, self.y)
        solved = Work(2, 0, 2) if self.is_diagonal else Work(8, 3, 6)
        fitted = work_of_product(self.x, self.best)
        squared = Work(sum(map(products, self.errors)) + 1, 2 * count - 1)
        stepped = Work(4, 0, 4)
        more = {
            "easy": Work(),
            "medium": work_of_product(self.x, array([1, 1])),
            "hard": Work(7, 3, 4) + Work(2, 2, 2),
        }
        return made + solved + fitted + squared + stepped + more[level]

    def column(self, number: int) -> list[int]:
        """A column of X, from 1, for the worked solutions."""
        return entries(self.x[:, number - 1])

    def determinant(self, matrix: Array) -> Exact:
        """That of a 2 × 2 matrix, for the worked solutions."""
        return determinant(matrix)

    def adjugate(self, matrix: Array) -> Array:
        """The determinant times the inverse, for the worked solutions."""
        return adjugate(matrix)

    def product(self, matrix: Array, vector: Array) -> Array:
        """A matrix times a vector, for the worked solutions."""
        return matvec(matrix, vector)

    def inverted(self, matrix: Array) -> Array:
        """The inverse, for the worked solutions."""
        return inverse(matrix)

    @part(r"Compute $X^\top X$.", points=3)
    def gram(self) -> Array:
        """XᵀX."""
        return gram(self.x)

    @gram.misconception(
        r"You multiplied in the other order. $X^\top X$ has a row and a column for each *feature*.",
        credit=SLIP,
    )
    def multiplies_in_the_other_order(self) -> Array:
        """XXᵀ."""
        return matmul(self.x, transpose(self.x))

    @gram.misconception(
        "You multiplied the sums of the columns; an entry is the sum of products, point by point."
    )
    def multiplies_the_sums(self) -> Array:
        """(Σ x_j)(Σ x_k)."""
        sums = [sum(self.column(number)) for number in (1, 2)]
        return array([[one * other for other in sums] for one in sums])

    @gram.misconception(
        "You left the mixed products out; the columns are not orthogonal.", credit=STEP
    )
    def ignores_the_off_diagonal(self) -> Array | None:
        """Zeros beside the diagonal."""
        full = gram(self.x)
        return None if self.is_diagonal else diagonal(array([full[0, 0], full[1, 1]]))

    @part(r"Compute $X^\top y$.", points=2)
    def correlations(self) -> Array:
        """Xᵀy."""
        return self.right_side

    @correlations.misconception(
        r"You multiplied sums. An entry of $X^\top y$ adds up input times target, point by point.",
        name="multiplies_the_sums",
    )
    def multiplies_the_sums_of_inputs_and_targets(self) -> Array:
        """(Σ x_j)(Σ y)."""
        return array([sum(self.column(number)) * sum(self.y) for number in (1, 2)])

    @correlations.misconception("You added the targets up; each is multiplied by its input first.")
    def forgets_the_inputs(self) -> Array:
        """Σ y."""
        return array([sum(self.y)] * 2)

    @part("Which $w^*$ minimises $L$?", points=4, points_at={"easy": 2})
    def weights(self, gram: Array, correlations: Array) -> Array:
        """(XᵀX)⁻¹Xᵀy."""
        return solve(gram, correlations)

    @weights.misconception(
        r"You multiplied by $X^\top X$ instead of its inverse: $w^* = (X^\top X)^{-1} X^\top y$.",
        credit=STEP,
    )
    def forgets_the_inverse(self, gram: Array, correlations: Array) -> Array:
        """(XᵀX)Xᵀy."""
        return matvec(gram, correlations)

    @weights.misconception(
        "That is $X^\\top y$, the right side of the normal equations. They still have to be solved."
    )
    def stops_at_the_right_side(self, correlations: Array) -> Array:
        """Xᵀy."""
        return correlations

    @weights.misconception(
        r"You left the determinant out: the inverse of $X^\top X$ is divided by it.",
        credit=STEP,
    )
    def forgets_the_determinant(self, gram: Array, correlations: Array) -> Array | None:
        """adj(XᵀX)Xᵀy."""
        return None if self.is_diagonal else matvec(self.adjugate(gram), correlations)

    @weights.misconception(
        r"You divided each entry of $X^\top y$ by the diagonal alone. The columns of $X$ are not "
        "orthogonal, so the two equations must be solved together.",
        name="ignores_the_off_diagonal",
        credit=STEP,
    )
    def solves_each_by_itself(self, gram: Array, correlations: Array) -> Array | None:
        """(Xᵀy)_j/(XᵀX)_jj."""
        if self.is_diagonal:
            return None
        return array([ratio(each, gram[j, j]) for j, each in enumerate(correlations)])

    @part("Compute the predictions $X w^*$ for all << y | length >> points.", points=2)
    def predictions(self, weights: Array) -> Array:
        """Xw*."""
        return matvec(self.x, weights)

    @predictions.misconception(
        "You swapped the two weights: $w_1$ belongs to the first column of $X$.", credit=SLIP
    )
    def swaps_the_weights(self, weights: Array) -> Array:
        """w₂, w₁ for w₁, w₂."""
        return matvec(self.x, array(weights[::-1]))

    @predictions.misconception("You left the second feature out.", credit=STEP)
    def looks_at_the_first_feature_only(self, weights: Array) -> Array:
        """w₁ x₁."""
        return array(weights[0] * self.x[:, 0])

    @part("Compute the mean squared error $L(w^*)$.", points=3)
    def mean_squared_error(self, predictions: Array) -> Fraction:
        """(1/n)Σ(ŷ − y)²."""
        return rational(ratio(self.squares(predictions), len(self.y)))

    def squares(self, predictions: Array) -> Exact:
        """The sum of the squared errors."""
        errors = plus(predictions, -self.y)
        return inner(errors, errors)

    @mean_squared_error.misconception(
        "You added the squared errors up; their *mean* is asked, so divide by << y | length >>.",
        credit=SLIP,
    )
    def forgets_the_mean(self, predictions: Array) -> Fraction:
        """Σ for (1/n)Σ."""
        return rational(self.squares(predictions))

    @mean_squared_error.misconception(
        "You averaged the sizes of the errors; square them.", credit=STEP
    )
    def forgets_to_square(self, predictions: Array) -> Fraction:
        """(1/n)Σ|ŷ − y|."""
        sizes = abs(plus(predictions, -self.y))
        return rational(ratio(sum(entries(array(sizes))), len(self.y)))

    @mean_squared_error.misconception(
        "That is the error at $w = 0$, which predicts 0 for every point."
    )
    def forgets_the_predictions(self) -> Fraction:
        """L(0)."""
        return rational(squared_loss(self.x, self.y, array([0, 0]), factor=ratio(1, len(self.y))))

    @part(
        r"Gradient descent begins at $w^{(0)} = 0$. Compute the gradient $\nabla L(w^{(0)})$.",
        points=3,
    )
    def gradient(self, correlations: Array) -> Array:
        """−(2/n)Xᵀy."""
        return self.times_correlations(-2, correlations)

    def times_correlations(self, factor: int, correlations: Array) -> Array:
        """(factor/n)Xᵀy."""
        return array([ratio(factor * each, len(self.y)) for each in correlations])

    @gradient.misconception(
        r"You left the $\frac{1}{<< y | length >>}$ of the loss out.",
        credit=SLIP,
        name="forgets_the_mean",
    )
    def forgets_the_mean_of_the_loss(self, correlations: Array) -> Array:
        """−2Xᵀy."""
        return array(-2 * correlations)

    @gradient.misconception(
        "You left out the 2 that the derivative of a square brings.", credit=SLIP
    )
    def forgets_the_two(self, correlations: Array) -> Array:
        """−(1/n)Xᵀy."""
        return self.times_correlations(-1, correlations)

    @gradient.misconception(
        r"You left $\frac{2}{<< y | length >>}$ out: that is the gradient of half the *sum* of the "
        "squared errors.",
        credit=SLIP,
    )
    def forgets_the_constant(self, correlations: Array) -> Array:
        """−Xᵀy."""
        return array(-correlations)

    @gradient.misconception(
        "You have the sign reversed: the gradient is made of $X w - y$, which is $-y$ at $w = 0$.",
        credit=SLIP,
    )
    def reverses_the_sign(self, correlations: Array) -> Array:
        """(2/n)Xᵀy."""
        return self.times_correlations(2, correlations)

    @part(
        r"Compute $w^{(1)}$ after one step with step size $\alpha = << rate >>$.",
        points=2,
    )
    def first_step(self, gradient: Array) -> Array:
        """0 − α∇L."""
        return descent_step(array([0, 0]), gradient, self.rate)

    @first_step.misconception(
        "You went uphill: $\\alpha$ times the gradient is subtracted.", credit=SLIP
    )
    def goes_uphill(self, gradient: Array) -> Array:
        """+α∇L."""
        return descent_step(array([0, 0]), gradient, -1 * self.rate)

    @first_step.misconception("You left the step size out.", credit=SLIP)
    def forgets_the_step_size(self, gradient: Array) -> Array:
        """−∇L."""
        return descent_step(array([0, 0]), gradient, 1)

    @part(
        "Each point gets a third feature, in the last column: the product of its two features. "
        "Write down the new data matrix.",
        points=2,
        levels=("medium",),
    )
    def extended(self) -> Array:
        """x₁, x₂ and x₁x₂."""
        return array([[a, b, a * b] for a, b in self.x])

    @extended.misconception("You added the features; the third column holds their product.")
    def adds_the_features(self) -> Array:
        """x₁ + x₂ for x₁x₂."""
        return array([[a, b, a + b] for a, b in self.x])

    @extended.misconception("The product *joins* the two features; they stay.", credit=STEP)
    def drops_the_old_features(self) -> Array:
        """x₁x₂ alone."""
        return array([[a * b] for a, b in self.x])

    @part(
        r"The leverage of point << point >> is $\ell = x^{(<< point >>)\top} (X^\top X)^{-1} "
        r"x^{(<< point >>)}$. Compute it.",
        points=3,
        levels=("hard",),
    )
    def leverage(self, gram: Array) -> Fraction:
        """xᵀ(XᵀX)⁻¹x."""
        return rational(inner(self.row, solve(gram, self.row)))

    @leverage.misconception(
        r"You multiplied by $X^\top X$ instead of its inverse.",
        name="forgets_the_inverse",
        credit=STEP,
    )
    def forgets_the_inverse_of_the_gram_matrix(self, gram: Array) -> Fraction:
        """xᵀ(XᵀX)x."""
        return rational(inner(self.row, matvec(gram, self.row)))

    @leverage.misconception(
        r"You divided by the diagonal of $X^\top X$ alone. Its inverse has other entries as well.",
        credit=STEP,
        name="ignores_the_off_diagonal",
    )
    def divides_by_the_diagonal(self, gram: Array) -> Fraction:
        """Σ x_j²/(XᵀX)_jj."""
        return rational(sum(ratio(each * each, gram[j, j]) for j, each in enumerate(self.row)))

    @part(
        r"If the model is fitted again without point << point >>, the new model predicts for it "
        r"$\frac{\hat y - \ell y}{1 - \ell}$, where $\hat y$ is the prediction from before and $y$ "
        r"the target. Compute it.",
        points=2,
        levels=("hard",),
    )
    def left_out(self, predictions: Array, leverage: Fraction) -> Fraction:
        """(ŷ − ℓy)/(1 − ℓ)."""
        at = self.point - 1
        return rational(leave_one_out(predictions[at], self.y[at], leverage))

    @left_out.misconception(
        "You did not divide by $1 - \\ell$, which scales up what the others have.", credit=STEP
    )
    def forgets_to_divide(self, predictions: Array, leverage: Fraction) -> Fraction:
        """ŷ − ℓy."""
        return rational(predictions[self.point - 1] - leverage * self.y[self.point - 1])

    @left_out.misconception(
        "You swapped prediction and target: $\\ell y$ is taken from $\\hat y$.", credit=STEP
    )
    def swaps_prediction_and_target(self, predictions: Array, leverage: Fraction) -> Fraction:
        """(y − ℓŷ)/(1 − ℓ)."""
        at = self.point - 1
        return rational(leave_one_out(self.y[at], predictions[at], leverage))
