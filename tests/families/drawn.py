"""Problems drawn for the tests, each drawn once."""

from collections.abc import Callable
from fractions import Fraction
from functools import lru_cache

import pytest

from examgen.exams import catalog
from examgen.exams.exam import Item
from examgen.exams.items import Place, draw_item, draw_problem, practice_slot
from examgen.exams.selection import Slot
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem

FAMILIES = tuple(name for name, each in catalog.entries().items() if not each.bank)
CASES = [(family, level) for family in FAMILIES for level in LEVELS]
SEEDS = [range(200), pytest.param(range(10_000), marks=pytest.mark.oracle)]
"""What a family and its oracle are compared over, at each level: always, and by `make oracle`."""
LONG_CASES = [(family, level) for family, level in CASES if catalog.entry(family).is_long]

every_family = pytest.mark.parametrize("family", FAMILIES, scope="session")
"""All tests of a family follow each other, wherever they stand: what one draws the next has."""


def every_case(test: Callable[..., None]) -> Callable[..., None]:
    """Try a test on every family at every level."""
    tried: Callable[..., None] = pytest.mark.parametrize("level", LEVELS)(every_family(test))
    return tried


@lru_cache
def slot(family: str, level: Level) -> Slot:
    """Where a family is asked by itself."""
    return practice_slot(catalog.load(family), level)


@lru_cache(maxsize=2000)
def item(family: str, level: Level, seed: int) -> Item:
    """The item that this seed draws of a family, with its record."""
    return draw_item(Place(1, slot(family, level), str(seed), "test"))


@lru_cache(maxsize=2000)
def problem(family: str, level: Level, seed: int) -> Problem:
    """The problem that this seed draws of a family, and no more: a sweep needs no options."""
    return draw_problem(Place(1, slot(family, level), str(seed), "test")).problem


def share_of_the_nearest(family: str, level: Level, draws: int) -> float:
    """How often a guess at the option nearest to 0 is right; a quarter would be chance."""
    hits = 0.0
    for seed in range(draws):
        (printed,) = item(family, level, seed).parts
        sizes = {each.letter: abs(Fraction(each.answer)) for each in printed.options}
        nearest = [letter for letter, size in sizes.items() if size == min(sizes.values())]
        hits += (printed.answer in nearest) / len(nearest)
    return hits / draws
