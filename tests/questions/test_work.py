"""Hand-work adds up, and numbers that need no multiplying are not counted."""

from fractions import Fraction

from examgen.exact import array
from examgen.questions.work import (
    ADDITION,
    LOOKUP,
    MULTIPLICATION,
    Band,
    Work,
    products,
    work_of_product,
    work_of_terms,
)


def test_work_adds_up() -> None:
    entry = Work(multiplications=3, additions=2)
    assert entry * 4 + Work(lookups=5) == Work(12, 8, 5)
    assert (entry * 4).seconds == 12 * MULTIPLICATION + 8 * ADDITION
    assert Work(lookups=2).seconds == 2 * LOOKUP


def test_zero_and_one_are_no_factors() -> None:
    assert products(0, 1, -1, 2, -3) == 2


def test_terms_without_a_zero_are_added_and_some_multiplied() -> None:
    assert work_of_terms([(2, 3), (1, 5), (0, 7), (-1, 4)]) == Work(1, 2)
    assert work_of_terms([(0, 3)]) == Work()


def test_a_matrix_product_is_a_sum_for_each_entry() -> None:
    left = array([[1, 2], [0, 3]])
    assert work_of_product(left, array([[2, 1], [3, 0]])) == Work(2, 1, 4)
    assert work_of_product(left, array([2, 3])) == Work(2, 1, 2)


def test_a_band_grows_by_a_per_cent_every_25_draws() -> None:
    band = Band(usual=200, off=Fraction(10))
    assert band.admits(190, tried=0) and band.admits(210, tried=0)
    assert not band.admits(211, tried=24)
    assert band.admits(212, tried=25) and not band.admits(213, tried=25)
    assert band.admits(220, tried=125)
