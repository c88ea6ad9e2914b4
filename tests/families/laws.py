"""What metamorphic laws compare: the answers of drawn problems, and those of givens changed."""

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from examgen.exact import Array, array
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import problem
from tests.nn.drawn import integers

DRAWS = 20
"""How many problems of each level a law is tried on."""


def drawn(family: str, *levels: Level, **givens: Any) -> Iterator[Problem]:
    """Problems of a family: of all levels or of some, and only those with these givens."""
    found = False
    for level in levels or LEVELS:
        for seed in range(DRAWS):
            each = problem(family, level, seed)
            if all(getattr(each.givens, name) == value for name, value in givens.items()):
                found = True
                yield each
    assert found, f"{family}: none has {givens}"


def answers(each: Problem, **changed: Any) -> dict[str, Any]:
    """All answers of a problem, some of its givens changed."""
    return Problem.of(replace(each.givens, **changed), each.level).answer_key


def answer(each: Problem, **changed: Any) -> Any:
    """The answer of a problem that asks for one thing, some of its givens changed."""
    (found,) = answers(each, **changed).values()
    return found


def like(values: Array, seed: int = 0) -> Array:
    """Return other integers in the same shape."""
    return integers(Random(seed), values.shape)


def times(factor: Any, values: Array) -> Array:
    """Multiply every entry."""
    return array(factor * values)
