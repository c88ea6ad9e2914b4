"""Sizes and costs of a linear model whose weights are combinations of the training points."""

from random import Random
from typing import Literal, Self

from examgen.nn.polynomial_kernel import feature_count
from examgen.nn.reparametrisation import (
    kernel_entries,
    kernel_multiply_adds,
    prediction_multiply_adds,
    trained_numbers,
)
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work

Asked = Literal["trained", "kernel", "test kernel", "cost of kernel", "cost of tests", "saved"]
SIZES: list[Asked] = ["trained", "kernel", "test kernel"]
COSTS: list[Asked] = ["cost of kernel", "cost of tests"]


@family(
    title="Weights made of training points",
    minutes=(2, 2, 3),
    conventions=("linear-model",),
    tags=(
        "lecture-3",
        "idea-weights-of-points",
    ),
)
class ReparamShapes:
    """W = XᵀV for X (n, d), W (d, k), so that XW = KV with K = XXᵀ.

    Easy: how many numbers V, K or the kernel of `tests` new points have. Medium: how many
    multiply–adds K or a prediction takes. Hard: how many trained numbers are saved where φ(x) takes
    the place of x, the features of the polynomial kernel of degree `power`.
    """

    points: int
    features: int
    outputs: int
    tests: int
    power: int
    asked: Asked

    stem = r"""
    <% if asked == "saved" %>
    Every point $x$ with << features >> features is replaced by $\varphi(x)$, which has one entry
    for each monomial of degree at most << power >> in these features, the constant included. A
    linear model without biases and with << outputs >> output<% if outputs > 1 %>s<% endif +%>
    predicts $\Phi W$; the rows of $\Phi$ are $\varphi(x)^\top$ for all << points >> training
    points.
    <% else %>
    A linear model without biases predicts $X W$. $X$ is the $n \times d$ matrix of the training
    points, $W$ is $d \times k$:

    $$
    n = << points >>, \qquad d = << features >>, \qquad k = << outputs >>
    $$

    The weights are written as combinations of the training points, $W = X^\top V$. So the
    predictions are $K V$ with the kernel matrix $K = X X^\top$, and $V$ is trained instead of $W$.
    <% endif %>
    <% if asked in ("cost of kernel", "cost of tests") %>

    A *multiply–add* is one multiplication together with one addition; an inner product of two
    vectors with $s$ entries takes $s$ of them.
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Sizes that all differ."""
        if level == "hard":
            features, power = rng.choice([(4, 2), (5, 2), (6, 2), (3, 3), (4, 3), (5, 3), (8, 2)])
            most = feature_count(features, power) - 3
            points = rng.randint(features + 1, most)
            return cls(points, features, rng.choice([1, 2, 3, 5]), 0, power, "saved")
        points, features, tests = rng.sample(range(6, 31) if level == "easy" else range(5, 21), 3)
        outputs = rng.choice([2, 3, 4, 5])
        easy: list[Asked] = ["trained", "kernel", "test kernel"]
        costs: list[Asked] = ["cost of kernel", "cost of tests"]
        return cls(
            points, features, outputs, tests, 1, rng.choice(easy if level == "easy" else costs)
        )

    @property
    def monomials(self) -> int:
        """How many entries φ(x) has."""
        return feature_count(self.features, self.power)

    @property
    def direct(self) -> int:
        """How many numbers are trained without the reparametrisation."""
        return trained_numbers(self.monomials, self.outputs)

    @property
    def through_points(self) -> int:
        """How many with it."""
        return trained_numbers(self.points, self.outputs)

    @property
    def work(self) -> Work:
        """A product or two, of three numbers at most; or a binomial before them."""
        if self.asked == "saved":
            return Work(3 + 2 * (self.outputs > 1), 2, 2)
        return Work({"cost of kernel": 2, "cost of tests": 3}.get(self.asked, 1) * 2, 1, 2)

    @property
    def costed(self) -> int:
        """The multiply–adds that are asked for."""
        if self.asked == "cost of kernel":
            return kernel_multiply_adds(self.points, self.points, self.features)
        kernel = kernel_multiply_adds(self.tests, self.points, self.features)
        return kernel + prediction_multiply_adds(self.tests, self.points, self.outputs)

    def when(self, *asked: Asked) -> bool:
        """Whether one of these is asked."""
        return self.asked in asked

    @part(
        r"""
<%- if asked == "trained" -%>
How many numbers are trained, that is, how many entries does $V$ have?
<%- elif asked == "kernel" -%>
How many entries does $K$ have? Count them all, also those that are equal by symmetry.
<%- elif asked == "test kernel" -%>
For << tests >> new points, the rows of $X'$, the predictions are $K' V$ with another kernel matrix
$K'$. How many entries does $K'$ have?
<%- elif asked == "cost of kernel" -%>
How many multiply–adds does $K$ take if every entry is computed as an inner product of two points,
also those that are equal by symmetry?
<%- elif asked == "cost of tests" -%>
For << tests >> new points, the rows of $X'$, first the kernel matrix $K' = X' X^\top$ is computed
and then the predictions $K' V$. How many multiply–adds do these two products take together?
<%- else -%>
Instead of $W$ one can train $V$ with $W = \Phi^\top V$. How many fewer numbers are trained then?
<%- endif -%>
""",
        points=1,
        counts=True,
    )
    def number(self) -> int:
        """nk, n², mn, n²d, mnd + mnk, or (D − n)k."""
        if self.asked == "trained":
            return self.through_points
        if self.asked == "kernel":
            return kernel_entries(self.points, self.points)
        if self.asked == "test kernel":
            return kernel_entries(self.tests, self.points)
        return self.direct - self.through_points if self.asked == "saved" else self.costed

    @number.misconception(
        "You took the << features >> features where the << points >> training points belong: $V$ "
        "has a row for each of them"
        "<< '' if asked == 'saved' else ', and the kernel matrix a column' >>."
    )
    def counts_the_features(self) -> int:
        """d for n."""
        n, d, k, m = self.points, self.features, self.outputs, self.tests
        counted: dict[Asked, int] = {
            "trained": d * k,
            "kernel": d * d,
            "test kernel": m * d,
            "cost of kernel": d * d * n,
            "cost of tests": m * d * k,
            "saved": (self.monomials - d) * k,
        }
        return counted[self.asked]

    @number.misconception(
        "You multiplied the points by the features. That is the size of $X$; the entries of $V$ "
        "and $K$ belong to points and outputs, or to two points."
    )
    def counts_the_data(self) -> int | None:
        """nd."""
        if not self.when("trained", "kernel", "test kernel"):
            return None
        return self.points * self.features

    @number.misconception("You left out the outputs: there are << outputs >>.")
    def forgets_the_outputs(self) -> int | None:
        """1 for k; the same where there is one output."""
        if self.asked == "trained":
            return self.points
        if self.asked == "cost of tests":
            return self.tests * self.points * (self.features + 1)
        if self.asked == "saved" and self.outputs > 1:
            return self.monomials - self.points
        return None

    @number.misconception(
        "You counted the kernel matrix of the training points with themselves. "
        "<< 'It is computed, not trained' if asked == 'trained' else "
        "'Here the rows belong to new points' >>."
    )
    def counts_the_training_kernel(self) -> int | None:
        """n² for nk or mn; n²d + nnk for the new points."""
        if self.when("trained", "test kernel"):
            return kernel_entries(self.points, self.points)
        if self.asked == "cost of tests":
            return self.points * self.points * (self.features + self.outputs)
        return None

    @number.misconception(
        "You paired the new points with each other. The kernel pairs each new point with each "
        "training point."
    )
    def pairs_the_new_points(self) -> int | None:
        """m² for mn."""
        if self.asked == "test kernel":
            return kernel_entries(self.tests, self.tests)
        if self.asked == "cost of tests":
            return self.tests * self.tests * (self.features + self.outputs)
        return None

    @number.misconception(
        "You put all points together. The rows of $K'$ are new points, its columns training points."
    )
    def pairs_all_points(self) -> int | None:
        """(m + n)n for mn."""
        if self.asked != "test kernel":
            return None
        return kernel_entries(self.tests + self.points, self.points)

    @number.misconception(
        "You counted entries that are equal by symmetry once. Here all of them count."
    )
    def counts_the_triangle(self) -> int | None:
        """n(n + 1)/2 for n²."""
        triangle = self.points * (self.points + 1) // 2
        if self.asked == "kernel":
            return triangle
        return triangle * self.features if self.asked == "cost of kernel" else None

    @number.misconception("You added the two sides; rows and columns are multiplied.")
    def adds_the_sides(self) -> int | None:
        """n + k, 2n, m + n."""
        if self.asked == "trained":
            return self.points + self.outputs
        if self.asked == "kernel":
            return 2 * self.points
        return self.tests + self.points if self.asked == "test kernel" else None

    @number.misconception(
        "You counted the entries. Each is an inner product of two points and takes "
        "<< features >> multiply–adds."
    )
    def forgets_the_width(self) -> int | None:
        """n² for n²d; mn + mnk for mnd + mnk."""
        if self.asked == "cost of kernel":
            return kernel_entries(self.points, self.points)
        if self.asked == "cost of tests":
            return self.tests * self.points * (1 + self.outputs)
        return None

    @number.misconception(
        "You counted multiplications and additions. A multiply–add is one of each together."
    )
    def doubles_for_additions(self) -> int | None:
        """Twice as many."""
        return 2 * self.costed if self.when("cost of kernel", "cost of tests") else None

    @number.misconception("You multiplied by the outputs. $K$ does not depend on them.")
    def multiplies_by_the_outputs(self) -> int | None:
        """n²k, and n²dk."""
        if self.asked != "cost of kernel":
            return None
        return prediction_multiply_adds(self.points, self.points, self.outputs)

    @number.misconception("You left out the kernel matrix, which has to be computed first.")
    def forgets_the_kernel(self) -> int | None:
        """mnk."""
        if self.asked != "cost of tests":
            return None
        return prediction_multiply_adds(self.tests, self.points, self.outputs)

    @number.misconception("You left out the second product, $K' V$.")
    def forgets_the_prediction(self) -> int | None:
        """mnd."""
        if self.asked != "cost of tests":
            return None
        return kernel_multiply_adds(self.tests, self.points, self.features)

    @number.misconception(
        "You multiplied the costs of the two products. One is done after the other: they add up."
    )
    def multiplies_the_steps(self) -> int | None:
        """mndk."""
        if self.asked != "cost of tests":
            return None
        return self.tests * self.points * self.features * self.outputs

    @number.misconception(
        "That is how many are trained with $W$. With $V$ << through_points >> are, and the "
        "difference is asked."
    )
    def forgets_what_remains(self) -> int | None:
        """Dk."""
        return self.direct if self.asked == "saved" else None

    @number.misconception("That is how many are trained in the end, not how many are saved.")
    def gives_what_remains(self) -> int | None:
        """nk."""
        return self.through_points if self.asked == "saved" else None

    @number.misconception(
        "You counted $x_1 x_2$ and $x_2 x_1$ as two. They are one monomial: "
        "$\\varphi(x)$ has << monomials >> entries."
    )
    def counts_ordered_products(self) -> int | None:
        """(d + 1)^p for D."""
        if self.asked != "saved":
            return None
        return int((self.features + 1) ** self.power - self.points) * self.outputs

    @number.misconception(
        "You left out the monomials of lower degree: $\\varphi(x)$ has << monomials >> entries."
    )
    def forgets_the_one(self) -> int | None:
        """Monomials of degree p only, where they are more than the points."""
        found = feature_count(self.features - 1, self.power)
        if self.asked != "saved" or found <= self.points:
            return None
        return (found - self.points) * self.outputs

    @number.misconception("You left out the constant, the monomial of degree 0.")
    def forgets_the_constant(self) -> int | None:
        """D − 1 for D."""
        if self.asked != "saved":
            return None
        return (self.monomials - 1 - self.points) * self.outputs

    @number.misconception("You subtracted the kernel matrix. It is computed, not trained.")
    def counts_the_kernel_as_trained(self) -> int | None:
        """Dk − nk with n² more; the size of the difference."""
        if self.asked != "saved":
            return None
        return abs(self.direct - self.through_points - kernel_entries(self.points, self.points))
