"""Marking one item: correct, carried forward, a known mistake, partly correct, or wrong.

Points, credits, options and feedback come from the exam's record; the family's code only follows
mistakes through.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Hashable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, cast

from examgen import answers
from examgen.answers import Policy, Reading, Verdict
from examgen.exact import Undefined, equal
from examgen.exams.exam import ExamPart, Item, Mistake
from examgen.grading.follow_through import carried, mistakes, own_answer
from examgen.grading.marks import Mark
from examgen.grading.plainly import LONGEST, is_another, is_key, read, says_other
from examgen.grading.recorded import recorded_answer
from examgen.grading.rulings import NONE, Rulings, with_dropped
from examgen.questions import wording
from examgen.questions.parts import Misconception
from examgen.questions.problem import Part, Problem

PRECEDENCE = list(Verdict)
REMEMBERED = 512
"""Marks that are remembered of an item: students who sit the same form make the same mistakes."""
Reached = list[tuple[Misconception, Any]]
"""Mistakes, and the answers that they lead to."""


@dataclass(frozen=True)
class Finding:
    """One way of looking at a response, and the share of the points it earns that way."""

    verdict: Verdict
    credit: Fraction
    reason: str = ""
    misconceptions: tuple[str, ...] = ()
    feedback: str = ""


class Known(dict[str, Any]):
    """Answers by the part's name; one that is not there is looked up where the others come from."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, name: str) -> Any:
        """An answer that is not the student's own."""
        return self.find(name)


class ItemKey:
    """The key to one item, and what is found out about it once for all who answer it."""

    def __init__(
        self, item: Item, by_record: Collection[str] = frozenset(), rulings: Rulings = NONE
    ) -> None:
        """The parts labelled in *by_record* are marked without the code."""
        drawn = {} if item.problem is None else {part.name: part for part in item.problem.parts}
        self.item = item
        self.rulings = rulings
        self.drawn = {
            part.name: None if part.label in by_record else drawn.get(part.name)
            for part in item.parts
        }
        self.parts = {part.name: part for part in item.parts}
        self.corrected = {part.name for part in item.parts if part.label in rulings.corrected}
        self.answers = Known(self.parsed)
        self.remembered: dict[Hashable, tuple[Mark, Any]] = {}
        self._mistakes: dict[str, Reached] = {}
        self._needs: dict[str, tuple[str, ...]] = {}
        self._wrong_needs: dict[str, tuple[tuple[str, ...], ...]] = {}

    def needs(self, name: str) -> tuple[str, ...]:
        """The parts on whose answers the procedures of a part build, right and wrong ones."""
        if name not in self._needs:
            drawn = self.drawn[name]
            right = () if drawn is None else drawn.procedure.parents
            wrong = (one for parents in self.wrong_needs(name) for one in parents)
            self._needs[name] = tuple(dict.fromkeys((*right, *wrong)))
        return self._needs[name]

    def wrong_needs(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The same for each wrong procedure by itself."""
        if name not in self._wrong_needs:
            drawn = self.drawn[name]
            wrong = () if drawn is None else drawn.misconceptions
            self._wrong_needs[name] = tuple(procedure.parents for _, procedure in wrong)
        return self._wrong_needs[name]

    def not_recorded(self, drawn: Part, own: Container[str]) -> Part:
        """A part with those mistakes that the record does not tell the answer of.

        They build on answers of the student's own or on a corrected one, or the code has come to
        know them since.
        """
        recorded = {each.name for each in self.parts[drawn.name].misconceptions}
        pairs = zip(drawn.misconceptions, self.wrong_needs(drawn.name), strict=True)
        kept = (
            pair
            for pair, needs in pairs
            if pair[0].name not in recorded
            or any(name in own or name in self.corrected for name in needs)
        )
        return replace(drawn, misconceptions=tuple(kept))

    def parsed(self, name: str) -> Any:
        """The answer that counts as right: the recorded one, but for a corrected one."""
        part = self.parts[name]
        if name in self.corrected:
            found = answers.kind(part.kind).parse(self.rulings.corrected[part.label])
        else:
            found = recorded_answer(part)
        return self.answers.setdefault(name, found)

    def mistakes(self, drawn: Part) -> Reached:
        """The wrong answers that a part invites from somebody who was right so far."""
        if drawn.name not in self._mistakes:
            self._mistakes[drawn.name] = mistakes(drawn, self.answers)
        return self._mistakes[drawn.name]


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
    return mark_with(ItemKey(item, by_record, rulings), responses, policy)


def mark_with(key: ItemKey, responses: Mapping[str, str], policy: Policy) -> tuple[Mark, ...]:
    """Mark the responses to the item of a key."""
    script = Script(key, policy)
    marks = (script.remember(part, responses.get(part.label, "")) for part in key.item.parts)
    return tuple(with_dropped(mark, key.rulings) for mark in marks)


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
        if part.label not in self.rulings.corrected and is_key(part, text):
            return right(part, text, note), None
        reading = answers.as_stated(read(part, text), self.policy)
        findings = self.look(part, drawn, reading, step)
        best = min(findings, key=lambda each: (-each.credit, PRECEDENCE.index(each.verdict)))
        goes_on = step is not None and best.verdict not in (Verdict.CORRECT, Verdict.CARRIED)
        mark = Mark(
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
