"""The plane of a support vector machine from its multipliers."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, ratio, rational
from examgen.nn.dense import inner
from examgen.nn.margins import decision_values, dual_weights, offset
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

DIRECTIONS = [(1, 0), (0, 1), (1, 1), (1, -1)]
AWAY = [-5, -4, -3, 3, 4, 5]
"""Coordinates far from 0, so that b is: most wrong answers are."""
SHARES = [(1, 1), (1, 2), (2, 1), (1, 3), (3, 1)]
Row = tuple[tuple[int, int], int, Fraction]
"""A point, its label and its multiplier."""


def solved(rng: Random, two_on_one_side: bool) -> list[Row]:
    """Points whose widest margin is known: two or three on its lines, and one further off.

    One support vector stands alone; the middle of those opposite, weighed by their multipliers, is
    straight across. So w = 2u/‖u‖² for the way u from one to the other, and the multipliers of each
    side add up to ½‖w‖².
    """
    direction, gap, side = rng.choice(DIRECTIONS), rng.choice([1, 2]), rng.choice([-1, 1])
    u = (gap * direction[0], gap * direction[1])
    alone = (rng.choice(AWAY), rng.choice(AWAY))
    across = (alone[0] + u[0], alone[1] + u[1])
    whole = Fraction(2, u[0] ** 2 + u[1] ** 2)
    along = (-direction[1], direction[0])
    s, t = rng.choice(SHARES) if two_on_one_side else (0, 1)
    rows: list[Row] = [(alone, -side, whole)]
    for steps, share in ((s, t), (-t, s)) if two_on_one_side else ((0, 1),):
        point = (across[0] + steps * along[0], across[1] + steps * along[1])
        rows.append((point, side, whole * Fraction(share, s + t)))
    off = rng.choice([-2, -1, 1, 2])
    further = (
        across[0] + direction[0] + off * along[0],
        across[1] + direction[1] + off * along[1],
    )
    rows.append((further, side, Fraction(0)))
    rng.shuffle(rows)
    return rows


@family(
    title="The plane of a support vector machine",
    minutes=(3, 3, 3),
    conventions=("svm", "indices", "exact"),
    tags=("lecture-2",),
)
class SvmDualPlane:
    """w = Σ α_i y_i x_i and b = ⟨w, x⟩ − y of a support vector, for the widest margin.

    Easy: b, with two support vectors. Medium: with three. Hard: the decision value ⟨w, x⟩ − b of a
    `new` point, with three.
    """

    x: Array
    y: Array
    alphas: Array
    new: Array

    stem = r"""
    A support vector machine separates the points $x_i$, the rows of $X$, by their labels $y_i$ with
    the widest margin: $w$ and $b$ minimise $\frac{1}{2} \lVert w \rVert^2$ under the conditions
    $y_i (\langle w, x_i \rangle - b) \ge 1$. The multipliers of these conditions are $\alpha_i$:

    $$
    X = << x >>, \qquad y = << y | column >>, \qquad \alpha = << alphas | column >>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Two or three support vectors, and a point that is none."""
        rows = solved(rng, level != "easy")
        x, y, alphas = (array([row[at] for row in rows]) for at in range(3))
        new = array([rng.randint(-3, 4) for _ in range(2)] if level == "hard" else [])
        return cls(x, y, alphas, new)

    def worth_asking(self) -> bool:
        """b and the decision value are no easy guesses, and the new point is new."""
        if len(self.new) == 0:
            return self.b != 0
        seen = [tuple(each) for each in self.x]
        return self.b != 0 and self.value not in (0, 1, -1) and tuple(self.new) not in seen

    @property
    def asks_value(self) -> bool:
        """Whether the decision value is asked."""
        return len(self.new) > 0

    @property
    def w(self) -> Array:
        """The normal."""
        return dual_weights(self.alphas, self.x, self.y)

    @property
    def support(self) -> int:
        """The support vector that is alone in its class, from 0, or the first of all.

        From it some wrong ways lead to smaller b and some to larger; from the others all lead one
        way, and the right option would often be the nearest to 0.
        """
        labels = self.y.tolist()
        alone = (at for at in self.supports if labels.count(labels[at]) == 1)
        return next(alone, self.supports[0])

    @property
    def supports(self) -> list[int]:
        """All support vectors, from 0."""
        return [at for at, alpha in enumerate(self.alphas) if alpha > 0]

    @property
    def support_point(self) -> Array:
        """That support vector."""
        return array(self.x[self.support])

    @property
    def support_label(self) -> Exact:
        """Its label."""
        return canonical(self.y[self.support])

    @property
    def b(self) -> Exact:
        """The offset."""
        return offset(self.w, self.support_point, self.support_label)

    @property
    def value(self) -> Exact:
        """The decision value of the new point, where one is asked."""
        if not self.asks_value:
            return 0
        return canonical(decision_values(array([self.new]), self.w, self.b)[0])

    @property
    def product(self) -> Exact:
        """⟨w, x⟩ of the support vector."""
        return inner(self.w, self.support_point)

    @property
    def work(self) -> Work:
        """w, b, and the decision value."""
        signed = array([[a * y] for a, y in zip(self.alphas, self.y, strict=True)])
        found = work_of_product(signed.T, self.x) + Work(2, 3, 2)
        return found + Work(2, 2) * int(self.asks_value)

    def with_plane(self, w: Array, b: Exact) -> Fraction:
        """b, or the decision value with this plane."""
        if not self.asks_value:
            return rational(b)
        return rational(inner(w, self.new) - b)

    def with_weights(self, w: Array) -> Fraction:
        """The answer with another normal, and the b that follows from it."""
        return self.with_plane(w, offset(w, self.support_point, self.support_label))

    @part(
        r"""
