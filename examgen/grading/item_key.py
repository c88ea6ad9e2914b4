"""The key to an item: what all who answer it have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container
from dataclasses import replace
from functools import cached_property
from typing import Any, ParamSpec, TypeAlias, TypeVar

from examgen import answers
from examgen.answers import Reading
from examgen.answers.glances import LONGEST
from examgen.exams.exam import Item, Mistake
from examgen.grading.findings import Finding
from examgen.grading.follow_through import mistakes
from examgen.grading.marks import Mark
from examgen.grading.recorded import recorded_answer
from examgen.grading.rulings import NONE, Rulings
from examgen.questions.parts import Misconception
from examgen.questions.problem import Part

P = ParamSpec("P")
T = TypeVar("T")
Reached: TypeAlias = list[tuple[Misconception, Any]]
"""Mistakes, and the answers that they lead to."""
Situation: TypeAlias = tuple[str, ...]
"""What a mark depends on: a part, what is written there, and what it builds on."""
MARKS = 192
"""How many marks of an item are remembered: students make the same mistakes."""
STEPS = 64
"""How many results of each step towards a mark: few share all their earlier answers."""


class Memory(dict[Situation, T]):
    """What was found out in a situation, for all other students who are in the same."""

    __slots__ = ("most",)

    def __init__(self, most: int = STEPS) -> None:
        super().__init__()
        self.most = most

    def recall(
        self, situation: Situation, find: Callable[P, T], *about: P.args, **none: P.kwargs
    ) -> T:
        """What was found out before, else what *find* does; remembered while there is room."""
        known = self.get(situation)
        if known is None:
            known = find(*about, **none)
            if len(self) < self.most and all(len(text) <= LONGEST for text in situation):
                self[situation] = known
        return known


class LazyAnswers(dict[str, Any]):
    """Answers by the part's name; what is not there is looked up with *find*."""

    def __init__(self, find: Callable[[str], Any]) -> None:
        super().__init__()
        self.find = find

    def __missing__(self, name: str) -> Any:
        """An answer that nobody has put there."""
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
        self.answers = LazyAnswers(self.parsed)
        self.marks = Memory[tuple[Mark, Any]](MARKS)
        self.equal_marks: dict[Mark, Mark] = {}
        self.readings = Memory[tuple[Reading, Finding]]()
        """What a response says, and its judgement against the key."""
        self.from_key = Memory[list[Mistake]]()
        """The mistakes that lead from the key to a response."""
        self.steps = Memory[tuple[Any, str]]()
        """The right step on answers of a student's own, or why there is none."""
        self.after_own = Memory[Reached]()
        """All mistakes after answers of a student's own, and where they lead."""
        self.from_own = Memory[tuple[frozenset[str], Reached]]()
        """The mistakes that lead elsewhere from answers of a student's own, and where to."""
        self._mistakes: dict[str, Reached] = {}
        self._needs: dict[str, tuple[str, ...]] = {}
        self._wrong_needs: dict[str, tuple[tuple[str, ...], ...]] = {}

    def given(self, mark: Mark) -> Mark:
        """For equal marks the same object: what was kept for one is found for the other."""
        if len(self.equal_marks) < MARKS:
            return self.equal_marks.setdefault(mark, mark)
        return self.equal_marks.get(mark, mark)

    def needs(self, name: str) -> tuple[str, ...]:
        """The parts on whose answers the procedures of a part build, right and wrong ones."""
        if name not in self._needs:
            drawn = self.drawn[name]
            right = () if drawn is None else drawn.procedure.parents
            wrong = (one for parents in self.wrong_needs(name) for one in parents)
            self._needs[name] = tuple(dict.fromkeys((*right, *wrong)))
        return self._needs[name]

    @cached_property
    def built_on(self) -> frozenset[str]:
        """The parts on whose answers another one builds."""
        return frozenset(name for part in self.drawn for name in self.needs(part))

    def wrong_needs(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The same for each wrong procedure by itself."""
        if name not in self._wrong_needs:
            drawn = self.drawn[name]
            wrong = () if drawn is None else drawn.misconceptions
            self._wrong_needs[name] = tuple(procedure.parents for _, procedure in wrong)
        return self._wrong_needs[name]

    def not_recorded(self, drawn: Part, own: Container[str]) -> Part:
        """A part with only those mistakes whose answers the record does not give.

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
            answer = answers.kind(part.kind).parse(self.rulings.corrected[part.label])
        else:
            answer = recorded_answer(part)
        return self.answers.setdefault(name, answer)

    def mistakes(self, drawn: Part) -> Reached:
        """The wrong answers that a part invites from somebody who was right so far."""
        if drawn.name not in self._mistakes:
            self._mistakes[drawn.name] = mistakes(drawn, self.answers)
        return self._mistakes[drawn.name]
