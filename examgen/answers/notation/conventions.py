"""Where a text can be read in two ways: the two ways, and the readings under each."""

from collections.abc import Callable, Iterator
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
    side: bool = False
    """`8x8` is 8 (else 64), where a number is asked."""
    one_axis: bool = False
    """`6*1*3` is the shape (18) (else (6, 1, 3))."""
    restated: bool = False
    """`5 (5)` is 5, said twice (else 25)."""
    slashes: bool = False
    """`1 2 / 3 4` has two rows (else one, with the entry 2/3)."""


USUAL = Conventions()
NAMES = tuple(each.name for each in fields(Conventions))
ASSUMPTIONS = {
    "decimal_comma": ("with a comma that separates", "with a decimal comma"),
    "scientific": ("with the number e", "with a power of ten"),
    "product_first": ("from left to right", "with the product before the division"),
    "mixed": ("as a product", "as a mixed number"),
    "wide": ("with a function of the first factor", "with a function of the whole product"),
    "common_log": ("with log for ln", "with log to base 10"),
    "side": ("as a product", "as the side of a square"),
    "slashes": ("with a fraction", "with rows between slashes"),
    "restated": ("as a product", "with the brackets as a remark"),
    "one_axis": ("as one size after the other", "as the product, of one axis"),
}


@dataclass
class Encounter:
    """The conventions that a reading follows, and the ambiguities that it has met."""

    conventions: Conventions = USUAL
    met: set[str] = field(default_factory=set)

    def meet(self, name: str) -> bool:
        """Note an ambiguity; which way it is read."""
        self.met.add(name)
        return bool(getattr(self.conventions, name))


def every_reading(read: Callable[[Encounter], Result]) -> list[tuple[Result, str]]:
    """Read under the usual conventions and, where an ambiguity was met, under all others.

    What cannot be read under other conventions is no reading. The usual one comes first; each
    comes with what was assumed. Raises `Unreadable` where there is none.
    """
    usual = Encounter()
    found, fault = attempt(read, usual)
    if not usual.met and found:
        return [(found[0], "")]
    readings = [(each, assumed(USUAL, usual.met)) for each in found]
    for conventions in others(usual.met):
        found, later = attempt(read, Encounter(conventions))
        readings += [(each, assumed(conventions, usual.met)) for each in found]
        fault = fault or later
    if not readings and fault is not None:
        raise fault
    return readings


def attempt(
    read: Callable[[Encounter], Result], encounter: Encounter
) -> tuple[list[Result], Unreadable | None]:
    """The reading under some conventions, or why there is none."""
    try:
        return [read(encounter)], None
    except Unreadable as fault:
        return [], fault


def others(met: set[str]) -> Iterator[Conventions]:
    """Every combination of conventions that differs from the usual one in what was met.

    Those with log to base 10 come last: of equal readings the first one's assumptions are kept.
    """
    names = [name for name in NAMES if name in met]
    if 2 ** len(names) > READINGS:
        raise Unreadable("this can be read in too many ways; please use brackets and *")
    choices = product((True, False), repeat=len(names))
    changed = (replace(USUAL, **dict(zip(names, choice, strict=True))) for choice in choices)
    yield from sorted((each for each in changed if each != USUAL), key=lambda c: c.common_log)


def assumed(conventions: Conventions, met: set[str]) -> str:
    """The assumptions in words."""
    names = [name for name in NAMES if name in met]
    return ", ".join(ASSUMPTIONS[name][getattr(conventions, name)] for name in names)
