"""Run a parsed number in exact arithmetic. Every size is checked before the step is made."""

from collections.abc import Callable
from fractions import Fraction
from math import comb, factorial, floor
from typing import Any

from examgen.answers.limits import EXPONENT, FACTORIAL, POWER_BITS, RESULT_BITS
from examgen.answers.program import Instruction, Program
from examgen.answers.reading import Unreadable
from examgen.answers.roots import integer_root
from examgen.exact import (
    NEG_INF,
    PI,
    Closed,
    E,
    Exact,
    NegativeInfinity,
    exp,
    ln,
    ratio,
    sign,
    sqrt,
)

CONSTANTS: dict[str, Exact] = {"e": E, "pi": PI}


def evaluate(program: Program) -> Exact | NegativeInfinity:
    """The exact value.

    Raise `Unreadable` for what is no number or beyond the limits, `Undefined` for a number that
    exists but cannot be held.
    """
    stack: list[Any] = []
    for step in program:
        operation = OPERATIONS.get(step.operation)
        if operation is not None:
            right = stack.pop()
            stack[-1] = operation(stack[-1], right, step)
        elif step.operation == "number":
            stack.append(step.value)
        elif step.operation == "constant":
            stack.append(CONSTANTS[step.text])
        elif step.operation == "call":
            operands = stack[-step.count :]
            del stack[-step.count :]
            stack.append(call(step, operands))
        else:
            single(step, stack)
    return stack[0]


def single(step: Instruction, stack: list[Any]) -> None:
    """The steps with one operand, and the names that stand for no number."""
    match step.operation:
        case "negate":
            stack[-1] = negate(stack[-1])
        case "percent":
            stack[-1] = divide(stack[-1], 100, step)
        case "factorial":
            stack[-1] = factorial_of(stack[-1], step)
        case "masked":
            stack.append(NEG_INF)
        case "infinite":
            stack.append(PLUS_INFINITY)
        case _:
            raise Unreadable(f'I do not know "{step.text}"', step.at)


class PlusInfinity:
    """What only a minus sign makes a value."""


PLUS_INFINITY = PlusInfinity()


def finite(value: Any, step: Instruction) -> None:
    """Refuse to compute with infinity."""
    if isinstance(value, PlusInfinity | NegativeInfinity):
        raise Unreadable("infinity is no number to compute with", step.at)


def negate(value: Any) -> Any:
    """The negative; that of infinity is the masked score."""
    if isinstance(value, PlusInfinity | NegativeInfinity):
        return NEG_INF
    return -value


def add(left: Any, right: Any, step: Instruction) -> Any:
    """The sum."""
    check_operands(left, right, step)
    return plain(left + right)


def subtract(left: Any, right: Any, step: Instruction) -> Any:
    """The difference."""
    check_operands(left, right, step)
    return plain(left - right)


def multiply(left: Any, right: Any, step: Instruction) -> Any:
    """The product."""
    check_operands(left, right, step)
    return plain(left * right)


def divide(left: Any, right: Any, step: Instruction) -> Any:
    """The quotient; nothing is divided by zero."""
    check_operands(left, right, step)
    if not right:
        raise Unreadable("division by zero is no number", step.at)
    return ratio(left, right)


def power(left: Any, right: Any, step: Instruction) -> Any:
    """The power, where base and exponent are small enough."""
    finite(left, step)
    finite(right, step)
    if isinstance(right, Fraction) and abs(right) <= EXPONENT and left != CONSTANTS["e"]:
        return root(power(left, right.numerator, step), right.denominator, step)
    if isinstance(right, Closed) or isinstance(right, Fraction):
        return exp(right) if left == CONSTANTS["e"] else exp(right * ln(left))
    if abs(right) > EXPONENT:
        raise Unreadable(f"exponents beyond {EXPONENT} are not read", step.at)
    if not isinstance(left, Closed):
        return rational_power(left, right, step)
    if left == CONSTANTS["e"]:
        return exp(right)
    return left**right


def rational_power(left: int | Fraction, right: int, step: Instruction) -> Any:
    """The power of an integer or a fraction."""
    if not left and right < 0:
        raise Unreadable("division by zero is no number", step.at)
    if bits(left) * abs(right) > POWER_BITS and left not in (0, 1, -1):
        raise Unreadable(f"powers of more than {POWER_BITS} bits are not read", step.at)
    return plain(Fraction(left) ** right)


