"""Follow-through: which of a student's answers a later part may build on."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import chain
from typing import Any

import numpy as np

from examgen import answers
from examgen.answers import Reading
from examgen.answers.judges.rounding import FEWEST, is_rounding
from examgen.answers.kinds.shapes import is_channels_last
from examgen.answers.reading import PLAIN, Written
from examgen.exact import Array, Closed, NegativeInfinity, Shape, entries, equal
from examgen.exact.arrays import shaped
from examgen.exact.effort import Effort
from examgen.questions.drawing import is_constant
from examgen.questions.parts import Misconception
from examgen.questions.problem import Answers, Part

FOLLOWING = 100_000
"""What one step on a student's own answers may cost, see `examgen.exact.effort`: they may write
matrices of closed forms that nobody multiplies by hand."""
SMALL = 4
"""Entries; two of a vector or four of a pooled map may be equal by an honest slip."""


def own_answer(part: Part, reading: Reading, key: Any, also: Iterable[Any]) -> Any | None:
    """What the student answered, if later parts may build on it; else None.

    *also* are answers, other than the key's, whose shape is admissible: those that this part's
    mistakes reach, and the right step on the student's earlier answers. Checked before any
    procedure sees it, because numpy broadcasts a wrong shape silently.
    """
    if reading.state != "read" or reading.alternatives:
        return None
    value = reading.value
    kind = part.declared.kind
    if kind.name in ("integer", "rational"):
        return value if isinstance(value, int | Fraction) else None
    if kind.accepts(value) is not None:
        return None
    if isinstance(key, np.ndarray):
        value = in_shape(value, key, also)
        return value if value is not None and is_admissible_array(value, key) else None
    if isinstance(key, Shape):
        fits = len(value) == len(key) or any(len(value) == len(each) for each in also)
        return value if fits and min(value, default=0) > 0 else None
    return value


def as_meant(value: Any, reading: Reading, right: Any) -> Any:
    """The answer; *right* instead, where it only rounds that or puts a shape's channels last.

    A rounding or a misplaced axis has been marked where it stands; what follows is built on what
    was meant, or every later step would be wrong for the same reason.
    """
    if isinstance(right, Shape):
        return right if isinstance(value, Shape) and is_channels_last(right, value) else value
    if all(each.places is None for each in reading.written):  # no decimal anywhere
        return value
    if isinstance(right, np.ndarray):
        same = isinstance(value, np.ndarray) and value.shape == right.shape
        if not same or len(reading.written) != value.size:
            return value
        given = zip(entries(value), reading.written, entries(right), strict=True)
        meant = [unrounded(*each) for each in given]
        return shaped(meant, value.shape)
    return unrounded(value, (*reading.written, PLAIN)[0], right)


def unrounded(value: Any, written: Written, right: Any) -> Any:
    """One number: *right* if it is written as a rounding of it that shows enough."""
    places = written.places
    if places is None or places < FEWEST or not isinstance(value, int | Fraction):
        return value
    return right if is_rounding(right, value, places) else value


def in_shape(value: Array, key: Array, also: Iterable[Array]) -> Array | None:
    """An array in the key's shape, or in that of another answer; None where it fits none."""
    for each in chain((key,), also):
        fitted = answers.fit(value, each.shape)
        if fitted.shape == each.shape:
            return fitted
    return None


def is_admissible_array(value: Array, key: Array) -> bool:
    """Whether an array has entries of the key's sort, and is not constant."""
    given, right = entries(value), entries(key)
    for sort in (Closed, NegativeInfinity):
        if any(isinstance(each, sort) for each in given) and not any(
            isinstance(each, sort) for each in right
        ):
            return False
    return is_constant(right) or not is_trivial(given)


def is_trivial(given: list[Any]) -> bool:
    """Whether an answer leaves no work for the later parts: all zero, or constant and long.

    A slip easily makes the entries of a vector or of a small map equal, hardly those of a matrix.
    """
    return is_constant(given) and (len(given) > SMALL or equal(given[0], 0))


def mistakes(part: Part, answers_so_far: Answers) -> list[tuple[Misconception, Any]]:
    """The wrong answers that a part invites after these, as far as they are quickly computed."""
    with Effort(FOLLOWING):
        return list(part.mistakes(answers_so_far))


def carried(part: Part, key: Answers, own: Answers) -> Any | None:
    """The right step on the student's own earlier answers; None where nothing is carried.

    *own* holds the student's answer to an earlier part where it stands and is not the key's. Raises
    `Undefined` where the step cannot be taken on them.
    """
    if not differs(part.procedure.parents, key, own):
        return None
    with Effort(FOLLOWING):
        return part.procedure(own)


def differs(parents: Iterable[str], key: Answers, own: Answers) -> bool:
    """Whether an answer of the student's own, other than the key's, stands among *parents*."""
    return any(
        own[name] is not key[name] and not answers.same(own[name], key[name]) for name in parents
    )
