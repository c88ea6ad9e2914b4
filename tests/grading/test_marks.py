"""Points: added exactly, and shown rounded half up."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from examgen.grading.marks import added, rounded

POINTS = st.fractions(min_value=0, max_value=1000, max_denominator=400)


@given(st.lists(POINTS))
def test_the_sum_is_exact(points: list[Fraction]) -> None:
    assert added(points) == sum(points)


@given(POINTS)
def test_points_are_rounded_half_up_to_hundredths(points: Fraction) -> None:
    exactly = Decimal(points.numerator) / points.denominator
    hundredths = exactly.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert Decimal(str(rounded(points))) == hundredths


def test_whole_points_have_no_fraction() -> None:
    assert str(rounded(Fraction(7))) == "7"
    assert str(rounded(Fraction(2999, 1000))) == "3"
    assert str(rounded(Fraction(1, 8))) == "0.13"
