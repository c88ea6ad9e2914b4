"""Signs and enclosures of sums by ball arithmetic (python-flint's arb, imported only here)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from examgen.exact import exponents
from examgen.exact.errors import Undefined
from examgen.exact.limits import PRECISION
from examgen.exact.monomials import PI_SYMBOL, Monomial, powers
from examgen.exact.sums import Sum


def sign(a: Sum) -> int:
    """Return the sign of a sum; every monomial is a positive number."""
    if not a:
        return 0
    signs = {c > 0 for c in a.values()}
    if len(signs) == 1:
        return 1 if signs.pop() else -1
    bits = 64
    while bits <= PRECISION:
        low, high = enclosure(a, {}, bits)
        if low > 0:
            return 1
        if high < 0:
            return -1
        bits *= 2
    raise Undefined(f"sign undecided at {PRECISION} bits")


def enclosure(numerator: Sum, denominator: Sum, bits: int) -> tuple[Fraction, Fraction]:
    """Return rational bounds of n/d (of n where d is empty) from a computation with these bits."""
    import flint

    with flint.ctx.workprec(bits):
        ball = _ball(numerator, flint)
        if denominator:
            ball = ball / _ball(denominator, flint)
        if not ball.is_finite():
            return Fraction(-1), Fraction(1)
        middle, radius = _fraction(ball.mid()), _fraction(ball.rad())
    return middle - radius, middle + radius


def _ball(a: Sum, flint: Any) -> Any:
    total = flint.arb(0)
    for monomial, c in a.items():
        total += _monomial(monomial, flint) * c
    return total


def _monomial(monomial: Monomial, flint: Any) -> Any:
    exponent, root, symbols = monomial
    power = flint.arb(0)
    for r, (n, d) in exponents.fractions(exponent).items():
        power += flint.arb(r).sqrt() * n / d
    product = power.exp() * flint.arb(root).sqrt()
    for symbol, k in powers(symbols).items():
        factor = flint.arb.pi() if symbol == PI_SYMBOL else flint.arb(symbol).log()
        product *= factor**k
    return product


def _fraction(exact_ball: Any) -> Fraction:
    mantissa, exponent = exact_ball.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
