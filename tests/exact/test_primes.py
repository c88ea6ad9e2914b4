"""Factoring against sympy."""

from math import prod

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from examgen.exact import Undefined
from examgen.exact.primes import factor, squarefree


@settings(max_examples=300)
@given(st.integers(1, 10**12))
def test_factors_are_those_of_sympy(n: int) -> None:
    assert dict(factor(n)) == sympy.factorint(n)


@pytest.mark.parametrize("n", range(1, 1200))
def test_small_numbers(n: int) -> None:
    assert dict(factor(n)) == sympy.factorint(n)


@pytest.mark.parametrize(
    "primes",
    [
        (997, 997),
        (1009, 1009),
        (1009, 1013),
        (1009, 1009, 1009),
        (1009, 1009, 1009, 1013),
        (2, 16777183, 16777199),
        (10**12 + 39, 10**12 + 39),
        (10**12 + 39, 997, 997),
        (10**23 + 117,),
        (3215031751 // 151, 151),
    ],
    ids=str,
)
def test_awkward_numbers(primes: tuple[int, ...]) -> None:
    expected = dict(sympy.factorint(prod(primes)))
    assert dict(factor(prod(primes))) == expected


@given(st.integers(1, 10**9), st.integers(1, 10**4))
def test_square_parts(n: int, s: int) -> None:
    square, root = squarefree(n * s * s)
    assert square * square * root == n * s * s
    assert all(k == 1 for k in sympy.factorint(root).values())


def test_what_cannot_be_factored_quickly() -> None:
    with pytest.raises(Undefined, match="too large"):
        factor((10**12 + 39) * (10**12 + 61))
    assert squarefree((10**29 + 319) ** 2) == (10**29 + 319, 1)
