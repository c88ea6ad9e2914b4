"""What was understood of a number, beyond what `exact` can hold."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from examgen.answers.notation.program import Program
from examgen.answers.reading import PLAIN, Written
from examgen.answers.writing import plain
from examgen.answers.writing.programs import write
from examgen.answers.writing.styles import PLAIN as PLAIN_STYLE
from examgen.exact import NegativeInfinity, canonical


@dataclass(frozen=True, repr=False)
class Computable:
    """A number that exists but has no closed form here: known to any precision."""

    program: Program

    @property
    def shown(self) -> str:
        """How it was understood, in plain notation."""
        return write(self.program, PLAIN_STYLE)

    def __repr__(self) -> str:
        """Return how it was understood."""
        return f"Computable({self.shown})"

    def __eq__(self, other: object) -> bool:
        """Whether another number is computed in the same way (see `balls.same` for its value)."""
        return isinstance(other, Computable) and self.steps == other.steps

    def __hash__(self) -> int:
        """Hash how it is computed."""
        return hash(self.steps)

    @cached_property
    def steps(self) -> tuple[tuple[Any, ...], ...]:
        """The program without the places of its steps in the text."""
        return tuple((s.operation, s.text, s.arity, s.value) for s in self.program)


@dataclass(frozen=True)
class Table:
    """An array with such numbers among its entries."""

    shape: tuple[int, ...]
    entries: tuple[Any, ...]


class Number(NamedTuple):
    """A number and how it was written."""

    value: Any
    written: Written = PLAIN

    @property
    def shown(self) -> str:
        """Plain notation; a decimal stays a decimal, a percentage a percentage."""
        if isinstance(self.value, Computable):
            return self.value.shown
        plainly = self.written is PLAIN or self.written == PLAIN
        if plainly or isinstance(self.value, NegativeInfinity):
            return plain(self.value)
        if self.written.percent:
            places = max(0, (self.written.places or 0) - 2)
            return shown_decimal(canonical(self.value) * 100, places) + "%"
        return shown_decimal(self.value, self.written.places or 0)


def shown_decimal(value: Any, places: int) -> str:
    """A number with this many decimal places if it has no more, else as the fraction it is."""
    scaled = value * 10**places
    if not isinstance(scaled, int) and getattr(scaled, "denominator", 0) != 1:
        return plain(value)
    text = plain(abs(int(scaled))).rjust(places + 1, "0")
    minus = "-" if value < 0 else ""
    return minus + (text[:-places] + "." + text[-places:] if places else text)
