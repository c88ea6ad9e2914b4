"""Sets of indices: `{2, 3}`, `2, 3`, "rows 2 and 3", `none`."""

from collections.abc import Sequence
from typing import Any

from examgen.answers.judges.readings import judge_readings
from examgen.answers.kind import Kind, hints
from examgen.answers.limits import RECORD
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.indices import read_indices
from examgen.answers.reading import Choice, Reading
from examgen.answers.verdicts import CORRECT, Judgement, wrong


def accepts(value: Any) -> str | None:
    """What keeps a value from being an index set, None if nothing does."""
    if type(value) is not frozenset:
        return f"found {type(value).__name__} {value!r:.60}, allowed is a frozenset of integers"
    for index in value:
        if type(index) is not int or index < 0:
            return f"found {type(index).__name__} {index!r:.40} in it, allowed are integers >= 0"
    return None


def read(text: str, *, options: Sequence[Choice] = ()) -> Reading:  # noqa: ARG001
    """The reading of a text as an index set."""
    return read_indices(text)


def parse(text: str) -> Any:
    """The index set that we wrote."""
    reading = read_indices(text, RECORD)
    if reading.state != "read" or not isinstance(reading.value, frozenset):
        raise ValueError(f"{text!r:.80}: {reading.reason or 'no index set'}")
    return reading.value


def judge(key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
    """The judgement of a reading."""
    return judge_readings(key, reading, policy, judge_one)


def judge_one(key: frozenset[int], reading: Reading, policy: Policy) -> Judgement:  # noqa: ARG001
    """The judgement of one reading: what is missing and what does not belong."""
    found: frozenset[int] = reading.value
    if found == key:
        return CORRECT
    missing, extra = sorted(key - found), sorted(found - key)
    said = []
    if missing:
        said.append(f"missing: {listed(missing)}")
    if extra:
        said.append(f"not in it: {listed(extra)}")
    return wrong("; ".join(said), tuple(missing + extra))


def listed(indices: Sequence[int]) -> str:
    """Indices in a sentence."""
    return ", ".join(map(str, indices[:20])) + (", …" if len(indices) > 20 else "")


INDICES = Kind(
    "indices",
    hints(
        "the numbers, with commas between, or none",
        "the numbers, e.g. {0} or {{{0}}}, or none",
        ("2, 3",),
        ("1, 4",),
        ("3, 5",),
        ("1, 2, 5",),
        ("2, 4",),
        ("1, 3, 6",),
        ("4, 7",),
        ("2, 6",),
    ),
    accepts,
    read,
    parse,
    judge,
)
