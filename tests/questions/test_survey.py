"""A survey sees what a family owes: each defect planted, and found."""

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import Any, Self

import pytest

from examgen.exact import Shape
from examgen.questions.family import Family, family, family_of
from examgen.questions.parts import part
from examgen.questions.streams import stream
from examgen.questions.survey import survey
from examgen.questions.tells import chance, distances, lengths_of, likenesses_of, sizes
from examgen.questions.work import Work
from examgen.questions.worth import defects

AWAY: dict[str, Any] = {"offsets": [1, 2, 3, 4, 5, 6], "mirrored": True}
"""Wrong answers on the far side of the right one, seen from 0."""


def adding(
    *,
    numbers: Sequence[int] = range(10, 60),
    offsets: Sequence[int] = (-3, -2, -1, 1, 2, 3),
    products: Sequence[int] = (2,),
    rejected: float = 0,
    values: int | None = None,
    mirrored: bool = False,
) -> Family:
    """A family without defects, but for those put in."""

    @family(title="A number", minutes=1)
    class Number:
        """n, and wrong answers above and below."""

        n: int
        products: int
        fits: bool

        stem = "$<< n >>$"

        @classmethod
        def draw(cls, rng: Random, level: str) -> Self:  # noqa: ARG003
            return cls(rng.choice(numbers), rng.choice(products), rng.random() >= rejected)

        def worth_asking(self) -> bool:
            return self.fits

        @property
        def work(self) -> Work:
            return Work(multiplications=self.products)

        def beside(self, offset: int) -> int:
            return self.n - offset if mirrored and self.n < 0 else self.n + offset

        @part("Which?", points=1, solution="$<< answer >>$", values=values)
        def result(self) -> int:
            return self.n

        @result.misconception("No.")
        def errs_by_the_first(self) -> int:
            return self.beside(offsets[0])

        @result.misconception("No.")
        def errs_by_the_second(self) -> int:
            return self.beside(offsets[1])

        @result.misconception("No.")
        def errs_by_the_third(self) -> int:
            return self.beside(offsets[2])

        @result.misconception("No.")
        def errs_by_the_fourth(self) -> int:
            return self.beside(offsets[3])

        @result.misconception("No.")
        def errs_by_the_fifth(self) -> int:
            return self.beside(offsets[4])

        @result.misconception("No.")
        def errs_by_the_sixth(self) -> int:
            return self.beside(offsets[5])

    return family_of(Number)


def found_in(declared: Family, problems: int = 300) -> list[str]:
    found = survey(declared, "easy", stream("planted"), problems)
    return [*defects(declared, "easy", found)]


def test_a_sound_family_has_no_defects() -> None:
    assert found_in(adding()) == []


@pytest.mark.parametrize(
    ("planted", "says"),
    [
        ({"numbers": [7, 7, 7, 20, 30]}, "result is 7 in"),
        ({"numbers": [20, 30, 40, 50], "values": 2}, None),
        ({"numbers": [20, 20, 20, 30], "values": 3}, "result is 20 in"),
        ({"numbers": range(10, 14)}, "is an option in"),
        ({"offsets": [1, 2, 3, 4, 5, 6]}, "the right option is the smallest in 100%"),
        ({"numbers": [*range(-60, -10), *range(10, 60)]}, None),
        ({"numbers": [*range(-60, -10), *range(10, 60)], **AWAY}, "is the nearest to 0 in 100%"),
        ({"offsets": [-1, -2, -3, -4, 5, 6]}, "number 1 in order of size in 0%"),
        ({"numbers": range(2, 9), "offsets": [-30, -20, 20, 10, 30, 40]}, "the shortest"),
        ({"numbers": range(10, 60), "rejected": 0.98}, "one proposal in"),
        ({"products": [0, 2]}, "states no hand-work"),
        ({"products": [2, 2, 13]}, "its hand-work is 10 to 65 seconds, 10 in the median"),
        ({"products": [13]}, "its hand-work is 65 seconds, its time 1 minutes"),
    ],
)
def test_a_planted_defect_is_found(planted: dict[str, Any], says: str | None) -> None:
    found = found_in(adding(**planted))
    assert (says is None and not found) or any(str(says) in each for each in found), found


def test_few_draws_are_given_the_benefit_of_the_doubt() -> None:
    repetitive = adding(numbers=[7, 7, 20, 30, 40])
    found = survey(repetitive, "easy", stream("planted"), 80)
    assert [*defects(repetitive, "easy", found)]
    assert not [*defects(repetitive, "easy", found, deviations=3.5)]


def test_a_survey_that_finds_nothing_says_why() -> None:
    hopeless = adding(rejected=1)
    (defect,) = found_in(hopeless, problems=1)
    assert defect == "no proposal is accepted (1000 × the family's own conditions)"


def test_scores() -> None:
    assert sizes([5, -1, 3]) == [2, 0, 1]
    assert sizes([frozenset({1, 2}), frozenset({3}), frozenset()]) == [2, 1, 0]
    assert distances([-2, Fraction(1, 3), 0, 2]) == [2, 1, 0, 2]
    assert distances([1, 3, 2]) == distances([-1, -3, -2]) == [0, 2, 1]
    assert distances(["one", -2, 0]) == [0, 0, 0]
    assert lengths_of(["four", 12, Fraction(-1, 2)]) == [4, 2, 4]
    assert likenesses_of([Shape((4, 5)), Shape((4, 6)), Shape((3, 6))]) == [1, 2, 1]
    assert likenesses_of(["a big dog", "a dog", "cats"]) == [2, 2, 0]


def test_a_guess_among_equals_hits_as_often_as_there_are_few() -> None:
    assert chance([3, 3, 1, 0], 0) == 0.5
    assert chance([3, 3, 1, 0], 2) == 0
    assert chance([1, 1, 1, 1], 3) == 0.25
