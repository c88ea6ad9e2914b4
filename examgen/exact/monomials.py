"""Monomials e^a·√r·∏(ln p)^k·π^m, the symbols of a closed form.

A monomial is a tuple (exponent, root, symbols): root is squarefree; symbols is a flat tuple
(symbol, power, …), symbols ascending, in which a prime p stands for ln p and 1 for π.
"""

from functools import lru_cache
from math import gcd
from typing import TypeAlias

from examgen.exact import exponents
from examgen.exact.errors import Undefined
from examgen.exact.exponents import Exponent
from examgen.exact.limits import COFACTOR, EXPONENT
from examgen.exact.primes import factor

Symbols: TypeAlias = tuple[int, ...]
Monomial: TypeAlias = tuple[Exponent, int, Symbols]

PI_SYMBOL = 1
ONE: Monomial = (0, 1, ())


@lru_cache(maxsize=16384)
def times(a: Monomial, b: Monomial) -> tuple[int, Monomial]:
    """Return the integer c and the monomial m with a·b = c·m."""
    exponent_a, root_a, symbols_a = a
    exponent_b, root_b, symbols_b = b
    shared = gcd(root_a, root_b)
    root = root_a * root_b // (shared * shared)
    total = exponents.add(exponent_a, exponent_b)
    return shared, (total, root, _join(symbols_a, symbols_b))


def check_limits(a: Monomial) -> None:
    """Raise `Undefined` for what can be multiplied and compared, but not be kept."""
    exponent, root, symbols = a
    exponents.check_limits(exponent)
    if root > COFACTOR:
        factor(root)
    if symbols and max(symbols[1::2]) > EXPONENT:
        raise Undefined(f"power beyond {EXPONENT}")


def powers(symbols: Symbols) -> dict[int, int]:
    """Return the power of each symbol."""
    return dict(zip(symbols[::2], symbols[1::2], strict=True))


def symbols_of(power: dict[int, int]) -> Symbols:
    """Return the flat tuple for these powers, zeros left out."""
    return tuple(n for item in sorted(power.items()) if item[1] for n in item)


def _join(a: Symbols, b: Symbols) -> Symbols:
    if not a or not b:
        return a or b
    total = powers(a)
    for symbol, power in powers(b).items():
        total[symbol] = total.get(symbol, 0) + power
    return symbols_of(total)
