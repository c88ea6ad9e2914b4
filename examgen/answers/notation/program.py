"""A parsed number: instructions for a stack machine, operands before their operation."""

from fractions import Fraction
from typing import NamedTuple, TypeAlias


class Instruction(NamedTuple):
    """One step: push a number, constant or variable, or replace operands by a result.

    `arity` is the number of operands of a call.
    """

    operation: str
    text: str
    at: int
    arity: int = 0
    value: int | Fraction = 0


Program: TypeAlias = tuple[Instruction, ...]
