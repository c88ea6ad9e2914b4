"""Two mistakes that never differ are one: it has one name, and one message that fits both."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations

from examgen.exact import equal
from examgen.questions.levels import Level
from examgen.questions.problem import Problem
from tests.families.drawn import every_case, problem

DRAWS, FIRST = 200, 20
OFTEN = 80
"""Draws with both of two mistakes; of fewer it may be their numbers that make them equal."""

Pair = tuple[str, str, str]


@every_case
def test_no_two_mistakes_always_tie(family: str, level: Level) -> None:
    tied: Counter[Pair] = Counter()
    apart: set[Pair] = set()
    for seed in range(DRAWS):
        for pair, are_equal in pairs(problem(family, level, seed)):
            if are_equal:
                tied[pair] += 1
            else:
                apart.add(pair)
        if seed >= FIRST and not tied.keys() - apart:
            return
    assert not {pair for pair, times in tied.items() if times >= OFTEN and pair not in apart}


def pairs(drawn: Problem) -> Iterator[tuple[Pair, bool]]:
    """The mistakes of each part, two by two, and whether they lead to the same."""
    for part in drawn.parts:
        for (one, here), (other, there) in combinations(drawn.wrong_answers(part), 2):
            yield (part.declared.name, one.name, other.name), equal(here, there)
