"""Drawing goes on until a problem is worth asking, and says what it died of."""

from fractions import Fraction
from random import Random
from typing import Any, Self

import pytest

from examgen.exact import Array, Exact, array, height, ratio, rational
from examgen.faults import Fault
from examgen.questions.drawing import MAX_DRAWS, draw, is_degenerate, objection
from examgen.questions.family import family, family_of
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.problem import Problem
from examgen.questions.streams import stream
from examgen.questions.work import LOOKUP, Band, Work


@family(title="Squares", minutes=1)
class Squares:
    """n²; twice n is the same for 2, and half of it for 1."""

    n: int

    stem = "$n = << n >>$"

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        return cls(rng.randint(1, 4) if level == "easy" else 2)

    @part("Square it", points=1, solution="$<< answer >>$")
    def square(self) -> int:
        return self.n**2

    @square.misconception("Doubled.")
    def doubles(self) -> int:
        return 2 * self.n

    @square.misconception("One too many.")
    def counts_one_more(self) -> int:
        return self.n**2 + 1

    @square.misconception("Cubed, which cannot be told for 1.")
    def cubes(self) -> int | None:
        return self.n**3 if self.n > 1 else None


@pytest.mark.parametrize(
    ("n", "says"),
    [
        (1, "1 wrong options that differ, 3 for 4 options"),
        (2, "doubles reaches the right answer of square"),
        (3, None),
        (4, None),
    ],
)
def test_what_is_not_worth_asking(n: int, says: str | None) -> None:
    """For 1, twice and one more are both 2, and the cube does not arise."""
    assert objection(Problem.of(Squares(n), "easy"), 4) == says


@family(title="Halves", minutes=1)
class Halves:
    """A half of n, worth asking if it is more than 1; nothing has a half of 0 here."""

    n: int

    stem = "$n = << n >>$"

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(rng.randint(0, 4))

    def worth_asking(self) -> bool:
        return self.half() > 1

    def half(self) -> Exact:
        return ratio(ratio(self.n * self.n, self.n), 2)

    @property
    def work(self) -> Work:
        return Work(lookups=height(self.half()))

    @part("Halve it", points=1, solution="$<< answer >>$")
    def halved(self) -> Fraction:
        return rational(self.half())

    @halved.misconception("Doubled.")
    def doubles(self) -> Fraction:
        return rational(self.n * 2)


def test_what_is_undefined_is_not_worth_asking() -> None:
    """Nor does a family have to fear that its own conditions are."""
    assert objection(Problem.of(Halves(0), "easy"), 2) == "its answer is undefined"
    assert objection(Problem.of(Halves(1), "easy"), 2) == "the family's own conditions"
    assert objection(Problem.of(Halves(4), "easy"), 2) is None


@pytest.mark.parametrize("bound", [{"band": Band(2 * LOOKUP, Fraction())}, {"most": 2 * LOOKUP}])
def test_hand_work_that_is_undefined_is_never_drawn(bound: dict[str, Any]) -> None:
    rng = stream("halves", *bound)
    drawn = {draw(family_of(Halves), "easy", rng, options=2, **bound).givens.n for _ in range(30)}
    assert drawn == {4}


def test_only_problems_worth_asking_are_drawn() -> None:
    rng = stream("squares")
    drawn = {draw(family_of(Squares), "easy", rng).givens.n for _ in range(60)}
    assert drawn == {3, 4}


def test_a_family_that_is_never_worth_asking_says_why() -> None:
    with pytest.raises(Fault, match=f"{MAX_DRAWS} × doubles reaches the right answer"):
        draw(family_of(Squares), "hard", stream("squares"))


@pytest.mark.parametrize(
    ("answer", "degenerate"),
    [
        (array([1, 1, 1]), True),
        (array([1, 1, 2]), False),
        (array([7]), False),
        (array([[1, 2], [1, 2]]), True),
        (array([[1, 2], [2, 1]]), False),
        (array([[0], [0]]), True),
        (array([[1], [2]]), False),
        (5, False),
    ],
)
def test_what_is_degenerate(answer: Array | int, degenerate: bool) -> None:
    assert is_degenerate(answer) == degenerate
