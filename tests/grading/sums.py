"""A small question for the tests: sums of a vector and a shift, each part taking the one before."""

from fractions import Fraction
from random import Random
from string import ascii_lowercase
from typing import Self

from examgen.exact import Array, Undefined, array, entries, ratio
from examgen.exams.exam import Item
from examgen.exams.items import open_part
from examgen.questions.family import family
from examgen.questions.givens import write_givens
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.problem import Problem

HALF = Fraction(1, 2)


@family(title="Sums", minutes=1)
class Sums:
    """x + 1, its sum and one over that, a part on its own, and twice x + 1."""

    x: Array
    n: int

    stem = "Let $n = << n >>$."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(array([rng.randint(1, 9) for _ in range(4)]), 5)

    @part("Add 1", points=4, solution="$<< answer | column >>$")
    def shifted(self) -> Array:
        return array([each + 1 for each in self.x])

    @shifted.misconception("You took 1 away.", credit=HALF)
    def subtracts(self) -> Array:
        return array([each - 1 for each in self.x])

    @shifted.misconception("You put a zero at the end.")
    def pads_unasked(self) -> Array:
        return array([*(each + 1 for each in self.x), 0])

    @part("Add up", points=2, solution="$<< shifted | total >> = << answer >>$")
    def total(self, shifted: Array) -> int:
        return int(sum(entries(shifted)))

    @total.misconception("You left the first entry out.", credit=HALF)
    def forgets_the_first(self, shifted: Array) -> int:
        return int(sum(entries(shifted)[1:]))

    @part("Divide by it", points=2, solution="$<< answer >>$")
    def share(self, total: int) -> Fraction:
        if total == 0:
            raise Undefined("division by zero")
        return ratio(1, total)  # type: ignore[return-value]

    @share.misconception("The other way round.")
    def inverts(self, total: int) -> Fraction:
        return Fraction(total)

    @part("n", points=1, solution="$<< answer >>$")
    def alone(self) -> int:
        return self.n

    @alone.misconception("One too many.")
    def counts_one_more(self) -> int:
        return self.n + 1

    @part("Double x + 1", points=4, solution="$<< answer | column >>$")
    def doubled(self, shifted: Array) -> Array:
        return array([2 * each for each in shifted])

    @doubled.misconception("You left the last entry as it was.", credit=HALF)
    def forgets_the_last(self, shifted: Array) -> Array:
        return array([*(2 * each for each in shifted[:-1]), shifted[-1]])


def sums(*x: int) -> Item:
    """The question as an item 1 with the parts 1a to 1e, worth their weights."""
    return item_of("sums", Sums(array(x), 5))


def item_of(name: str, givens: object) -> Item:
    """An item 1 that asks these givens, its parts worth their weights."""
    problem = Problem.of(givens, "easy")
    parts = tuple(
        open_part(problem, part, f"1{letter}", part.declared.points)
        for part, letter in zip(problem.parts, ascii_lowercase, strict=False)
    )
    return Item(1, name, "easy", write_givens(problem.givens), parts, problem=problem)


@family(title="Shares", minutes=1)
class Shares:
    """n + 1, one over that, and twice the share."""

    n: int

    stem = "Let $n = << n >>$."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(rng.randint(5, 20))

    @part("Add 1", points=1, solution="$<< answer >>$")
    def more(self) -> int:
        return self.n + 1

    @more.misconception("You took 1 away.")
    def subtracts(self) -> int:
        return self.n - 1

    @part("Divide by it", points=2, solution="$<< answer >>$")
    def share(self, more: int) -> Fraction:
        return ratio(1, more)  # type: ignore[return-value]

    @share.misconception("The other way round.")
    def inverts(self, more: int) -> Fraction:
        return Fraction(more)

    @part("Double the share", points=2, solution="$<< answer >>$")
    def twice(self, share: Fraction) -> Fraction:
        return 2 * share

    @twice.misconception("You halved it.")
    def halves(self, share: Fraction) -> Fraction:
        return share / 2


def shares(n: int) -> Item:
    """The question as an item 1 with the parts 1a to 1c."""
    return item_of("shares", Shares(n))
