"""Accuracy: whether a decimal is a rounding of an exact value, and what near misses are called."""

from fractions import Fraction
from typing import Any

from examgen.answers.policy import Policy
from examgen.answers.reading import Written
from examgen.answers.verdicts import CORRECT, Judgement, partly, wrong
from examgen.exact import NegativeInfinity, Undefined, compare
from examgen.exact.effort import Exhausted

ROUNDED = "a rounding of the right value, but the exact value is asked"
NOT_RIGHT = "not the right value"
UNDECIDED = "it agrees with the right value to 600 digits, but that proves nothing"
PERCENTAGE = "the right value as a percentage, but the exact value is asked"

FEWEST = 2
"""Decimal places; where the exact value is asked, a coarser rounding shows too little."""


def is_rounding(exact: Any, value: Any, places: int) -> bool:
    """Whether |value - exact| <= 0.5·10^-places."""
    if isinstance(exact, NegativeInfinity) or isinstance(value, NegativeInfinity):
        return False
    try:
        return compare(abs(value - exact) * 2 * 10**places, 1) <= 0
    except Exhausted:
        raise
    except Undefined:
        # No number that a person rounds is so long that `exact` cannot hold the difference.
        return False


def is_truncation(exact: Any, value: Any, places: int) -> bool:
    """Whether the value is the exact one cut off behind its last place."""
    gap = exact - value if compare(exact, 0) > 0 else value - exact
    return compare(gap, 0) >= 0 and compare(gap * 10**places, 1) < 0


def judge_equal(written: Written, policy: Policy) -> Judgement:
    """The judgement of a value that is the exact one."""
    if written.percent and policy.decimals is None:
        return partly(policy.rounded_credit, PERCENTAGE)
    return CORRECT


def judge_different(key: Any, value: Any, written: Written, policy: Policy) -> Judgement:
    """The judgement of a value that is not the exact one."""
    places = written.places
    if places is not None and is_rounding(key, value, places):
        return judge_rounding(places, policy)
    if policy.decimals and isinstance(value, int) and is_rounding(key, value, 0):
        return wrong(f"rounded to no decimal places; {policy.decimals} are asked")
    try:
        return wrong(near_miss(key, value, places))
    except Undefined:
        return wrong(NOT_RIGHT)


def judge_rounding(places: int, policy: Policy) -> Judgement:
    """The judgement of a correct rounding."""
    if policy.decimals is None:
        return partly(policy.rounded_credit, ROUNDED) if places >= FEWEST else wrong(ROUNDED)
    if places >= policy.decimals:
        return CORRECT
    return wrong(f"rounded to {places} decimal places; {policy.decimals} are asked")


def near_miss(key: Any, value: Any, places: int | None) -> str:
    """What is wrong with a number, in words."""
    if isinstance(key, NegativeInfinity) or isinstance(value, NegativeInfinity):
        return NOT_RIGHT
    if places is not None and is_truncation(key, value, places):
        return "cut off instead of rounded"
    if is_hundredfold(key, value, places):
        return "a percentage where the number itself is asked"
    if places is not None and is_misplaced(key, value, places):
        return "the decimal point is misplaced"
    if compare(value + key, 0) == 0:
        return "the sign is wrong"
    return NOT_RIGHT


def is_hundredfold(key: Any, value: Any, places: int | None) -> bool:
    """Whether the value is that of the key in per cent."""
    if isinstance(key, int) or compare(abs(key) * 100, 1) < 0:
        return False
    if places is None and not isinstance(value, int):
        return False
    return is_rounding(key * 100, value, places or 0)


def is_misplaced(key: Any, value: Any, places: int) -> bool:
    """Whether the value's digits are right and its point is not; two digits at least."""
    if abs(value) * 10**places < 10:
        return False
    shifts = (Fraction(10) ** shift for shift in (-3, -2, -1, 1, 2, 3))
    return any(is_rounding(key * shift, value, places) for shift in shifts)
