"""Quotients of powers of e, made at once, are those that `exp` and arithmetic make."""

import random

import pytest

from examgen.exact import Closed, Undefined, exp, ratio
from examgen.exact.powers import quotient_of_powers


def powers(chance: random.Random) -> dict[int, int]:
    coefficients = [-6, -2, -1, 1, 1, 1, 2, 3, 4]
    count = chance.choice([1, 1, 2, 3])
    return {
        chance.choice([-3, -1, 0, 0, 0, 1, 2, 4]): chance.choice(coefficients) for _ in range(count)
    }


@pytest.mark.parametrize("seed", range(4))
def test_they_have_the_same_form(seed: int) -> None:
    chance = random.Random(seed)
    kinds = set()
    for _ in range(300):
        above, below = powers(chance), powers(chance)
        found = quotient_of_powers(above, below)
        total = [sum(c * exp(n) for n, c in each.items()) for each in (above, below)]
        usual = ratio(*total)
        assert (type(found), repr(found)) == (type(usual), repr(usual)), (above, below)
        assert found == usual
        if isinstance(found, Closed) and isinstance(usual, Closed):
            assert found.sums == usual.sums
        kinds.add(type(found).__name__)
    assert kinds == {"int", "Fraction", "Closed"}


def test_nothing_is_zero_above_and_undefined_below() -> None:
    assert quotient_of_powers({}, {1: 2}) == 0
    with pytest.raises(Undefined, match="zero"):
        quotient_of_powers({1: 2}, {})


def test_the_limits_hold() -> None:
    with pytest.raises(Undefined, match="exponent beyond"):
        quotient_of_powers({0: 1}, {200_000: 1, 0: 1})
    with pytest.raises(Undefined, match="bits"):
        quotient_of_powers({1: 3**40_000}, {0: 1})
