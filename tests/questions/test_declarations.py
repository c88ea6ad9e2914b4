"""A family that cannot work is refused when it is declared, not when it is drawn."""

from collections.abc import Callable
from random import Random
from typing import Self

import pytest

from examgen.exact import Array, Shape
from examgen.faults import Fault
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import part

Maker = Callable[[], object]


def part_of_a_given() -> object:
    @family(title="A given and a part of one name", minutes=1)
    class Clash:
        side: int

        @part("?", points=1, solution="!")  # type: ignore[no-redef]
        def side(self) -> int:
            return 1

    return Clash


def unknown_parent() -> object:
    @family(title="Builds on nothing", minutes=1)
    class Orphan:
        n: int

        @part("?", points=1, solution="!")
        def area(self, side: int) -> int:
            return side * side

    return Orphan


def wrong_type() -> object:
    @family(title="Expects another type", minutes=1)
    class Mistyped:
        n: int

        @part("?", points=1, solution="!")
        def side(self) -> int:
            return self.n

        @part("?", points=1, solution="!")
        def area(self, side: Array) -> int:
            return int(side[0])

    return Mistyped


def later_parent() -> object:
    @family(title="Builds on a later part", minutes=1)
    class Backwards:
        n: int

        @part("?", points=1, solution="!")
        def area(self, side: int) -> int:
            return side * side

        @part("?", points=1, solution="!")
        def side(self) -> int:
            return self.n

    return Backwards


def unasked_parent() -> object:
    @family(title="Builds on a part that its level does not ask", minutes=1)
    class Missing:
        n: int

        @part("?", points=1, solution="!", levels=("hard",))
        def side(self) -> int:
            return self.n

        @part("?", points=1, solution="!")
        def area(self, side: int) -> int:
            return side * side

    return Missing


def mistake_of_another_type() -> object:
    @family(title="A mistake that answers otherwise", minutes=1)
    class Otherwise:
        n: int

        @part("?", points=1, solution="!")
        def side(self) -> int:
            return self.n

        @side.misconception("No.")  # type: ignore[arg-type]
        def gives_a_shape(self) -> Shape:
            return Shape((self.n,))

    return Otherwise


def row_outside_its_table() -> object:
    @family(title="Takes one row from outside", minutes=1)
    class Outside:
        layers: tuple[int, ...]

        @part("?", points=1, solution="!", each="layers")
        def size(self, layer: int) -> int:
            return layer

        @part("?", points=1, solution="!")
        def total(self, size: int) -> int:
            return size

    return Outside


def no_start() -> object:
    @family(title="No row before the first", minutes=1)
    class NoStart:
        layers: tuple[int, ...]

        @part("?", points=1, solution="!", each="layers")
        def size(self, layer: int, previous_size: int) -> int:
            return layer + previous_size

    return NoStart


def no_solution() -> object:
    @family(title="Nothing worked out", minutes=1)
    class Unsolved:
        n: int

        @part("?", points=1)
        def side(self) -> int:
            return self.n

    return Unsolved


def mistake_named_twice() -> object:
    @family(title="One name for two mistakes", minutes=1)
    class Twice:
        n: int

        @part("?", points=1, solution="!")
        def side(self) -> int:
            return self.n

        @side.misconception("No.")
        def doubles(self) -> int:
            return self.n * 2

        @side.misconception("No.", name="doubles")
        def trebles(self) -> int:
            return self.n * 3

    return Twice


@pytest.mark.parametrize(
    ("declare", "says"),
    [
        (part_of_a_given, "both a given and a part"),
        (unknown_parent, "no part is named side"),
        (wrong_type, "it expects"),
        (later_parent, "is not asked before area"),
        (unasked_parent, "asked at"),
        (mistake_of_another_type, "returns"),
        (row_outside_its_table, "has a row each"),
        (no_start, "no row before"),
        (no_solution, "no worked solution for side"),
        (mistake_named_twice, "each name once"),
    ],
)
def test_a_declaration_that_cannot_work_is_refused(declare: Maker, says: str) -> None:
    with pytest.raises(Fault, match=says.replace("[", r"\[")):
        declare()


def test_a_kind_that_no_answer_has_is_refused() -> None:
    with pytest.raises(TypeError, match="float"):

        @part("?", points=1, solution="!")
        def half(_: object) -> float:
            return 1 / 2


@family(title="Rows", minutes=1)
class Rows:
    """Running sums: each row takes the row before."""

    steps: tuple[int, ...]
    start: int

    stem = "Add $<< steps | total >>$ to $<< start >>$."

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:  # noqa: ARG003
        return cls(tuple(rng.randint(1, 5) for _ in range(3)), rng.randint(0, 5))

    @part(
        "Sum",
        points=1,
        each="steps",
        row="Step << row >>",
        start="start",
        solution="$<< answer >>$",
    )
    def running(self, step: int, previous_running: int) -> int:
        return previous_running + step

    @running.misconception("Add to what you have.")
    def forgets_what_was(self, step: int) -> int:
        return step

    @part(
        "Twice", points=1, each="steps", row="Step << row >>", solution="$2 \\cdot << running >>$"
    )
    def twice(self, running: int) -> int:
        return 2 * running

    @part("All", points=1, solution="$<< running | total >>$", levels=("medium", "hard"))
    def everything(self, running: tuple[int, ...]) -> int:
        return sum(running)

    @part("Last", points=1, solution="$<< answer >>$")
    def last(self, running: tuple[int, ...], everything: int | None = None) -> int:
        return running[-1] if everything is None else everything - running[0]