def root(value: Any, degree: int, step: Instruction) -> Any:
    """The real root: exact where the value is a power, a square root else."""
    if degree > EXPONENT:
        raise Unreadable(f"roots beyond {EXPONENT} are not read", step.at)
    if sign(value) < 0:
        raise Unreadable("a root of a negative number is no number here", step.at)
    if isinstance(value, Closed):
        return sqrt(value) if degree == 2 else exp(ratio(ln(value), degree))
    above, below = (integer_root(part, degree) for part in Fraction(value).as_integer_ratio())
    if above is not None and below is not None:
        return ratio(above, below)
    return sqrt(value) if degree == 2 else exp(ratio(ln(value), degree))


def factorial_of(value: Any, step: Instruction) -> int:
    """n!"""
    if not isinstance(value, int) or value < 0:
        raise Unreadable("! stands behind a whole number", step.at)
    if value > FACTORIAL:
        raise Unreadable(f"factorials beyond {FACTORIAL}! are not read", step.at)
    return factorial(value)


def call(step: Instruction, operands: list[Any]) -> Any:
    """A function of one or two numbers."""
    for operand in operands:
        finite(operand, step)
    if step.text == "binom":
        return binomial(operands, step)
    if step.text == "nth_root":
        degree, value = operands
        if not isinstance(degree, int) or degree < 1:
            raise Unreadable("the degree of a root is a whole number", step.at)
        return root(value, degree, step)
    if step.text in ("max", "min"):
        return larger(operands[0], operands[1], step.text == "max")
    return FUNCTIONS[step.text](operands[0], step)


def binomial(operands: list[Any], step: Instruction) -> int:
    """The number of ways to choose."""
    count, chosen = operands
    if not (isinstance(count, int) and isinstance(chosen, int) and 0 <= chosen <= count):
        raise Unreadable("binom(n, k) needs whole numbers 0 <= k <= n", step.at)
    if count > FACTORIAL:
        raise Unreadable(f"binomials beyond {FACTORIAL} are not read", step.at)
    return comb(count, chosen)


def larger(left: Exact, right: Exact, largest: bool) -> Exact:
    """The larger, or the smaller, of two numbers."""
    return left if (sign(left - right) > 0) == largest else right


def exponential(value: Any, step: Instruction) -> Exact:
    """e to the value."""
    if not isinstance(value, Closed) and abs(value) > EXPONENT:
        raise Unreadable(f"exponents beyond {EXPONENT} are not read", step.at)
    return exp(value)


def logarithm(value: Any, step: Instruction) -> Exact:
    """The natural logarithm."""
    if sign(value) <= 0:
        raise Unreadable("the logarithm of a number that is not positive", step.at)
    return ln(value)


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


def relu(value: Any, _: Instruction) -> Exact:
    """max(0, x)."""
    return larger(value, 0, largest=True)


def rounded_down(value: Any, step: Instruction) -> int:
    """The largest integer that is not above the value."""
    if isinstance(value, Closed):
        raise Unreadable("floor and ceil are read for fractions only", step.at)
    return floor(value)


def rounded_up(value: Any, step: Instruction) -> int:
    """The smallest integer that is not below the value."""
    return -rounded_down(-value, step)


def check_operands(left: Any, right: Any, step: Instruction) -> None:
    """Refuse infinity and results that would be too long."""
    finite(left, step)
    finite(right, step)
    if bits(left) + bits(right) > RESULT_BITS:
        raise Unreadable(f"results of more than {RESULT_BITS} bits are not read", step.at)


def bits(value: Any) -> int:
    """The length of a rational number; a closed form watches over itself."""
    if isinstance(value, int):
        return value.bit_length()
    if isinstance(value, Fraction):
        return value.numerator.bit_length() + value.denominator.bit_length()
    return 0


def plain(value: Any) -> Any:
    """An int where the value is integral."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return value.numerator
    return value


OPERATIONS: dict[str, Callable[[Any, Any, Instruction], Any]] = {
    "add": add,
    "subtract": subtract,
    "multiply": multiply,
    "divide": divide,
    "power": power,
}
FUNCTIONS: dict[str, Callable[[Any, Instruction], Exact]] = {
    "exp": exponential,
    "ln": logarithm,
    "log2": to_base(2),
    "log10": to_base(10),
    "sqrt": lambda value, step: root(value, 2, step),
    "root": lambda value, step: root(value, 2, step),
    "sigmoid": sigmoid,
    "tanh": tanh,
    "relu": relu,
    "abs": lambda value, _: abs(value),
    "floor": rounded_down,
    "ceil": rounded_up,
}
