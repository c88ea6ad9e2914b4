"""Proofs for what has no exact form: the same function of the same number is the same unknown.

Balls that meet prove nothing. But ln(1 + e^x) + ln(1 + e^x) is 2 ln(1 + e^x) whatever ln(1 + e^x)
is. So each number that `exact` cannot hold is set to a rational of its own, close to its value, and
two programs that agree then are taken for equal: if they were not, the digits of a hash would have
to solve an equation. Close, because max, abs and roots look at order and sign.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from hashlib import sha256
from typing import Any

from examgen.answers.notation.program import Instruction
from examgen.exact import Closed, Exact, Undefined, enclose, exp, ln, ratio, sqrt
from examgen.exact.closed import value
from examgen.exact.effort import spend_reserve
from examgen.exact.evaluation import cost_of_ball, precision
from examgen.exact.exponents import ascending
from examgen.exact.sums import UNIT, Sum, content

BITS = 128
"""Bits to which the value of an unknown is computed."""
CLOSE = 40
"""Bits after the point in which an unknown agrees with its value."""
HASHED = 64
"""Bits after those, taken from a hash of what the unknown stands for."""
LARGEST = 500
"""Largest exponent of e; the bits of a larger argument of ln or a root."""


class Unknowns:
    """The unknowns of one comparison."""

    def __init__(self) -> None:
        self.meant: dict[Fraction, tuple[str, Exact]] = {}
        """The function and the number that each of them stands for."""

    def result(self, step: Instruction, operands: list[Any]) -> Any:
        """The result of a step that `exact` cannot hold; None where this cannot either."""
        try:
            if step.operation == "power":
                return self.power(*operands)
            if step.operation == "call" and step.text in FUNCTIONS:
                return FUNCTIONS[step.text](self, *operands)
        except Undefined:
            pass
        return None

    def power(self, base: Exact, exponent: Exact) -> Exact:
        """A power of a positive number."""
        if exponent == Fraction(1, 2):
            return self.root(base)
        return self.exponential(exponent * self.logarithm(base))

    def logarithm(self, argument: Exact) -> Exact:
        """The logarithm of a positive number: its numerator's minus its denominator's."""
        if isinstance(argument, Fraction) and argument in self.meant:
            function, inner = self.meant[argument]
            if function == "exp":
                return inner
            if function == "sqrt":
                return ratio(self.logarithm(inner), 2)
        if not isinstance(argument, Closed):
            return ln(argument)
        above, below = argument.sums
        return self.of_sum("ln", above) - self.of_sum("ln", below)

    def root(self, argument: Exact) -> Exact:
        """The square root of a positive number, as the quotient of two."""
        if not isinstance(argument, Closed):
            return sqrt(argument)
        above, below = argument.sums
        return ratio(self.of_sum("sqrt", above), self.of_sum("sqrt", below))

    def exponential(self, argument: Exact) -> Exact:
        """The power e^x."""
        if isinstance(argument, Fraction) and self.meant.get(argument, ("",))[0] == "ln":
            return self.meant[argument][1]
        try:
            return exp(argument)
        except Undefined:
            if argument < 0:
                return ratio(1, self.unknown("exp", -argument))
            return self.unknown("exp", argument)

    def of_sum(self, function: str, terms: Sum) -> Exact:
        """The logarithm or root of a sum, with what all of its terms share taken out."""
        exact = EXACT[function]
        lowest = min((m[0] for m in terms), key=ascending)
        shared = value({(lowest, 1, ()): content(terms)}, UNIT)
        rest = ratio(value(terms, UNIT), shared)
        found = exact(rest) if not isinstance(rest, Closed) else self.held_or_not(function, rest)
        return exact(shared) + found if function == "ln" else exact(shared) * found

    def held_or_not(self, function: str, argument: Closed) -> Exact:
        """A function of a closed form."""
        try:
            return EXACT[function](argument)
        except Undefined:
            return self.unknown(function, argument)

    def unknown(self, function: str, argument: Exact) -> Fraction:
        """The rational that stands for a function of a positive number."""
        if argument > (LARGEST if function == "exp" else 1 << LARGEST):
            raise Undefined("too large for an unknown")
        low, high = enclose(argument, BITS)
        middle = (low + high) / 2
        spend_reserve(cost_of_ball(BITS))
        with precision(BITS) as flint:
            ball = flint.arb(flint.fmpq(middle.numerator, middle.denominator))
            found = BALLS[function](ball) * (1 << CLOSE)
            if not found.is_finite():
                raise Undefined("not positive, or not known to be")
            near = int(found.mid().floor().fmpz())
        if abs(near) < CLOSE:
            raise Undefined("too small to have a sign")
        digest = sha256(f"{function} {hash(argument)}".encode()).digest()[: HASHED // 8]
        chosen = Fraction((near << HASHED) + int.from_bytes(digest, "big"), 1 << (CLOSE + HASHED))
        self.meant[chosen] = (function, argument)
        return chosen


EXACT: dict[str, Callable[[Exact], Exact]] = {"ln": ln, "sqrt": sqrt}
BALLS: dict[str, Callable[[Any], Any]] = {
    "ln": lambda ball: ball.log(),
    "sqrt": lambda ball: ball.sqrt(),
    "exp": lambda ball: ball.exp(),
}


def sigmoid(unknowns: Unknowns, argument: Exact) -> Exact:
    """The sigmoid, e^x / (1 + e^x)."""
    grown = unknowns.exponential(argument)
    return ratio(grown, 1 + grown)


def tanh(unknowns: Unknowns, argument: Exact) -> Exact:
    """The hyperbolic tangent, (e^2x - 1) / (e^2x + 1)."""
    grown = unknowns.exponential(2 * argument)
    return ratio(grown - 1, grown + 1)


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "ln": Unknowns.logarithm,
    "log2": lambda unknowns, argument: ratio(unknowns.logarithm(argument), ln(2)),
    "log10": lambda unknowns, argument: ratio(unknowns.logarithm(argument), ln(10)),
    "sqrt": Unknowns.root,
    "root": Unknowns.root,
    "exp": Unknowns.exponential,
    "sigmoid": sigmoid,
    "tanh": tanh,
}
