"""One reading of a text out of all that it can mean."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from examgen.answers.arithmetic.balls import alike
from examgen.answers.limits import Limits
from examgen.answers.notation.conventions import Encounter, every_reading
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.preparing import is_blank, prepare
from examgen.answers.reading import BLANK, Reading, Several, Unreadable, unreadable
from examgen.answers.visible import clipped

Understand = Callable[[Normal, Encounter], Reading]


def read_text(text: str, limits: Limits, understand: Understand, any_label: bool = True) -> Reading:
    """The reading of a text, with its alternatives where it is ambiguous; never raises."""
    try:
        normal = prepare(text, limits, any_label)
        if is_blank(normal.text):
            return BLANK
        return gathered(every_reading(lambda encounter: understand(normal, encounter)))
    except Unreadable as fault:
        return unreadable(fault)


def gathered(found: Sequence[tuple[Reading, str]]) -> Reading:
    """The first reading, with those that differ from it and from each other."""
    distinct: list[Reading] = []
    for reading, convention in found:
        if not any(same_reading(reading, known) for known in distinct):
            distinct.append(replace(reading, convention=convention))
    first, *others = distinct
    if not others:
        return replace(first, convention="")
    return replace(first, alternatives=tuple(others))


def same_reading(one: Reading, other: Reading) -> bool:
    """Whether two readings say the same value, written in the same way."""
    return one.written == other.written and alike(one.value, other.value)


def one_of(readings: Sequence[Reading]) -> Reading:
    """The reading on which all pieces of a text agree, else *several*."""
    if all(alike(each.value, readings[0].value) for each in readings):
        return readings[0]
    return several([each.shown for each in readings])


def several(shown: Sequence[str]) -> Reading:
    """The reading of more than one answer."""
    return Reading("read", Several(tuple(shown)), clipped(" and ".join(shown)))
