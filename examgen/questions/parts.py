"""Parts as a family declares them: one right procedure and several named wrong ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Generic, TypeVar

from examgen import answers
from examgen.answers import Kind
from examgen.questions.levels import LEVELS, Level
from examgen.questions.procedures import Procedure

T = TypeVar("T")

SLIP = Fraction(1, 2)
"""What a mistake earns where the whole method is there, on the right quantities, and a sign, a
constant, a boundary or an orientation is off."""
STEP = Fraction(1, 4)
"""What it earns where the rest was done, but one step of several is missing, too many or in the
wrong place, or one quantity is taken for another."""


@dataclass(frozen=True)
class Misconception:
    """A wrong procedure students really follow, and what to tell those who do."""

    name: str
    feedback: str
    credit: Fraction
    procedure: Procedure
    typical: bool = False
    """Whether it belongs among the options wherever it can."""


@dataclass(frozen=True)
class Lure:
    """A wrong answer that is data, not a procedure: a statement, say, and why it does not fit."""

    name: str
    answer: Any
    feedback: str


@dataclass(eq=False, repr=False)
class PartDeclaration(Generic[T]):
    """One gradable step, as its family declares it. Made by `part`."""

    procedure: Procedure
    prompt: str
    """The template of what is asked; in a table, the heading of its column."""
    points: int
    """Its weight among the parts of a problem."""
    solution: str | None = None
    """The template of its worked solution; None until the file beside the module is read."""
    levels: tuple[Level, ...] = LEVELS
    """The levels that ask it."""
    each: str | None = None
    """The given or property of which every element makes a row, a part of its own."""
    row: str = "<< element >>"
    """The template of a row's title."""
    start: str | None = None
    """The given that stands for the answer before the first row."""
    counts: bool = False
    """Whether its numbers are counts, which may be large."""
    values: int | None = None
    """How many answers it can have at most, where these are few by nature."""
    points_at: Mapping[Level, int] = field(default_factory=dict)
    """Its weight at each level; given are those that differ from `points`."""
    misconceptions: list[Misconception] = field(default_factory=list)
    find_lures: Callable[[Any], Iterable[Lure]] | None = field(default=None, init=False)
    name: str = field(init=False)
    kind: Kind = field(init=False)
    """The kind of its answer, by what the procedure returns."""

    def __post_init__(self) -> None:
        """Derive what follows from the rest; refuse an answer of a type that is no kind."""
        self.name = self.procedure.name
        self.kind = answers.kind_of(self.procedure.returns)
        self.points_at = dict.fromkeys(LEVELS, self.points) | dict(self.points_at)

    def misconception(
        self,
        feedback: str,
        *,
        credit: Fraction = Fraction(0),
        name: str | None = None,
        typical: bool = False,
    ) -> Callable[[Callable[..., T | None]], Callable[..., T | None]]:
        """Declare a wrong procedure for this part.

        The method's name is the misconception's: the same mistake bears the same name in every
        family (*name* gives it where another part of the family has a method of that name). It
        returns None where it cannot arise. *credit* is the share of the part's points that such
        an answer still earns in a family with several parts: `SLIP`, `STEP` or nothing. *typical*
        says that most who go wrong go wrong so: at least one such answer is among the options if
        it can be.
        """

        def declare(method: Callable[..., T | None]) -> Callable[..., T | None]:
            procedure = Procedure.of(method)
            called = name or procedure.name
            mistake = Misconception(called, feedback, credit, procedure, typical)
            self.misconceptions.append(mistake)
            return method

        return declare

    def lures(self, method: Callable[[Any], Iterable[Lure]]) -> Callable[[Any], Iterable[Lure]]:
        """Declare wrong answers that come with the givens: *method* lists them.

        A lure's name is that of a misconception, and so must be the same wherever it is drawn.
        """
        self.find_lures = method
        return method

    def mistakes(self, givens: Any) -> tuple[Misconception, ...]:
        """The misconceptions declared, and the lures that come with these givens."""
        lures = self.find_lures(givens) if self.find_lures else ()
        return (*self.misconceptions, *(self.misled_by(each) for each in lures))

    def misled_by(self, lure: Lure) -> Misconception:
        """A lure as a misconception."""
        procedure = Procedure.constant(lure.name, lure.answer, self.procedure.returns)
        return Misconception(lure.name, lure.feedback, Fraction(0), procedure)


def part(
    prompt: str,
    *,
    points: int,
    solution: str | None = None,
    levels: Sequence[Level] = LEVELS,
    each: str | None = None,
    row: str = "<< element >>",
    start: str | None = None,
    counts: bool = False,
    values: int | None = None,
    points_at: Mapping[Level, int] | None = None,
) -> Callable[[Callable[..., T]], PartDeclaration[T]]:
    """Turn a method into a part of its family.

    What each of these says stands at the fields of `PartDeclaration`. Where *solution* is left out,
    it is read from the Markdown file beside the family's module, under a heading of the part's
    name. Neighbouring parts with the same *each* form a table. A part that can have only a few
    answers (a yes or no, one of three models) must give *values*: otherwise no answer may come up
    in more than a third of the draws.
    """

    def declare(method: Callable[..., T]) -> PartDeclaration[T]:
        return PartDeclaration(
            Procedure.of(method),
            prompt,
            points,
            solution,
            tuple(levels),
            each,
            row,
            start,
            counts,
            values,
            points_at or {},
        )

    return declare


def declared_parts(cls: type[Any]) -> tuple[PartDeclaration[Any], ...]:
    """The parts declared in the body of *cls*, in order."""
    return tuple(value for value in vars(cls).values() if isinstance(value, PartDeclaration))
