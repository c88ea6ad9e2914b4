"""exp, ln and sqrt of quotients of sums, where the result is such a quotient again."""

from fractions import Fraction
from math import lcm

from examgen.exact import exponents
from examgen.exact.errors import Undefined
from examgen.exact.exponents import Exponent
from examgen.exact.limits import BITS
from examgen.exact.monomials import ONE, PI_SYMBOL, Monomial, powers, symbols_of
from examgen.exact.primes import factor, squarefree
from examgen.exact.quotients import Quotient
from examgen.exact.sums import Sum, multiply


def exp(numerator: Sum, denominator: Sum) -> Quotient:
    """Return e^(n/d), where n/d is a combination of square roots plus q·ln p, q = k or k/2."""
    divisor = _integer(denominator, "e to a quotient of sums")
    roots: list[tuple[int, int, int]] = []
    above, below = {ONE: 1}, {ONE: 1}
    for (exponent, root, symbols), c in numerator.items():
        share = Fraction(c, divisor)
        if exponent == 0 and not symbols:
            roots.append((root, c, divisor))
        elif exponent == 0 and root == 1 and len(symbols) == 2 and symbols[0] != PI_SYMBOL:
            up, down = _power(symbols[0], symbols[1], share)
            above, below = multiply(above, up), multiply(below, down)
        else:
            raise Undefined("e to a power that has no exact form here")
    exponent = exponents.exponent(roots)
    if exponents.compare(exponent, 0) >= 0:
        return multiply(above, {(exponent, 1, ()): 1}), below
    return above, multiply(below, {(exponents.scale(exponent, -1, 1), 1, ()): 1})


def _power(prime: int, log_power: int, share: Fraction) -> Quotient:
    """Return prime^share for a share with denominator 1 or 2."""
    if log_power != 1 or share.denominator > 2:
        raise Undefined("e to a power that has no exact form here")
    if abs(share) * prime.bit_length() > BITS:
        raise Undefined(f"a power of more than {BITS} bits")
    whole, half = divmod(share.numerator, share.denominator)
    root: Sum = {(0, prime if half else 1, ()): 1}
    if whole >= 0:
        return multiply(root, {ONE: prime**whole}), {ONE: 1}
    return root, {ONE: prime**-whole}


def ln(numerator: Sum, denominator: Sum) -> Quotient:
    """Return the natural logarithm of a single positive term c·e^a·√r."""
    (power, logs), (other, others) = _log(numerator), _log(denominator)
    total = exponents.add(power, exponents.scale(other, -1, 1))
    for p, q in others.items():
        logs[p] = logs.get(p, Fraction(0)) - q
    terms: list[tuple[Monomial, Fraction]] = [
        ((0, r, ()), Fraction(n, d)) for r, (n, d) in exponents.fractions(total).items()
    ]
    terms += [((0, 1, (p, 1)), q) for p, q in sorted(logs.items())]
    return _cleared([(m, q) for m, q in terms if q])


def _log(a: Sum) -> tuple[Exponent, dict[int, Fraction]]:
    """Return the exponent of e and the power of each prime in a single positive term."""
    if len(a) != 1:
        raise Undefined("the logarithm of a sum has no exact form here")
    ((exponent, root, symbols), c) = next(iter(a.items()))
    if symbols:
        raise Undefined("the logarithm of a logarithm or of pi has no exact form here")
    if c < 0:
        raise Undefined("the logarithm of a negative number")
    found = {p: Fraction(k) for p, k in factor(c)}
    for p, _ in factor(root):
        found[p] = found.get(p, Fraction(0)) + Fraction(1, 2)
    return exponent, found


def _cleared(terms: list[tuple[Monomial, Fraction]]) -> Quotient:
    """Return the sum of these terms over one integer denominator."""
    divisor = lcm(*(q.denominator for _, q in terms))
    return {m: int(q * divisor) for m, q in terms}, {ONE: divisor}


def sqrt(numerator: Sum, denominator: Sum) -> Quotient:
    """Return the square root of a single term whose symbols have even powers."""
    ((monomial, c), (other, d)) = _single(numerator), _single(denominator)
    if (c < 0) != (d < 0):
        raise Undefined("the square root of a negative number")
    if monomial[1] != 1 or other[1] != 1:
        raise Undefined("the square root of a square root has no exact form here")
    square, root = squarefree(abs(c * d))
    above = (exponents.scale(monomial[0], 1, 2), root, _halved(monomial[2]))
    below = (exponents.scale(other[0], 1, 2), 1, _halved(other[2]))
    return {above: square}, {below: abs(d)}


def _single(a: Sum) -> tuple[Monomial, int]:
    if len(a) != 1:
        raise Undefined("the square root of a sum has no exact form here")
    return next(iter(a.items()))


def _halved(symbols: tuple[int, ...]) -> tuple[int, ...]:
    if any(k % 2 for k in symbols[1::2]):
        raise Undefined("the square root of a logarithm or of pi has no exact form here")
    return symbols_of({s: k // 2 for s, k in powers(symbols).items()})


def _integer(a: Sum, what: str) -> int:
    if len(a) > 1 or ONE not in a:
        raise Undefined(f"{what} has no exact form here")
    return a[ONE]
