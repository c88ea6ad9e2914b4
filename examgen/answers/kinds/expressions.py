"""Expressions in variables, equal where they agree at points that depend on the key alone."""

from collections.abc import Sequence
from typing import Any

from examgen.answers.judges.points import NO_VALUE, equal_at, points
from examgen.answers.judges.readings import judge_readings
from examgen.answers.kind import Kind, hints
from examgen.answers.limits import RECORD
from examgen.answers.notation.grammar import Grammar
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.formulas import read_formula
from examgen.answers.reading import Choice, Reading, Unreadable
from examgen.answers.verdicts import CORRECT, Judgement, Verdict, wrong
from examgen.answers.visible import clipped
from examgen.answers.writing.formula import Formula

UNDECIDED = "it agrees with the right expression to 600 digits, but that proves nothing"
NEEDED = 4
"""Points at which two expressions are proved equal."""
ENOUGH = 6
"""Points at which that cannot be decided."""


def accepts(value: Any) -> str | None:
    """What keeps a value from being a formula, None if nothing does."""
    if type(value) is Formula:
        return None
    return f"found {type(value).__name__} {value!r:.60}, allowed is a Formula"


def read(text: str, *, options: Sequence[Choice] = ()) -> Reading:  # noqa: ARG001
    """The reading of a text as a formula."""
    return read_formula(text, Grammar(variables=True, grouping=False))


def parse(text: str) -> Formula:
    """The formula that we wrote."""
    reading = read_formula(text, Grammar(limits=RECORD, variables=True, grouping=False))
    if reading.state != "read" or reading.alternatives or not isinstance(reading.value, Formula):
        raise ValueError(f"{text!r:.80}: {reading.reason or 'not one formula'}")
    return reading.value


def judge(key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
    """The judgement of a reading."""
    return judge_readings(key, reading, policy, judge_one)


def judge_one(key: Formula, reading: Reading, policy: Policy) -> Judgement:  # noqa: ARG001
    """The judgement of one reading: a point at which it differs proves it wrong."""
    found: Formula = reading.value
    agreed, undecided, fault = 0, 0, NO_VALUE
    for point in points(key, found):
        try:
            equal = equal_at(key, found, point)
        except Unreadable as raised:
            fault = raised.reason
            continue
        if equal is False:
            return wrong(difference(key, found))
        if equal is None:
            fault, undecided = UNDECIDED, undecided + 1
        else:
            agreed += 1
        if agreed == NEEDED or undecided == ENOUGH:
            break
    return CORRECT if agreed == NEEDED else Judgement(Verdict.UNREADABLE, reason=fault)


def difference(key: Formula, found: Formula) -> str:
    """Why a formula is wrong, as far as its variables tell."""
    extra = sorted(set(found.variables) - set(key.variables))
    if extra:
        verb = "does" if len(extra) == 1 else "do"
        return f"not the right expression: {clipped(', '.join(extra), 100)} {verb} not occur in it"
    return "not the right expression"


EXPRESSION = Kind(
    "expression",
    hints(
        "an expression in the variables of the question",
        "an expression in the variables of the question, e.g. {}",
        ("2*w*x + b",),
        ("3*a*b - c",),
        ("4*u*v + t",),
        ("5*x*y - z",),
    ),
    accepts,
    read,
    parse,
    judge,
)
