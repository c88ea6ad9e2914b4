"""Least squares by the normal equations, with or without a ridge penalty."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, entries, height, ratio
from examgen.families.regression._designs import oblique, targets_about, upright
from examgen.families.regression._squared_loss import LOSSES, Loss, SquaredLoss, in_front
from examgen.nn.dense import diagonal, identity, matvec, plus, transpose
from examgen.nn.linear import gram, least_squares
from examgen.nn.systems import adjugate, determinant, solve
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

LARGEST = 40
"""Neither a numerator nor a denominator of the answer may be larger."""
LARGEST_TARGET = 9
PENALTIES: list[Exact] = [Fraction(1, 3), Fraction(2, 3), 1, 2]


def draw_targets(rng: Random) -> list[int]:
    """Any targets."""
    return [rng.randint(-3, 4) for _ in range(3)]


@family(
    title="The normal equations",
    minutes=(3, 3, 3),
    conventions=("linear-model", "indices", "exact"),
    tags=("lecture-2", "idea-least-squares"),
)
class NormalEquations(SquaredLoss):
    """The w that minimises c·‖Xw − y‖² + λ‖w‖²; λ = `ridge`.

    Easy: XᵀX is diagonal. Medium: it is not. Hard: λ > 0, and c decides how much of it is added.
    """

    x: Array
    y: Array
    loss: Loss
    ridge: Exact

    stem = r"""
    The linear model $f(x) = \langle w, x \rangle$ has no intercept. Point $x^{(i)}$ stands in
    row $i$ of $X$, and $y_i$ is its target:

    $$
    X = << x >>, \qquad y = << y | column >>
    $$

    $$
    L(w) = << constant >> \lVert X w - y \rVert^2
    <% if ridge != 0 %>
    + << written_ridge >> \lVert w \rVert^2
    <% endif %>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Orthogonal columns or oblique ones; at the hard level with a penalty."""
        rows = upright(rng) if level == "easy" else oblique(rng)
        y = array(targets_about(rng, rows) if rng.random() < 0.4 else draw_targets(rng))
        if level != "hard":
            return cls(array(rows), y, rng.choice(LOSSES), 0)
        loss: Loss = rng.choice(["mean", "sum"])
        ridges = PENALTIES if loss == "mean" else [1, 2, 3]
        return cls(array(rows), y, loss, rng.choice(ridges))

    def worth_asking(self) -> bool:
        """No weight is 0, nor is XᵀX a multiple of the identity; every number is small."""
        if max(map(abs, self.y)) > LARGEST_TARGET:
            return False
        if 0 in self.correlations or not all(any(point) for point in self.x):
            return False
        large = max(map(abs, [*self.scaled, *entries(self.matrix), self.determinant])) > 100
        if large and not self.is_diagonal:
            return False
        weights = entries(self.right)
        return 0 not in weights and all(height(each) <= LARGEST for each in weights)

    @property
    def written_ridge(self) -> Exact | str:
        """λ as it is written."""
        return in_front(self.ridge)

    @property
    def doubled_ridge(self) -> Exact:
        """The 2λ in front of that of the penalty."""
        return canonical(2 * self.ridge)

    @property
    def unit(self) -> Array:
        """The identity matrix, for the worked solution."""
        return identity(2)

    @property
    def added(self) -> Exact:
        """What the penalty adds to the diagonal of XᵀX: λ/c."""
        return ratio(self.ridge, self.factor)

    @property
    def gram(self) -> Array:
        """XᵀX."""
        return gram(self.x)

    @property
    def matrix(self) -> Array:
        """XᵀX with the penalty on its diagonal."""
        return self.penalised(self.added)

    @property
    def is_diagonal(self) -> bool:
        """Whether the two equations have nothing to do with each other."""
        return bool(self.gram[0, 1] == 0)

    @property
    def determinant(self) -> Exact:
        """The determinant of the matrix."""
        return determinant(self.matrix)

    @property
    def adjugate(self) -> Array:
        """The determinant times the inverse."""
        return adjugate(self.matrix)

    @property
    def correlations(self) -> Array:
        """Xᵀy."""
        return matvec(transpose(self.x), self.y)

    @property
    def right(self) -> Array:
        """The minimiser."""
        return least_squares(self.x, self.y, ridge=self.added)

    @property
    def scaled(self) -> Array:
        """The determinant times the minimiser, for the worked solution."""
        return matvec(self.adjugate, self.correlations)

    @property
    def work(self) -> Work:
        """XᵀX, which is symmetric, Xᵀy, and two equations."""
        columns = transpose(self.x)
        solving = Work(2, 0) if self.is_diagonal else Work(8, 3)
        first, second = columns
        half = work_of_product(array([first]), self.x) + work_of_product(array([second]), second)
        return half + work_of_product(columns, self.y) + solving

    def penalised(self, added: Exact) -> Array:
        """XᵀX with so much added to its diagonal."""
        return plus(self.gram, diagonal(array([added, added])))

    def solved(self, matrix: Array) -> Array:
        """The w with A w = Xᵀy."""
        return solve(matrix, self.correlations)

    @part("Which $w$ minimises $L$? Write it in a row.", points=1)
    def weights(self) -> Array:
        """(XᵀX + λ/c·I)⁻¹Xᵀy."""
        return self.right

    @weights.misconception(
        "That is $X^\\top y$, the right side of the normal equations. They still have to be solved."
    )
    def stops_at_the_right_side(self) -> Array:
        """Xᵀy."""
        return self.correlations

    @weights.misconception(
        "You multiplied by $X^\\top X$ instead of its inverse: $w = (X^\\top X)^{-1} X^\\top y$."
    )
    def forgets_the_inverse(self) -> Array | None:
        """(XᵀX)Xᵀy."""
        return matvec(self.gram, self.correlations) if self.ridge == 0 else None

    @weights.misconception(
        "You divided sums of targets by sums of inputs. Each target is weighed by its input: "
        "$X^\\top y$, not $\\sum y_i$."
    )
    def takes_the_ratio_of_sums(self) -> Array | None:
        """Σy/Σx for each column by itself."""
        sums = [sum(column) for column in transpose(self.x)]
        if 0 in sums or self.ridge != 0:
            return None
        return array([ratio(sum(self.y), each) for each in sums])

    @weights.misconception(
        "You averaged the ratios of target and input. Least squares weighs points by their inputs: "
        "$X^\\top y$ over $X^\\top X$."
    )
    def takes_the_mean_of_ratios(self) -> Array | None:
        """The mean of y_i/x_ij for each column by itself."""
        if 0 in self.x or self.ridge != 0:
            return None
        count = len(self.y)
        columns = (zip(self.y, column, strict=True) for column in transpose(self.x))
        return array([ratio(sum(ratio(y, x) for y, x in pairs), count) for pairs in columns])

    @weights.misconception(
        "You divided $X^\\top y$ by the sums of the columns. It is divided by their squared "
        "lengths, which stand in $X^\\top X$."
    )
    def forgets_to_square(self) -> Array | None:
        """Σx for Σx²."""
        sums = [sum(column) for column in transpose(self.x)]
        if 0 in sums or not self.is_diagonal:
            return None
        pairs = zip(self.correlations, sums, strict=True)
        return array([ratio(correlation, each) for correlation, each in pairs])

    @weights.misconception(
        "You divided each entry of $X^\\top y$ by the squared length of the other column."
    )
    def swaps_the_columns(self) -> Array | None:
        """(XᵀX)₂₂ for (XᵀX)₁₁."""
        if not self.is_diagonal:
            return None
        lengths = (self.gram[1, 1], self.gram[0, 0])
        pairs = zip(self.correlations, lengths, strict=True)
        return array([ratio(correlation, each) for correlation, each in pairs])

    @weights.misconception(
        "You divided $X^\\top y$ by the number of points. It is divided by the squared lengths of "
        "the columns, which stand in $X^\\top X$."
    )
    def divides_by_the_points(self) -> Array | None:
        """Xᵀy/n."""
        if not self.is_diagonal:
            return None
        return array([ratio(each, len(self.y)) for each in self.correlations])

    @weights.misconception(
        "You fitted an intercept as well. This model has none: its predictions at $x = 0$ are 0."
    )
    def adds_an_intercept(self) -> Array | None:
        """The weights beside an intercept, where there are points enough for one."""
        if self.ridge != 0:
            return None
        return array(least_squares(array([[1, *row] for row in self.x]), self.y)[1:])

    @weights.misconception(
        "You fitted the first two points exactly and ignored the third. Least squares weighs all "
        "of them."
    )
    def solves_the_first_rows(self) -> Array | None:
        """The w through two points."""
        return solve(array(self.x[:2]), array(self.y[:2])) if self.ridge == 0 else None

    @weights.misconception(
        "You divided each entry of $X^\\top y$ by the diagonal alone. The columns of $X$ are not "
        "orthogonal, so the two equations must be solved together."
    )
    def ignores_the_off_diagonal(self) -> Array | None:
        """(Xᵀy)_j/(XᵀX)_jj."""
        if self.is_diagonal:
            return None
        return array([ratio(c, self.matrix[j, j]) for j, c in enumerate(self.correlations)])

    @weights.misconception(
        "You left the determinant out of the inverse: it is divided by $<< determinant >>$."
    )
    def forgets_the_determinant(self) -> Array | None:
        """adj(A)Xᵀy."""
        return None if self.is_diagonal else self.scaled

    @weights.misconception(
        "You left the signs in the inverse as they were. The number beside the diagonal changes "
        "its sign, to $<< adjugate[0, 1] >>$."
    )
    def forgets_the_signs(self) -> Array | None:
        """+b for −b in the inverse."""
        (a, b), (c, d) = self.matrix.tolist()
        return None if self.is_diagonal else self.over_determinant(array([[d, b], [c, a]]))

    @weights.misconception(
        "You left the diagonal of the inverse as it was. The two numbers on it change places."
    )
    def forgets_to_swap(self) -> Array | None:
        """a, d for d, a on the diagonal of the inverse."""
        (a, b), (c, d) = self.matrix.tolist()
        if self.is_diagonal or a == d:
            return None
        return self.over_determinant(array([[a, -b], [-c, d]]))

    @weights.misconception("You minimised the squared errors alone, without the penalty.")
    def ignores_the_penalty(self) -> Array | None:
        """λ = 0."""
        return self.solved(self.gram) if self.ridge != 0 else None

    @weights.misconception(
        "You subtracted the penalty from the diagonal of $X^\\top X$. It is added."
    )
    def subtracts_the_penalty(self) -> Array | None:
        """XᵀX − λI."""
        return self.solved(self.penalised(-self.added)) if self.ridge != 0 else None

    @weights.misconception(
        "You added $<< added >>$ to every entry of $X^\\top X$. It is added to the diagonal only."
    )
    def adds_to_every_entry(self) -> Array | None:
        """XᵀX + λ·11ᵀ."""
        return self.solved(array(self.gram + self.added)) if self.ridge != 0 else None

    @weights.misconception(
        "You added the penalty to the right side. It stays with $w$, on the diagonal of "
        "$X^\\top X$."
    )
    def adds_to_the_right_side(self) -> Array | None:
        """XᵀX w = Xᵀy + λ."""
        if self.ridge == 0:
            return None
        return solve(self.gram, array(self.correlations + self.added))

    @weights.misconception(
        "You added $<< ridge >>$ to the diagonal. The squared errors are divided by "
        "$<< y | length >>$ and the penalty is not, so it weighs $<< y | length >>$ times as much."
    )
    def forgets_the_mean(self) -> Array | None:
        """λ for nλ."""
        if self.ridge == 0 or self.loss != "mean":
            return None
        return self.solved(self.penalised(self.ridge))

    @weights.misconception(
        "You added $<< y | length >> \\cdot << ridge >>$ to the diagonal. That would be right for "
        "the mean of the squared errors; here they are added up."
    )
    def averages_unasked(self) -> Array | None:
        """nλ for λ."""
        if self.ridge == 0 or self.loss == "mean":
            return None
        return self.solved(self.penalised(len(self.y) * self.ridge))

    def over_determinant(self, adjugate: Array) -> Array:
        """What comes of this for the adjugate."""
        return array(
            [ratio(each, self.determinant) for each in matvec(adjugate, self.correlations)]
        )
