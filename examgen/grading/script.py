"""One student's work on an item: each part is marked on what they wrote before.

Points, credits, options and feedback come from the exam's record; the family's code only follows
mistakes through.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias, cast

from examgen import answers
from examgen.answers import Policy, Reading, Rubric, Verdict
from examgen.answers.glances import is_another, is_key, says_other
from examgen.exact import Undefined
from examgen.exams.exam import ExamPart, Mistake
from examgen.exams.soundness import recorded_value
from examgen.grading.findings import Finding, best, chosen, from_mistakes
from examgen.grading.follow_through import as_meant, carried, mistakes, own_answer
from examgen.grading.item_key import ItemKey, LazyAnswers, Reached
from examgen.grading.marks import Mark
from examgen.grading.recorded import read_response
from examgen.questions import wording
from examgen.questions.parts import Misconception
from examgen.questions.problem import Part, Problem

Before: TypeAlias = tuple[str, ...]
"""The own answers that a part builds on: the name of each, and what tells it from others."""


class Answer(NamedTuple):
    """What a student wrote at a part, and before it."""

    part: ExamPart
    drawn: Part | None
    text: str
    before: Before


class Own(NamedTuple):
    """A student's answer that later parts build on."""

    value: Any
    said: str
    """What tells it from others: what was written, or what that was taken to mean."""


