"""A hash that agrees with equality although equal quotients may be written differently.

Sums are mapped to the finite field of P² elements by a ring homomorphism: e^√r, ln p and π go to
fixed elements, √p to a true square root of p (P = 3 mod 4, so √-1 is adjoined and every integer
has one). Equal values have equal images whatever their form. P - 1 is twice a prime above every
denominator of an exponent, so that e^(n/d) has an image for every d.
"""

from functools import lru_cache

from examgen.exact.exponents import fractions
from examgen.exact.monomials import powers
from examgen.exact.primes import factor
from examgen.exact.sums import Sum

P = (1 << 61) - 2373
ORDER = (P - 1) // 2


def fingerprint(numerator: Sum, denominator: Sum) -> int:
    """Return an integer that is the same for equal quotients."""
    a, b = _image(numerator)
    c, d = _image(denominator)
    inverse = pow(c * c + d * d, -1, P) if c or d else 0
    return hash(((a * c + b * d) * inverse % P, (b * c - a * d) * inverse % P))


@lru_cache(maxsize=1024)
def _square_root(p: int) -> tuple[int, bool]:
    """Return x with x² = p and False, or with x² = -p and True: then √p is √-1·x."""
    x = pow(p, (P + 1) // 4, P)
    return x, (x * x - p) % P != 0


def _image(a: Sum) -> tuple[int, int]:
    real = imaginary = 0
    for (exponent, root, symbols), c in a.items():
        value = c
        for radicand, (n, d) in fractions(exponent).items():
            square = (radicand + 10**9) ** 2
            value = value * pow(square, n * pow(d, -1, ORDER) % ORDER, P) % P
        for symbol, k in powers(symbols).items():
            value = value * pow(7, symbol * k, P) % P
        turns = 0
        for p, _ in factor(root):
            square_root, turned = _square_root(p)
            value = value * square_root % P
            turns += turned
        value = -value if turns & 2 else value
        if turns & 1:
            imaginary += value
        else:
            real += value
    return real % P, imaginary % P
