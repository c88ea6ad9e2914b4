"""A power of a matrix times a vector, by its eigenvectors."""

from random import Random
from typing import Self

from examgen.exact import Array, Exact, array, entries, ratio
from examgen.nn.dense import inner, matvec, times
from examgen.nn.spectra import coordinates, from_spectrum, power_times
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.work import Work, products

LARGEST = 100
UPRIGHT = ((1, 1), (1, -1))
OBLIQUE = (((2, 1), (1, -1)), ((1, 2), (1, -1)), ((2, 1), (-1, 1)))
"""Eigenvectors that are not orthogonal."""
APART_BY_TWO = [(3, 1), (3, -1), (-3, 1), (-3, -1), (2, 0), (-2, 0), (2, -2), (1, -1), (4, 2)]
APART_BY_THREE = [(2, -1), (1, -2), (3, 0), (-3, 0), (4, 1), (-4, -1)]
"""Eigenvalues that make all entries integers with such eigenvectors."""
POWERS: dict[Level, dict[int, list[int]]] = {
    "easy": {1: [2, 3], 2: [2, 3], 3: [2, 3], 4: [2]},
    "medium": {1: [4, 5], 2: [4, 5], 3: [3], 4: [3]},
    "hard": {2: [3, 4, 5], 3: [3], 4: [2, 3]},
}
"""By the largest size of an eigenvalue: so many times, and the numbers stay small."""


def with_spectrum(basis: tuple[tuple[int, int], tuple[int, int]], one: int, two: int) -> Array:
    """The matrix with these two eigenvectors and eigenvalues."""
    (a, c), (b, d) = basis
    determinant = a * d - b * c
    above = [
        [one * a * d - two * b * c, (two - one) * a * b],
        [(one - two) * c * d, two * a * d - one * b * c],
    ]
    return array([[ratio(each, determinant) for each in row] for row in above])


