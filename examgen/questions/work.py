"""Hand-work: what a pencil has to do for a problem, so that forms can be made equally hard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from examgen.exact import Array

MULTIPLICATION = 5
"""Seconds that a student takes to multiply two small numbers on paper."""
ADDITION = 3
"""Seconds to add, subtract, compare or write down a number."""
LOOKUP = 3
"""Seconds to find the place of a number or a rule and carry it over."""
PATIENCE = 25
"""Draws after which a band is widened."""


@dataclass(frozen=True)
class Work:
    """How many products, sums and look-ups the right way through a problem takes.

    Factors 0 and ±1 are no multiplications. A quotient counts as a product; a comparison (max, the
    sign of a ReLU's input) as a sum; reading an entry off a matrix or a size off a listing, and
    writing e^a or ln a for a number, as a look-up.
    """

    multiplications: int = 0
    additions: int = 0
    lookups: int = 0

    def __add__(self, other: Work) -> Work:
        """Both, one after the other."""
        return Work(
            self.multiplications + other.multiplications,
            self.additions + other.additions,
            self.lookups + other.lookups,
        )

    def __mul__(self, times: int) -> Work:
        """The same work, done several *times*."""
        return Work(self.multiplications * times, self.additions * times, self.lookups * times)

    @property
    def seconds(self) -> int:
        """About how long the pencil takes, reading and thinking not counted."""
        return (
            self.multiplications * MULTIPLICATION
            + self.additions * ADDITION
            + self.lookups * LOOKUP
        )


@dataclass(frozen=True)
class Band:
    """The hand-work that problems drawn for the same place may take, in seconds."""

    usual: int
    off: Fraction
    """How much more or less it may be."""

    def admits(self, seconds: int, tried: int) -> bool:
        """Whether hand-work is within the band, which grows by a per cent every 25 draws *tried*.

        Some families have few problems of a given work: a form that cannot be drawn helps nobody.
        """
        growth = Fraction(tried // PATIENCE, 100) * self.usual
        return abs(seconds - self.usual) <= self.off + growth


def products(*factors: object) -> int:
    """How many of these numbers are worth multiplying by: not 0, 1 or −1."""
    return sum(each not in (0, 1, -1) for each in factors)


def work_of_terms(pairs: Iterable[tuple[object, object]]) -> Work:
    """The hand-work of one sum of products: terms with a factor 0 are passed over."""
    real = [products(*pair) for pair in pairs if 0 not in pair]
    return Work(real.count(2), max(0, len(real) - 1))


def work_of_product(left: Array, right: Array) -> Work:
    """The hand-work of a matrix times a matrix or a vector: a sum of products for each entry."""
    rows, columns = left.tolist(), [right.tolist()] if right.ndim == 1 else right.T.tolist()
    sums = (work_of_terms(zip(row, column, strict=True)) for row, column in product(rows, columns))
    return sum(sums, Work(lookups=len(rows) * len(columns)))
