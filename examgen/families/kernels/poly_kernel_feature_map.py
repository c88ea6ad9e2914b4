"""The polynomial kernel: its value, how many features it stands for, and their coefficients."""

from math import comb, factorial, perm, prod
from random import Random
from typing import Literal, Self

from examgen.exact import Array, Exact, array, compare, rational, sqrt
from examgen.nn.dense import inner
from examgen.nn.polynomial_kernel import (
    feature_coefficient,
    feature_count,
    monomials,
    multinomial,
    polynomial_kernel,
)
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.terms import factor
from examgen.questions.work import Work, work_of_terms

Asked = Literal["value", "count", "entry"]
COEFFICIENTS = (6, 12, 15, 20, 24, 30, 60)
"""Among them enough with a square, which can be taken out of the root."""
LARGEST = 100
"""No value of the kernel is larger …"""
LARGEST_MONOMIAL = 12
"""… and no monomial of the point."""
SIZES = [(2, 3), (2, 4), (2, 5), (2, 6), (3, 2), (3, 4), (4, 2), (4, 3), (5, 2), (5, 3), (6, 2)]
"""d and p, where they are counted."""
SIZES += [(6, 3), (7, 2), (8, 2), (9, 2)]


def by_coefficient() -> dict[int, list[tuple[tuple[int, ...], int]]]:
    """The exponents and powers, by the multinomial coefficient, of mixed monomials."""
    found: dict[int, list[tuple[tuple[int, ...], int]]] = {}
    for power in range(3, 7):
        for variables in (2, 3):
            for exponents in monomials(variables, power):
                coefficient = multinomial(exponents, power)
                if coefficient in COEFFICIENTS and exponents.count(0) < variables - 1:
                    found.setdefault(coefficient, []).append((exponents, power))
    return found


