"""Findings: what one way of looking at a response says of it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from examgen.answers import Reading, Verdict
from examgen.exams.exam import ExamPart, Mistake

PRECEDENCE = list(Verdict)


@dataclass(frozen=True)
class Finding:
    """One way of looking at a response, and the share of the points it earns that way."""

    verdict: Verdict
    credit: Fraction
    reason: str = ""
    misconceptions: tuple[str, ...] = ()
    feedback: str = ""


def best(findings: list[Finding]) -> Finding:
    """The finding that earns most; of equal ones the friendlier verdict, then the first."""
    if len(findings) == 1:  # the usual case
        return findings[0]
    return min(findings, key=lambda each: (-each.credit, PRECEDENCE.index(each.verdict)))


def chosen(part: ExamPart, reading: Reading) -> Finding | None:
    """The mistakes that lead to the option chosen."""
    names = [
        name
        for option in part.options
        if option.letter == reading.value
        for name in option.misconceptions
    ]
    return from_mistakes([each for each in part.misconceptions if each.name in names])


def from_mistakes(reached: list[Mistake]) -> Finding | None:
    """What to say of the mistakes that lead to a response, if there are any."""
    if not reached:
        return None
    return Finding(
        Verdict.MISCONCEPTION,
        max(each.credit for each in reached),
        misconceptions=tuple(each.name for each in reached),
        feedback="\n\n".join(dict.fromkeys(each.feedback for each in reached)),
    )