@family(title="A power of a matrix", minutes=(2, 3, 3), conventions=("indices",))
class MatrixPower:
    """A^q x for a 2 × 2 matrix with two known eigenvectors, the columns of `basis`.

    Easy: symmetric, a small power. Medium: symmetric, a larger one. Hard: not symmetric.
    """

    matrix: Array
    basis: Array
    x: Array
    power: int

    stem = r"""
    The matrix

    $$
    A = << matrix >> \qquad \text{has the eigenvectors} \qquad
    u = << first | column >>, \quad v = << second | column >>
    $$

    Let

    $$
    x = << x | column >>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Two eigenvalues, eigenvectors, and x as a combination of these."""
        if level == "hard":
            basis, spectrum = rng.choice(OBLIQUE), rng.choice(APART_BY_THREE)
        else:
            basis, spectrum = UPRIGHT, rng.choice(APART_BY_TWO)
        one, two = rng.sample(spectrum, 2)
        amounts = array(rng.sample([-3, -2, -1, 1, 2, 3, 4], 2))
        power = rng.choice(POWERS[level][max(abs(one), abs(two))])
        columns = array([*zip(*basis, strict=True)])
        x = matvec(columns, amounts)
        return cls(with_spectrum(basis, one, two), columns, x, power)

    def worth_asking(self) -> bool:
        """All numbers are small, and no entry of x is 0."""
        seen = [*entries(self.matrix), *self.end, *self.right]
        return max(map(abs, seen)) <= LARGEST and 0 not in self.x

    def plausible(self, wrong: Array) -> bool:
        """Whether its entries are integers, as those of A and x are."""
        return all(isinstance(each, int) for each in entries(wrong))

    @property
    def first(self) -> Array:
        """The first eigenvector."""
        return array(self.basis[:, 0])

    @property
    def second(self) -> Array:
        """The second one."""
        return array(self.basis[:, 1])

    @property
    def eigenvalues(self) -> Array:
        """The eigenvalue of each eigenvector."""
        rows = ((matvec(self.matrix, each), each) for each in (self.first, self.second))
        return array([ratio(image[0], vector[0]) for image, vector in rows])

    @property
    def powers(self) -> Array:
        """λ^q."""
        return array([each**self.power for each in self.eigenvalues])

    @property
    def start(self) -> Array:
        """How much of each eigenvector is in x."""
        return coordinates(self.basis, self.x)

    @property
    def end(self) -> Array:
        """How much of each is in A^q x."""
        return times(self.powers, self.start)

    @property
    def right(self) -> Array:
        """A^q x."""
        return power_times(self.matrix, self.power, self.x)

    @property
    def is_symmetric(self) -> bool:
        """Whether the eigenvectors are orthogonal."""
        return inner(self.first, self.second) == 0

    @property
    def work(self) -> Work:
        """Eigenvalues, coordinates, powers, and the sum of two vectors."""
        raising = sum(products(each) for each in self.eigenvalues) * (self.power - 1)
        return Work(4 + raising, 8, 4)

    def times_matrix(self, vector: Array) -> Array:
        """A times a vector, for the worked solution."""
        return matvec(self.matrix, vector)

    def with_powers(self, powers: list[Exact]) -> Array:
        """What A would make of x if these were the powers of its eigenvalues."""
        return from_spectrum(self.basis, array(powers), self.x)

    @part("Compute $A^<< power >> x$, written in a row.", points=1)
    def image(self) -> Array:
        """A(A(… x))."""
        return self.right

    @image.misconception(
        "You multiplied the eigenvalues by << power >>. Each product with $A$ multiplies by "
        "$\\lambda$ once more: $\\lambda^<< power >>$."
    )
    def multiplies_by_the_exponent(self) -> Array:
        """qλ for λ^q."""
        return self.with_powers([self.power * each for each in self.eigenvalues])

    @image.misconception(
        "You took the power of every entry of $A$. A power of a matrix is a product of matrices."
    )
    def takes_entrywise_powers(self) -> Array:
        """(a_ij^q) x."""
        return matvec(array(self.matrix**self.power), self.x)

    @image.misconception(
        "You stopped a product too early: that is "
        "$A<< '^' ~ (power - 1) if power > 2 else '' >> x$."
    )
    def stops_a_step_early(self) -> Array:
        """A^(q−1) x."""
        return power_times(self.matrix, self.power - 1, self.x)

    @image.misconception("You multiplied once too often: that is $A^<< power + 1 >> x$.")
    def takes_one_step_more(self) -> Array:
        """A^(q+1) x."""
        return power_times(self.matrix, self.power + 1, self.x)

    @image.misconception(
        "You did not divide by the squared length of the eigenvectors. $x$ contains "
        "$<< start[0] >>$ times $u$ and $<< start[1] >>$ times $v$."
    )
    def projects_without_normalising(self) -> Array | None:
        """⟨x, u⟩ for ⟨x, u⟩/‖u‖²."""
        return self.combined([inner(self.x, each) for each in (self.first, self.second)])

    @image.misconception(
        "You projected $x$ on each eigenvector. They are not orthogonal here, so what $x$ contains "
        "of each follows from two equations."
    )
    def projects_on_oblique_vectors(self) -> Array | None:
        """⟨x, u⟩/‖u‖² where that is not the coordinate."""
        if self.is_symmetric:
            return None
        vectors = (self.first, self.second)
        return self.combined([ratio(inner(self.x, each), inner(each, each)) for each in vectors])

    @image.misconception(
        "You kept only the part of $x$ along one eigenvector, that with the larger "
        "$\\lvert \\lambda \\rvert$. The other part counts as well."
    )
    def keeps_the_dominant_only(self) -> Array | None:
        """The part of the eigenvalue with the largest size; the rest may be 0 anyway."""
        one, two = map(abs, self.eigenvalues)
        if one == two or 0 in (one, two):
            return None
        return self.with_powers([self.powers[0], 0] if one > two else [0, self.powers[1]])

    @image.misconception(
        "You swapped the eigenvalues: $u$ belongs to $<< eigenvalues[0] >>$, $v$ to "
        "$<< eigenvalues[1] >>$."
    )
    def swaps_the_eigenvalues(self) -> Array | None:
        """λ₂^q with u and λ₁^q with v."""
        return self.with_powers([self.powers[1], self.powers[0]])

    @image.misconception("You lost a sign: an odd power of a negative eigenvalue is negative.")
    def takes_absolute_eigenvalues(self) -> Array | None:
        """|λ|^q."""
        if self.power % 2 == 0 or min(self.eigenvalues) > 0:
            return None
        return self.with_powers([*map(abs, self.powers)])

    @image.misconception(
        "You gave the powers a sign. An even power of a negative eigenvalue is positive."
    )
    def keeps_the_sign(self) -> Array | None:
        """−|λ|^q for an even power."""
        if self.power % 2 == 1 or min(self.eigenvalues) > 0:
            return None
        pairs = zip(self.powers, self.eigenvalues, strict=True)
        return self.with_powers([power if value > 0 else -power for power, value in pairs])

    @image.misconception(
        "That is how much of $u$ and of $v$ the result contains. Add up the two vectors."
    )
    def forgets_to_change_back(self) -> Array:
        """The coordinates along the eigenvectors."""
        return self.end

    def combined(self, amounts: list[Exact]) -> Array:
        """A^q applied to so much of each eigenvector."""
        return matvec(self.basis, times(self.powers, array(amounts)))
