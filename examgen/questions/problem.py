"""A problem drawn: givens, and everything that follows from them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from examgen.exact import Undefined, equal
from examgen.questions.family import Family, family_of
from examgen.questions.figures import Figure
from examgen.questions.levels import Level
from examgen.questions.parts import Misconception, PartDeclaration
from examgen.questions.procedures import Bound, Need, Procedure, Taking
from examgen.questions.work import Work

Answers = Mapping[str, Any]


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
    def asked(self) -> dict[str, PartDeclaration[Any]]:
        """What the family declares for this level, by name; a table's columns once."""
        return {each.name: each for each in self.family.parts_at(self.level)}

    @cached_property
    def work(self) -> Work:
        """What a hand has to do for it, as the family states it.

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
    def mistakes(self) -> dict[str, tuple[tuple[Misconception, Any], ...]]:
        """The wrong answers each part invites from somebody who was right so far."""
        key = self.answer_key
        return {part.name: tuple(part.mistakes(key)) for part in self.parts}

    @cached_property
    def figure(self) -> Figure | None:
        """What is drawn beside the question: the family's property `figure`, if it has one."""
        if not hasattr(type(self.givens), "figure"):
            return None
        found: Figure | None = self.givens.figure
        return found

    def wrong_answers(self, part: Part) -> tuple[tuple[Misconception, Any], ...]:
        """The mistakes that do show in this part: in some rows a wrong procedure is right."""
        return self.shown_mistakes[part.name]

    @cached_property
    def shown_mistakes(self) -> dict[str, tuple[tuple[Misconception, Any], ...]]:
        """The mistakes of each part that do not reach its right answer."""
        key = self.answer_key
        return {
            name: tuple(each for each in reached if not equal(each[1], key[name]))
            for name, reached in self.mistakes.items()
        }


def place(problem: Problem) -> Iterator[Part]:
    """Lay the declared parts out: single ones as they come, a table row by row."""
    for each, columns in groupby(problem.asked.values(), lambda part: part.each):
        table = tuple(columns)
        if each is None:
            for declared in table:
                yield settle(problem, declared, None, None)
            continue
        for row, element in enumerate(getattr(problem.givens, each), start=1):
            for declared in table:
                yield settle(problem, declared, row, element)


def settle(problem: Problem, declared: PartDeclaration[Any], row: int | None, element: Any) -> Part:
    """Tie the procedures of one declaration to the parts they build on."""

    def bind(procedure: Procedure) -> Bound:
        sources: list[tuple[str, ...] | str | None] = []
        constants: dict[int, Any] = {}
        for index, need in enumerate(procedure.needs):
            source = find_source(problem, declared, need, row)
            sources.append(source)
            if source is None:
                constants[index] = constant(problem, need, element)
        return Bound(procedure, problem.givens, tuple(sources), constants)

    mistakes = declared.mistakes(problem.givens)
    wrong = tuple((each, bind(each.procedure)) for each in mistakes)
    name = declared.name if row is None else row_name(declared.name, row)
    return Part(name, declared, bind(declared.procedure), wrong, row, element)


def row_name(name: str, row: int) -> str:
    """What the part *name* is called in a row."""
    return f"{name}[{row}]"


def find_source(
    problem: Problem, declared: PartDeclaration[Any], need: Need, row: int | None
) -> tuple[str, ...] | str | None:
    """The part, or parts, whose answer *need* takes; None if it takes no answer."""
    target = problem.asked.get(need.part)
    if target is None:
        return None
    if need.taking is Taking.ALL:
        count = len(getattr(problem.givens, target.each or ""))
        return tuple(row_name(need.part, number) for number in range(1, count + 1))
    if row is None or target.each != declared.each:
        return need.part
    if need.taking is Taking.ONE:
        return row_name(need.part, row)
    return row_name(need.part, row - 1) if row > 1 else None


def constant(problem: Problem, need: Need, element: Any) -> Any:
    """What *need* takes when it takes no answer: the start of a table, a row's element, nothing."""
    if need.taking is Taking.PREVIOUS:
        start = next(each.start for each in problem.family.parts if each.name == need.part)
        return getattr(problem.givens, start or "")
    return None if need.optional else element
