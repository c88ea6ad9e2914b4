"""Minus infinity, the score of a masked position."""

from __future__ import annotations

from fractions import Fraction

from examgen.exact.closed import Closed, Exact
from examgen.exact.errors import Undefined
from examgen.exact.order import sign


def _is_number(x: object) -> bool:
    return type(x) in (int, Fraction, Closed)


class NegativeInfinity:
    """The one masked value: below every number, absorbing finite sums and positive factors."""

    __slots__ = ()
    _only: NegativeInfinity | None = None

    def __new__(cls) -> NegativeInfinity:
        """Return the one value."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __add__(self, other: object) -> NegativeInfinity:
        """Return NEG_INF for a finite number or NEG_INF."""
        return self if _is_number(other) or other is self else NotImplemented

    __radd__ = __add__

    def __sub__(self, other: object) -> NegativeInfinity:
        """Return NEG_INF for a finite number."""
        if other is self:
            raise Undefined("-inf - (-inf)")
        return self if _is_number(other) else NotImplemented

    def __rsub__(self, other: object) -> NegativeInfinity:
        """Refuse: plus infinity is no value here."""
        if _is_number(other):
            raise Undefined("a number minus -inf")
        return NotImplemented

    def __mul__(self, other: Exact) -> NegativeInfinity:
        """Return NEG_INF for a positive factor."""
        if other is self or (_is_number(other) and sign(other) <= 0):
            raise Undefined("-inf times a number that is not positive")
        return self if _is_number(other) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other: Exact) -> NegativeInfinity:
        """Return NEG_INF for a positive divisor."""
        if other is self or (_is_number(other) and sign(other) <= 0):
            raise Undefined("-inf over a number that is not positive")
        return self if _is_number(other) else NotImplemented

    def __rtruediv__(self, other: object) -> NegativeInfinity:
        """Refuse: a number over -inf is no value here."""
        if _is_number(other):
            raise Undefined("a number over -inf")
        return NotImplemented

    def __neg__(self) -> NegativeInfinity:
        """Refuse: plus infinity is no value here."""
        raise Undefined("plus infinity")

    def __abs__(self) -> NegativeInfinity:
        """Refuse: plus infinity is no value here."""
        raise Undefined("plus infinity")

    def __pow__(self, power: object) -> NegativeInfinity:
        """Refuse."""
        raise Undefined("a power of -inf")

    def __lt__(self, other: object) -> bool:
        """Decide whether other is a number."""
        return other is not self if _is_number(other) or other is self else NotImplemented

    def __le__(self, other: object) -> bool:
        """Return True."""
        return True if _is_number(other) or other is self else NotImplemented

    def __gt__(self, other: object) -> bool:
        """Return False."""
        return False if _is_number(other) or other is self else NotImplemented

    def __ge__(self, other: object) -> bool:
        """Decide whether other is NEG_INF too."""
        return other is self if _is_number(other) or other is self else NotImplemented

    def exp(self) -> int:
        """Return e^(-inf) = 0."""
        return 0

    def log(self) -> int:
        """Refuse."""
        raise Undefined("the logarithm of -inf")

    def sqrt(self) -> int:
        """Refuse."""
        raise Undefined("the square root of -inf")

    def __repr__(self) -> str:
        """Return the name of the constant."""
        return "NEG_INF"

    def __reduce__(self) -> str:
        """Copy and unpickle to the one value."""
        return "NEG_INF"


NEG_INF = NegativeInfinity()
