"""Leverages, and what least squares predicts for a point that it has not seen."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, height, ratio, rational
from examgen.families.regression._designs import oblique, targets_about
from examgen.nn.dense import inner, matvec
from examgen.nn.linear import gram, least_squares, leave_one_out, leverages
from examgen.nn.systems import adjugate, determinant
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

LARGEST = 60
"""Neither a numerator nor a denominator may be larger."""


@family(
    title="Leverage, and leaving a point out",
    minutes=(2, 3, 3),
    conventions=("linear-model", "indices", "exact"),
    tags=(
        "lecture-2",
        "idea-leverage",
    ),
)
class LeverageLoo:
    """ℓ = xᵀ(XᵀX)⁻¹x for one point, or (ŷ − ℓy)/(1 − ℓ), the prediction without it.

    Easy: a leverage, with one feature. Medium: a prediction, with one. Hard: with two, and w given.
    """

    x: Array
    y: Array
    point: int
    predicts: bool

    stem = r"""
    <% if is_scalar %>
    The model $f(x) = w x$ has one weight and no intercept.
    <% else %>
    The linear model $f(x) = \langle w, x \rangle$ has no intercept.
    <% endif %>
    It is fitted to << x | length >> points by least squares. Point $x_i$ stands in row $i$ of
    $X$.
    <% if predicts %>
    $y_i$ is its target:

    $$
    X = << x >>, \qquad y = << y | column >>
    $$
    <% else %>

    $$
    X = << x >>
    $$
    <% endif %>

    <% if predicts and not is_scalar %>
    The fit is

    $$
    w = << weights | column >>
    $$

    <% endif %>
    The *leverage* of point $i$ is $\ell_i = x_i^\top (X^\top X)^{-1} x_i$ (with $x_i$ as a column).
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """One feature with targets, or two with targets about integral weights."""
        if level == "hard":
            rows = oblique(rng)
            y = array(targets_about(rng, rows))
            return cls(array(rows), y, rng.randint(1, len(rows)), True)
        values = rng.sample([-4, -3, -2, -1, 1, 2, 3, 4, 5], rng.choice([3, 4, 5]))
        if level == "easy":
            return cls(array([[each] for each in values]), array([]), rng.randint(1, 3), False)
        values = rng.sample([-3, -2, -1, 1, 2, 3], 3)
        y = array([rng.randint(-4, 5) for _ in values])
        return cls(array([[each] for each in values]), y, rng.randint(1, 3), True)

    def plausible(self, wrong: Fraction) -> bool:
        """Whether a leverage could be it: of several points, all other than 0, none has all."""
        return self.predicts or 0 < wrong < 1

    def worth_asking(self) -> bool:
        """The point has an error, others leave a fit, and every fraction is small."""
        if self.leverage == 1:
            return False
        seen = [self.leverage, *((self.prediction, self.without) if self.predicts else ())]
        return all(height(each) <= LARGEST for each in seen) and not (
            self.predicts and (self.error == 0 or self.prediction == 0)
        )

    @property
    def is_scalar(self) -> bool:
        """Whether there is one feature."""
        return int(self.x.shape[1]) == 1

    @property
    def own(self) -> Array:
        """The point."""
        return array(self.x[self.point - 1])

    @property
    def column(self) -> Array:
        """The only feature of all points, or the first."""
        return array(self.x[:, 0])

    @property
    def target(self) -> Exact:
        """The point's target, where targets are given."""
        return canonical(self.y[self.point - 1]) if self.predicts else 0

    @property
    def gram(self) -> Array:
        """XᵀX."""
        return gram(self.x)

    @property
    def determinant(self) -> Exact:
        """The determinant of XᵀX with two features, for the worked solution."""
        return canonical(self.gram[0, 0]) if self.is_scalar else determinant(self.gram)

    @property
    def adjugate(self) -> Array:
        """The determinant times the inverse, for the worked solution; of a number, 1."""
        return array([[1]]) if self.is_scalar else adjugate(self.gram)

    @property
    def own_row(self) -> Array:
        """The point lying down, for the worked solution."""
        return array([self.own])

    @property
    def leverage(self) -> Fraction:
        """ℓ of the point."""
        return rational(leverages(self.x)[self.point - 1])

    @property
    def weights(self) -> Array:
        """The fit to all points, where targets are given."""
        return least_squares(self.x, self.y) if self.predicts else array([0])

    @property
    def prediction(self) -> Exact:
        """What the fit to all points predicts for this one."""
        return inner(self.weights, self.own) if self.predicts else 0

    @property
    def error(self) -> Exact:
        """Target minus prediction."""
        return canonical(self.target - self.prediction)

    @property
    def without(self) -> Exact:
        """What the fit to the others predicts for it."""
        return leave_one_out(self.prediction, self.target, self.leverage)

    @property
    def work(self) -> Work:
        """XᵀX, the leverage, the prediction, and the formula."""
        found = work_of_product(self.x.T, self.x) + Work(2 if self.is_scalar else 8, 4)
        return found + (Work(4 + 2 * self.is_scalar, 4) if self.predicts else Work())

    def scaled(self, numerator: Exact, denominator: Exact) -> Fraction:
        """A quotient."""
        return rational(ratio(numerator, denominator))

    def with_leverage(self, leverage: Exact) -> Fraction | None:
        """The answer, were that the leverage."""
        if not self.predicts:
            return rational(leverage)
        if leverage == 1:
            return None
        return rational(leave_one_out(self.prediction, self.target, leverage))

    @part(
        r"""
<%- if predicts -%>
For point << point >>, what would the fit to the *other* points alone predict?
<%- else -%>
What is the leverage $\ell_<< point >>$?
<%- endif -%>
""",
        points=1,
    )
    def number(self) -> Fraction:
        """xᵀ(XᵀX)⁻¹x, or (ŷ − ℓy)/(1 − ℓ)."""
        return rational(self.without) if self.predicts else self.leverage

    @number.misconception(
        "You did not square: the leverage is $x_<< point >>^2$ over the sum of *squares*."
    )
    def forgets_to_square(self) -> Fraction | None:
        """|x|/Σ|x|."""
        if not self.is_scalar:
            return None
        sizes = [max(each, -each) for each in self.column]
        return self.with_leverage(ratio(sizes[self.point - 1], sum(sizes)))

    @number.misconception(
        "You squared the point, but not the others: the leverage is $x_<< point >>^2$ over the sum "
        "of *squares*."
    )
    def squares_above_only(self) -> Fraction | None:
        """x²/Σ|x|."""
        if not self.is_scalar or self.predicts:
            return None
        sizes = [max(each, -each) for each in self.column]
        return self.scaled(inner(self.own, self.own), sum(sizes))

    @number.misconception(
        "You squared the points below the line only: the leverage is $x_<< point >>^2$ over the "
        "sum of squares."
    )
    def squares_below_only(self) -> Fraction | None:
        """|x|/Σx²; the same for x = 1."""
        size = max(self.own[0], -self.own[0])
        if not self.is_scalar or self.predicts or size == 1:
            return None
        return self.scaled(size, self.gram[0, 0])

    @number.misconception(
        "You divided by the squares of the other points. $X^\\top X$ contains this one as well."
    )
    def leaves_itself_out(self) -> Fraction | None:
        """x²/Σ over the others."""
        if not self.is_scalar:
            return None
        square = inner(self.own, self.own)
        return self.with_leverage(ratio(square, self.gram[0, 0] - square))

    @number.misconception(
        "You took the mean leverage, $d / n$. A point has more of it the further out it is."
    )
    def takes_the_mean_leverage(self) -> Fraction | None:
        """d/n; the same where all leverages are equal."""
        return self.with_leverage(Fraction(int(self.x.shape[1]), len(self.x)))

    @number.misconception(
        "You divided by the largest square. $X^\\top X$ is the sum of all of them."
    )
    def divides_by_the_largest(self) -> Fraction | None:
        """x²/max x²: relative to the outermost point."""
        largest = max(each * each for each in self.column)
        square = inner(self.own, self.own)
        if not self.is_scalar or largest == square:
            return None
        return self.with_leverage(ratio(square, largest))

    @number.misconception(
        "You divided by the diagonal of $X^\\top X$ alone. Its inverse has other entries as well."
    )
    def ignores_the_off_diagonal(self) -> Fraction | None:
        """Σ x_j²/(XᵀX)_jj."""
        if self.is_scalar:
            return None
        terms = (ratio(each * each, self.gram[j, j]) for j, each in enumerate(self.own))
        return self.with_leverage(canonical(sum(terms)))

    @number.misconception("You turned the quotient round: a leverage is at most 1.")
    def inverts_the_leverage(self) -> Fraction | None:
        """1/ℓ."""
        return None if self.predicts else self.scaled(1, self.leverage)

    @number.misconception("That is $1 - \\ell_<< point >>$, the share that the others have.")
    def takes_the_rest(self) -> Fraction | None:
        """1 − ℓ; the same for ℓ = 1/2."""
        return None if self.predicts else rational(1 - self.leverage)

    @number.misconception("You multiplied by $X^\\top X$ instead of its inverse.")
    def forgets_the_inverse(self) -> Fraction | None:
        """xᵀ(XᵀX)x."""
        if self.predicts:
            return None
        return rational(inner(self.own, matvec(self.gram, self.own)))

    @number.misconception(
        "That is the prediction of the fit to all points, which this point has pulled towards its "
        "target."
    )
    def keeps_the_prediction(self) -> Fraction | None:
        """ŷ."""
        return rational(self.prediction) if self.predicts else None

    @number.misconception(
        "You did not divide by $1 - \\ell_<< point >>$, which scales up what the other points have."
    )
    def forgets_to_divide(self) -> Fraction | None:
        """ŷ − ℓy."""
        if not self.predicts:
            return None
        return rational(self.prediction - self.leverage * self.target)

    @number.misconception(
        "You added the target's share $\\ell y$ to the prediction $\\hat y$ of the fit to all "
        "points. It is taken out: $\\hat y - \\ell y$."
    )
    def adds_the_share(self) -> Fraction | None:
        """(ŷ + ℓy)/(1 − ℓ)."""
        if not self.predicts:
            return None
        return self.scaled(self.prediction + self.leverage * self.target, 1 - self.leverage)

    @number.misconception("You multiplied by $1 - \\ell_<< point >>$ instead of dividing by it.")
    def multiplies_by_the_rest(self) -> Fraction | None:
        """(ŷ − ℓy)(1 − ℓ)."""
        if not self.predicts:
            return None
        return rational((self.prediction - self.leverage * self.target) * (1 - self.leverage))

    @number.misconception("You divided by $\\ell_<< point >>$ instead of $1 - \\ell_<< point >>$.")
    def divides_by_the_leverage(self) -> Fraction | None:
        """(ŷ − ℓy)/ℓ."""
        if not self.predicts:
            return None
        return self.scaled(self.prediction - self.leverage * self.target, self.leverage)

    @number.misconception("That is how far from its target the prediction is, not the prediction.")
    def gives_the_error(self) -> Fraction | None:
        """(y − ŷ)/(1 − ℓ)."""
        return self.scaled(self.error, 1 - self.leverage) if self.predicts else None

    @number.misconception(
        "You swapped prediction and target: from the prediction $\\hat y$ of the fit to all points "
        "$\\ell y$ is taken."
    )
    def swaps_prediction_and_target(self) -> Fraction | None:
        """(y − ℓŷ)/(1 − ℓ)."""
        if not self.predicts:
            return None
        return self.scaled(self.target - self.leverage * self.prediction, 1 - self.leverage)
