"""Monomials as positions in one long polynomial: Kronecker's substitution.

The variables of a sum are e^(√r/D), one for each square root r in an exponent, and the symbols
ln p and π. Packed, the variables become powers of a single one, so far apart that the product of
two polynomials within the degrees never carries from one variable into the next.
"""

from collections.abc import Iterable
from functools import lru_cache
from math import gcd, lcm
from typing import TypeAlias

from examgen.exact import exponents
from examgen.exact.monomials import Monomial, powers, symbols_of
from examgen.exact.sums import Sum

Packed: TypeAlias = dict[int, int]
"""A polynomial in all variables: coefficients by position."""


class Packing:
    """The variables of some monomials and the place of each monomial."""

    __slots__ = ("_positions", "axes", "size")

    def __init__(self, monomials: Iterable[Monomial]) -> None:
        """Choose the variables that these monomials need."""
        rows = {m: (exponents.fractions(m[0]), powers(m[2])) for m in monomials}
        self._positions = dict.fromkeys(rows, 0)
        self.axes: list[Axis] = []
        self.size = 1
        for radicand in sorted({r for row, _ in rows.values() for r in row}):
            whole = lcm(*(row[radicand][1] for row, _ in rows.values() if radicand in row))
            column = {}
            for m, (row, _) in rows.items():
                n, d = row.get(radicand, (0, 1))
                column[m] = n * (whole // d)
            self._add_axis(radicand, 0, whole, column)
        for symbol in sorted({s for _, row in rows.values() for s in row}):
            self._add_axis(0, symbol, 1, {m: row.get(symbol, 0) for m, (_, row) in rows.items()})

    def _add_axis(
        self, radicand: int, symbol: int, whole: int, column: dict[Monomial, int]
    ) -> None:
        """Append the variable in which the monomials have these powers, in units of 1/whole."""
        low = min(column.values())
        unit = gcd(*(n - low for n in column.values())) or 1
        degree = (max(column.values()) - low) // unit
        axis = Axis(radicand, symbol, low, unit, whole, degree, self.size)
        for m, n in column.items():
            self._positions[m] += (n - low) // unit * self.size
        self.axes.append(axis)
        self.size *= 2 * degree + 1

    def split(self, a: Sum) -> dict[int, Packed]:
        """Return, by square root, the packed polynomial that stands before it."""
        found: dict[int, Packed] = {}
        for monomial, c in a.items():
            root = monomial[1]
            if root in found:
                found[root][self._positions[monomial]] = c
            else:
                found[root] = {self._positions[monomial]: c}
        return found

    def join(self, polynomials: dict[int, Packed]) -> Sum:
        """Return the sum of packed polynomials times their square roots."""
        return {
            self._monomial(root, position): c
            for root, polynomial in polynomials.items()
            for position, c in polynomial.items()
        }

    def contains(self, positions: Iterable[int]) -> bool:
        """Decide whether every position is within the degrees of the monomials packed."""
        return all(axis.power(n) <= axis.degree for n in positions for axis in self.axes)

    def _monomial(self, root: int, position: int) -> Monomial:
        exponent: list[tuple[int, int, int]] = []
        power: Packed = {}
        for axis in self.axes:
            n = axis.low + axis.unit * axis.power(position)
            if axis.symbol:
                power[axis.symbol] = n
            else:
                exponent.append((axis.radicand, n, axis.whole))
        return exponents.exponent(exponent), root, symbols_of(power)


class Axis:
    """One variable: e^(√radicand·unit/whole) or the unit-th power of a symbol."""

    __slots__ = ("degree", "low", "radicand", "stride", "symbol", "unit", "whole")

    def __init__(
        self, radicand: int, symbol: int, low: int, unit: int, whole: int, degree: int, stride: int
    ) -> None:
        self.radicand, self.symbol, self.low, self.unit = radicand, symbol, low, unit
        self.whole, self.degree, self.stride = whole, degree, stride

    def power(self, position: int) -> int:
        """Return the power of this variable at a position."""
        return position // self.stride % (2 * self.degree + 1)


packing = lru_cache(maxsize=1024)(Packing)
"""Return the packing of a frozen set of monomials; the same few sets come again and again."""
