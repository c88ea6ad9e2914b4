"""Where formulas are compared, and whether they are equal there."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from hashlib import sha256
from typing import Any, TypeAlias

from examgen.answers.arithmetic.balls import is_number, same
from examgen.answers.arithmetic.evaluate import BINARY, UNARY, evaluate
from examgen.answers.arithmetic.unknowns import Unknowns
from examgen.answers.arithmetic.values import Computable
from examgen.answers.limits import STEP
from examgen.answers.notation.program import Instruction, Program
from examgen.answers.reading import Unreadable
from examgen.answers.writing.formula import Formula
from examgen.exact import Undefined, rational
from examgen.exact.effort import spend_reserve

POINTS = 12
"""At most so many are tried: some may have no value."""
NO_VALUE = "it has no value where the answer has one"
Point: TypeAlias = Mapping[str, int | Fraction]


def equal_at(key: Formula, response: Formula, point: Point) -> bool | None:
    """Whether two formulas are equal at a point; None where that could not be decided.

    Raises `Unreadable` where one of them has no value.
    """
    programs = [bound(each.program, point) for each in (key, response)]
    unknowns = Unknowns()
    right, value = (evaluate(program, unknowns=unknowns) for program in programs)
    if right is not None and value is not None:
        try:
            equal = bool(right == value)
        except Undefined:
            equal = False
        if equal or not unknowns.meant:
            return equal
    return same(*map(number, programs))


def number(program: Program) -> Any:
    """The value of a program; raises `Unreadable` where there is none."""
    value = evaluate(program)
    if value is not None:
        return value
    if not is_number(computable := Computable(program)):
        raise Unreadable(NO_VALUE)
    return computable


def bound(program: Program, point: Point) -> Program:
    """A program with numbers for its variables."""
    spend_reserve(STEP * len(program))
    return tuple(
        step._replace(operation="number", value=point[step.text])
        if step.operation == "variable"
        else step
        for step in program
    )


def points(key: Formula, found: Formula) -> Iterator[Point]:
    """Points to compare at: a pure function of the key; every other one is positive."""
    names = sorted({*key.variables, *found.variables})
    whole = counts(key.program) or counts(found.program)
    for number in range(POINTS):
        yield {name: coordinate(key, name, number, whole) for name in names}


def counts(program: Program) -> bool:
    """Whether a program is about whole numbers: `n!`, `binom(n, k)`, `2^n`, but not `e^x`."""
    if any(step.operation == "factorial" or step.text == "binom" for step in program):
        return True
    stack: list[tuple[bool, bool]] = []
    for step in program:
        # Whether there is a variable in it, and whether it is the number e.
        operands = stack[len(stack) - operands_of(step) :]
        del stack[len(stack) - len(operands) :]
        if step.operation == "power" and operands[1][0] and not operands[0][1]:
            return True
        varies = step.operation == "variable" or any(each for each, _ in operands)
        stack.append((varies, step.operation == "constant" and step.text == "e"))
    return False


def operands_of(step: Instruction) -> int:
    """How many numbers a step takes from the stack."""
    return step.arity or (2 if step.operation in BINARY else int(step.operation in UNARY))


def coordinate(key: Formula, name: str, number: int, whole: bool) -> int | Fraction:
    """A fraction of about the size of 1, negative at some points; or a small whole number."""
    seed = f"{key.text}\n{name}\n{number}".encode()
    digest = sha256(seed).digest()
    if whole:
        return 2 + digest[0] % 20
    value = Fraction(int.from_bytes(digest[:2], "big") % 997 + 3, digest[2] + 257)
    return rational(-value if number % 2 and digest[3] % 2 else value)
