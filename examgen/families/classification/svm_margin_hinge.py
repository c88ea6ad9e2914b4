"""Margins, distances, slacks and the plane of a support vector machine."""

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Literal, Self

from examgen.exact import Array, Exact, array, canonical, ratio, rational
from examgen.families.classification._planes import LEGEND, levels, placed, scattered, sketch
from examgen.nn.dense import inner, magnitude, norm, relu
from examgen.nn.margins import (
    decision_values,
    distance_to_plane,
    margin_width,
    slacks,
    soft_margin_objective,
)
from examgen.questions.family import family
from examgen.questions.figures import Figure, Plot, Point
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, work_of_product

Asked = Literal["margin", "distance", "slack", "objective"]
NORMALS = [(3, 4), (6, 8), (9, 12), (5, 12), (8, 15), (3, 4), (6, 8)]
"""Legs of triangles with an integral hypotenuse …"""
DIVISORS = [1, 1, 1, 1, 1, 2, 5]
"""… and by how much each is divided."""
LARGEST = 100
"""No numerator of an answer may be larger."""
OFFSETS = [Fraction(each, 2) for each in (-5, -3, -1, 1, 3, 5)]


@family(
    title="Support vector machines",
    minutes=(2, 3, 3),
    conventions=("svm", "indices", "exact"),
    tags=("lecture-2",),
)
class SvmMarginHinge:
    """The plane ⟨w, x⟩ − b = 0, and points with labels ±1.

    Easy: the width of the margin or a point's distance. Medium: the slacks, added up. Hard: the
    soft margin's objective with C = `cost`.
    """

    x: Array
    y: Array
    w: Array
    b: Exact
    asked: Asked
    cost: int

    stem = r"""
    A support vector machine has the plane

    $$
    \langle w, x \rangle - b = 0, \qquad w = << w | column >>, \quad b = << b >>
    $$

    <% if asked in ("slack", "objective") %>
    The points $x^{(i)}$ are the rows of $X$, with the labels $y_i$:

    $$
    X = << x >>, \qquad y = << y | column >>
    $$

    The slack of a point is $\xi_i = \max\bigl(0, 1 - y_i (\langle w, x^{(i)} \rangle - b)\bigr)$.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """A normal of integral length and a point; or a plane and four points about it."""
        if level == "easy":
            legs, divisor = rng.choice([*zip(NORMALS, DIVISORS, strict=True)])
            pair = [rng.choice([-1, 1]) * Fraction(each, divisor) for each in rng.sample(legs, 2)]
            x = array([placed(rng, -4, 4)])
            asked: Asked = rng.choice(["margin", "distance", "distance"])
            return cls(x, array([]), array(pair), rng.choice([-5, -4, -3, 2, 3, 4, 5]), asked, 1)
        w = array([rng.choice([-2, -1, 1, 2]) for _ in range(2)])
        x = array(scattered(rng, 4))
        y = array([rng.choice([-1, 1]) for _ in x])
        hard = level == "hard"
        b, cost = rng.choice(OFFSETS), rng.choice([2, 3, 5]) if hard else 1
        return cls(x, y, w, b, "objective" if hard else "slack", cost)

    def worth_asking(self) -> bool:
        """Nothing that is asked is 0, and of slacks some are positive and some conditions slack."""
        if self.is_margin_or_distance:
            return magnitude(self.value) > 1 and 0 not in self.point
        values = [label * value for label, value in zip(self.y, self.values, strict=True)]
        largest = soft_margin_objective(self.x, self.y, self.w, self.b, self.cost)
        return (
            0 not in values
            and rational(largest).numerator <= LARGEST
            and min(values) < 0
            and max(values) > 1
            and any(0 < value < 1 for value in values)
            and len(set(self.y.tolist())) == 2
        )

    @property
    def figure(self) -> Figure:
        """The plane with its margin; a sketch where a length is asked."""
        if self.is_margin_or_distance:
            is_rising = self.w[0] * self.w[1] < 0
            return sketch(with_point=self.asked == "distance", is_rising=bool(is_rising))
        points = tuple(
            Point(int(row[0]), int(row[1]), "disc" if label > 0 else "circle", f"$x^{{({i})}}$")
            for i, (row, label) in enumerate(zip(self.x, self.y, strict=True), start=1)
        )
        return Plot(
            (-3, 4),
            (-3, 4),
            ("$x_1$", "$x_2$"),
            points,
            levels(int(self.w[0]), int(self.w[1]), rational(self.b)),
            legend=(("disc", "$y = +1$"), ("circle", "$y = −1$"), *LEGEND),
        )

    @property
    def point(self) -> Array:
        """The point whose distance is asked."""
        return array(self.x[0])

    @property
    def values(self) -> Array:
        """The decision values of all points."""
        return decision_values(self.x, self.w, self.b)

    @property
    def value(self) -> Exact:
        """That of the first."""
        return canonical(self.values[0])

    @property
    def slacks(self) -> Array:
        """ξ of all points that have labels."""
        if self.is_margin_or_distance:
            return self.y
        return slacks(self.x, self.y, self.w, self.b)

    @property
    def total(self) -> Exact:
        """Their sum."""
        return canonical(sum(self.slacks))

    @property
    def squared_length(self) -> Exact:
        """‖w‖²."""
        return inner(self.w, self.w)

    @property
    def length(self) -> Exact:
        """‖w‖."""
        return norm(self.w)

    @property
    def work(self) -> Work:
        """The length of w, and of a distance the decision value; or all decision values."""
        if self.is_margin_or_distance:
            distance = Work(2, 3) if self.asked == "distance" else Work()
            return Work(3, 1, 2) + distance
        found = work_of_product(self.x, self.w) + Work(0, 4 * len(self.x))
        return found + Work(3 * (self.asked == "objective"), 3)

    @property
    def is_margin_or_distance(self) -> bool:
        """Whether a length is asked."""
        return self.asked in ("margin", "distance")

    @property
    def above(self) -> Exact:
        """What stands above ‖w‖: 2, or the size of the decision value."""
        return 2 if self.asked == "margin" else magnitude(self.value)

    def over_length(self, number: Exact, length: Exact | None = None) -> Fraction:
        """The margin or the distance with this above the line, and ‖w‖ or another length below."""
        return rational(ratio(number, self.length if length is None else length))

    def with_slacks(self, slack: Callable[[Exact, Exact], Exact]) -> Fraction | None:
        """The answer when *slack* makes a slack of a label and a decision value."""
        if self.is_margin_or_distance:
            return None
        pairs = zip(self.y, self.values, strict=True)
        return self.from_slack(sum(slack(*pair) for pair in pairs))

    def from_slack(self, total: Exact) -> Fraction:
        """The sum of slacks, or the objective with it."""
        if self.asked == "slack":
            return rational(total)
        return rational(ratio(self.squared_length, 2) + self.cost * total)

    @part(
        r"""