class Script:
    """One student's work on one item, read from the first part to the last."""

    def __init__(self, key: ItemKey, policy: Policy) -> None:
        """Until the student has answered, the key stands."""
        self.item = key.item
        self.policy = policy
        self.answer_key = key
        self.key = key.answers
        self.rulings = key.rulings
        self.own = LazyAnswers(self.key.__getitem__)
        """The student's answers that stand and are not the key's; else the key's are found."""
        self.written: dict[str, str] = {}
        """What tells these from others; nothing where an answer could not be read."""

    def remember(self, part: ExamPart, text: str) -> Mark:
        """Mark one part; the same response after the same own answers is marked only once."""
        before = self.before(part) if self.written else ()
        situation = (part.name, text, *before)
        mark, own = self.answer_key.marks.recall(situation, self.mark, part, text, before)
        if own is not None:
            self.own[part.name], self.written[part.name] = own
        elif mark.verdict is Verdict.UNREADABLE:
            self.written[part.name] = ""
        return mark

    def before(self, part: ExamPart) -> Before:
        """The own answers that a part builds on, as they are written."""
        names = [name for name in self.answer_key.needs(part.name) if name in self.written]
        return tuple(each for name in names for each in (name, self.written[name]))

    def mark(self, part: ExamPart, text: str, before: Before) -> tuple[Mark, Own | None]:
        """The mark of one part, and the student's answer where later ones build on it."""
        drawn = self.answer_key.drawn[part.name]
        step, note = self.step(drawn, before)
        if part.label not in self.rulings.corrected and is_key(
            part.kind, part.answer, text, part.options
        ):
            return right(part, text, note), None
        reading, direct = self.answer_key.readings.recall((part.name, text), self.read, part, text)
        answer = Answer(part, drawn, text, before)
        finding = best(self.look(answer, reading, direct, step))
        goes_on = (
            step is not None
            and finding.verdict not in (Verdict.CORRECT, Verdict.CARRIED, Verdict.PERSON)
            and not isinstance(step, Rubric)
            and not answers.same(step, self.key[part.name])
            and not self.means_key(answer, reading)
        )
        mark = Mark(
            label=part.label,
            verdict=finding.verdict,
            points=finding.credit * part.points,
            possible=part.points,
            response=text,
            read=reading.shown,
            reason="; ".join(filter(None, (finding.reason, note, self.unread(finding, before)))),
            misconceptions=finding.misconceptions,
            feedback=finding.feedback,
            going_on=answers.plain(step) if goes_on else "",
        )
        return self.answer_key.given(mark), self.standing(answer, reading, step)

    def step(self, drawn: Part | None, before: Before) -> tuple[Any | None, str]:
        """The right step on the own earlier answers, if they are not the key's; or why not."""
        if drawn is None or not before:  # the usual case
            return None, ""
        return self.answer_key.steps.recall((drawn.name, *before), self.take_step, drawn)

    def unread(self, finding: Finding, before: Before) -> str:
        """A note that an earlier answer could not be read, where that may have cost points."""
        if finding.verdict in (Verdict.CORRECT, Verdict.BLANK) or "" not in before:
            return ""
        names = (name for name, text in zip(before[::2], before[1::2], strict=True) if not text)
        labels = " and ".join(self.answer_key.parts[name].label for name in names)
        return f"your answer to {labels} could not be read, so nothing was built on it"

    def take_step(self, drawn: Part) -> tuple[Any | None, str]:
        """The step, or why it cannot be taken."""
        try:
            return carried(drawn, self.key, self.own), ""
        except Undefined as error:
            return None, f"your earlier answers cannot be followed through to here ({error})"

    def read(self, part: ExamPart, text: str) -> tuple[Reading, Finding]:
        """What a response says, and its finding by the key alone, earlier answers left aside."""
        reading = answers.as_stated(read_response(part, text), self.policy)
        return reading, self.judge(part, reading)

    def judge(self, part: ExamPart, reading: Reading) -> Finding:
        """The response against the key, or against an answer that is accepted like it."""
        kind = answers.kind(part.kind)
        for text in self.rulings.accepted.get(part.label, ()):
            if self.fits(part, kind.parse(text), reading):
                return Finding(Verdict.CORRECT, Fraction(1))
        judgement = kind.judge(self.key[part.name], reading, self.policy)
        return Finding(judgement.verdict, judgement.credit, judgement.reason)

    def look(
        self, answer: Answer, reading: Reading, direct: Finding, step: Any | None
    ) -> list[Finding]:
        """Every way of looking at a response; of equal ones the first counts."""
        part = answer.part
        if reading.state != "read" or direct.verdict is Verdict.CORRECT:
            return [direct]
        if part.options:
            return [chosen(part, reading) or direct]
        named = self.named(answer, reading)
        findings = [named or direct]
        if step is not None:
            followed = self.judge_step(part, step, reading)
            # Right entries are no slip where a mistake explains the answer as a whole.
            if named is None or followed.verdict is Verdict.CARRIED:
                findings.append(followed)
        return findings

    def named(self, answer: Answer, reading: Reading) -> Finding | None:
        """The known mistakes that lead to this response, from the own answers or the key's.

        Students go on from their own answers, so of two diagnoses that earn the same, the one from
        these counts.
        """
        part = answer.part
        situation = (part.name, answer.text)
        from_key = self.answer_key.from_key.recall(situation, self.from_key, part, reading)
        from_own = self.from_own(answer, reading, from_key)
        diagnoses = filter(None, (from_mistakes(from_own), from_mistakes(from_key)))
        return max(diagnoses, key=lambda each: each.credit, default=None)

    def from_key(self, part: ExamPart, reading: Reading) -> list[Mistake]:
        """The recorded mistakes that lead to this response."""
        return [
            each
            for each in part.misconceptions
            if not says_other(part.kind, each.answer, reading)
            and self.fits(part, recorded_value(part, each.answer), reading)
        ]

    def from_own(self, answer: Answer, reading: Reading, from_key: list[Mistake]) -> list[Mistake]:
        """The mistakes that lead to this response from the student's own earlier answers.

        A mistake that builds on none of them leads where it leads *from_key*.
        """
        part, drawn = answer.part, answer.drawn
        if drawn is None:
            return []
        situation = (part.name, *answer.before)
        changed, wrong_answers = self.answer_key.from_own.recall(situation, self.on_own, drawn)
        reached = {each.name: each for each in from_key if each.name not in changed}
        for misconception, wrong in wrong_answers:
            if self.fits(part, wrong, reading):
                reached[misconception.name] = self.as_recorded(part, drawn, misconception, wrong)
        names = dict.fromkeys(each.name for each, _ in drawn.misconceptions)
        return [reached[name] for name in names if name in reached]

    def on_own(self, drawn: Part) -> tuple[frozenset[str], Reached]:
        """The mistakes that lead elsewhere from the own answers, and where to."""
        changed = self.answer_key.not_recorded(drawn, self.own)
        names = frozenset(misconception.name for misconception, _ in changed.misconceptions)
        return names, mistakes(changed, self.own) if names else []

    def mistakes(self, drawn: Part, before: Before) -> Reached:
        """The wrong answers that a part invites after the student's own."""
        if not before:
            return self.answer_key.mistakes(drawn)
        situation = (drawn.name, *before)
        return self.answer_key.after_own.recall(situation, mistakes, drawn, self.own)

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

    def standing(self, answer: Answer, reading: Reading, step: Any | None) -> Own | None:
        """The response, if later parts build on it: where it is admissible and not the key's."""
        drawn = answer.drawn
        if drawn is None or drawn.name not in self.answer_key.built_on:
            return None
        key = self.key[drawn.name]
        own = own_answer(drawn, reading, key, self.also_reached(drawn, answer.before, step))
        if own is None:
            return None
        meant = as_meant(own, reading, key)
        if step is not None:
            meant = as_meant(meant, reading, step)
        if answers.same(meant, key):
            return None
        # The same rounding may stand for one value after this answer, for another after that, and
        # the same numbers for one shape or another.
        said = answer.text if answers.same(meant, reading.value) else answers.plain(meant)
        return Own(meant, said)

    def means_key(self, answer: Answer, reading: Reading) -> bool:
        """Whether a response is the key's answer in a form that is not asked, as a rounding is."""
        key, drawn = self.key[answer.part.name], cast(Part, answer.drawn)
        own = own_answer(drawn, reading, key, ())
        return own is not None and answers.same(as_meant(own, reading, key), key)

    def also_reached(self, drawn: Part, before: Before, step: Any | None) -> Iterator[Any]:
        """The answers besides the key's that somebody may reach here, found as they are needed."""
        if step is not None:
            yield step
        for reached in (self.answer_key.mistakes(drawn), self.mistakes(drawn, before)):
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
