"""What a mistake still earns is the same everywhere, and nothing where no work was needed."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from examgen.exact import Shape, equal
from examgen.exams import catalog
from examgen.questions.levels import Level
from examgen.questions.parts import SLIP, STEP, Misconception
from examgen.questions.problem import Problem
from tests.families.drawn import LONG_CASES, problem

DRAWS = range(40)
OTHERWISE = {
    ("long-residual-block", "h", "forgets_the_activation"): "the addition of the skip remains",
}
"""Where a mistake earns something else than elsewhere, and why."""

Place = tuple[str, str, str]


def declared() -> Iterator[tuple[Place, Misconception, bool]]:
    """Every mistake that is declared, its place, and whether that family has several parts."""
    for name, entry in catalog.entries().items():
        for part in entry.source().parts:
            for each in part.misconceptions:
                yield (name, part.name, each.name), each, entry.is_long


def test_a_mistake_earns_a_half_a_quarter_or_nothing() -> None:
    odd = [place for place, each, _ in declared() if each.credit not in (SLIP, STEP, 0)]
    assert not odd


def test_a_family_with_one_part_gives_no_shares() -> None:
    """It is printed with options, and a wrong option earns nothing."""
    assert not [place for place, each, is_long in declared() if each.credit and not is_long]


def test_the_same_mistake_earns_the_same_everywhere() -> None:
    usual: dict[str, tuple[Place, Misconception]] = {}
    uneven = {}
    for place, each, is_long in declared():
        if is_long and place not in OTHERWISE:
            first, like = usual.setdefault(each.name, (place, each))
            if each.credit != like.credit:
                uneven[place] = f"{each.credit}, but {like.credit} in {first}"
    assert not uneven


def test_every_exception_is_one() -> None:
    shares = {place: each.credit for place, each, is_long in declared() if is_long}
    for place in OTHERWISE:
        others = {share for (*_, name), share in shares.items() if name == place[-1]}
        assert len(others) > 1, place


@pytest.mark.parametrize(("family", "level"), LONG_CASES)
def test_what_needs_no_work_earns_nothing(family: str, level: Level) -> None:
    """No paid mistake always leads to what stands there already, or to one and the same."""
    reached: dict[tuple[str, str], list[Any]] = {}
    keys: dict[tuple[str, str], list[Any]] = {}
    worked_for: set[tuple[str, str]] = set()
    for seed in DRAWS:
        drawn = problem(family, level, seed)
        at_hand = given(drawn)
        for part in drawn.parts:
            key = drawn.answer_key[part.name]
            for each, wrong in drawn.wrong_answers(part):
                if each.credit:
                    mistake = part.declared.name, each.name
                    reached.setdefault(mistake, []).append(wrong)
                    keys.setdefault(mistake, []).append(key)
                    if not any(same(wrong, known) for known in at_hand):
                        worked_for.add(mistake)
            at_hand.append(key)
    assert reached.keys() == worked_for
    assert not {each for each in reached if is_one(reached[each]) and not is_one(keys[each])}


def is_one(values: list[Any]) -> bool:
    """Whether all of these are the same."""
    return all(same(values[0], each) for each in values)


def given(drawn: Problem) -> list[Any]:
    """The values, and the sizes of the arrays, that a question states."""
    found = list(stated(drawn.givens))
    return found + [Shape(each.shape) for each in found if isinstance(each, np.ndarray)]


def stated(value: Any) -> Iterator[Any]:
    """What stands in a value, and in its fields and elements."""
    if is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from stated(getattr(value, each.name))
        return
    yield value
    if isinstance(value, tuple) and not isinstance(value, Shape):
        for each in value:
            yield from stated(each)


def same(one: Any, other: Any) -> bool:
    """Whether two values are of one sort and equal."""
    if isinstance(one, np.ndarray) != isinstance(other, np.ndarray):
        return False
    return not isinstance(other, str | bool | None) and equal(one, other)
