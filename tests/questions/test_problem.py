"""A problem follows from its givens: rows, keys, parents and what templates may say."""

from dataclasses import replace
from random import Random
from typing import Self

import pytest

from examgen.exact import Undefined
from examgen.questions import wording
from examgen.questions.family import family
from examgen.questions.figures import Figure, Mask
from examgen.questions.levels import Level
from examgen.questions.parts import part
from examgen.questions.problem import Problem
from tests.questions.test_declarations import Rows

MEDIUM = Problem.of(Rows((1, 2, 3), 10), "medium")
EASY = Problem.of(Rows((1, 2, 3), 10), "easy")


def test_a_table_is_laid_out_row_by_row() -> None:
    assert [part.name for part in MEDIUM.parts] == [
        "running[1]",
        "twice[1]",
        "running[2]",
        "twice[2]",
        "running[3]",
        "twice[3]",
        "everything",
        "last",
    ]


def test_each_row_takes_the_row_before() -> None:
    key = MEDIUM.answer_key
    assert [key[f"running[{row}]"] for row in (1, 2, 3)] == [11, 13, 16]
    assert [key[f"twice[{row}]"] for row in (1, 2, 3)] == [22, 26, 32]
    assert (key["everything"], key["last"]) == (40, 29)


def test_a_part_of_another_level_is_not_asked_and_not_taken() -> None:
    assert "everything" not in EASY.answer_key
    assert EASY.answer_key["last"] == 16


def test_parents_are_the_parts_whose_answers_are_taken() -> None:
    parents = {part.name: part.procedure.parents for part in MEDIUM.parts}
    assert parents["running[1]"] == ()
    assert parents["running[3]"] == ("running[2]",)
    assert parents["twice[2]"] == ("running[2]",)
    assert parents["everything"] == ("running[1]", "running[2]", "running[3]")
    assert parents["last"] == ("running[1]", "running[2]", "running[3]", "everything")


def test_templates_name_what_the_procedure_takes() -> None:
    solutions = {part.name: wording.solution(MEDIUM, part) for part in MEDIUM.parts}
    assert wording.stem(MEDIUM) == "Add $1 + 2 + 3$ to $10$."
    assert solutions["running[2]"] == "$13$"
    assert solutions["twice[3]"] == r"$2 \cdot 16$"
    assert solutions["everything"] == "$11 + 13 + 16$"
    assert [wording.row_title(MEDIUM, part) for part in MEDIUM.parts[:1]] == ["Step 1"]


@family(title="Counts how often it is asked", minutes=1)
class Counted:
    """Its property says how often it was asked, unless n is 0."""

    n: int
    asked: list[int]

    stem = "?"

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(rng.randint(0, 1), [])

    @property
    def times(self) -> int:
        self.asked.append(self.n)
        if not self.n:
            raise Undefined("nobody is asked")
        return len(self.asked)

    @part("?", points=1, solution="!")
    def answer(self) -> int:
        return self.times


def test_a_property_is_found_once_for_each_problem() -> None:
    one, other = Counted(1, []), Counted(1, [3, 3])
    assert [one.times, one.answer.procedure.run(one), other.times] == [1, 1, 3]
    assert one.asked == [1]


def test_a_property_that_is_undefined_stays_so() -> None:
    nothing = Counted(0, [])
    for _ in range(2):
        with pytest.raises(Undefined):
            _ = nothing.times


def test_a_problem_has_the_figure_of_its_givens_or_none() -> None:
    class Drawn(Rows):
        figure = Mask.causal(2)

    class Broken(Rows):
        @property
        def figure(self) -> Figure:
            raise AttributeError("a slip in the family")

    assert MEDIUM.figure is None
    assert replace(MEDIUM, givens=Drawn((1,), 1)).figure == Mask.causal(2)
    with pytest.raises(AttributeError, match="slip"):
        _ = replace(MEDIUM, givens=Broken((1,), 1)).figure


def test_what_a_property_says_is_found_once_also_one_that_families_share() -> None:
    looks: list[str] = []

    class Shared:
        n: int

        @property
        def doubled(self) -> int:
            looks.append("doubled")
            return 2 * self.n

    @family(title="Shares a property", minutes=1)
    class Sharing(Shared):
        n: int

        stem = "The number $<< doubled >>$, not $<< more >>$."

        @classmethod
        def draw(cls, rng: Random, _: Level) -> Self:
            return cls(rng.randint(1, 9))

        @property
        def more(self) -> int:
            looks.append("more")
            return self.n + self.doubled

        @part("?", points=1, solution="$<< more >>$")
        def sum(self) -> int:
            return self.more + self.doubled

    problem = Problem.of(Sharing(2), "easy")
    assert (problem.answer_key["sum"], wording.stem(problem)) == (10, "The number $4$, not $6$.")
    assert looks == ["more", "doubled"]
