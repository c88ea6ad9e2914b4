"""Vectors, matrices and tensors, judged entry by entry."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from examgen.answers.arithmetic.balls import same
from examgen.answers.arithmetic.values import Computable
from examgen.answers.judges.orientation import fitted, misfit
from examgen.answers.judges.readings import judge_readings
from examgen.answers.judges.rounding import UNDECIDED, judge_different, judge_equal
from examgen.answers.kind import Kind, hints, recalled
from examgen.answers.kinds.numbers import is_entry
from examgen.answers.limits import RECORD
from examgen.answers.notation.grammar import Grammar
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.arrays import parts_of, read_array
from examgen.answers.readers.plainly import LONGEST_KEY, plain_lists
from examgen.answers.reading import PLAIN, Choice, Reading, Written
from examgen.answers.verdicts import CORRECT, NOT_RIGHT, Judgement, Verdict, partly, wrong
from examgen.exact import Undefined, equal


def accepts(value: Any) -> str | None:
    """What keeps a value from being an array of exact entries, None if nothing does."""
    if not isinstance(value, np.ndarray) or value.dtype != object:
        return f"found {type(value).__name__}, allowed is an array made by exact.array"
    for index, entry in np.ndenumerate(value):
        if not is_entry(entry):
            place = [i + 1 for i in index]
            return f"entry {place} is {type(entry).__name__} {entry!r:.40}, no exact value"
    return None


def read(text: str, *, options: Sequence[Choice] = ()) -> Reading:  # noqa: ARG001
    """The reading of a text as an array."""
    return read_array(text, Grammar(grouping=False))


@recalled
def parse(text: str) -> Any:
    """The array that we wrote."""
    if lists := plain_lists(text, LONGEST_KEY):
        return lists.value
    reading = read_array(text, Grammar(limits=RECORD, grouping=False))
    if reading.state != "read" or reading.alternatives:
        raise ValueError(f"{text!r:.80}: {reading.reason or 'not one array'}")
    if fault := accepts(reading.value):
        raise ValueError(fault)
    return reading.value


def judge(key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
    """The judgement of a reading."""
    return judge_readings(key, reading, policy, judge_one)


def judge_one(key: Any, reading: Reading, policy: Policy) -> Judgement:
    """The judgement of one reading: its shape, then its entries."""
    shape, entries = parts_of(reading.value)
    if not fitted(shape, key.shape):
        return wrong(misfit(shape, entries, key))
    written = reading.written or (PLAIN,) * len(entries)
    if is_array_of(key, reading.value) and all(form is PLAIN for form in written):
        return CORRECT
    judged = [
        judge_entry(right, entry, form, policy)
        for right, entry, form in zip(key.ravel(), entries, written, strict=True)
    ]
    if all(each.verdict is Verdict.CORRECT for each in judged):
        return CORRECT
    if doubtful := places_of(key, judged, Verdict.UNREADABLE):
        return Judgement(Verdict.UNREADABLE, reason=f"entry {listed(doubtful)}: {UNDECIDED}")
    return summary(key, judged, entries, policy)


def is_array_of(key: Any, value: Any) -> bool:
    """Whether all entries are the key's, by exact comparison; the usual case, and a quick one."""
    try:
        return isinstance(value, np.ndarray) and equal(key, value.reshape(key.shape))
    except Undefined:
        return False


def judge_entry(key: Any, value: Any, written: Written, policy: Policy) -> Judgement:
    """The judgement of one entry."""
    equal = same(key, value)
    if equal:
        return judge_equal(written, policy)
    if equal is None:
        return Judgement(Verdict.UNREADABLE, reason=UNDECIDED)
    if isinstance(value, Computable):
        return wrong(NOT_RIGHT)
    return judge_different(key, value, written, policy)


def summary(
    key: Any, judged: Sequence[Judgement], entries: Sequence[Any], policy: Policy
) -> Judgement:
    """What the entries come to."""
    places = places_of(key, judged, Verdict.WRONG, Verdict.PARTIAL)
    earned = sum((each.credit for each in judged), Fraction(0)) / len(judged)
    wrong_ones = [each for each in judged if each.verdict is Verdict.WRONG]
    reasons = reasons_of(key, judged)
    verb = "is" if len(places) == 1 else "are"
    reason = (
        misfit_of_values(key, entries)
        or f"{len(places)} of {len(judged)} entries {verb} wrong: {explained(reasons)}"
    )
    if not wrong_ones:
        if len(reasons) == 1 and len(places) == len(judged):
            return partly(earned, reasons.popitem()[0], places)
        noun = "entry" if len(places) == 1 else "entries"
        return partly(earned, f"{noun} {explained(reasons)}", places)
    if 2 * len(wrong_ones) >= len(judged):
        return wrong(reason, places)
    return partly(policy.entries * earned, reason, places)


def places_of(
    key: Any, judged: Sequence[Judgement], *verdicts: Verdict
) -> tuple[tuple[int, ...], ...]:
    """Where the entries with these verdicts stand, counted from 1."""
    return tuple(
        tuple(int(i) + 1 for i in np.unravel_index(n, key.shape))
        for n, each in enumerate(judged)
        if each.verdict in verdicts
    )


def reasons_of(key: Any, judged: Sequence[Judgement]) -> dict[str, list[tuple[int, ...]]]:
    """Why entries are not right, and which; first those of which nothing more is known."""
    places = places_of(key, judged, Verdict.WRONG, Verdict.PARTIAL)
    reasons = [each.reason for each in judged if each.reason]
    found: dict[str, list[tuple[int, ...]]] = {NOT_RIGHT: []} if NOT_RIGHT in reasons else {}
    for place, reason in zip(places, reasons, strict=True):
        found.setdefault(reason, []).append(place)
    return found


def explained(reasons: Mapping[str, Sequence[tuple[int, ...]]]) -> str:
    """Places, each followed by its reason if it has one of its own."""
    return "; ".join(
        listed(places) + ("" if reason == NOT_RIGHT else f" ({each_of(places)}{reason})")
        for reason, places in reasons.items()
    )


def each_of(places: Sequence[tuple[int, ...]]) -> str:
    """What tells that a reason holds for several places."""
    return "each: " if len(places) > 1 else ""


def misfit_of_values(key: Any, entries: Sequence[Any]) -> str:
    """Whether the whole is the transpose of the key."""
    if key.ndim != 2 or key.shape[0] != key.shape[1] or key.shape[0] < 2:
        return ""
    if all(same(a, b) for a, b in zip(key.T.ravel(), entries, strict=True)):
        return "transposed: rows and columns are exchanged"
    return ""


def listed(places: Sequence[tuple[int, ...]]) -> str:
    """Places in a sentence, the first ten of them."""
    shown = ", ".join(str(list(place)) for place in places[:10])
    return shown + (", …" if len(places) > 10 else "")


ARRAY = Kind(
    "array",
    hints(
        "a matrix or vector, row by row; entries may be expressions",
        "a matrix or vector, row by row, e.g. {} or {}; entries may be expressions",
        ("[[1, 2], [3, 4]]", "1 2; 3 4"),
        ("[[5, 6], [7, 8]]", "5 6; 7 8"),
        ("[[1, 3], [5, 7]]", "1 3; 5 7"),
        ("[[2, 4], [6, 8]]", "2 4; 6 8"),
    ),
    accepts,
    read,
    parse,
    judge,
)
