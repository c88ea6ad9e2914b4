"""Signs and enclosures of sums by ball arithmetic (python-flint's arb, imported only here)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from threading import Lock
from typing import Any

from examgen.exact import exponents
from examgen.exact.effort import spend
from examgen.exact.errors import Undefined
from examgen.exact.limits import PRECISION
from examgen.exact.monomials import PI_SYMBOL, Monomial, powers
from examgen.exact.sums import Sum

_LOCK = Lock()
"""Held while flint's working precision, which is one for all threads, is changed."""


@contextmanager
def precision(bits: int) -> Iterator[Any]:
    """Compute with balls of this many bits; gives flint, to no other thread meanwhile."""
    import flint

    with _LOCK, flint.ctx.workprec(bits):
        yield flint


def sign(a: Sum) -> int:
    """Return the sign of a sum; every monomial is a positive number."""
    if not a:
        return 0
    signs = {c > 0 for c in a.values()}
    if len(signs) == 1:
        return 1 if signs.pop() else -1
    bits = 64
    while bits <= PRECISION:
        if found := _sign_of_ball(a, bits):
            return found
        bits *= 2
    raise Undefined(f"sign undecided at {PRECISION} bits")


def _sign_of_ball(a: Sum, bits: int) -> int:
    """Return the sign as far as a computation with these bits tells it, else 0."""
    spend(len(a) * cost_of_ball(bits))
    with precision(bits) as flint:
        ball = _ball(a, flint)
        return bool(ball > 0) - bool(ball < 0)


def enclosure(numerator: Sum, denominator: Sum, bits: int) -> tuple[Fraction, Fraction] | None:
    """Return rational bounds of n/d from a computation with these bits, None if it finds none."""
    spend((len(numerator) + len(denominator)) * cost_of_ball(bits))
    with precision(bits) as flint:
        ball = _ball(numerator, flint) / _ball(denominator, flint)
        if not ball.is_finite():
            return None
        middle, radius = _fraction(ball.mid()), _fraction(ball.rad())
    return middle - radius, middle + radius


def cost_of_ball(bits: int) -> int:
    """What a transcendental function of a ball of this many bits costs."""
    return 12 + ((bits >> 8) ** 2 >> 3)


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
    shift = int(exponent)
    return Fraction(int(mantissa) << shift) if shift >= 0 else Fraction(int(mantissa), 1 << -shift)
