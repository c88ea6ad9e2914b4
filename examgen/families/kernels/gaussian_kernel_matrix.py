"""The Gaussian kernel of three points: its matrix, or predictions made with it."""

from fractions import Fraction
from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, canonical, divide, entries, exp, ratio, sqrt
from examgen.nn.dense import identity, matmul, matvec, transpose
from examgen.nn.gaussian_kernel import gaussian_kernel_matrix, squared_distances
from examgen.questions.family import family
from examgen.questions.figures import Figure, Plot, Point
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products

HALF = Fraction(1, 2)
LARGEST = 16
"""No value of the kernel is smaller than e to the power of minus this."""
COEFFICIENTS = [-3, -2, -1, 1, 2, 3]


@family(
    title="The Gaussian kernel",
    minutes=(3, 3, 3),
    conventions=("exact", "indices"),
    tags=("lecture-3",),
)
class GaussianKernelMatrix:
    """K of three points, on a line at the easy level; at the hard level K v, the predictions.

    All exponents are integers.
    """

    x: Array
    variance: Exact
    coefficients: Array | None = None

    stem = r"""
    Three data points with << "one feature" if is_line else "two features" >> are the rows of $X$:

    $$
    X = << x >>
    $$

    The Gaussian kernel with $\sigma^2 = << variance >>$ is

    $$
    k(x, x') = e^{-\frac{\lVert x - x' \rVert^2}{2 \sigma^2}}, \qquad K_{ij} = k(x_i, x_j)
    $$

    <% if coefficients is not none %>
    A model predicts $f(x) = v_1 k(x_1, x) + v_2 k(x_2, x) + v_3 k(x_3, x)$ with

    $$
    v = << coefficients >>
    $$
    <% endif %>
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Different points whose squared distances are multiples of 2σ²."""
        if level == "easy":
            places, step = rng.sample(range(-2, 4), 3), rng.choice([1, 2])
            x = array([[step * each] for each in places])
            return cls(x, 2 if step == 2 else HALF)
        even = rng.random() < 0.5
        grid = [(a, b) for a in range(-2, 4) for b in range(-2, 4) if not even or (a + b) % 2 == 0]
        x, variance = array(rng.sample(grid, 3)), 1 if even else HALF
        if level == "medium":
            return cls(x, variance)
        return cls(x, variance, array([rng.choice(COEFFICIENTS) for _ in range(3)]))

    def worth_asking(self) -> bool:
        """No exponent is large, and the three distances are not all the same."""
        upper = {self.exponents[i, j] for i, j in ((0, 1), (0, 2), (1, 2))}
        return bool(len(upper) > 1 and -min(upper) <= LARGEST)

    @property
    def figure(self) -> Figure | None:
        """The points, where they lie in a plane."""
        if self.is_line:
            return None
        points = tuple(
            Point(int(row[0]), int(row[1]), name=f"$x_{i}$") for i, row in enumerate(self.x, 1)
        )
        return Plot((-3, 4), (-3, 4), ("feature 1", "feature 2"), points)

    @property
    def is_line(self) -> bool:
        """Whether the points lie on a line, with one feature each."""
        return bool(self.x.shape[1] == 1)

    @property
    def squares(self) -> Array:
        """‖x_i − x_j‖²."""
        return squared_distances(self.x)

    @property
    def exponents(self) -> Array:
        """What e is raised to."""
        return divide(-self.squares, self.width)

    @property
    def kernel(self) -> Array:
        """K, for the worked solution."""
        return gaussian_kernel_matrix(self.x, self.variance)

    @property
    def width(self) -> Exact:
        """2σ²."""
        return canonical(2 * self.variance)

    def kernel_of_width(self, width: Exact) -> Array:
        """K with this in place of 2σ²."""
        return gaussian_kernel_matrix(self.x, ratio(width, 2))

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The pairs of different points, from 1, for the worked solution."""
        return [(1, 2), (1, 3), (2, 3)]

    def differences(self, i: int, j: int) -> list[int]:
        """x_i − x_j, for the worked solution; points are counted from 1."""
        return entries(self.x[i - 1] - self.x[j - 1])

    @property
    def work(self) -> Work:
        """A squared distance and an exponent for each pair; then three sums, if any are asked."""
        apart = [each for pair in self.pairs for each in self.differences(*pair)]
        squares = Work(sum(map(products, apart)), len(apart) + len(apart) - 3)
        powers = Work(3 * (self.width != 1), 0, 12)
        if self.coefficients is None:
            return squares + powers
        return squares + powers + Work(3 * products(*self.coefficients), 6)

    def answer_from(self, kernel: Array) -> Array:
        """The matrix, or the predictions that it makes."""
        return kernel if self.coefficients is None else matvec(kernel, self.coefficients)

    def without_diagonal(self, kernel: Array) -> Array:
        """The matrix with zeros for the kernel of a point with itself."""
        return array(kernel * (1 - identity(len(kernel))))

    @part(
        "<% if coefficients is none %>Compute the matrix $K$.<% else %>"
        "Compute the predictions $[f(x_1), f(x_2), f(x_3)]$ for the three data points.<% endif %>",
        points=1,
    )
    def values(self) -> Array:
        """K, or K v."""
        return self.answer_from(self.kernel)

    @values.misconception(
        r"You did not square the distances: the exponent has $\lVert x - x' \rVert^2$."
    )
    def forgets_the_square(self) -> Array:
        """‖·‖ for ‖·‖²."""
        distances = array([[sqrt(each) for each in row] for row in self.squares])
        return self.answer_from(exp(divide(-distances, self.width)))

    @values.misconception(
        r"<% if variance == 1 %>You divided by nothing, or by $\sigma^2 = 1$<% else %>You divided "
        r"by $\sigma^2$<% endif %>; the exponent is divided by $2 \sigma^2 = << width >>$."
    )
    def forgets_the_two(self) -> Array:
        """σ² for 2σ²."""
        return self.answer_from(self.kernel_of_width(self.variance))

    @values.misconception(
        r"You left out the division by $2 \sigma^2 = << width >>$ in the exponent."
    )
    def forgets_the_variance(self) -> Array | None:
        """1 for 2σ²; the same as σ² for 2σ² where σ² = 1."""
        if 1 in (self.width, self.variance):
            return None
        return self.answer_from(self.kernel_of_width(1))

    @values.misconception(
        "You left the minus sign out of the exponent: the kernel is the smaller, the farther apart "
        "two points are."
    )
    def forgets_the_minus(self) -> Array:
        """e to the power of +."""
        return self.answer_from(self.kernel_of_width(-self.width))

    @values.misconception(
        "You took the kernel of a point with itself for 0. Its distance is 0, and $e^0 = 1$."
    )
    def zeros_the_diagonal(self) -> Array:
        """k(x, x) = 0."""
        return self.answer_from(self.without_diagonal(self.kernel))

    @values.misconception(
        "You took the kernel of a point with itself for 0, though its distance is 0 and $e^0 = 1$, "
        r"and you divided by $\sigma^2$ instead of $2 \sigma^2$."
    )
    def zeros_the_diagonal_and_forgets_the_two(self) -> Array:
        """Both at once."""
        kernel = self.kernel_of_width(self.variance)
        return self.answer_from(self.without_diagonal(kernel))

    @values.misconception(
        "You put inner products into the exponent; it has the squared distance of the two points."
    )
    def takes_inner_products(self) -> Array:
        """⟨x, x'⟩ for ‖x − x'‖²."""
        products_of_points = matmul(self.x, transpose(self.x))
        return self.answer_from(exp(divide(-products_of_points, self.width)))

    @values.misconception("You left out the power of $e$ and took its exponent.")
    def forgets_the_exponential(self) -> Array:
        """The exponents themselves."""
        return self.answer_from(self.exponents)

    @values.misconception(
        "You added the differences of the two features before squaring; square each, then add."
    )
    def adds_before_squaring(self) -> Array | None:
        """(Δ₁ + Δ₂)² for Δ₁² + Δ₂²."""
        if self.is_line:
            return None
        sums = array([[sum(row)] for row in self.x])
        return self.answer_from(gaussian_kernel_matrix(sums, self.variance))

    @values.misconception(
        "You took the first feature's difference only; both belong to the distance."
    )
    def looks_at_the_first_feature_only(self) -> Array | None:
        """Δ₁² for Δ₁² + Δ₂²."""
        if self.is_line:
            return None
        return self.answer_from(gaussian_kernel_matrix(self.x[:, :1], self.variance))

    @values.misconception("You left the coefficients out; each kernel value is multiplied by one.")
    def forgets_the_coefficients(self) -> Array | None:
        """v = (1, 1, 1)."""
        return None if self.coefficients is None else matvec(self.kernel, array([1, 1, 1]))

    @values.misconception(
        "You multiplied all of $f(x_i)$ by $v_i$; each kernel value $k(x_j, x_i)$ has a $v_j$ of "
        "its own."
    )
    def weighs_by_the_point_itself(self) -> Array | None:
        """v_i Σ_j k(x_j, x_i)."""
        if self.coefficients is None:
            return None
        return array(self.coefficients * matvec(self.kernel, array([1, 1, 1])))
