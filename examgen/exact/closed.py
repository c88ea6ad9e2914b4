"""Closed forms: quotients of sums of terms c·e^a·√r·∏(ln p)^k·π^m, equal iff proved equal."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from examgen.exact import evaluation, quotients, terms, transcendental
from examgen.exact.effort import budget, cost_of_bits, spend
from examgen.exact.errors import Undefined
from examgen.exact.fingerprints import fingerprint
from examgen.exact.limits import EXPONENT
from examgen.exact.monomials import ONE
from examgen.exact.quotients import Quotient, reduced, sum_of
from examgen.exact.sums import UNIT, Sum, bits, bounded, is_plain, multiply, power, scale
from examgen.exact.terms import Term

LONG = 64
"""Products in a cross-multiplication from which hashes are looked at first."""


class Closed:
    """A number that needs e, ln, a square root or π; never equal to a rational.

    Made by `exp`, `ln`, `sqrt`, `E`, `PI` and arithmetic, always in reduced form, never changed.
    Operations give the canonical type of their result (int, Fraction or Closed) and raise
    `Undefined` where it does not exist or goes beyond the limits. Equality is proved: by
    cross-multiplication of sums whose terms are independent. Only int, Fraction and Closed mix.
    """

    __slots__ = ("_denominator", "_hash", "_numerator")

    def __init__(self, numerator: Sum, denominator: Sum) -> None:
        """Hold a quotient that is reduced and not rational: for `value` alone."""
        self._numerator = numerator
        self._denominator = denominator

    @property
    def numerator(self) -> tuple[Term, ...]:
        """The terms above the line, ascending exponents: 1 + e + e², but e - 1."""
        return terms.shown(self._numerator, value)

    @property
    def denominator(self) -> tuple[Term, ...]:
        """The terms below the line in the same order; a single 1 where there is no line."""
        return terms.shown(self._denominator, value)

    @property
    def sums(self) -> Quotient:
        """Numerator and denominator as sums, for this package alone: never change them."""
        return self._numerator, self._denominator

    def __add__(self, other: Exact) -> Exact:
        """Return self + other."""
        right = _operand(other)
        return NotImplemented if right is None else value(*sum_of(self.sums, right))

    __radd__ = __add__

    def __sub__(self, other: Exact) -> Exact:
        """Return self - other."""
        right = _operand(other)
        if right is None:
            return NotImplemented
        return value(*sum_of(self.sums, (scale(right[0], -1), right[1])))

    def __rsub__(self, other: Exact) -> Exact:
        """Return other - self."""
        left = _operand(other)
        return NotImplemented if left is None else value(*sum_of(left, (-self).sums))

    def __mul__(self, other: Exact) -> Exact:
        """Return self · other."""
        right = _operand(other)
        return NotImplemented if right is None else _product(self.sums, right)

    __rmul__ = __mul__

    def __truediv__(self, other: Exact) -> Exact:
        """Return self / other."""
        right = _operand(other)
        return NotImplemented if right is None else _product(self.sums, (right[1], right[0]))

    def __rtruediv__(self, other: Exact) -> Exact:
        """Return other / self."""
        left = _operand(other)
        if left is None:
            return NotImplemented
        return _product((self._denominator, self._numerator), left)

    def __pow__(self, exponent: int) -> Exact:
        """Return self to an integral power."""
        if type(exponent) is not int:
            return NotImplemented
        if abs(exponent) > EXPONENT:
            raise Undefined(f"power beyond {EXPONENT}")
        above, below = self.sums if exponent >= 0 else (self._denominator, self._numerator)
        return value(power(above, abs(exponent)), power(below, abs(exponent)))

    def __neg__(self) -> Closed:
        """Return -self."""
        return Closed(scale(self._numerator, -1), self._denominator)

    def __pos__(self) -> Closed:
        """Return self."""
        return self

    def __abs__(self) -> Closed:
        """Return the absolute value."""
        return self if self.sign() > 0 else -self

    def __bool__(self) -> bool:
        """Return True: zero is the int 0."""
        return True

    def __eq__(self, other: object) -> bool:
        """Decide equality by cross-multiplication."""
        if not isinstance(other, Closed):
            return False if isinstance(other, int | Fraction) else NotImplemented
        if self._denominator == other._denominator:
            return self._numerator == other._numerator
        if len(self._numerator) * len(other._denominator) > LONG:
            # Counted also where a hash is remembered: a verdict must not depend on that.
            spend(6 * sum(map(len, (*self.sums, *other.sums))))
            if hash(self) != hash(other):
                return False
        return quotients.equal(self.sums, other.sums)

    def __hash__(self) -> int:
        """Return a hash that equal values share, in whatever form they are held."""
        try:
            return self._hash
        except AttributeError:
            self._hash: int = fingerprint(self._numerator, self._denominator)
            return self._hash

    def __lt__(self, other: Exact) -> bool:
        """Decide self < other."""
        right = _operand(other)
        return NotImplemented if right is None else quotients.compare(self.sums, right) < 0

    def __le__(self, other: Exact) -> bool:
        """Decide self <= other."""
        right = _operand(other)
        return NotImplemented if right is None else quotients.compare(self.sums, right) <= 0

    def __gt__(self, other: Exact) -> bool:
        """Decide self > other."""
        right = _operand(other)
        return NotImplemented if right is None else quotients.compare(self.sums, right) > 0

    def __ge__(self, other: Exact) -> bool:
        """Decide self >= other."""
        right = _operand(other)
        return NotImplemented if right is None else quotients.compare(self.sums, right) >= 0

    def sign(self) -> int:
        """Return 1 or -1."""
        return evaluation.sign(self._numerator) * evaluation.sign(self._denominator)

    def exp(self) -> Exact:
        """Return e^self (np.exp calls this)."""
        return value(*transcendental.exp(self._numerator, self._denominator))

    def log(self) -> Exact:
        """Return the natural logarithm (np.log calls this)."""
        return value(*transcendental.ln(self._numerator, self._denominator))

    def sqrt(self) -> Exact:
        """Return the square root (np.sqrt calls this)."""
        return value(*transcendental.sqrt(self._numerator, self._denominator))

    def __repr__(self) -> str:
        """Return the value in the order in which it is shown, for people who debug."""
        above = " + ".join(map(str, self.numerator))
        below = " + ".join(map(str, self.denominator))
        return f"Closed({above})" if below == "1" else f"Closed(({above}) / ({below}))"


Exact: TypeAlias = int | Fraction | Closed


def value(numerator: Sum, denominator: Sum) -> Exact:
    """Return the quotient of two sums as int, Fraction or reduced Closed."""
    if budget() is not None:
        _spend_on_reducing(numerator, denominator)
    n, d = reduced(numerator, denominator)
    if len(d) == 1 and ONE in d:
        if not n:
            return 0
        if len(n) == 1 and ONE in n:
            return n[ONE] if d[ONE] == 1 else Fraction(n[ONE], d[ONE])
    return Closed(bounded(n), d if d is UNIT else bounded(d))


def _spend_on_reducing(numerator: Sum, denominator: Sum) -> None:
    terms = len(numerator) + len(denominator)
    ordered = terms // 2 if is_plain(numerator) and is_plain(denominator) else 2 * terms
    spend(5 + ordered + 2 * cost_of_bits(bits(numerator) + bits(denominator)))


def _product(a: Quotient, b: Quotient) -> Exact:
    return value(multiply(a[0], b[0]), multiply(a[1], b[1]))


def sums_of(x: Exact) -> Quotient:
    """Return numerator and denominator of an exact number as sums."""
    if isinstance(x, Closed):
        return x.sums
    return ({ONE: x.numerator} if x else {}), {ONE: x.denominator}


def _operand(x: object) -> Quotient | None:
    """Return numerator and denominator as sums, None for what is not an exact number."""
    kind = type(x)
    if kind is Closed:
        return x._numerator, x._denominator  # type: ignore[attr-defined]
    if kind is int:
        return ({ONE: x}, UNIT) if x else ({}, UNIT)  # type: ignore[dict-item]
    return sums_of(x) if kind is Fraction else None  # type: ignore[arg-type]
