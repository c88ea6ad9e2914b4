"""Common factors of sums, found as common factors of integers and then proved.

A sum without square roots is a polynomial in e^(√r/D), ln p and π. Its variables are packed into
one (Kronecker's substitution), that one is set to a large power of two, and the greatest common
divisor of the integers is read back as a polynomial (GCDHEU: Char, Geddes, Gonnet 1989). The
candidate counts only if it divides every sum; by their theorem it is then the greatest.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import TypeAlias

from examgen.exact import exponents
from examgen.exact.limits import GCD_BITS
from examgen.exact.monomials import Monomial, powers, symbols_of
from examgen.exact.sums import Sum

Vector: TypeAlias = tuple[int, ...]
Polynomial: TypeAlias = dict[Vector, int]


def cancel(numerator: Sum, denominator: Sum) -> tuple[Sum, Sum]:
    """Divide both by their greatest common polynomial factor, where it is found and proved."""
    if len(numerator) < 2 or len(denominator) < 2:
        return numerator, denominator
    frame = Frame([*numerator, *denominator])
    groups = [*frame.split(numerator), *frame.split(denominator)]
    polynomials = [polynomial for _, polynomial in groups]
    quotients = _divided_by_common_factor(polynomials, frame.degrees)
    if quotients is None:
        return numerator, denominator
    count = len(frame.split(numerator))
    found = [frame.join(root, q) for (root, _), q in zip(groups, quotients, strict=True)]
    return _union(found[:count]), _union(found[count:])


class Frame:
    """The variables of some monomials, and how each monomial is a vector of their powers."""

    def __init__(self, monomials: Sequence[Monomial]) -> None:
        """Choose one variable for each square root in exponents and for each symbol."""
        rows = [(exponents.parts(a), powers(s)) for a, _, s in monomials]
        self.radicands = sorted({r for row, _ in rows for r in row})
        self.symbols = sorted({s for _, row in rows for s in row})
        zero = Fraction(0)
        self.units: list[Fraction] = []
        self.lowest: list[Fraction] = []
        for r in self.radicands:
            column = [row.get(r, zero) for row, _ in rows]
            low = min(column)
            self.lowest.append(low)
            self.units.append(_common_unit([q - low for q in column]))
        vectors = [self.vector(monomial) for monomial in monomials]
        self.degrees = tuple(max(column) for column in zip(*vectors, strict=True))

    def vector(self, monomial: Monomial) -> Vector:
        """Return the powers of the variables, none negative."""
        exponent, _, symbols = monomial
        coefficients = exponents.parts(exponent)
        power = powers(symbols)
        columns = zip(self.radicands, self.lowest, self.units, strict=True)
        first = [int((coefficients.get(r, Fraction(0)) - low) / unit) for r, low, unit in columns]
        return tuple(first + [power.get(s, 0) for s in self.symbols])

    def monomial(self, root: int, vector: Vector) -> Monomial:
        """Return the monomial of these powers of the variables."""
        columns = zip(self.radicands, self.lowest, self.units, vector, strict=False)
        exponent = exponents.exponent((r, low + n * unit) for r, low, unit, n in columns)
        power = dict(zip(self.symbols, vector[len(self.radicands) :], strict=True))
        return exponent, root, symbols_of(power)

    def split(self, sum_: Sum) -> list[tuple[int, Polynomial]]:
        """Return the polynomial that stands before each square root."""
        found: dict[int, Polynomial] = {}
        for monomial, coefficient in sum_.items():
            found.setdefault(monomial[1], {})[self.vector(monomial)] = coefficient
        return list(found.items())

    def join(self, root: int, polynomial: Polynomial) -> Sum:
        """Return the sum that a polynomial before a square root stands for."""
        return {self.monomial(root, vector): c for vector, c in polynomial.items()}


def _common_unit(values: Sequence[Fraction]) -> Fraction:
    """Return the largest fraction of which all values are integer multiples."""
    denominator = lcm(*(q.denominator for q in values))
    return Fraction(gcd(*(int(q * denominator) for q in values)) or 1, denominator)


def _union(sums: Sequence[Sum]) -> Sum:
    return {monomial: c for sum_ in sums for monomial, c in sum_.items()}


def _divided_by_common_factor(
    polynomials: Sequence[Polynomial], degrees: Vector
) -> list[Polynomial] | None:
    """Return the polynomials divided by their greatest common factor, None if there is none."""
    strides, size = _strides(degrees)
    norm = min(max(map(abs, p.values())) for p in polynomials)
    bits = (2 * norm + 2).bit_length() + 6
    for _ in range(3):
        if size * bits > GCD_BITS:
            return None
        values = [_evaluate(p, strides, bits) for p in polynomials]
        common = gcd(*values)
        if common < 1 << (bits - 1):
            return None
        digits = _digits(common, bits)
        divisor = gcd(*digits)
        factor = _unpack([d // divisor for d in digits], strides, degrees)
        value = _evaluate(factor, strides, bits)
        quotients = [
            _quotient(p, factor, v, value, strides, degrees, bits)
            for p, v in zip(polynomials, values, strict=True)
        ]
        if all(q is not None for q in quotients):
            return [q for q in quotients if q is not None]
        bits += bits // 2 + 1
    return None


def _strides(degrees: Vector) -> tuple[Vector, int]:
    strides, size = [], 1
    for degree in degrees:
        strides.append(size)
        size *= degree + 1
    return tuple(strides), size


def _evaluate(polynomial: Polynomial, strides: Vector, bits: int) -> int:
    """Return the packed polynomial at 2^bits."""
    total = 0
    for vector, c in polynomial.items():
        total += c << (bits * sum(n * s for n, s in zip(vector, strides, strict=True)))
    return total


def _digits(value: int, bits: int) -> list[int]:
    """Return the digits of an integer in base 2^bits, each between -2^bits/2 and 2^bits/2."""
    digits = []
    full, half = 1 << bits, 1 << (bits - 1)
    while value:
        digit = value & (full - 1)
        if digit >= half:
            digit -= full
        digits.append(digit)
        value = (value - digit) >> bits
    return digits


def _unpack(digits: Sequence[int], strides: Vector, degrees: Vector) -> Polynomial:
    """Return the polynomial in several variables that these packed coefficients stand for."""
    columns = list(zip(strides, degrees, strict=True))
    return {
        tuple(n // stride % (degree + 1) for stride, degree in columns): c
        for n, c in enumerate(digits)
        if c
    }


def _quotient(
    polynomial: Polynomial,
    factor: Polynomial,
    value: int,
    factor_value: int,
    strides: Vector,
    degrees: Vector,
    bits: int,
) -> Polynomial | None:
    """Return polynomial / factor, or None unless the factor is proved to divide it."""
    whole, rest = divmod(value, factor_value)
    if rest:
        return None
    quotient = _unpack(_digits(whole, bits), strides, degrees)
    product: Polynomial = {}
    for left, a in quotient.items():
        for right, b in factor.items():
            vector = tuple(map(int.__add__, left, right))
            product[vector] = product.get(vector, 0) + a * b
    return quotient if {v: c for v, c in product.items() if c} == polynomial else None
