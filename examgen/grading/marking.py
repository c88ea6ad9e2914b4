"""Marking one item: correct, carried forward, a known mistake, partly correct, or wrong.

Points, credits, options and feedback come from the exam's record; the family's code only follows
mistakes through.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from examgen import answers
from examgen.answers import Policy, Reading, Verdict
from examgen.exact import Undefined
from examgen.exams.exam import ExamPart, Item, Mistake
from examgen.grading.follow_through import carried, mistakes, own_answer
from examgen.grading.marks import Mark
from examgen.grading.recorded import options_of, recorded_answer
from examgen.grading.rulings import NONE, Rulings, with_dropped
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
    rulings: Rulings = NONE,
) -> tuple[Mark, ...]:
    """Mark the responses (by label) to one item.

    The parts labelled in *by_record* are marked without the code, and so not followed through.
    *rulings* are what was decided about its parts since it was printed.
    """
    drawn = {} if item.problem is None else {part.name: part for part in item.problem.parts}
    script = Script(item, policy, key_of(item, rulings), rulings)
    marks = (
        script.mark(
            part,
            None if part.label in by_record else drawn.get(part.name),
            responses.get(part.label, ""),
        )
        for part in item.parts
    )
    return tuple(with_dropped(mark, rulings) for mark in marks)


def key_of(item: Item, rulings: Rulings) -> dict[str, Any]:
    """The answers that count as right: the recorded ones, but for corrected ones."""
    return {
        part.name: answers.kind(part.kind).parse(rulings.corrected[part.label])
        if part.label in rulings.corrected
        else recorded_answer(part)
        for part in item.parts
    }


@dataclass
class Script:
    """One student's work on one item, read from the first part to the last."""

    item: Item
    policy: Policy
    key: dict[str, Any]
    rulings: Rulings = NONE
    own: dict[str, Any] = field(init=False)
    """The student's answer to every part so far where it stands, else the key's."""

    def __post_init__(self) -> None:
        """Until the student has answered, the key stands."""
        self.own = dict(self.key)

    def mark(self, part: ExamPart, drawn: Part | None, text: str) -> Mark:
        """Mark one part, and let it stand for the later ones if it may."""
        kind = answers.kind(part.kind)
        reading = answers.as_stated(kind.read(text, options=options_of(part)), self.policy)
        step, note = self.step(drawn)
        findings = self.look(part, drawn, reading, step)
        best = min(findings, key=lambda each: (-each.credit, PRECEDENCE.index(each.verdict)))
        if drawn is not None:
            self.stand(part, drawn, reading, step)
        goes_on = step is not None and best.verdict not in (Verdict.CORRECT, Verdict.CARRIED)
        return Mark(
            label=part.label,
            verdict=best.verdict,
            points=best.credit * part.points,
            possible=part.points,
            response=text,
            read=reading.shown,
            reason="; ".join(filter(None, (best.reason, note))),
            misconceptions=best.misconceptions,
            feedback=best.feedback,
            going_on=answers.plain(step) if goes_on else "",
        )

    def step(self, drawn: Part | None) -> tuple[Any | None, str]:
        """The right step on the own earlier answers, if they are not the key's; or why not."""
        if drawn is None:
            return None, ""
        try:
            return carried(drawn, self.key, self.own), ""
        except Undefined as error:
            return None, f"your earlier answers cannot be followed through to here ({error})"

    def judge(self, part: ExamPart, reading: Reading) -> Finding:
        """The response against the key, or against an answer that is accepted like it."""
        kind = answers.kind(part.kind)
        for text in self.rulings.accepted.get(part.label, ()):
            if self.fits(part, kind.parse(text), reading):
                return Finding(Verdict.CORRECT, Fraction(1))
        judgement = kind.judge(self.key[part.name], reading, self.policy)
        return Finding(judgement.verdict, judgement.credit, judgement.reason)

    def look(
        self, part: ExamPart, drawn: Part | None, reading: Reading, step: Any | None
    ) -> list[Finding]:
        """Every way of looking at a response; of equal ones the first counts."""
        direct = self.judge(part, reading)
        if reading.state != "read" or direct.verdict is Verdict.CORRECT:
            return [direct]
        if part.options:
            return [chosen(part, reading) or direct]
        named = self.named(part, drawn, reading)
        findings = [named or direct]
        if step is not None:
            followed = self.judge_step(part, step, reading)
            # Right entries are no slip where a mistake explains the answer as a whole.
            if named is None or followed.verdict is Verdict.CARRIED:
                findings.append(followed)
        return findings

    def named(self, part: ExamPart, drawn: Part | None, reading: Reading) -> Finding | None:
        """The known mistakes that lead to this response, from the own answers or the key's.

        Whoever errs has their own answers before them, so of two diagnoses that earn the same the
        one from these counts.
        """
        kind = answers.kind(part.kind)
        from_own = [] if drawn is None else self.from_own(part, drawn, reading)
        from_key = [
            each
            for each in part.misconceptions
            if self.fits(part, kind.parse(each.answer), reading)
        ]
        found = [each for each in (known(from_own), known(from_key)) if each is not None]
        return max(found, key=lambda each: each.credit, default=None)

    def from_own(self, part: ExamPart, drawn: Part, reading: Reading) -> list[Mistake]:
        """The mistakes that lead to this response from the student's own earlier answers."""
        return [
            self.as_recorded(part, drawn, misconception, wrong)
            for misconception, wrong in mistakes(drawn, self.own)
            if self.fits(part, wrong, reading)
        ]

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

    def stand(self, part: ExamPart, drawn: Part, reading: Reading, step: Any | None) -> None:
        """Let later parts build on the response, if it is admissible."""
        own = own_answer(drawn, reading, self.key[part.name], self.also_reached(drawn, step))
        if own is not None:
            self.own[part.name] = own

    def also_reached(self, drawn: Part, step: Any | None) -> Iterator[Any]:
        """The answers besides the key's that somebody may reach here, found as they are needed."""
        if step is not None:
            yield step
        for answers_so_far in (self.key, self.own):
            yield from (wrong for _, wrong in mistakes(drawn, answers_so_far))

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
