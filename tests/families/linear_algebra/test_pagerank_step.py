"""Steps of a random surfer in numpy, with each mistake built into the surfer."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.linear_algebra.pagerank_step import PagerankStep
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "pagerank-step"

Floats = Any


class Surfer:
    """The graph as an adjacency matrix, row by row: a link from each page to each."""

    def __init__(self, givens: PagerankStep) -> None:
        self.n, self.d = len(givens.links), float(Fraction(str(givens.damping)))
        self.ranks = givens.ranks.astype(float)
        self.adjacent = np.zeros((self.n, self.n))
        for page, targets in enumerate(givens.links):
            self.adjacent[page, [each - 1 for each in targets]] = 1
        self.dangling = self.adjacent.sum(axis=1) == 0
        self.walked = np.where(self.dangling[:, None], 1, self.adjacent)

    @property
    def moves(self) -> Floats:
        """How probable each move is, from row to column."""
        return self.walked / self.walked.sum(axis=1, keepdims=True)

    @property
    def lazy(self) -> Floats:
        """Every page among its own targets."""
        return np.maximum(self.walked, np.eye(self.n))

    def step(
        self,
        moves: Floats | None = None,
        ranks: Floats | None = None,
        d: float | None = None,
        jump: float | None = None,
    ) -> Floats:
        moves = self.moves if moves is None else moves
        ranks = self.ranks if ranks is None else ranks
        d = self.d if d is None else d
        jump = (1 - d) / self.n if jump is None else jump
        return np.array(
            [jump + d * sum(ranks[j] * moves[j, i] for j in range(self.n)) for i in range(self.n)]
        )

    def in_place(self) -> Floats:
        ranks = self.ranks.copy()
        for page in range(self.n):
            ranks[page] = self.step(ranks=ranks)[page]
        return ranks

    def with_dangling(self, rows: Floats) -> Floats:
        return self.step(np.where(self.dangling[:, None], rows, self.moves))


WRONG: dict[str, Callable[[Surfer], Floats]] = {
    "follows_links_backwards": lambda it: it.step(it.moves.T),
    "turns_the_links_around": lambda it: it.step(
        it.walked.T / it.walked.T.sum(axis=1, keepdims=True)
    ),
    "keeps_a_share": lambda it: it.step(it.lazy / it.lazy.sum(axis=1, keepdims=True)),
    "links_to_every_other_page": lambda it: it.step((1 - np.eye(it.n)) / (it.n - 1)),
    "forgets_to_divide": lambda it: it.step(it.walked),
    "divides_by_the_incoming": lambda it: it.step(it.walked / it.walked.sum(axis=0)),
    "starts_evenly": lambda it: it.step(ranks=np.full(it.n, 1 / it.n)),
    "updates_in_place": lambda it: it.in_place(),
    "takes_one_step_more": lambda it: it.step(ranks=it.step()),
    "forgets_the_damping": lambda it: it.step(d=1),
    "swaps_the_damping": lambda it: it.step(d=1 - it.d),
    "forgets_to_share_the_jump": lambda it: it.step(jump=1 - it.d),
    "forgets_the_jump": lambda it: it.step(jump=0),
    "loses_the_dangling_rank": lambda it: it.with_dangling(np.zeros((it.n, it.n))),
    "keeps_the_dangling_rank": lambda it: it.with_dangling(np.eye(it.n)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_a_surfer(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        surfer = Surfer(drawn.givens)
        right = drawn.answer_key["new_ranks"]
        assert right.astype(float) == pytest.approx(surfer.step()), seed
        assert sum(right) == 1
        for misconception, wrong in drawn.mistakes["new_ranks"]:
            expected = pytest.approx(WRONG[misconception.name](surfer), abs=1e-12)
            assert wrong.astype(float) == expected, (seed, misconception.name)


def test_by_hand() -> None:
    """1 → 2, 3; 2 → 3; 3 → 1: page 3 gets half of 1/2 and all of 1/4."""
    ranks = array([Fraction(1, 2), Fraction(1, 4), Fraction(1, 4)])
    links = ((2, 3), (3,), (1,))
    plain = Problem.of(PagerankStep(links, ranks, 1), "easy").answer_key["new_ranks"]
    assert plain.tolist() == [Fraction(1, 4), Fraction(1, 4), Fraction(1, 2)]
    damped = Problem.of(PagerankStep(links, ranks, Fraction(1, 2)), "medium")
    assert damped.answer_key["new_ranks"].tolist() == [
        Fraction(7, 24),
        Fraction(7, 24),
        Fraction(5, 12),
    ]


def test_a_page_without_links_by_hand() -> None:
    """Page 2 shares its 3/4 out evenly among both, page 1 gives its 1/4 to page 2."""
    ranks = array([Fraction(1, 4), Fraction(3, 4)])
    drawn = Problem.of(PagerankStep(((2,), ()), ranks, 1), "hard")
    assert drawn.answer_key["new_ranks"].tolist() == [Fraction(3, 8), Fraction(5, 8)]


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        plain, damped, dangling = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert plain.damping == 1 and len(plain.links) == 3
        assert damped.damping < 1 and not damped.has_dangling
        assert dangling.damping < 1 and dangling.has_dangling
        for page, targets in enumerate(damped.links, start=1):
            assert targets and page not in targets
