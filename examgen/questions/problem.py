"""A problem drawn: givens, and everything that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, repeat
from typing import Any

from examgen import answers
from examgen.exact import Undefined
from examgen.questions.family import Family, family_of
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import Misconception, PartDeclaration
from examgen.questions.procedures import Bound, Need, Procedure, Sources, Taking
from examgen.questions.spots import Spot, spots
from examgen.questions.work import Work

Answers = Mapping[str, Any]
NO_CONSTANTS: Mapping[int, Any] = {}


@dataclass(frozen=True, eq=False)
class Part:
    """One gradable step of one problem: a declaration in its place."""

    name: str
    """The declaration's name; in a row, with the row's number: `output_shape[2]`."""
    declared: PartDeclaration[Any]
    procedure: Bound
    misconceptions: tuple[tuple[Misconception, Bound], ...]
    row: int | None = None
    element: Any = None

    def mistakes(self, answers: Answers) -> Iterator[tuple[Misconception, Any]]:
        """The wrong answers this part invites, given the earlier *answers*."""
        for misconception, procedure in self.misconceptions:
            try:
                wrong = procedure(answers)
            except Undefined:
                continue
            if wrong is not None:
                yield misconception, wrong


@dataclass(frozen=True, eq=False)
class Problem:
    """A problem is its givens; the rest is derived, when it is first asked for."""

    family: Family
    level: Level
    givens: Any

    @classmethod
    def of(cls, givens: Any, level: Level) -> Problem:
        """The problem that these givens of a decorated class are."""
        return cls(family_of(type(givens)), level, givens)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The parts that this level asks, in the order of their labels."""
        return tuple(place(self))

    @cached_property
    def work(self) -> Work:
        """The hand-work that it takes, as the family states it.

        By a property `work`, or by a method of the level where levels ask different parts.
        """
        stated: Work | Callable[[Level], Work] = getattr(self.givens, "work", Work())
        return stated if isinstance(stated, Work) else stated(self.level)

    @cached_property
    def answer_key(self) -> dict[str, Any]:
        """Every part's right answer, by the part's name; each sees the answers before it."""
        key: dict[str, Any] = {}
        for part in self.parts:
            key[part.name] = part.procedure(key)
        return key

    @cached_property
    def plain_key(self) -> dict[str, str]:
        """Every part's right answer as students type it; asked for by record, sheet and key."""
        return {name: answers.plain(value) for name, value in self.answer_key.items()}

    @cached_property
    def mistakes(self) -> dict[str, tuple[tuple[Misconception, Any], ...]]:
        """The wrong answers each part invites from somebody who was right so far."""
        key = self.answer_key
        return {part.name: tuple(part.mistakes(key)) for part in self.parts}

    @cached_property
    def figure(self) -> Figure | None:
        """What is drawn beside the question: the family's property `figure`, if it has one."""
        if not hasattr(type(self.givens), "figure"):
            return None
        drawn: Figure | None = self.givens.figure
        return drawn

    def wrong_answers(self, part: Part) -> tuple[tuple[Misconception, Any], ...]:
        """The mistakes that show in this part; in some rows a wrong procedure leads to the key."""
        return self.shown_mistakes[part.name]

    @cached_property
    def shown_mistakes(self) -> dict[str, tuple[tuple[Misconception, Any], ...]]:
        """The mistakes of each part that do not reach its right answer."""
        key = self.answer_key
        return {
            name: tuple(each for each in reached if not answers.same(each[1], key[name]))
            for name, reached in self.mistakes.items()
        }


def place(problem: Problem) -> Iterator[Part]:
    """The parts in their places, with the givens and the elements of this problem."""
    asked = problem.family.parts_at(problem.level)
    names = dict.fromkeys(part.each for part in asked if part.each is not None)
    rows = {each: tuple(getattr(problem.givens, each)) for each in names}
    lengths = tuple((each, len(elements)) for each, elements in rows.items())
    for spot in spots(problem.family, problem.level, lengths):
        element = None if spot.row is None else rows[spot.declared.each or ""][spot.row - 1]
        yield settle(problem, spot, element)


def settle(problem: Problem, spot: Spot, element: Any) -> Part:
    """Tie the procedures of one declaration to the parts they build on."""

    def bind(procedure: Procedure, sources: Sources) -> Bound:
        if None not in sources:
            return Bound(procedure, problem.givens, sources, NO_CONSTANTS)
        constants = {
            index: constant(problem, need, element)
            for index, (need, source) in enumerate(zip(procedure.needs, sources, strict=True))
            if source is None
        }
        return Bound(procedure, problem.givens, sources, constants)

    mistakes = spot.declared.mistakes(problem.givens)
    # Lures come after the declared mistakes and take no answers.
    sources_of_all = chain(spot.wrong, repeat(()))
    wrong = tuple(
        (each, bind(each.procedure, sources))
        for each, sources in zip(mistakes, sources_of_all, strict=False)
    )
    right = bind(spot.declared.procedure, spot.right)
    return Part(spot.name, spot.declared, right, wrong, spot.row, element)


def constant(problem: Problem, need: Need, element: Any) -> Any:
    """What *need* takes when it takes no answer: the start of a table, a row's element, nothing."""
    if need.taking is Taking.PREVIOUS:
        start = next(each.start for each in problem.family.parts if each.name == need.part)
        return getattr(problem.givens, start or "")
    return None if need.optional else element
