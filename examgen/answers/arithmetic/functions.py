"""Powers, roots and the named functions, exactly."""

from collections.abc import Callable
from fractions import Fraction
from math import comb, floor
from typing import Any

from examgen.answers.arithmetic.roots import integer_root
from examgen.answers.arithmetic.sizes import check, check_exponent
from examgen.answers.limits import FACTORIAL, POWER_BITS
from examgen.answers.notation.program import Instruction
from examgen.answers.reading import Unreadable
from examgen.exact import Closed, E, Exact, Undefined, exp, ln, ratio, rational, sign, sqrt

LARGEST_ROOT = 100
"""Denominator of an exponent up to which an exact root is looked for."""


def power(left: Any, right: Any, step: Instruction) -> Any:
    """A power, where the base is small enough for the exponent."""
    if isinstance(right, Closed):
        return exp(right) if left == E else exp(right * logarithm(left, step))
    if left == E:
        return exp(right)
    if isinstance(right, Fraction):
        if max(abs(right.numerator), right.denominator) > LARGEST_ROOT:
            raise Undefined("a root of too high a degree")
        return root(power(left, right.numerator, step), right.denominator, step)
    if isinstance(left, Closed):
        return left**right
    return rational_power(left, right, step)


def rational_power(left: int | Fraction, right: int, step: Instruction) -> int | Fraction:
    """A power of an integer or a fraction."""
    if not left and right < 0:
        raise Unreadable("division by zero has no value", step.at)
    if (longer(left) - 1) * abs(right) <= POWER_BITS:
        found = rational(Fraction(left) ** right)
        if longer(found) <= POWER_BITS:
            return found
    raise Unreadable(f"powers of more than {POWER_BITS} bits are not read", step.at)


def longer(value: int | Fraction) -> int:
    """The bits of the longer of numerator and denominator."""
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def root(value: Any, degree: int, step: Instruction) -> Exact:
    """A real root: an integer or a fraction where there is one, else as `exact` holds it."""
    if sign(value) < 0:
        raise Unreadable("the root of a negative number is not a real number", step.at)
    if not isinstance(value, Closed):
        above, below = (integer_root(part, degree) for part in Fraction(value).as_integer_ratio())
        if above is not None and below is not None:
            return ratio(above, below)
    return sqrt(value) if degree == 2 else exp(ratio(ln(value), degree))


def call(step: Instruction, operands: list[Any], longest: int) -> Exact:
    """A function of one or two numbers."""
    if step.arity == 2:
        check(operands[0], operands[1], step, longest)
        return TWO[step.text](operands[0], operands[1], step)
    check(operands[0], operands[0], step, longest)
    return ONE[step.text](operands[0], step)


def binomial(count: Any, chosen: Any, step: Instruction) -> int:
    """The number of ways to choose."""
    if not (isinstance(count, int) and isinstance(chosen, int) and 0 <= chosen <= count):
        raise Unreadable("binom(n, k) needs whole numbers 0 <= k <= n", step.at)
    if count > FACTORIAL:
        raise Unreadable(f"binomials beyond {FACTORIAL} are not read", step.at)
    return comb(count, chosen)


def nth_root(degree: Any, value: Any, step: Instruction) -> Exact:
    """A root of any whole degree."""
    if not isinstance(degree, int) or degree < 1:
        raise Unreadable("the degree of a root is a whole number", step.at)
    if degree > LARGEST_ROOT:
        raise Undefined("a root of too high a degree")
    return root(value, degree, step)


def larger(left: Exact, right: Exact, _: Instruction) -> Exact:
    """The larger of two numbers."""
    return left if sign(left - right) > 0 else right


def smaller(left: Exact, right: Exact, _: Instruction) -> Exact:
    """The smaller of two numbers."""
    return right if sign(left - right) > 0 else left


def exponential(value: Any, step: Instruction) -> Exact:
    """e to the value."""
    check_exponent(value, step)
    grown: Exact = exp(value)
    return grown


def logarithm(value: Any, step: Instruction) -> Exact:
    """The natural logarithm."""
    if sign(value) <= 0:
        raise Unreadable("the logarithm of a number that is not positive", step.at)
    found: Exact = ln(value)
    return found


def to_base(base: int) -> Callable[[Any, Instruction], Exact]:
    """The logarithm to a base."""
    return lambda value, step: ratio(logarithm(value, step), ln(base))


def sigmoid(value: Any, step: Instruction) -> Exact:
    """1 / (1 + e^-x)."""
    grown = exponential(value, step)
    return ratio(grown, 1 + grown)


def tanh(value: Any, step: Instruction) -> Exact:
    """(e^2x - 1) / (e^2x + 1)."""
    grown = exponential(2 * value, step)
    return ratio(grown - 1, grown + 1)


def rounded_down(value: Any, step: Instruction) -> int:
    """The largest integer that is not above a fraction."""
    if isinstance(value, Closed):
        raise Unreadable("floor and ceil are read for fractions only", step.at)
    found: int = floor(value)
    return found


ONE: dict[str, Callable[[Any, Instruction], Exact]] = {
    "exp": exponential,
    "ln": logarithm,
    "log2": to_base(2),
    "log10": to_base(10),
    "sqrt": lambda value, step: root(value, 2, step),
    "root": lambda value, step: root(value, 2, step),
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": lambda value, step: larger(value, 0, step),
    "abs": lambda value, _: abs(value),
    "floor": rounded_down,
    "ceil": lambda value, step: -rounded_down(-value, step),
}
TWO: dict[str, Callable[[Any, Any, Instruction], Exact]] = {
    "binom": binomial,
    "nth_root": nth_root,
    "max": larger,
    "min": smaller,
}
