"""One reading of a text out of all that it can mean."""

from collections.abc import Callable, Sequence
from functools import partial

from examgen.answers.arithmetic.balls import alike
from examgen.answers.effort import Allowance
from examgen.answers.limits import PIECES, RESERVE, Limits
from examgen.answers.notation.conventions import Encounter, every_reading
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.preparing import is_blank, prepare, without_label_e
from examgen.answers.notation.spelled import spelled
from examgen.answers.reading import BLANK, Reading, Several, Unreadable, unreadable
from examgen.answers.visible import clipped

AS_IT_STANDS, AS_LABEL = "as it stands", "with (e) as a label"
Understand = Callable[[Normal, Encounter], Reading]


def read_text(text: str, limits: Limits, understand: Understand, any_label: bool = True) -> Reading:
    """The reading of a text, with its alternatives where it is ambiguous; never raises."""
    try:
        with Allowance(limits.effort, RESERVE):
            normal = spelled(prepare(text, limits, any_label))
            if is_blank(normal.text):
                return BLANK
            return gathered(readings_of(normal, understand, any_label))
    except Unreadable as fault:
        return unreadable(fault)


def readings_of(
    normal: Normal, understand: Understand, any_label: bool
) -> list[tuple[Reading, str]]:
    """The readings of a text, also with its `(e)` as a label; each with what was assumed."""
    labelled = without_label_e(normal) if any_label else None
    if labelled is None:
        return every_reading(partial(understand, normal))
    texts = {AS_IT_STANDS: normal, AS_LABEL: labelled}
    found: list[tuple[Reading, str]] = []
    first_fault: Unreadable | None = None
    for label, text in texts.items():
        try:
            readings = every_reading(partial(understand, text))
        except Unreadable as fault:
            first_fault = first_fault or fault
            continue
        found += [(reading, said_of(said, label)) for reading, said in readings]
    if first_fault is not None and not found:
        raise first_fault
    return found


def said_of(convention: str, label: str) -> str:
    """The assumptions of a reading in words."""
    if label == AS_LABEL:
        return f"{convention}, {label}" if convention else label
    return convention or label


def gathered(found: Sequence[tuple[Reading, str]]) -> Reading:
    """The first reading, with those that differ from it and from each other.

    A reading by which two sides of an equation differ is none where others make them equal:
    `2 1/2 = 5/2` says how it is meant.
    """
    if len(found) > 1:
        found = [each for each in found if not is_unequal(each[0])] or found
    if len(found) == 1:
        return found[0][0]
    distinct: list[Reading] = []
    for reading, convention in found:
        if not any(same_reading(reading, known) for known in distinct):
            distinct.append(reading._replace(convention=convention))
    first, *others = distinct
    if not others:
        return first._replace(convention="")
    return first._replace(alternatives=tuple(others))


def is_unequal(reading: Reading) -> bool:
    """Whether a reading is that of an equation whose sides differ."""
    return isinstance(reading.value, Several) and reading.value.unequal


def same_reading(one: Reading, other: Reading) -> bool:
    """Whether two readings say the same value, written in the same way."""
    return one.written == other.written and alike(one.value, other.value)


def check_count(pieces: Sequence[object]) -> None:
    """Refuse more answers in one slot than anybody gives; they are not read."""
    if len(pieces) > PIECES:
        raise Unreadable(f"more than {PIECES} answers in one slot are not read")


def one_of(readings: Sequence[Reading]) -> Reading:
    """The reading on which all pieces of a text agree, else *several*."""
    if all(alike(each.value, readings[0].value) for each in readings):
        return readings[0]
    return several([each.shown for each in readings])


def several(shown: Sequence[str], unequal: bool = False) -> Reading:
    """The reading of more than one answer, or of sides that are not equal."""
    return Reading("read", Several(tuple(shown), unequal), clipped(" and ".join(shown)))
