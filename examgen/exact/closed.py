"""Closed forms: quotients of sums of terms c·e^a·√r·∏(ln p)^k·π^m, equal iff proved equal."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from examgen.exact import evaluation, terms, transcendental
from examgen.exact.errors import Undefined
from examgen.exact.limits import EXPONENT
from examgen.exact.monomials import ONE
from examgen.exact.quotients import reduced, sum_of
from examgen.exact.sums import UNIT, Sum, multiply, scale
from examgen.exact.terms import Term


class Closed:
    """A number that needs e, ln, a square root or π; never equal to a rational.

    Made by `exp`, `ln`, `sqrt`, `E`, `PI` and arithmetic, always in reduced form, never changed.
    Operations give the canonical type of their result (int, Fraction or Closed) and raise
    `Undefined` where it does not exist or goes beyond the limits.
    """

    __slots__ = ("_denominator", "_numerator")

    def __init__(self, numerator: Sum, denominator: Sum) -> None:
        """Hold a quotient that is reduced and not rational (see `value`)."""
        self._numerator = numerator
        self._denominator = denominator

    def __add__(self, other: Exact) -> Exact:
        """Return self + other."""
        right = _sums(other)
        if right is None:
            return NotImplemented
        return value(*sum_of((self._numerator, self._denominator), right))

    __radd__ = __add__

    def __neg__(self) -> Closed:
        """Return -self."""
        return Closed(scale(self._numerator, -1), self._denominator)

    def __pos__(self) -> Closed:
        """Return self."""
        return self

    def __sub__(self, other: Exact) -> Exact:
        """Return self - other."""
        right = _sums(other)
        if right is None:
            return NotImplemented
        negative = (scale(right[0], -1), right[1])
        return value(*sum_of((self._numerator, self._denominator), negative))

    def __rsub__(self, other: Exact) -> Exact:
        """Return other - self."""
        return -self + other

    def __mul__(self, other: Exact) -> Exact:
        """Return self · other."""
        right = _sums(other)
        if right is None:
            return NotImplemented
        above = multiply(self._numerator, right[0])
        return value(above, multiply(self._denominator, right[1]))

    __rmul__ = __mul__

    def __truediv__(self, other: Exact) -> Exact:
        """Return self / other."""
        right = _sums(other)
        if right is None:
            return NotImplemented
        above = multiply(self._numerator, right[1])
        return value(above, multiply(self._denominator, right[0]))

    def __rtruediv__(self, other: Exact) -> Exact:
        """Return other / self."""
        left = _sums(other)
        if left is None:
            return NotImplemented
        above = multiply(self._denominator, left[0])
        return value(above, multiply(self._numerator, left[1]))

    def __pow__(self, power: int) -> Exact:
        """Return self to an integral power."""
        if type(power) is not int:
            return NotImplemented
        if abs(power) > EXPONENT:
            raise Undefined(f"power beyond {EXPONENT}")
        if power < 0:
            return 1 / self**-power
        result: Exact = 1
        square: Exact = self
        while power:
            if power & 1:
                result = square * result
            power >>= 1
            if power:
                square = square * square
        return result

    def __abs__(self) -> Closed:
        """Return the absolute value."""
        return self if self.sign() > 0 else -self

    def __eq__(self, other: object) -> bool:
        """Decide equality by cross-multiplication."""
        if not isinstance(other, Closed):
            return False if isinstance(other, int | Fraction) else NotImplemented
        if self._denominator == other._denominator:
            return self._numerator == other._numerator
        left = multiply(self._numerator, other._denominator)
        return left == multiply(other._numerator, self._denominator)

    __hash__ = None  # type: ignore[assignment]

    def __lt__(self, other: Exact) -> bool:
        """Decide self < other."""
        return NotImplemented if _sums(other) is None else _sign(self - other) < 0

    def __le__(self, other: Exact) -> bool:
        """Decide self <= other."""
        return NotImplemented if _sums(other) is None else _sign(self - other) <= 0

    def __gt__(self, other: Exact) -> bool:
        """Decide self > other."""
        return NotImplemented if _sums(other) is None else _sign(self - other) > 0

    def __ge__(self, other: Exact) -> bool:
        """Decide self >= other."""
        return NotImplemented if _sums(other) is None else _sign(self - other) >= 0

    def __bool__(self) -> bool:
        """Return True: zero is the int 0."""
        return True

    def exp(self) -> Exact:
        """Return e^self (np.exp calls this)."""
        return value(*transcendental.exp(self._numerator, self._denominator))

    def log(self) -> Exact:
        """Return the natural logarithm (np.log calls this)."""
        return value(*transcendental.ln(self._numerator, self._denominator))

    def sqrt(self) -> Exact:
        """Return the square root (np.sqrt calls this)."""
        return value(*transcendental.sqrt(self._numerator, self._denominator))

    def sign(self) -> int:
        """Return 1 or -1."""
        return evaluation.sign(self._numerator) * evaluation.sign(self._denominator)

    @property
    def numerator(self) -> tuple[Term, ...]:
        """The terms above the line, ascending exponents."""
        return terms.shown(self._numerator, value)

    @property
    def denominator(self) -> tuple[Term, ...]:
        """The terms below the line, ascending exponents; one bare integer where it is rational."""
        return terms.shown(self._denominator, value)

    @property
    def sums(self) -> tuple[Sum, Sum]:
        """The numerator and the denominator as sums, for this package alone: never change them."""
        return self._numerator, self._denominator


Exact: TypeAlias = int | Fraction | Closed


def value(numerator: Sum, denominator: Sum) -> Exact:
    """Return the quotient of two sums as int, Fraction or reduced Closed."""
    n, d = reduced(numerator, denominator)
    if not n:
        return 0
    if len(n) == len(d) == 1 and ONE in n and ONE in d:
        top, bottom = n[ONE], d[ONE]
        return top if bottom == 1 else Fraction(top, bottom)
    return Closed(n, d)


def _sums(x: object) -> tuple[Sum, Sum] | None:
    """Return numerator and denominator as sums, None for what is not an exact number."""
    kind = type(x)
    if kind is Closed:
        return x._numerator, x._denominator  # type: ignore[attr-defined]
    if kind is int:
        return ({ONE: x}, UNIT) if x else ({}, UNIT)  # type: ignore[dict-item]
    if kind is Fraction:
        n, d = x.as_integer_ratio()  # type: ignore[attr-defined]
        return ({ONE: n}, {ONE: d}) if n else ({}, UNIT)
    return None


def _sign(x: Exact) -> int:
    return x.sign() if isinstance(x, Closed) else (x > 0) - (x < 0)
