"""One student's work on an item: each part is marked on what they wrote before.

Points, credits, options and feedback come from the exam's record; the family's code only follows
mistakes through.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, cast

from examgen import answers
from examgen.answers import Policy, Reading, Verdict
from examgen.answers.glances import LONGEST, is_another, is_key, says_other
from examgen.exact import Undefined, equal
from examgen.exams.exam import ExamPart, Mistake
from examgen.grading.findings import Finding, best, chosen, known
from examgen.grading.follow_through import carried, mistakes, own_answer
from examgen.grading.item_key import ItemKey, Known, Reached
from examgen.grading.marks import Mark
from examgen.grading.recorded import read_response
from examgen.questions import wording
from examgen.questions.parts import Misconception
from examgen.questions.problem import Part, Problem

REMEMBERED = 512
"""Marks that are remembered of an item: students who sit the same form make the same mistakes."""


class Script:
    """One student's work on one item, read from the first part to the last."""

    def __init__(self, key: ItemKey, policy: Policy) -> None:
        """Until the student has answered, the key stands."""
        self.item = key.item
        self.policy = policy
        self.answer_key = key
        self.key = key.answers
        self.rulings = key.rulings
        self.own = Known(self.key.__getitem__)
        """The student's answers that stand and are not the key's; else the key's are found."""
        self.written: dict[str, str] = {}
        """What these were read from."""

    def remember(self, part: ExamPart, text: str) -> Mark:
        """Mark one part; where somebody wrote the same on the same answers, as it was then."""
        known = self.answer_key.remembered
        place = (part.name, text, *self.built_on(part))
        if (found := known.get(place)) is None:
            found = self.mark(part, self.answer_key.drawn[part.name], text)
            if len(known) < REMEMBERED and len(text) <= LONGEST:
                known[place] = found
        mark, own = found
        if own is not None:
            self.own[part.name] = own
            self.written[part.name] = text
        return mark

    def built_on(self, part: ExamPart) -> Iterator[str]:
        """What is written of the own answers that a part builds on."""
        for name in self.answer_key.needs(part.name) if self.own else ():
            if name in self.own:
                yield name
                yield self.written[name]

    def mark(self, part: ExamPart, drawn: Part | None, text: str) -> tuple[Mark, Any | None]:
        """The mark of one part, and the student's answer where later ones build on it."""
        step, note = self.step(drawn)
        if part.label not in self.rulings.corrected and is_key(
            part.kind, part.answer, text, part.options
        ):
            return right(part, text, note), None
        reading = answers.as_stated(read_response(part, text), self.policy)
        findings = self.look(part, drawn, reading, step)
        found = best(findings)
        goes_on = step is not None and found.verdict not in (Verdict.CORRECT, Verdict.CARRIED)
        mark = Mark(
            label=part.label,
            verdict=found.verdict,
            points=found.credit * part.points,
            possible=part.points,
            response=text,
            read=reading.shown,
            reason="; ".join(filter(None, (found.reason, note))),
            misconceptions=found.misconceptions,
            feedback=found.feedback,
            going_on=answers.plain(step) if goes_on else "",
        )
        return mark, None if drawn is None else self.standing(part, drawn, reading, step)

    def step(self, drawn: Part | None) -> tuple[Any | None, str]:
        """The right step on the own earlier answers, if they are not the key's; or why not."""
        if drawn is None or not self.own:  # the usual case
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
        from_key = [
            each
            for each in part.misconceptions
            if not says_other(part.kind, each.answer, reading)
            and self.fits(part, kind.parse(each.answer), reading)
        ]
        from_own = [] if drawn is None else self.from_own(part, drawn, reading, from_key)
        found = [each for each in (known(from_own), known(from_key)) if each is not None]
        return max(found, key=lambda each: each.credit, default=None)

    def from_own(
        self, part: ExamPart, drawn: Part, reading: Reading, from_key: list[Mistake]
    ) -> list[Mistake]:
        """The mistakes that lead to this response from the student's own earlier answers.

        A mistake that builds on none of them leads where it leads *from_key*.
        """
        changed = self.answer_key.not_recorded(drawn, self.own)
        reached = {each.name: each for each in from_key}
        for misconception, _ in changed.misconceptions:
            reached.pop(misconception.name, None)
        for misconception, wrong in mistakes(changed, self.own) if changed.misconceptions else ():
            if self.fits(part, wrong, reading):
                reached[misconception.name] = self.as_recorded(part, drawn, misconception, wrong)
        names = dict.fromkeys(each.name for each, _ in drawn.misconceptions)
        return [reached[name] for name in names if name in reached]

    def mistakes(self, drawn: Part) -> Reached:
        """The wrong answers that a part invites after the student's own."""
        is_on_own = any(name in self.own for name in self.answer_key.needs(drawn.name))
        return mistakes(drawn, self.own) if is_on_own else self.answer_key.mistakes(drawn)

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

    def standing(
        self, part: ExamPart, drawn: Part, reading: Reading, step: Any | None
    ) -> Any | None:
        """The response, if it is admissible and not the key's: later parts build on it then."""
        key = self.key[part.name]
        own = own_answer(drawn, reading, key, self.also_reached(drawn, step))
        return None if own is None or equal(own, key) else own

    def also_reached(self, drawn: Part, step: Any | None) -> Iterator[Any]:
        """The answers besides the key's that somebody may reach here, found as they are needed."""
        if step is not None:
            yield step
        for reached in (self.answer_key.mistakes(drawn), self.mistakes(drawn)):
            yield from (wrong for _, wrong in reached)

    def judge_step(self, part: ExamPart, step: Any, reading: Reading) -> Finding:
        """The response against the right step on the student's own earlier answers."""
        judgement = answers.kind(part.kind).judge(step, reading, self.policy)
        share = judgement.credit * self.policy.carried_forward
        if judgement.verdict is Verdict.CORRECT:
            return Finding(Verdict.CARRIED, share)
        return Finding(judgement.verdict, share, judgement.reason)

    def fits(self, part: ExamPart, value: Any, reading: Reading) -> bool:
        """Whether the response says this value."""
        if is_another(value, reading):
            return False
        judgement = answers.kind(part.kind).judge(value, reading, self.policy)
        return judgement.verdict is Verdict.CORRECT


def right(part: ExamPart, text: str, note: str) -> Mark:
    """The mark of the recorded answer."""
    full = Fraction(part.points)
    return Mark(part.label, Verdict.CORRECT, full, part.points, text, part.answer, note)
