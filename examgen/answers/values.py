"""What was understood of a number, beyond what `exact` can hold."""

from dataclasses import dataclass
from typing import Any

from examgen.answers.program import Program
from examgen.answers.reading import PLAIN, Written
from examgen.answers.writing import plain


@dataclass(frozen=True)
class Computable:
    """A number that exists but has no closed form here: known to any precision."""

    program: Program
    shown: str


@dataclass(frozen=True)
class Table:
    """An array with such numbers among its entries."""

    shape: tuple[int, ...]
    entries: tuple[Any, ...]


@dataclass(frozen=True)
class Number:
    """A number and how it was written."""

    value: Any
    written: Written = PLAIN

    @property
    def shown(self) -> str:
        """Plain notation; a decimal stays a decimal."""
        if isinstance(self.value, Computable):
            return self.value.shown
        if self.written.percent:
            return plain(self.value * 100) + "%"
        if self.written.places:
            return as_decimal(self.value, self.written.places)
        return plain(self.value)


def as_decimal(value: Any, places: int) -> str:
    """A decimal with this many places."""
    scaled = abs(value) * 10**places
    text = plain(int(scaled)).rjust(places + 1, "0")
    return ("-" if value < 0 else "") + text[:-places] + "." + text[-places:]
