"""Accuracy: whether a decimal is a rounding of an exact value, and what near misses are called."""

from fractions import Fraction
from typing import Any

from examgen.answers.policy import Policy
from examgen.answers.reading import Written
from examgen.answers.verdicts import CORRECT, NOT_RIGHT, Judgement, partly, wrong
from examgen.exact import Exact, NegativeInfinity, Undefined, compare, enclose
from examgen.exact.effort import Exhausted, spend

ROUNDED = "a rounding of the right value, but the exact value is asked"
SIGN = "the sign is wrong"
UNDECIDED = "it agrees with the right value to 600 digits, but that proves nothing"
PERCENTAGE = "the right value as a percentage, but the exact value is asked"

SHIFT = 3
"""Places by which a misplaced point may be off."""
FINE = 1 << 16
"""How much finer bounds are computed than what they are compared with."""
COST = 25
"""Of all comparisons with one number, beside its bounds."""
FEWEST = 2
"""Decimal places; where the exact value is asked, a coarser rounding shows too little."""


class Place:
    """Where an exact number lies among the decimals with a given number of places, and a few more.

    Compared in integers, with bounds that are computed once and nearly always tell: an exact
    comparison costs ten times as much, and a matrix has many entries.
    """

    __slots__ = ("_above", "_below", "_unit", "exact", "places")

    def __init__(self, exact: Exact, places: int) -> None:
        spend(COST)
        self.exact, self.places = exact, places
        self._unit = 2 * 10 ** (places + SHIFT)
        scale = self._unit * FINE
        low, high = enclose(exact, scale.bit_length())
        self._below = low.numerator * scale // low.denominator
        self._above = -(-high.numerator * scale // high.denominator)

    def between(self, low: int, high: int) -> bool:
        """Whether low <= exact <= high, both in half units, SHIFT places further."""
        if self._above < low * FINE or self._below > high * FINE:
            return False
        if low * FINE <= self._below and self._above <= high * FINE:
            return True
        over = Fraction(1, self._unit)
        return compare(self.exact, low * over) >= 0 and compare(self.exact, high * over) <= 0

    def last_places(self, value: int | Fraction) -> int:
        """A decimal in units of its last place."""
        return int(value * 10**self.places)

    def is_rounded(self, value: int | Fraction, shift: int = 0) -> bool:
        """Whether |value - exact·10^shift| <= 0.5·10^-places."""
        half = 10 ** (SHIFT - shift)
        twice = 2 * self.last_places(value)
        return self.between((twice - 1) * half, (twice + 1) * half)

    def is_cut(self, value: int | Fraction) -> bool:
        """Whether the value is the exact number cut off after its last place."""
        unit = 2 * 10**SHIFT
        cut = self.last_places(value) * unit
        further = cut + unit if self._below + self._above > 0 else cut - unit
        between = self.between(min(cut, further), max(cut, further))
        return between and self.exact != Fraction(further, self._unit)

    def is_rounded_to_integer(self, value: int) -> bool:
        """Whether |value - exact| <= 0.5."""
        half = self._unit // 2
        return self.between((2 * value - 1) * half, (2 * value + 1) * half)

    def is_small(self) -> bool:
        """Whether it is at most one per cent, regardless of sign."""
        return self.between(-self._unit // 100, self._unit // 100)


def is_rounding(exact: Any, value: Any, places: int, cut: bool = False) -> bool:
    """Whether |value - exact| <= 0.5·10^-places; False where that is beyond the limits.

    With `cut`, also whether the value is the exact number cut off after its last place.
    """
    if isinstance(exact, NegativeInfinity) or isinstance(value, NegativeInfinity):
        return False
    try:
        place = Place(exact, places)
        return place.is_rounded(value) or (cut and place.is_cut(value))
    except Exhausted:
        raise
    except Undefined:
        # No number that a person rounds is so long that `exact` cannot hold its bounds.
        return False


def judge_equal(written: Written, policy: Policy) -> Judgement:
    """The judgement of a value that is the exact one."""
    if written.percent and policy.decimals is None:
        return partly(policy.rounded_credit, PERCENTAGE)
    return CORRECT


def judge_different(key: Any, value: Any, written: Written, policy: Policy) -> Judgement:
    """The judgement of a value that is not the exact one."""
    places = written.places
    if isinstance(key, NegativeInfinity) or isinstance(value, NegativeInfinity):
        return wrong(NOT_RIGHT)
    if not isinstance(value, int | Fraction):
        return wrong(SIGN if -key == value else NOT_RIGHT)
    try:
        place = Place(key, places or 0)
        if places is not None and place.is_rounded(value):
            return judge_rounding(places, policy)
        if policy.decimals and isinstance(value, int) and place.is_rounded_to_integer(value):
            return wrong(f"rounded to no decimal places; {policy.decimals} are asked")
        return wrong(near_miss(place, value, written))
    except Exhausted:
        raise
    except Undefined:
        return wrong(NOT_RIGHT)


def judge_rounding(places: int, policy: Policy) -> Judgement:
    """The judgement of a correct rounding."""
    if policy.decimals is None:
        return partly(policy.rounded_credit, ROUNDED) if places >= FEWEST else wrong(ROUNDED)
    if places >= policy.decimals:
        return CORRECT
    return wrong(f"rounded to {places} decimal places; {policy.decimals} are asked")


def near_miss(key: Place, value: int | Fraction, written: Written) -> str:
    """What is wrong with a rational number, in words."""
    is_decimal = written.places is not None
    if is_decimal and key.is_cut(value):
        return "cut off instead of rounded"
    if (is_decimal or isinstance(value, int)) and is_hundredfold(key, value):
        return "a percentage where the number itself is asked"
    if is_decimal and is_misplaced(key, value):
        return "the decimal point is misplaced"
    return SIGN if -key.exact == value else NOT_RIGHT


def is_hundredfold(key: Place, value: int | Fraction) -> bool:
    """Whether the value is that of the key in per cent."""
    return not isinstance(key.exact, int) and not key.is_small() and key.is_rounded(value, 2)


def is_misplaced(key: Place, value: int | Fraction) -> bool:
    """Whether the value's digits are right and its point is not; two digits at least."""
    if abs(key.last_places(value)) < 10:
        return False
    return any(key.is_rounded(value, shift) for shift in (-3, -2, -1, 1, 2, 3))
