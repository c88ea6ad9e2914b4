"""Factoring of the integers that stand under ln and square roots."""

from functools import lru_cache
from math import gcd, isqrt

from examgen.exact.effort import spend
from examgen.exact.errors import Undefined
from examgen.exact.limits import COFACTOR

_SMALL = tuple(n for n in range(2, 1000) if all(n % k for k in range(2, isqrt(n) + 1)))
# Miller-Rabin with these bases decides every n below the bound (Sorenson and Webster 2015).
_WITNESSES = _SMALL[:13]
_DECIDED = 3_317_044_064_679_887_385_961_981


def factor(n: int) -> tuple[tuple[int, int], ...]:
    """Return the primes of a positive integer with their powers, ascending.

    Raise `Undefined` where what remains after the primes below 1000 is too large to be factored.
    """
    spend(2 if n < 1000 else 30 + n.bit_length() // 16)
    found = _factored(n)
    large = [p for p, _ in found if p > 1000]
    if len(large) > 1:  # counted also where the primes are remembered
        spend(isqrt(large[-2]))
    return found


@lru_cache(maxsize=4096)
def _factored(n: int) -> tuple[tuple[int, int], ...]:
    found: dict[int, int] = {}
    for p in _SMALL:
        if p * p > n:
            break
        n, power = _stripped(n, p)
        if power:
            found[p] = power
    for p in _large_primes(n):
        found[p] = found.get(p, 0) + 1
    return tuple(sorted(found.items()))


def squarefree(n: int) -> tuple[int, int]:
    """Return s and r with n = s²·r and r squarefree, for a positive integer n."""
    whole = isqrt(n)
    if whole * whole == n:
        return whole, 1
    square = root = 1
    for p, power in factor(n):
        square *= p ** (power // 2)
        root *= p ** (power % 2)
    return square, root


def _stripped(n: int, p: int) -> tuple[int, int]:
    """Return n without its factors p, and how many there are, in few divisions of long numbers."""
    if n % p:
        return n, 0
    n, pairs = _stripped(n // p, p * p)
    return (n, 2 * pairs + 1) if n % p else (n // p, 2 * pairs + 2)


def _large_primes(n: int) -> list[int]:
    """Return the primes of an integer all of whose primes exceed 31, with repetition."""
    if n == 1:
        return []
    if n < _DECIDED and _is_prime(n):
        return [n]
    root = isqrt(n)
    if root * root == n:
        return _large_primes(root) * 2
    if n > COFACTOR:
        raise Undefined("an integer too large to be factored")
    divisor = _divisor(n)
    return _large_primes(divisor) + _large_primes(n // divisor)


def _is_prime(n: int) -> bool:
    """Decide primality (Miller-Rabin) for n below the bound that the bases decide."""
    if n < 1000:
        return n in _SMALL
    twos = ((n - 1) & -(n - 1)).bit_length() - 1
    return all(_passes(n, base, twos) for base in _WITNESSES)


def _passes(n: int, base: int, twos: int) -> bool:
    x = pow(base, (n - 1) >> twos, n)
    if x in (1, n - 1):
        return True
    for _ in range(twos - 1):
        x = x * x % n
        if x == n - 1:
            return True
    return False


def _divisor(n: int) -> int:
    """Return a proper divisor of an odd composite, no square (Pollard's rho, 1975)."""
    for shift in range(1, n):
        slow = fast = 2
        found = 1
        while found == 1:
            slow = (slow * slow + shift) % n
            fast = (fast * fast + shift) % n
            fast = (fast * fast + shift) % n
            found = gcd(slow - fast, n)
        if found != n:
            return found
    raise AssertionError("no shift finds a divisor")
