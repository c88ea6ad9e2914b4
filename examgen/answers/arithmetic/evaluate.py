"""Run a parsed number in exact arithmetic. Every size is checked before the step is made."""

from collections.abc import Callable
from typing import Any

from examgen.answers.arithmetic.functions import call, power
from examgen.answers.arithmetic.sizes import (
    INFINITE,
    check,
    check_exponent,
    check_finite,
    factorial_of,
)
from examgen.answers.arithmetic.unknowns import Unknowns
from examgen.answers.limits import RESULT_BITS
from examgen.answers.notation.program import Instruction, Program
from examgen.answers.reading import Unreadable
from examgen.exact import NEG_INF, PI, E, Exact, NegativeInfinity, Undefined, canonical, ratio

CONSTANTS: dict[str, Exact] = {"e": E, "pi": PI}


def evaluate(
    program: Program, longest: int = RESULT_BITS, unknowns: Unknowns | None = None
) -> Exact | NegativeInfinity | None:
    """The exact value, None where the number exists but `exact` cannot hold it.

    `longest`: the bits that numbers may have on the way; `unknowns`: what stands for the numbers
    that cannot be held. Raises `Unreadable` for what is no number or beyond the limits.
    """
    stack: list[Any] = []
    for step in program:
        operation = step.operation
        if operation in BINARY:
            operands = stack[-2:]
            found = binary(step, operands[0], operands[1], longest)
            stack[-2:] = [found if found is not None else stand_in(unknowns, step, operands)]
        elif operation == "number":
            stack.append(step.value)
        elif operation == "constant":
            stack.append(CONSTANTS[step.text])
        elif operation == "call":
            operands = stack[-step.arity :]
            found = function(step, operands, longest)
            stack[-step.arity :] = [
                found if found is not None else stand_in(unknowns, step, operands)
            ]
        elif operation in UNARY:
            stack[-1] = unary(step, stack[-1], longest)
        else:
            stack.append(name(step))
    if stack[0] is INFINITE:
        meant = "if you mean minus infinity, write -inf"
        raise Unreadable(f"infinity is not a number here; {meant}", program[0].at)
    value: Exact | NegativeInfinity | None = stack[0]
    return value


def stand_in(unknowns: Unknowns | None, step: Instruction, operands: list[Any]) -> Any:
    """What stands for a result that cannot be held; None where there is nothing."""
    if unknowns is None or any(operand is None for operand in operands):
        return None
    return unknowns.result(step, operands)


BINARY = frozenset({"add", "subtract", "multiply", "divide", "power"})
UNARY = frozenset({"negate", "factorial", "percent"})


def binary(step: Instruction, left: Any, right: Any, longest: int = RESULT_BITS) -> Any:
    """An operation on two numbers; None where one of them or the result cannot be held."""
    check_finite(left, step)
    check_finite(right, step)
    if step.operation == "divide" and right == 0:
        raise Unreadable("division by zero has no value", step.at)
    if step.operation == "power":
        check_exponent(right, step)
    if left is None or right is None:
        return None
    try:
        if step.operation == "power":
            return power(left, right, step)
        check(left, right, step, longest)
        return ARITHMETIC[step.operation](left, right)
    except Undefined:
        return None


ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "add": lambda left, right: canonical(left + right),
    "subtract": lambda left, right: canonical(left - right),
    "multiply": lambda left, right: canonical(left * right),
    "divide": ratio,
}


def unary(step: Instruction, value: Any, longest: int) -> Any:
    """A sign before or after a number; minus infinity is the masked score."""
    if step.operation == "negate":
        return NEG_INF if value is INFINITE or value is NEG_INF else negative(value)
    check_finite(value, step)
    if step.operation == "factorial":
        return factorial_of(value, step)
    return binary(step._replace(operation="divide"), value, 100, longest)


def negative(value: Any) -> Any:
    """The negative of a number that is held."""
    return None if value is None else -value


def function(step: Instruction, operands: list[Any], longest: int) -> Any:
    """A function of numbers; None where one of them or the result cannot be held."""
    for operand in operands:
        check_finite(operand, step)
    if None in operands:
        if step.text in ("floor", "ceil", "binom", "nth_root"):
            raise Unreadable(f"{step.text} is read for fractions only", step.at)
        return None
    try:
        return call(step, operands, longest)
    except Undefined:
        return None


def name(step: Instruction) -> Any:
    """What a name stands for that is no number."""
    if step.operation == "masked":
        return NEG_INF
    if step.operation == "infinite":
        return INFINITE
    raise Unreadable(f'I do not know "{step.text}"', step.at)
