"""Decide whether two numbers are equal where one of them has no exact form: ball arithmetic."""

from fractions import Fraction
from typing import Any

import numpy as np

from examgen.answers.arithmetic.values import Computable, Table
from examgen.answers.limits import EXPONENT, STEP
from examgen.answers.notation.program import Instruction, Program
from examgen.answers.reading import Unreadable
from examgen.exact import NegativeInfinity, Undefined, enclose, equal
from examgen.exact.effort import spend_reserve
from examgen.exact.evaluation import cost_of_ball, precision

PRECISIONS = (128, 512, 2048)


def same(one: Any, other: Any) -> bool | None:
    """Whether two numbers are equal; None where that could not be decided.

    Numbers of `exact` are compared exactly. Else balls that do not meet prove a difference; balls
    that meet at the highest precision prove nothing.
    """
    if not isinstance(one, Computable) and not isinstance(other, Computable):
        try:
            return equal(one, other)
        except Undefined:
            # Cross-multiplied, the two are longer than `exact` holds.
            pass
    if isinstance(one, NegativeInfinity) or isinstance(other, NegativeInfinity):
        return False
    if one == other:
        return True
    return None if all(meet(one, other, bits) for bits in PRECISIONS) else False


def meet(one: Any, other: Any, bits: int) -> bool:
    """Whether balls around two numbers have a point in common."""
    bounds = [bounds_of(number, bits) for number in (one, other)]
    for number in (one, other):
        if isinstance(number, Computable):
            spend_reserve(cost(number.program, bits))
    with precision(bits) as flint:
        left, right = (
            run(number.program, flint) if bound is None else between(*bound, flint)
            for number, bound in zip((one, other), bounds, strict=True)
        )
        return bool((left - right).contains(0))


def is_number(value: Computable) -> bool:
    """Whether a number can be computed: nothing in it is undefined or undecided."""
    return any(is_finite(value, bits) for bits in PRECISIONS)


def is_finite(value: Computable, bits: int) -> bool:
    """Whether a computation with these bits gives a number."""
    spend_reserve(cost(value.program, bits))
    with precision(bits) as flint:
        return bool(run(value.program, flint).is_finite())


def alike(one: Any, other: Any) -> bool:
    """Whether two values that were read are plainly the same; balls are not tried."""
    if type(one) is not type(other):
        return False
    if isinstance(one, Table):
        pairs = zip(one.entries, other.entries, strict=True)
        return one.shape == other.shape and all(alike(a, b) for a, b in pairs)
    return bool(equal(one, other) if isinstance(one, np.ndarray) else one == other)


def bounds_of(number: Any, bits: int) -> tuple[Fraction, Fraction] | None:
    """Bounds of a number of `exact`, None for any other."""
    return None if isinstance(number, Computable) else enclose(number, bits)


def between(low: Fraction, high: Fraction, flint: Any) -> Any:
    """A ball around all numbers between two bounds."""
    return rational(low, flint).union(rational(high, flint))


def rational(value: int | Fraction, flint: Any) -> Any:
    """A ball around a rational number."""
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def cost(program: Program, bits: int) -> int:
    """What a computation with balls of this many bits costs."""
    function = cost_of_ball(bits) // 2
    return sum(
        20 * function
        if step.operation == "factorial" or step.text == "binom"
        else function
        if step.operation in ("call", "power", "constant")
        else STEP
        for step in program
    )


def run(program: Program, flint: Any) -> Any:
    """Run a program without variables on balls."""
    stack: list[Any] = []
    for step in program:
        if step.operation == "number":
            stack.append(rational(step.value, flint))
        elif step.operation == "constant":
            stack.append(flint.arb.pi() if step.text == "pi" else flint.arb(1).exp())
        else:
            right = stack.pop() if step.operation in BINARY or step.arity == 2 else None
            stack[-1] = result(step, stack[-1], right)
    return stack[0]


def result(step: Instruction, left: Any, right: Any) -> Any:
    """The result of an operation or a function."""
    try:
        if step.operation == "call":
            return ONE[step.text](left) if right is None else TWO[step.text](left, right)
        if right is None:
            return SIGNS[step.operation](left)
        return BINARY[step.operation](left, right)
    except Unreadable as fault:
        raise Unreadable(fault.reason, step.at) from None


def power(base: Any, exponent: Any) -> Any:
    """A power with a small exponent."""
    return base ** small(exponent)


def small(exponent: Any) -> Any:
    """The exponent, refused beyond the limit."""
    if not abs(exponent) <= EXPONENT:
        raise Unreadable(f"exponents beyond {EXPONENT} are not read")
    return exponent


BINARY: dict[str, Any] = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "divide": lambda a, b: a / b,
    "power": power,
}
SIGNS: dict[str, Any] = {
    "negate": lambda a: -a,
    "percent": lambda a: a / 100,
    "factorial": lambda a: (a + 1).gamma(),
}
TWO: dict[str, Any] = {
    "nth_root": lambda degree, value: value ** (1 / degree),
    "max": lambda a, b: a.max(b),
    "min": lambda a, b: a.min(b),
    "binom": lambda n, k: (n + 1).gamma() / (k + 1).gamma() / (n - k + 1).gamma(),
}
ONE: dict[str, Any] = {
    "exp": lambda a: small(a).exp(),
    "ln": lambda a: a.log(),
    "log2": lambda a: a.log() / (a * 0 + 2).log(),
    "log10": lambda a: a.log() / (a * 0 + 10).log(),
    "sqrt": lambda a: a.sqrt(),
    "root": lambda a: a.sqrt(),
    "sigmoid": lambda a: 1 / (1 + (-small(a)).exp()),
    "tanh": lambda a: small(a).tanh(),
    "relu": lambda a: a.max(a * 0),
    "abs": abs,
    "floor": lambda a: a.floor(),
    "ceil": lambda a: a.ceil(),
}
