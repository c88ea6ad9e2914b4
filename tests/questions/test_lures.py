"""Wrong answers that are data take part like misconceptions."""

from collections.abc import Iterator
from random import Random
from typing import Self

from examgen.questions import wording
from examgen.questions.drawing import objection
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.options import distractors
from examgen.questions.parts import Lure, part
from examgen.questions.problem import Problem

SEAS = {"baltic": "Baltic", "north": "North Sea", "ligurian": "Ligurian Sea", "black": "Black Sea"}


@family(title="Seas", minutes=1)
class Seas:
    """A sea by its name, and others."""

    right: str
    wrong: tuple[str, ...]

    stem = "A map."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        right, *wrong = rng.sample([*SEAS], 4)
        return cls(right, tuple(wrong))

    @part("Which sea is it?", points=1, solution="<< answer >>")
    def sea(self) -> str:
        return SEAS[self.right]

    @sea.misconception("No sea is called that.")
    def makes_one_up(self) -> str:
        return "Sea"

    @sea.lures
    def other_seas(self) -> Iterator[Lure]:
        for name in self.wrong:
            yield Lure(name, SEAS[name], "That is << mistake >>, far from the << answer >>.")


PROBLEM = Problem.of(Seas("black", ("north", "baltic")), "easy")


def test_lures_come_after_the_misconceptions_declared() -> None:
    found = [(each.name, answer) for each, answer in PROBLEM.mistakes["sea"]]
    assert found == [("makes_one_up", "Sea"), ("north", "North Sea"), ("baltic", "Baltic")]


def test_their_feedback_is_filled_in() -> None:
    (sea,) = PROBLEM.parts
    said = [
        wording.feedback(PROBLEM, sea, each.feedback, wrong)
        for each, wrong in PROBLEM.wrong_answers(sea)
    ]
    assert said[1:] == [
        "That is North Sea, far from the Black Sea.",
        "That is Baltic, far from the Black Sea.",
    ]


def test_they_are_distractors() -> None:
    (sea,) = PROBLEM.parts
    assert [each.misconceptions for each in distractors(PROBLEM, sea)] == [
        ("makes_one_up",),
        ("north",),
        ("baltic",),
    ]
    assert objection(PROBLEM, 4) is None
    assert objection(PROBLEM, 5) == "3 wrong options that differ, 4 for 5 options"


def test_a_lure_that_is_right_is_refused() -> None:
    same = Problem.of(Seas("black", ("north", "black", "baltic")), "easy")
    assert objection(same, 4) == "black reaches the right answer of sea"
