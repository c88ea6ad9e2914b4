"""Minus infinity, the score of a masked position."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from examgen.exact.closed import Closed, Exact
from examgen.exact.errors import Undefined
from examgen.exact.order import sign


class NegativeInfinity:
    """The one masked value: below every number, absorbing finite terms and positive factors.

    Whatever would be plus infinity or has no value at all raises `Undefined`.
    """

    __slots__ = ()
    _only: NegativeInfinity | None = None

    def __new__(cls) -> NegativeInfinity:
        """Return the one value."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __add__(self, other: Exact | NegativeInfinity) -> NegativeInfinity:
        """Return NEG_INF for a finite number or NEG_INF."""
        return self if _is_number(other) or _is_masked(other) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other: Exact) -> NegativeInfinity:
        """Return NEG_INF for a finite number."""
        if _is_masked(other):
            raise Undefined("-inf - (-inf)")
        return self if _is_number(other) else NotImplemented

    def __rsub__(self, other: Exact) -> Any:
        """Refuse: plus infinity is no value here."""
        return _refused(other, "a number minus -inf")

    def __mul__(self, other: Exact) -> NegativeInfinity:
        """Return NEG_INF for a positive factor."""
        if _is_masked(other) or (_is_number(other) and sign(other) <= 0):
            raise Undefined("-inf times what is not a positive number")
        return self if _is_number(other) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other: Exact) -> NegativeInfinity:
        """Return NEG_INF for a positive divisor."""
        if _is_masked(other) or (_is_number(other) and sign(other) <= 0):
            raise Undefined("-inf over what is not a positive number")
        return self if _is_number(other) else NotImplemented

    def __rtruediv__(self, other: Exact) -> Any:
        """Refuse: a number over -inf is no value here."""
        return _refused(other, "a number over -inf")

    def __pow__(self, exponent: int) -> Any:
        """Refuse."""
        return _refused(exponent, "a power of -inf")

    def __neg__(self) -> NegativeInfinity:
        """Refuse: plus infinity is no value here."""
        raise Undefined("plus infinity")

    __abs__ = __neg__

    def __lt__(self, other: Exact | NegativeInfinity) -> bool:
        """Decide whether other is a number."""
        return True if _is_number(other) else False if _is_masked(other) else NotImplemented

    def __le__(self, other: Exact | NegativeInfinity) -> bool:
        """Return True."""
        return True if _is_number(other) or _is_masked(other) else NotImplemented

    def __gt__(self, other: Exact | NegativeInfinity) -> bool:
        """Return False."""
        return False if _is_number(other) or _is_masked(other) else NotImplemented

    def __ge__(self, other: Exact | NegativeInfinity) -> bool:
        """Decide whether other is NEG_INF too."""
        return False if _is_number(other) else True if _is_masked(other) else NotImplemented

    def exp(self) -> int:
        """Return e^(-inf) = 0 (np.exp calls this)."""
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


def _is_number(x: object) -> bool:
    return type(x) in (int, Fraction, Closed)


def _is_masked(x: object) -> bool:
    return isinstance(x, NegativeInfinity)


def _refused(other: object, what: str) -> Any:
    if _is_number(other):
        raise Undefined(what)
    return NotImplemented
