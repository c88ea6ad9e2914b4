"""How large numbers may become, checked before they do."""

from fractions import Fraction
from math import factorial
from typing import Any

from examgen.answers.limits import EXPONENT, FACTORIAL
from examgen.answers.notation.program import Instruction
from examgen.answers.reading import Unreadable
from examgen.exact import NegativeInfinity
from examgen.exact.effort import cost_of_bits, spend


class Infinite:
    """What only a minus sign makes a value."""


INFINITE = Infinite()


def check_finite(value: Any, step: Instruction) -> None:
    """Refuse to compute with infinity."""
    if value is INFINITE or isinstance(value, NegativeInfinity):
        raise Unreadable("infinity is not a number to compute with", step.at)


def check_exponent(value: Any, step: Instruction) -> None:
    """Refuse exponents beyond the limit."""
    if isinstance(value, int | Fraction) and not -EXPONENT <= value <= EXPONENT:
        raise Unreadable(f"exponents beyond {EXPONENT} are not read", step.at)


def check(left: Any, right: Any, step: Instruction, longest: int) -> None:
    """Refuse results that would be too long; count what the others cost."""
    length = bits(left) + bits(right)
    if length > longest:
        raise Unreadable(f"results of more than {longest} bits are not read", step.at)
    if length > 1_000:
        spend(cost_of_bits(length))


def bits(value: Any) -> int:
    """The length of a rational number; `exact` watches over closed forms itself."""
    if isinstance(value, int):
        return value.bit_length()
    if isinstance(value, Fraction):
        return value.numerator.bit_length() + value.denominator.bit_length()
    return 0


def factorial_of(value: Any, step: Instruction) -> int:
    """n! for a whole number within the limit."""
    if not isinstance(value, int) or value < 0:
        raise Unreadable("! must follow a whole number", step.at)
    if value > FACTORIAL:
        raise Unreadable(f"factorials beyond {FACTORIAL}! are not read", step.at)
    return factorial(value)
