"""Where a text can be read in two ways: the two ways, and the readings under each."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from itertools import product
from typing import TypeVar

from examgen.answers.limits import READINGS
from examgen.answers.reading import Unreadable


Result = TypeVar("Result")


@dataclass(frozen=True)
class Conventions:
    """One choice for each ambiguity; a person keeps to one choice within an answer."""

    decimal_comma: bool = False
    """`1,5` is 1.5 (else two answers) and `1,234` is 1.234 (else 1234)."""
    scientific: bool = True
    """`3e-2` is 0.03 (else 3e - 2)."""
    product_first: bool = False
    """`1/2e` is 1/(2e) (else e/2)."""
    mixed: bool = True
    """`2 1/2` is 2 + 1/2 (else 2 · 1/2)."""
    wide: bool = False
    """`ln 3/2` is ln(3/2) (else (ln 3)/2)."""
    common_log: bool = False
    """`log` has base 10 (else base e)."""


USUAL = Conventions()
NAMES = tuple(each.name for each in fields(Conventions))
ASSUMPTIONS = {
    "decimal_comma": ("the comma separating", "the comma as a decimal point"),
    "scientific": ("e minus a number", "a power of ten"),
    "product_first": ("from left to right", "the product before the division"),
    "mixed": ("a product", "a mixed number"),
    "wide": ("the function of the first factor only", "the function of the whole product"),
    "common_log": ("log as ln", "log to base 10"),
}


@dataclass
class Encounter:
    """The conventions a reading follows, and the ambiguities it has met so far."""

    conventions: Conventions = USUAL
    met: set[str] = field(default_factory=set)

    def meet(self, name: str) -> bool:
        """Note an ambiguity; which way it is read."""
        self.met.add(name)
        return bool(getattr(self.conventions, name))


def every_reading(read: Callable[[Encounter], Result]) -> list[tuple[Result, str]]:
    """Read under the usual conventions and, where an ambiguity was met, under all others.

    Readings that fail under other conventions are no readings. The first is the usual one, if
    it can be read; each comes with the assumption that was made.
    """
    usual = Encounter()
    found: list[tuple[Result, str]] = []
    fault: Unreadable | None = None
    try:
        found.append((read(usual), ""))
    except Unreadable as raised:
        fault = raised
    met = [name for name in NAMES if name in usual.met]
    for conventions in others(met):
        try:
            found.append((read(Encounter(conventions)), assumed(conventions, met)))
        except Unreadable as raised:
            fault = fault or raised
    if not found:
        assert fault is not None
        raise fault
    if met:
        found[0] = (found[0][0], found[0][1] or assumed(USUAL, met))
    return found


def others(met: list[str]) -> Iterable[Conventions]:
    """Every combination of conventions that differs from the usual one in what was met."""
    if 2 ** len(met) > READINGS:
        raise Unreadable("this can be read in too many ways; please use brackets and *")
    for choice in product((True, False), repeat=len(met)):
        changed = replace(USUAL, **dict(zip(met, choice, strict=True)))
        if changed != USUAL:
            yield changed


def assumed(conventions: Conventions, met: list[str]) -> str:
    """The assumptions in words."""
    return ", ".join(ASSUMPTIONS[name][getattr(conventions, name)] for name in met)