@family(
    title="The polynomial kernel",
    minutes=(2, 2, 3),
    conventions=("exact",),
    tags=(
        "lecture-3",
        "idea-kernel-trick",
    ),
)
class PolyKernelFeatureMap:
    """k(x, x') = (⟨x, x'⟩ + 1)^p with p = `power`.

    Easy: its value. Medium: how many features it stands for, in d = `variables`. Hard: one entry
    of φ(x), that of the monomial with these `exponents`.
    """

    asked: Asked
    power: int
    variables: int
    x: Array
    other: Array
    exponents: tuple[int, ...]

    stem = r"""
    The polynomial kernel of degree << power >> for points with << variables >> features is

    $$
    k(x, x') = (\langle x, x' \rangle + 1)^<< power >>
    $$
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """Two points, a size, or a monomial."""
        none = array([])
        if level == "medium":
            variables, power = rng.choice(SIZES)
            return cls("count", power, variables, none, none, ())
        if level == "hard":
            exponents, power = rng.choice(rng.choice([*by_coefficient().values()]))
            x = array([rng.choice([-3, -2, -1, 1, 2, 3]) for _ in exponents])
            return cls("entry", power, len(exponents), x, none, exponents)
        variables, power = rng.choice([2, 3]), rng.choice([2, 3])
        x, other = (
            array([rng.choice([-3, -2, -1, 1, 2, 3]) for _ in range(variables)]) for _ in range(2)
        )
        return cls("value", power, variables, x, other, ())

    def plausible(self, wrong: Exact) -> bool:
        """Whether it could be the power: an even one is not negative."""
        return self.asked != "value" or self.power % 2 == 1 or compare(wrong, 0) >= 0

    def worth_asking(self) -> bool:
        """A value can be worked out by hand, and is no power of 0, 1 or −1."""
        if self.asked == "count":
            return True
        if self.asked == "entry":
            return abs(self.monomial_value) <= LARGEST_MONOMIAL
        return self.raised not in (0, 1, -1) and abs(self.raised**self.power) <= LARGEST

    @property
    def similarity(self) -> int:
        """⟨x, x'⟩, where two points are given."""
        if self.asked != "value":
            return 0
        return int(rational(inner(self.x, self.other)))

    @property
    def raised(self) -> int:
        """⟨x, x'⟩ + 1."""
        return self.similarity + 1

    @property
    def monomial(self) -> str:
        """The monomial as it is written, in TeX."""
        factors = [
            f"x_{i}" + (f"^{each}" if each > 1 else "")
            for i, each in enumerate(self.exponents, start=1)
            if each > 0
        ]
        return " ".join(factors)

    @property
    def powers(self) -> list[tuple[int, int]]:
        """The entries of x with their exponents, where an entry of φ(x) is asked."""
        return [*zip(self.x.tolist(), self.exponents, strict=False)]

    @property
    def monomial_value(self) -> int:
        """The monomial at x."""
        return int(prod(value**each for value, each in self.powers))

    @property
    def ones(self) -> int:
        """How many of the p factors contribute their 1."""
        return self.power - sum(self.exponents)

    @property
    def ways(self) -> int:
        """The multinomial coefficient."""
        return multinomial(self.exponents, self.power)

    @property
    def ways_written(self) -> str:
        """The same before it is worked out, in TeX."""
        below = [each for each in (*self.exponents, self.ones) if each > 0]
        product = r" \cdot ".join(f"{each}!" for each in below)
        return rf"\frac{{{self.power}!}}{{{product}}}"

    @property
    def monomial_factors(self) -> str:
        """The monomial at x as it is worked out, in TeX."""
        return r" \cdot ".join(f"{factor(value)}^{each}" for value, each in self.powers if each > 0)

    @property
    def work(self) -> Work:
        """The inner product and its power; a binomial; or a multinomial and its root."""
        if self.asked == "value":
            found = work_of_terms(zip(self.x, self.other, strict=True))
            return found + Work(self.power - 1, 1)
        return Work(self.power, 2, 2 + self.power)

    @part(
        r"""
<%- if asked == "value" -%>
What is $k(x, x')$ for these two points?

$$
x = << x | column >>, \qquad x' = << other | column >>
$$
<%- elif asked == "count" -%>
It is the inner product $\langle \varphi(x), \varphi(x') \rangle$ of feature vectors. $\varphi(x)$
has one entry for each monomial of degree at most << power >> in the << variables >> features of
$x$, the constant included, times a coefficient. How many entries does it have?
<%- else -%>
It is the inner product $\langle \varphi(x), \varphi(x') \rangle$ of feature vectors. $\varphi(x)$
has one entry for each monomial of degree at most << power >>, times a positive coefficient. What
is the entry with $<< monomial >>$ at this point?

$$
x = << x | column >>
$$
<%- endif -%>
""",
        points=1,
    )
    def number(self) -> Exact:
        """(⟨x, x'⟩ + 1)^p, C(d + p, p), or the root of a multinomial coefficient."""
        if self.asked == "value":
            return polynomial_kernel(self.x, self.other, self.power)
        if self.asked == "count":
            return feature_count(self.variables, self.power)
        return feature_coefficient(self.exponents, self.power) * self.monomial_value

    @number.misconception(
        "You left out the $+ 1$"
        "<% if asked == 'count' %>, and with it the monomials of lower degree"
        "<% elif asked == 'entry' %>: in each factor it is one of the choices<% endif %>."
    )
    def forgets_the_one(self) -> Exact | None:
        """⟨x, x'⟩^p, or monomials of degree p only."""
        if self.asked == "value":
            return int(self.similarity**self.power)
        if self.asked == "count":
            return comb(self.variables + self.power - 1, self.power)
        degree = sum(self.exponents)
        return self.entry(multinomial(self.exponents, degree)) if degree < self.power else None

    @number.misconception("You added 1 after taking the power; it is added to the inner product.")
    def adds_the_one_afterwards(self) -> Exact | None:
        """⟨x, x'⟩^p + 1."""
        return int(self.similarity**self.power) + 1 if self.asked == "value" else None

    @number.misconception("You multiplied by << power >>; it is an exponent.")
    def multiplies_by_the_exponent(self) -> Exact | None:
        """p(⟨x, x'⟩ + 1)."""
        return self.power * self.raised if self.asked == "value" else None

    @number.misconception(
        "<% if asked == 'count' %>You counted powers of single variables. Mixed monomials such as "
        "$x_1 x_2$ count as well."
        "<% else %>You took the power of each product of coordinates. It is taken of the whole "
        "sum, so mixed terms appear.<% endif %>"
    )
    def takes_entrywise_powers(self) -> Exact | None:
        """Σ(x_i x'_i)^p + 1, or the count of pure powers."""
        if self.asked == "value":
            products = zip(self.x.tolist(), self.other.tolist(), strict=True)
            return int(sum((one * other) ** self.power for one, other in products)) + 1
        return self.variables * self.power + 1 if self.asked == "count" else None

    @number.misconception("You added 1 to each product of coordinates; it is added once.")
    def adds_the_one_to_each(self) -> Exact | None:
        """(Σ(x_i x'_i + 1))^p."""
        if self.asked != "value":
            return None
        return int((self.similarity + self.variables) ** self.power)

    @number.misconception(
        "You did not take the power << power >> of $\\langle x, x' \\rangle + 1$."
    )
    def forgets_the_power(self) -> Exact | None:
        """⟨x, x'⟩ + 1."""
        return self.raised if self.asked == "value" else None

    @number.misconception(
        "You counted $x_1 x_2$ and $x_2 x_1$ as two. They are one monomial, with a larger "
        "coefficient."
    )
    def counts_ordered_products(self) -> Exact | None:
        """(d + 1)^p."""
        return int((self.variables + 1) ** self.power) if self.asked == "count" else None

    @number.misconception(
        "You counted products in order, and of degree << power >> only: $x_1 x_2$ is $x_2 x_1$, "
        "and lower degrees belong to it."
    )
    def counts_ordered_products_of_full_degree(self) -> Exact | None:
        """d^p."""
        return int(self.variables**self.power) if self.asked == "count" else None

    @number.misconception(
        "You picked in order. Which factor gives which variable does not matter, only how often "
        "each is given."
    )
    def counts_picks_in_order(self) -> Exact | None:
        """(d + p)!/d!, or √(p!)."""
        if self.asked == "count":
            return perm(self.variables + self.power, self.power)
        return self.entry(factorial(self.power)) if self.asked == "entry" else None

    @number.misconception(
        "You counted monomials in the entries of both points. $\\varphi(x)$ depends on $x$ alone."
    )
    def counts_both_points(self) -> Exact | None:
        """C(2d + p, p)."""
        if self.asked != "count":
            return None
        return feature_count(2 * self.variables, self.power)

    @number.misconception("You left out the monomials with a repeated variable, such as $x_1^2$.")
    def forgets_the_repeated(self) -> Exact | None:
        """C(d, 0) + … + C(d, p): squarefree monomials."""
        if self.asked != "count":
            return None
        return sum(comb(self.variables, degree) for degree in range(self.power + 1))

    @number.misconception("You left out the constant, the monomial of degree 0.")
    def forgets_the_constant(self) -> Exact | None:
        """C(d + p, p) − 1."""
        if self.asked != "count":
            return None
        return feature_count(self.variables, self.power) - 1

    @number.misconception(
        "You gave the coefficient in the expanded kernel. Each of the two feature vectors has its "
        "square root."
    )
    def forgets_the_root(self) -> Exact | None:
        """c for √c."""
        return self.ways * self.monomial_value if self.asked == "entry" else None

    @number.misconception(
        "You took the root of << power >>. The kernel's expansion has << ways >> times the "
        "monomial."
    )
    def takes_the_root_of_the_power(self) -> Exact | None:
        """√p."""
        return self.entry(self.power) if self.asked == "entry" else None

    @number.misconception(
        "You counted the choices of the 1 in order too. They are divided out: "
        "$<< ones >>!$ belongs in the denominator."
    )
    def forgets_the_choices_of_the_one(self) -> Exact | None:
        """√(p!/(a!b!))."""
        if self.asked != "entry" or self.ones < 2:
            return None
        return self.entry(self.ways * factorial(self.ones))

    @number.misconception(
        "You counted the choices of each variable in order. Equal factors are divided out: the "
        "denominator has the factorials of all exponents."
    )
    def counts_repeated_factors_in_order(self) -> Exact | None:
        """√(p!/(p − a − b)!)."""
        inside = prod(map(factorial, self.exponents))
        if self.asked != "entry" or inside == 1:
            return None
        return self.entry(self.ways * inside)

    @number.misconception(
        "You chose only which factors give a variable, not which variable each of them gives."
    )
    def counts_by_degree(self) -> Exact | None:
        """√C(p, a + b)."""
        if self.asked != "entry":
            return None
        return self.entry(comb(self.power, sum(self.exponents)))

    @number.misconception(
        "You took the root of the monomial too. The kernel contains it twice, once with $x$ and "
        "once with $x'$, so each feature vector has it as it is."
    )
    def takes_the_root_of_the_monomial(self) -> Exact | None:
        """√(c·m) for √c·m, with the sign of m."""
        if self.asked != "entry" or abs(self.monomial_value) == 1:
            return None
        sign = 1 if self.monomial_value > 0 else -1
        return sign * sqrt(self.ways * abs(self.monomial_value))

    @number.misconception(
        "You expanded one factor too many: there are << power >>, and the 1 is one of the choices "
        "in each."
    )
    def counts_a_factor_too_many(self) -> Exact | None:
        """p + 1 for p."""
        if self.asked != "entry":
            return None
        return self.entry(multinomial(self.exponents, self.power + 1))

    @number.misconception(
        "You expanded one factor too few: there are << power >>, and the 1 is one of the choices "
        "in each."
    )
    def counts_a_factor_too_few(self) -> Exact | None:
        """p − 1 for p."""
        if self.asked != "entry" or self.ones < 1:
            return None
        return self.entry(multinomial(self.exponents, self.power - 1))

    @number.misconception(
        "That is the monomial alone. The expansion of the kernel has it << ways >> times; the root "
        "of that belongs to it."
    )
    def forgets_the_coefficient(self) -> Exact | None:
        """The value of the monomial."""
        return self.monomial_value if self.asked == "entry" else None

    def entry(self, ways: int) -> Exact:
        """The entry of φ(x), were this the multinomial coefficient."""
        return sqrt(ways) * self.monomial_value