<%- if asked == "margin" -%>
How wide is its margin, the distance between the lines $\langle w, x \rangle - b = 1$ and
$\langle w, x \rangle - b = -1$?
<%- elif asked == "distance" -%>
How far from the plane is the point $x$?

$$
x = << point | column >>
$$
<%- elif asked == "slack" -%>
What is $\xi_1 + \xi_2 + \xi_3 + \xi_4$?
<%- else -%>
What is the soft margin's objective with $C = << cost >>$?

$$
\frac{1}{2} \lVert w \rVert^2 + C (\xi_1 + \xi_2 + \xi_3 + \xi_4)
$$
<%- endif -%>
""",
        points=1,
    )
    def quantity(self) -> Fraction:
        """2/‖w‖, |⟨w, x⟩ − b|/‖w‖, Σξ, or ½‖w‖² + C·Σξ."""
        if self.asked == "margin":
            return rational(margin_width(self.w))
        if self.asked == "distance":
            return rational(distance_to_plane(self.point, self.w, self.b))
        if self.asked == "slack":
            return rational(self.total)
        return rational(soft_margin_objective(self.x, self.y, self.w, self.b, self.cost))

    @quantity.misconception(
        "That is the distance from the plane to one of the two lines. The margin is from one line "
        "to the other, $2 / \\lVert w \\rVert$."
    )
    def takes_half_the_margin(self) -> Fraction | None:
        """1/‖w‖."""
        return self.over_length(1) if self.asked == "margin" else None

    @quantity.misconception(
        "You took half the margin, and divided by $\\lVert w \\rVert^2$. The margin is "
        "$2 / \\lVert w \\rVert$."
    )
    def takes_half_over_the_squared_norm(self) -> Fraction | None:
        """1/‖w‖²."""
        return self.over_length(1, self.squared_length) if self.asked == "margin" else None

    @quantity.misconception("You divided by $\\lVert w \\rVert^2$: the root was not taken.")
    def divides_by_the_squared_norm(self) -> Fraction | None:
        """‖w‖² for ‖w‖."""
        if self.is_margin_or_distance:
            return self.over_length(self.above, self.squared_length)
        return None

    @quantity.misconception(
        "You added the sizes of the entries of $w$. Its length is the root of the sum of their "
        "squares, "
        "$<< length >>$."
    )
    def adds_the_entries(self) -> Fraction | None:
        """|w₁| + |w₂| for ‖w‖; the same where one of them is 0."""
        if not self.is_margin_or_distance or 0 in self.w:
            return None
        return self.over_length(self.above, sum(map(magnitude, self.w)))

    @quantity.misconception(
        "You took one entry of $w$ for its length. That is the root of the sum of the squares of "
        "both, "
        "$<< length >>$."
    )
    def takes_the_largest_entry(self) -> Fraction | None:
        """max |w_i| for ‖w‖; the same where the other is 0."""
        if not self.is_margin_or_distance or 0 in self.w:
            return None
        return self.over_length(self.above, max(map(magnitude, self.w)))

    @quantity.misconception(
        "You took the length of $w$ itself. The margin is 2 *over* it: longer normals, narrower "
        "margins."
    )
    def multiplies_by_the_length(self) -> Fraction | None:
        """2‖w‖."""
        return rational(2 * self.length) if self.asked == "margin" else None

    @quantity.misconception(
        "You divided $b$ by the length of $w$. That is how far the plane is from the origin."
    )
    def measures_from_the_origin(self) -> Fraction | None:
        """|b|/‖w‖; that is right for the origin."""
        return self.over_length(magnitude(self.b)) if self.is_margin_or_distance else None

    @quantity.misconception(
        "You added $b$. The plane is $\\langle w, x \\rangle - b = 0$: it is subtracted."
    )
    def adds_the_offset(self) -> Fraction | None:
        """⟨w, x⟩ + b."""
        if self.asked == "margin":
            return None
        values = decision_values(self.x, self.w, -self.b)
        if self.asked == "distance":
            return self.over_length(magnitude(values[0]))
        return self.from_slack(sum(slacks(self.x, self.y, self.w, -self.b)))

    @quantity.misconception("You left $b$ out: the plane is $\\langle w, x \\rangle - b = 0$.")
    def forgets_the_offset(self) -> Fraction | None:
        """⟨w, x⟩ for ⟨w, x⟩ − b."""
        if self.asked == "margin":
            return None
        if self.asked == "distance":
            return self.over_length(magnitude(inner(self.w, self.point)))
        return self.from_slack(sum(slacks(self.x, self.y, self.w, 0)))

    @quantity.misconception(
        "You did not divide by the length of $w$, $<< length >>$: the decision value is no "
        "distance yet."
    )
    def forgets_the_length(self) -> Fraction | None:
        """|⟨w, x⟩ − b|."""
        return rational(magnitude(self.value)) if self.asked == "distance" else None

    @quantity.misconception(
        "You took the distance from the nearest line of the margin, not from the plane."
    )
    def measures_from_the_margin(self) -> Fraction | None:
        """(|⟨w, x⟩ − b| − 1)/‖w‖."""
        return self.over_length(magnitude(self.value) - 1) if self.asked == "distance" else None

    @quantity.misconception(
        "You let points on the right side of their line count negative. Their slack is 0."
    )
    def keeps_negative_slacks(self) -> Fraction | None:
        """1 − yf without the max."""
        return self.with_slacks(lambda y, value: 1 - y * value)

    @quantity.misconception(
        "You gave slack to points on the wrong side of the plane only. Points inside the margin "
        "have some, too: $\\xi_i = \\max(0, 1 - \\dots)$."
    )
    def forgets_the_margin(self) -> Fraction | None:
        """max(0, −yf)."""
        return self.with_slacks(lambda y, value: relu(-y * value))

    @quantity.misconception("You left out the labels: for label $-1$ the sign changes.")
    def forgets_the_labels(self) -> Fraction | None:
        """max(0, 1 − f)."""
        return self.with_slacks(lambda _, value: relu(1 - value))

    @quantity.misconception(
        "You counted the points with slack. Each counts with how much slack it has."
    )
    def counts_the_violations(self) -> Fraction | None:
        """1[ξ > 0]."""
        return self.with_slacks(lambda y, value: int(y * value < 1))

    @quantity.misconception(
        "You left out the points inside the margin that are on their side of the plane. They have "
        "slack between 0 and 1 too."
    )
    def leaves_the_margin_out(self) -> Fraction | None:
        """ξ where ξ > 1, else 0."""
        return self.with_slacks(lambda y, value: 1 - y * value if y * value < 0 else 0)

    @quantity.misconception("You squared the slacks. The soft margin adds them up as they are.")
    def squares_the_slacks(self) -> Fraction | None:
        """ξ²."""
        return self.with_slacks(lambda y, value: relu(1 - y * value) ** 2)

    @quantity.misconception("You took the mean of the slacks; they are added up.")
    def averages_unasked(self) -> Fraction | None:
        """Σξ/n."""
        return self.with_slacks(lambda y, v: ratio(relu(1 - y * v), len(self.y)))

    @quantity.misconception(
        "You added the slacks alone. The objective has $\\frac{1}{2} \\lVert w \\rVert^2$ as well."
    )
    def forgets_the_norm(self) -> Fraction | None:
        """C·Σξ."""
        return rational(self.cost * self.total) if self.asked == "objective" else None

    @quantity.misconception("You left out the $1/2$ before $\\lVert w \\rVert^2$.")
    def forgets_the_half(self) -> Fraction | None:
        """‖w‖² for ½‖w‖²."""
        if self.asked != "objective":
            return None
        return rational(self.squared_length + self.cost * self.total)

    @quantity.misconception("You left out $C$: every unit of slack costs $<< cost >>$.")
    def forgets_the_cost(self) -> Fraction | None:
        """½‖w‖² + Σξ."""
        if self.asked != "objective":
            return None
        return rational(ratio(self.squared_length, 2) + self.total)
