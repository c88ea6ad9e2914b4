"""What is too large is refused before it is computed, whatever is asked."""

# To mypy `/` between exact numbers may be int/int, so a float; here one side is always closed.
# mypy: disable-error-code="operator,arg-type,return-value"

from collections.abc import Callable
from functools import reduce
from math import prod

import pytest

from examgen.exact import PI, Closed, E, Exact, Undefined, exp, limits, ln, ratio, sqrt
from tests.calls import calls

PRIMES = (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31)
SEMIPRIME = (10**29 + 319) * (10**30 + 57)
CALLS = 500_000
"""Calls of functions for one operation: some 100 ms."""


def long_sum(terms: int, stretch: int) -> Exact:
    """A sum of many powers of e with different denominators."""
    total: Exact = 0
    for i in range(terms):
        total = total + (i + stretch) * exp(ratio(i + stretch, i + 2))
    return total


A, B = long_sum(limits.TERMS - 8, 1), long_sum(limits.TERMS - 8, 3)
ROOTS = prod((1 + sqrt(p) for p in PRIMES[:7]), start=1)


@pytest.mark.parametrize(
    "operation",
    [
        lambda: (1 + E) ** 100_000,
        lambda: (ln(2) + PI) ** 100_000,
        lambda: long_sum(limits.TERMS + 1, 1),
        lambda: A * B,
        lambda: A / B + B / A,
        lambda: reduce(lambda a, p: a * (1 + sqrt(p)), PRIMES, E),
        lambda: sqrt(2) ** 100_000,
        lambda: E * 2**50_000,
        lambda: E + ratio(1, 3**30_000),
        lambda: exp(1_000_000),
        lambda: exp(-1_000_000),
        lambda: exp(100_000) * E,
        lambda: exp(ratio(1, 10**7)),
        lambda: exp(ratio(10**6 + 1, 2)),
        lambda: exp(80_000 * sqrt(2)),
        lambda: (exp(10_000)) ** 10_000,
        lambda: E**1_000_000,
        lambda: exp(ln(2) * 100_000),
        lambda: exp(ln(2) * 10**30),
        lambda: reduce(lambda a, n: a * exp(sqrt(n)), range(2, 40), E),
        lambda: ln(SEMIPRIME),
        lambda: sqrt(SEMIPRIME),
        lambda: ln(3**12_000 + 2),
        lambda: sqrt(2**2203 - 2),
        lambda: sqrt(10**12 + 39) * sqrt(10**12 + 61),
    ],
)
def test_refused(operation: Callable[[], object]) -> None:
    def refused() -> None:
        with pytest.raises(Undefined):
            operation()

    assert calls(refused) < CALLS


@pytest.mark.parametrize(
    "operation",
    [
        lambda: (1 + E) ** 100,
        lambda: (1 + E) ** 120 / (1 + E) ** 100,
        lambda: A / B,
        lambda: A / B == B / A,
        lambda: hash(A / B),
        lambda: A < B,
        lambda: repr(A / B),
        lambda: 1 / (1 + sum((sqrt(p) for p in PRIMES), start=E - E)),
        lambda: 1 / (E + sum((sqrt(p) for p in PRIMES), start=E - E)),
        lambda: 1 / ROOTS,
        lambda: ROOTS * ROOTS,
        lambda: ROOTS < 0,
        lambda: exp(100_000) - 3 * exp(99_999) > 0,
        lambda: E * 2**20_000,
        lambda: ln(2**20_000),
        lambda: ln(10**23 + 117),
        lambda: ln(16777183 * 16777199),
        lambda: exp(ratio(1, 2) + sum((sqrt(p) for p in PRIMES), start=E - E)),
        lambda: sqrt(10**60 + 2 * 10**30 + 1),
    ],
)
def test_held(operation: Callable[[], object]) -> None:
    assert calls(operation) < CALLS


def test_equality_is_decided_beyond_the_limits_of_products() -> None:
    a, b = A / B, B / A
    assert isinstance(a, Closed)
    assert a != b
    assert 1 / a == b
    assert hash(1 / a) == hash(b)
