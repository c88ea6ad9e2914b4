"""Decide whether two numbers are equal where one of them has no exact form: ball arithmetic."""

from fractions import Fraction
from typing import Any

from examgen.answers.program import Instruction, Program
from examgen.answers.reading import Unreadable
from examgen.answers.values import Computable
from examgen.exact import NegativeInfinity, enclose, equal

PRECISIONS = (128, 512, 2048)


def same(one: Any, other: Any) -> bool | None:
    """Whether two numbers are equal; None where that could not be decided.

    Numbers of `exact` are compared exactly. Else balls that do not meet prove a difference; balls
    that meet at the highest precision prove nothing.
    """
    if not isinstance(one, Computable) and not isinstance(other, Computable):
        return equal(one, other)
    if isinstance(one, NegativeInfinity) or isinstance(other, NegativeInfinity):
        return False
    if isinstance(one, Computable) and isinstance(other, Computable) and one == other:
        return True
    import flint

    for bits in PRECISIONS:
        with flint.ctx.workprec(bits):
            difference = ball(one, bits, flint) - ball(other, bits, flint)
            if not difference.contains(0):
                return False
    return None


def ball(number: Any, bits: int, flint: Any) -> Any:
    """A ball around a number."""
    if isinstance(number, Computable):
        return run(number.program, flint, {})
    low, high = enclose(number, bits)
    return rational(low, flint).union(rational(high, flint))


def rational(value: int | Fraction, flint: Any) -> Any:
    """A ball around a rational number."""
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def run(program: Program, flint: Any, variables: dict[str, Any]) -> Any:
    """Run a program on balls."""
    stack: list[Any] = []
    for step in program:
        if step.operation == "number":
            stack.append(rational(step.value, flint))
        elif step.operation == "constant":
            stack.append(flint.arb.pi() if step.text == "pi" else flint.arb(1).exp())
        elif step.operation == "variable":
            stack.append(variables[step.text])
        elif step.operation in BINARY:
            right = stack.pop()
            stack[-1] = BINARY[step.operation](stack[-1], right)
        elif step.operation == "call" and step.count == 2:
            right = stack.pop()
            stack[-1] = of_two(step, stack[-1], right)
        else:
            stack[-1] = of_one(step, stack[-1], flint)
    return stack[0]


BINARY: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": lambda a, b: a**b,
}


def of_one(step: Instruction, value: Any, flint: Any) -> Any:
    """A step with one operand."""
    if step.operation == "negate":
        return -value
    if step.operation == "percent":
        return value / 100
    if step.operation == "factorial":
        return (value + 1).gamma()
    name = step.text
    if name == "sigmoid":
        return 1 / (1 + (-value).exp())
    if name == "relu":
        return flint.arb.max(value, flint.arb(0))
    if name in ("log2", "log10"):
        return value.log() / flint.arb(2 if name == "log2" else 10).log()
    methods = {
        "exp": value.exp,
        "ln": value.log,
        "sqrt": value.sqrt,
        "root": value.sqrt,
        "tanh": value.tanh,
        "abs": value.__abs__,
        "floor": value.floor,
        "ceil": value.ceil,
    }
    return methods[name]()


def of_two(step: Instruction, left: Any, right: Any) -> Any:
    """A function of two numbers."""
    if step.text == "nth_root":
        return right ** (1 / left)
    if step.text == "max":
        return left.max(right)
    if step.text == "min":
        return left.min(right)
    raise Unreadable(f"{step.text} is not computed", step.at)
