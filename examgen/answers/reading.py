"""What was understood of a student's text."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

from examgen.answers.visible import clipped
from examgen.exact import Shape

State = Literal["read", "blank", "unreadable"]


@dataclass(frozen=True)
class Written:
    """How a number was written, where the form matters.

    `places`: decimal places, None for anything but a lone decimal; `percent`: with a % sign;
    `open_ended`: as a decimal that goes on ("0.33..." or "≈ 0.33").
    """

    places: int | None = None
    percent: bool = False
    open_ended: bool = False


PLAIN = Written()


class Reading(NamedTuple):
    """A response as it was understood; nothing of it depends on the answer key.

    `value`: an exact value, or `Several`, `Unordered`, `Batched`, `Computable` or `Table` for
    what is understood but is no value of `examgen.exact`; `shown`: the value in plain
    notation; `position`: the character (from 1) at which reading failed;
    `alternatives`: further readings of an ambiguous text;
    `convention`: what was assumed here where the text allows more than one reading;
    `written`: how each number was written (one for a scalar, one per entry of an array).
    """

    state: State
    value: Any = None
    shown: str = ""
    reason: str = ""
    position: int | None = None
    alternatives: tuple["Reading", ...] = ()
    convention: str = ""
    written: tuple[Written, ...] = ()


BLANK = Reading("blank")


class Choice(Protocol):
    """An option of a closed question, as `Option` and as the record of an exam have it."""

    @property
    def letter(self) -> str:
        """The letter printed before it."""

    @property
    def value(self) -> Any:
        """Its exact value."""


@dataclass(frozen=True)
class Option:
    """A printed option: its letter and its exact value (a `str` where it is worded)."""

    letter: str
    value: Any


@dataclass(frozen=True)
class Several:
    """More than one answer in one slot: never scores. `unequal`: the sides of an equation."""

    shown: tuple[str, ...]
    unequal: bool = False


@dataclass(frozen=True)
class Unordered:
    """A set in braces where an order was asked."""

    shown: str


@dataclass(frozen=True)
class Batched:
    """A shape with a batch axis in front that has a name and no size: `(N, 3, 7, 10)`."""

    name: str
    sizes: Shape


class Unreadable(Exception):
    """Why a text could not be read, and at which character (from 0) of the raw text."""

    def __init__(self, reason: str, position: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.position = position


def unreadable(fault: Unreadable) -> Reading:
    """The reading of a text that could not be read."""
    position = None if fault.position is None else fault.position + 1
    where = "" if position is None else f" (at character {position})"
    return Reading("unreadable", reason=clipped(fault.reason) + where, position=position)
