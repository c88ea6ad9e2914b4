"""The feature map gives the kernel, and has as many entries as there are monomials."""

from fractions import Fraction

import pytest

from examgen.exact import equal, sqrt
from examgen.nn.dense import inner
from examgen.nn.polynomial_kernel import (
    feature_coefficient,
    feature_count,
    feature_map,
    monomials,
    multinomial,
    polynomial_kernel,
)
from tests.nn.drawn import integers, streams


def test_the_kernel_is_the_inner_product_of_features() -> None:
    for seed, rng in streams(60):
        d, p = rng.randint(1, 3), rng.randint(1, 4)
        x, other = integers(rng, (d,)), integers(rng, (d,))
        found = inner(feature_map(x, p), feature_map(other, p))
        assert equal(found, polynomial_kernel(x, other, p)), seed
        assert len(feature_map(x, p)) == feature_count(d, p), seed


@pytest.mark.parametrize(
    ("variables", "power", "count"), [(2, 2, 6), (3, 2, 10), (2, 3, 10), (4, 2, 15)]
)
def test_counts(variables: int, power: int, count: int) -> None:
    assert feature_count(variables, power) == count == len({*monomials(variables, power)})


def test_the_square_of_two_variables_by_hand() -> None:
    """(ax + by + 1)² = a²x² + b²y² + 1 + 2abxy + 2ax + 2by."""
    assert feature_coefficient((1, 1), 2) == sqrt(2)
    assert feature_coefficient((2, 0), 2) == feature_coefficient((0, 0), 2) == 1
    assert multinomial((1, 2), 4) == 12
    assert Fraction(multinomial((1, 1), 3)) == 6
