"""Marking one item: correct, carried forward, a known mistake, partly correct, or wrong.

Points, credits, options and feedback come from the exam's record; the family's code only follows
mistakes through.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, cast

from examgen import answers
from examgen.answers import Policy, Reading, Verdict
from examgen.exact import Undefined
from examgen.exams.exam import ExamPart, Item, Mistake
from examgen.grading.follow_through import carried, own_answer
from examgen.grading.marks import Mark
from examgen.grading.recorded import options_of, recorded_answer
from examgen.questions import wording
from examgen.questions.parts import Misconception
from examgen.questions.problem import Part, Problem

PRECEDENCE = list(Verdict)


@dataclass(frozen=True)
class Finding:
    """One way of looking at a response, and the share of the points it earns that way."""

    verdict: Verdict
    credit: Fraction
    reason: str = ""
    misconceptions: tuple[str, ...] = ()
    feedback: str = ""


def mark_item(
    item: Item,
    responses: Mapping[str, str],
    policy: Policy,
    *,
    by_record: Collection[str] = frozenset(),
) -> tuple[Mark, ...]:
    """Mark the responses (by label) to one item.

    The parts labelled in *by_record* are marked without the code, and so not followed through.
    """
    drawn = {} if item.problem is None else {part.name: part for part in item.problem.parts}
    script = Script(item, policy, {part.name: recorded_answer(part) for part in item.parts})
    return tuple(
        script.mark(
            part,
            None if part.label in by_record else drawn.get(part.name),
            responses.get(part.label, ""),
        )
        for part in item.parts
    )


@dataclass
class Script:
    """One student's work on one item, read from the first part to the last."""

    item: Item
    policy: Policy
    key: dict[str, Any]
    own: dict[str, Any] = field(init=False)
    """The student's answer to every part so far where it stands, else the key's."""

    def __post_init__(self) -> None:
        """Until the student has answered, the key stands."""
        self.own = dict(self.key)

    def mark(self, part: ExamPart, drawn: Part | None, text: str) -> Mark:
        """Mark one part, and let it stand for the later ones if it may."""
        kind = answers.kind(part.kind)
        reading = kind.read(text, options=options_of(part))
        findings = self.look(part, drawn, reading)
        best = min(findings, key=lambda each: (-each.credit, PRECEDENCE.index(each.verdict)))
        return Mark(
            label=part.label,
            verdict=best.verdict,
            points=best.credit * part.points,
            possible=part.points,
            response=text,
            read=reading.shown,
            reason=best.reason,
            misconceptions=best.misconceptions,
            feedback=best.feedback,
        )

    def judge(self, part: ExamPart, reading: Reading) -> Finding:
        """The response against the key."""
        judgement = answers.kind(part.kind).judge(self.key[part.name], reading, self.policy)
        return Finding(judgement.verdict, judgement.credit, judgement.reason)

    def look(self, part: ExamPart, drawn: Part | None, reading: Reading) -> list[Finding]:
        """Every way of looking at a response."""
        direct = self.judge(part, reading)
        if reading.state != "read" or direct.verdict is Verdict.CORRECT:
            return [direct]
        if part.options:
            return [chosen(part, reading) or direct]
        named = self.named(part, drawn, reading)
        findings = [named or direct]
        if drawn is None:
            return findings
        try:
            return self.follow(part, drawn, reading, explained=named is not None) + findings
        except Undefined as error:
            note = f"your earlier answers cannot be followed through to here ({error})"
            said = [f"{each.reason}; {note}" if each.reason else note for each in findings]
            return [replace(each, reason=text) for each, text in zip(findings, said, strict=True)]

    def named(self, part: ExamPart, drawn: Part | None, reading: Reading) -> Finding | None:
        """The known mistakes that lead to this response, from the key's answers or the own ones."""
        kind = answers.kind(part.kind)
        reached = [
            each
            for each in part.misconceptions
            if self.fits(part, kind.parse(each.answer), reading)
        ]
        if not reached and drawn is not None:
            reached = [
                self.as_recorded(part, drawn, misconception, wrong)
                for misconception, wrong in drawn.mistakes(self.own)
                if self.fits(part, wrong, reading)
            ]
        return known(reached)

    def as_recorded(
        self, part: ExamPart, drawn: Part, misconception: Misconception, wrong: Any
    ) -> Mistake:
        """The record of a misconception that arises on the student's own earlier answers."""
        for each in part.misconceptions:
            if each.name == misconception.name:
                return each
        problem = cast(Problem, self.item.problem)
        feedback = wording.feedback(problem, drawn, misconception.feedback, wrong)
        return Mistake(misconception.name, answers.plain(wrong), feedback, misconception.credit)

    def follow(
        self, part: ExamPart, drawn: Part, reading: Reading, *, explained: bool
    ) -> list[Finding]:
        """The response against the right step on the own answers; then let the response stand.

        Raises `Undefined` where the step cannot be taken on them.
        """
        step = carried(drawn, self.key, self.own)
        also = [wrong for each in (self.key, self.own) for _, wrong in drawn.mistakes(each)]
        findings = []
        if step is not None:
            also.append(step)
            findings = [self.judge_step(part, step, reading)]
        own = own_answer(drawn, reading, self.key[part.name], also)
        if own is not None:
            self.own[part.name] = own
        return [each for each in findings if each.verdict is Verdict.CARRIED or not explained]

    def judge_step(self, part: ExamPart, step: Any, reading: Reading) -> Finding:
        """The response against the right step on the student's own earlier answers."""
        judgement = answers.kind(part.kind).judge(step, reading, self.policy)
        share = judgement.credit * self.policy.carried_forward
        if judgement.verdict is Verdict.CORRECT:
            return Finding(Verdict.CARRIED, share)
        return Finding(judgement.verdict, share, judgement.reason)

    def fits(self, part: ExamPart, value: Any, reading: Reading) -> bool:
        """Whether the response says this value."""
        judgement = answers.kind(part.kind).judge(value, reading, self.policy)
        return judgement.verdict is Verdict.CORRECT


def chosen(part: ExamPart, reading: Reading) -> Finding | None:
    """The mistakes that lead to the option chosen."""
    names = [
        name
        for option in part.options
        if option.letter == reading.value
        for name in option.misconceptions
    ]
    return known([each for each in part.misconceptions if each.name in names])


def known(reached: list[Mistake]) -> Finding | None:
    """What to say of the mistakes that lead to a response, if there are any."""
    if not reached:
        return None
    return Finding(
        Verdict.MISCONCEPTION,
        max(each.credit for each in reached),
        misconceptions=tuple(each.name for each in reached),
        feedback="\n\n".join(dict.fromkeys(each.feedback for each in reached)),
    )
