"""On any earlier answers that may stand, a procedure is total, or says that it is undefined."""

from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from examgen.exact import NEG_INF, Closed, NegativeInfinity, Shape, Undefined, array, entries, exp
from examgen.questions.levels import Level
from examgen.questions.problem import Part, Problem
from tests.families.drawn import every_case, problem

SEEDS = range(15)
NUMBERS = [0, 1, -1, 2, -7, 10**12, Fraction(1, 2), Fraction(-5, 3)]


@every_case
def test_odd_answers_never_break_a_procedure(family: str, level: Level) -> None:
    rng = Random(f"odd/{family}/{level}")
    tried = 0
    for seed in SEEDS:
        drawn = problem(family, level, seed)
        for parent in drawn.parts:
            for odd in odd_answers(drawn, parent, rng):
                answers = drawn.answer_key | {parent.name: odd}
                for part in drawn.parts:
                    if parent.name in part.procedure.parents:
                        tried += 1
                        check(part, answers)
    assert tried or not any(part.procedure.parents for part in problem(family, level, 0).parts)


def check(part: Part, answers: dict[str, Any]) -> None:
    """Run the right procedure and every wrong one."""
    try:
        found = part.procedure(answers)
    except Undefined:
        pass
    else:
        assert not is_inexact(found), (part.name, found)
    for _, wrong in part.mistakes(answers):
        assert not is_inexact(wrong), (part.name, wrong)


def is_inexact(value: Any) -> bool:
    """Whether a float or a numpy scalar got in."""
    if isinstance(value, np.ndarray):
        return any(is_inexact(each) for each in entries(value))
    if isinstance(value, Shape | frozenset):
        return any(type(each) is not int for each in value)
    allowed = (int, Fraction, Closed, NegativeInfinity)
    return isinstance(value, bool) or not isinstance(value, allowed)


def odd_answers(drawn: Problem, part: Part, rng: Random) -> Iterator[Any]:
    """Answers of every admissible sort: of the key's shape, or of a mistake's."""
    key = drawn.answer_key[part.name]
    wrong = [each for _, each in drawn.mistakes[part.name]]
    yield from wrong
    if isinstance(key, np.ndarray):
        for shape in {key.shape, *(each.shape for each in wrong)}:
            yield from odd_arrays(shape, key, rng)
    elif isinstance(key, Shape):
        for length in sorted({len(key), *(len(each) for each in wrong)}):
            for _ in range(4):
                yield Shape(rng.choice([1, 2, 3, 7, 40, 1000]) for _ in range(length))
    elif isinstance(key, frozenset):
        yield from (frozenset(), frozenset({1}), frozenset({99}))
    else:
        yield from NUMBERS
        if isinstance(key, Closed) or part.declared.kind.name == "closed":
            yield from (exp(1), exp(1) / (1 + exp(2)))


def odd_arrays(shape: tuple[int, ...], key: Any, rng: Random) -> Iterator[Any]:
    """Arrays of this shape: with fractions, with closed forms or −∞ where the key has them."""
    pools: list[list[Any]] = [[0, 1, -1, 3], NUMBERS]
    if any(isinstance(each, Closed) for each in entries(key)):
        pools.append([0, 1, exp(1), exp(2) / (1 + exp(1))])
    if any(isinstance(each, NegativeInfinity) for each in entries(key)):
        pools += [[NEG_INF, 0, 1], [NEG_INF]]
    for pool in pools:
        for _ in range(3):
            flat = [rng.choice(pool) for _ in range(int(np.prod(shape)))]
            filled = np.empty(len(flat), dtype=object)
            filled[:] = flat
            yield array(filled.reshape(shape))
