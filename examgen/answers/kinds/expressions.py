"""Expressions in variables, equal where they agree at points that depend on the key alone."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from typing import Any

from examgen.answers.arithmetic.balls import is_number, same
from examgen.answers.arithmetic.evaluate import evaluate
from examgen.answers.arithmetic.sizes import rational
from examgen.answers.arithmetic.values import Computable
from examgen.answers.judges.readings import judge_readings
from examgen.answers.kind import Kind
from examgen.answers.limits import RECORD, STEP
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.program import Program
from examgen.answers.policy import EXACT, Policy
from examgen.answers.readers.formulas import read_formula
from examgen.answers.reading import Choice, Reading, Unreadable
from examgen.answers.verdicts import CORRECT, Judgement, Verdict, wrong
from examgen.answers.writing.formula import Formula
from examgen.exact.effort import spend_reserve

POINTS = 12
NEEDED = 4


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
    agreed, fault = 0, "it has no value where the answer has one"
    for point in points(key, found):
        try:
            right, value = at(key.program, point), at(found.program, point)
        except Unreadable as raised:
            fault = raised.reason
            continue
        if same(right, value) is False:
            return wrong(difference(key, found))
        agreed += 1
        if agreed == NEEDED:
            return CORRECT
    return Judgement(Verdict.UNREADABLE, reason=fault)


def difference(key: Formula, found: Formula) -> str:
    """Why a formula is wrong, as far as its variables tell."""
    extra = sorted(set(found.variables) - set(key.variables))
    if extra:
        return f"not the right expression: {', '.join(extra)} does not occur in it"
    return "not the right expression"


def points(key: Formula, found: Formula) -> Iterator[Mapping[str, int | Fraction]]:
    """Points to compare at: a pure function of the key; every other one is positive."""
    names = sorted({*key.variables, *found.variables})
    whole = counts(key.program) or counts(found.program)
    for number in range(POINTS):
        yield {name: coordinate(key, name, number, whole) for name in names}


def counts(program: Program) -> bool:
    """Whether a program is about whole numbers (`n!`, `binom(n, k)`)."""
    return any(step.operation == "factorial" or step.text == "binom" for step in program)


def coordinate(key: Formula, name: str, number: int, whole: bool) -> int | Fraction:
    """A fraction of about the size of 1, negative at some points; or a small whole number."""
    seed = f"{key.text}\n{name}\n{number}".encode()
    digest = sha256(seed).digest()
    if whole:
        return 2 + digest[0] % 20
    value = Fraction(int.from_bytes(digest[:2], "big") % 997 + 3, digest[2] + 257)
    found: int | Fraction = rational(-value if number % 2 and digest[3] % 2 else value)
    return found


def at(program: Program, point: Mapping[str, int | Fraction]) -> Any:
    """The value at a point; raise `Unreadable` where there is none."""
    spend_reserve(STEP * len(program))
    bound = tuple(
        step._replace(operation="number", value=point[step.text])
        if step.operation == "variable"
        else step
        for step in program
    )
    value = evaluate(bound)
    if value is not None:
        return value
    if not is_number(computable := Computable(bound)):
        raise Unreadable("it has no value where the answer has one")
    return computable


EXPRESSION = Kind(
    "expression",
    "an expression in the variables of the question, e.g. 2*w*x + b",
    accepts,
    read,
    parse,
    judge,
)