<%- if asks_value -%>
What is the decision value $\langle w, x \rangle - b$ of this new point?

$$
x = << new | column >>
$$
<%- else -%>
What is $b$?
<%- endif -%>
""",
        points=1,
    )
    def number(self) -> Fraction:
        """b = ⟨w, x⟩ − y, or ⟨w, x⟩ − b."""
        return self.with_plane(self.w, self.b)

    @number.misconception("You left the labels out of $w = \\sum_i \\alpha_i y_i x_i$.")
    def forgets_the_labels(self) -> Fraction:
        """w = Σ α x."""
        ones = array([1] * len(self.y))
        return self.with_weights(dual_weights(self.alphas, self.x, ones))

    @number.misconception("You left the multipliers out of $w = \\sum_i \\alpha_i y_i x_i$.")
    def forgets_the_multipliers(self) -> Fraction:
        """w = Σ y x over the support vectors."""
        ones = array([int(alpha > 0) for alpha in self.alphas])
        return self.with_weights(dual_weights(ones, self.x, self.y))

    @number.misconception(
        "You used $\\langle w, x \\rangle + b = y$. The plane is $\\langle w, x \\rangle - b = 0$."
    )
    def adds_the_offset(self) -> Fraction:
        """b for −b."""
        if not self.asks_value:
            return rational(-self.b)
        return rational(inner(self.w, self.new) + self.b)

    @number.misconception(
        "You used the point with $\\alpha = 0$. It is not on a line of the margin; only support "
        "vectors are."
    )
    def takes_any_point(self) -> Fraction:
        """b from the point that is no support vector."""
        at = self.alphas.tolist().index(0)
        b = offset(self.w, array(self.x[at]), canonical(self.y[at]))
        return self.with_plane(self.w, b)

    @number.misconception(
        "You took the support vector to lie on the plane. It lies on a line of the margin, where "
        "$\\langle w, x \\rangle - b = y$."
    )
    def forgets_the_margin(self) -> Fraction:
        """b = ⟨w, x⟩."""
        return self.with_plane(self.w, self.product)

    @number.misconception(
        "You added the label: $b = \\langle w, x \\rangle - y$, since "
        "$\\langle w, x \\rangle - b = y$."
    )
    def reverses_the_label(self) -> Fraction:
        """b = ⟨w, x⟩ + y."""
        return self.with_plane(self.w, canonical(self.product + self.support_label))

    @number.misconception("You left $b$ out.")
    def forgets_the_offset(self) -> Fraction | None:
        """⟨w, x⟩."""
        return rational(inner(self.w, self.new)) if self.asks_value else None

    @number.misconception("You swapped the labels of the two classes.")
    def reverses_the_sign(self) -> Fraction | None:
        """−f."""
        return rational(-self.value) if self.asks_value else None

    @number.misconception(
        "You divided by $\\lVert w \\rVert^2$. The decision value is "
        "$\\langle w, x \\rangle - b$ itself."
    )
    def divides_by_the_squared_norm(self) -> Fraction | None:
        """f/‖w‖²."""
        if not self.asks_value:
            return None
        return rational(ratio(self.value, inner(self.w, self.w)))

    @number.misconception(
        "You took the midpoint of the classes' means. The plane depends on the support vectors "
        "only."
    )
    def averages_the_classes(self) -> Fraction | None:
        """The b for which the classes' mean products are equally far away."""
        products = [inner(self.w, array(each)) for each in self.x]
        sides = [
            [p for p, y in zip(products, self.y, strict=True) if y == each] for each in (1, -1)
        ]
        means = [ratio(sum(side), len(side)) for side in sides]
        return self.with_plane(self.w, ratio(means[0] + means[1], 2))
