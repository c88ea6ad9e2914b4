"""Cosines from torch, and predictions from sorted points, with each mistake built into them."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.classification.knn_cosine import KnnCosine
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "knn-cosine"

Floats = Any


class Neighbourhood:
    """The problem in floats."""

    def __init__(self, torch: ModuleType, givens: KnnCosine) -> None:
        self.q, self.x = givens.query.astype(float), givens.x.astype(float)
        self.y, self.k, self.weighted = givens.targets.astype(float), givens.count, givens.weighted
        cosines = torch.nn.functional.cosine_similarity(
            torch.tensor(self.q)[None], torch.tensor(self.x), dim=1
        )
        self.cosines = cosines.numpy()
        self.dots = (self.x * self.q).sum(axis=1)
        self.norms = np.linalg.norm(self.x, axis=1)
        self.own = float(np.linalg.norm(self.q))

    def predict(self, scores: Floats | None = None, k: int | None = None) -> float:
        """From the k points with the highest scores."""
        order = np.argsort(-(self.cosines if scores is None else scores))[: k or self.k]
        weights = self.cosines[order] if self.weighted else None
        return float(np.average(self.y[order], weights=weights))

    def right(self) -> float:
        return self.predict() if self.k else 1 - float(self.cosines[0])

    def over(self, length: Any, above: Any = None) -> float:
        return 1 - float((self.dots[0] if above is None else above) / length)

    @property
    def chosen(self) -> Floats:
        return np.argsort(-self.cosines)[: self.k]

    def added(self) -> float:
        weights = self.cosines[self.chosen] if self.weighted else 1
        return float((weights * self.y[self.chosen]).sum())


WRONG: dict[str, Callable[[Neighbourhood], float]] = {
    "forgets_the_length": lambda it: it.over(1),
    "divides_by_one_length": lambda it: it.over(it.own),
    "divides_by_the_squared_norm": lambda it: it.over((it.own * it.norms[0]) ** 2),
    "forgets_one_root": lambda it: it.over(it.own**2 * it.norms[0]),
    "adds_the_lengths": lambda it: it.over(it.own + it.norms[0]),
    "adds_the_entries": lambda it: it.over(abs(it.q).sum() * abs(it.x[0]).sum()),
    "takes_the_rest": lambda it: float(it.cosines[0]),
    "adds_the_one": lambda it: 1 + float(it.cosines[0]),
    "drops_the_signs": lambda it: it.over(it.own * it.norms[0], abs(it.x[0] * it.q).sum()),
    "uses_the_distance": lambda it: it.predict(-np.linalg.norm(it.x - it.q, axis=1)),
    "uses_the_inner_product": lambda it: it.predict(it.dots),
    "takes_the_farthest": lambda it: it.predict(-it.cosines),
    "takes_one_neighbour_more": lambda it: it.predict(k=it.k + 1),
    "takes_one_neighbour_less": lambda it: it.predict(k=it.k - 1),
    "uses_every_point": lambda it: it.predict(k=len(it.y)),
    "forgets_the_weights": lambda it: float(it.y[it.chosen].mean()),
    "divides_by_the_count": lambda it: it.added() / it.k,
    "forgets_to_average": lambda it: it.added(),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        points = Neighbourhood(torch, drawn.givens)
        assert float(drawn.answer_key["number"]) == pytest.approx(points.right()), seed
        for misconception, wrong in drawn.mistakes["number"]:
            expected = pytest.approx(WRONG[misconception.name](points), abs=1e-12)
            assert float(wrong) == expected, (seed, misconception.name)


X = array([[8, 6], [0, 2], [-3, 4], [4, -3], [5, 0]])
TARGETS = array([1, 4, 9, 2, 7])


@pytest.mark.parametrize(
    ("count", "weighted", "number"),
    [
        # cosines to (3, 4): 24/25, 4/5, 7/25, 0, 3/5
        (0, False, Fraction(1, 25)),
        (2, False, Fraction(5, 2)),
        (3, False, 4),
        (2, True, Fraction(24 + 80, 44)),
    ],
)
def test_by_hand(count: int, weighted: bool, number: int | Fraction) -> None:
    givens = KnnCosine(array([3, 4]), X, TARGETS, count, weighted)
    assert Problem.of(givens, "medium").answer_key == {"number": number}


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        distance, mean, weighted = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert distance.count == 0 < min(mean.count, weighted.count)
        assert weighted.weighted and not mean.weighted
        for givens in (mean, weighted):
            assert len(set(givens.similarities)) == len(givens.x) == 5
