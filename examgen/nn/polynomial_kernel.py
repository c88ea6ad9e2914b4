"""The polynomial kernel k(x, x') = (⟨x, x'⟩ + 1)^p and the feature map behind it.

By the multinomial theorem k(x, x') = Σ c·m(x)·m(x') over all monomials m of degree at most p, so
φ has an entry √c·m(x) for each of them.
"""

from collections.abc import Iterator
from math import comb, factorial, prod

from examgen.exact import Array, Exact, array, sqrt
from examgen.nn.dense import inner


def polynomial_kernel(x: Array, other: Array, power: int) -> Exact:
    """Return (⟨x, x'⟩ + 1)^p for two points of one length."""
    return (inner(x, other) + 1) ** power


def feature_count(variables: int, power: int) -> int:
    """Return C(d + p, p): how many monomials of degree at most p in d variables there are."""
    return comb(variables + power, power)


def multinomial(exponents: tuple[int, ...], power: int) -> int:
    """Return p!/(a!·b!·…·(p − a − b − …)!), the coefficient of x₁ᵃx₂ᵇ… in (x₁ + x₂ + … + 1)^p."""
    ones = power - sum(exponents)
    return factorial(power) // prod(factorial(each) for each in (*exponents, ones))


def feature_coefficient(exponents: tuple[int, ...], power: int) -> Exact:
    """Return the √c with which the monomial of these exponents stands in φ."""
    return sqrt(multinomial(exponents, power))


def monomials(variables: int, power: int) -> Iterator[tuple[int, ...]]:
    """Yield the exponents of all monomials of degree at most p in d variables."""
    if variables == 0:
        yield ()
        return
    for first in range(power + 1):
        for rest in monomials(variables - 1, power - first):
            yield (first, *rest)


def feature_map(x: Array, power: int) -> Array:
    """Return φ(x) with ⟨φ(x), φ(x')⟩ = (⟨x, x'⟩ + 1)^p."""
    return array(
        [
            feature_coefficient(exponents, power)
            * prod(value**each for value, each in zip(x.tolist(), exponents, strict=True))
            for exponents in monomials(len(x), power)
        ]
    )
