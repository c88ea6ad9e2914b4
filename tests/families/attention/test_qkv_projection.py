"""Projections and scores against torch's linear layers and products."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array, equal
from examgen.families.attention.qkv_projection import QkvProjection
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "qkv-projection"

Tensor = Any


@dataclass
class Layer:
    """Three linear layers without biases; torch keeps their weights transposed."""

    torch: ModuleType
    givens: QkvProjection

    def __post_init__(self) -> None:
        self.x = self.torch.tensor(self.givens.x.tolist())

    def made(self, name: str, *, transposed: bool = False) -> Tensor:
        """Q, K or V."""
        given = {"Q": self.givens.w_q, "K": self.givens.w_k, "V": self.givens.w_v}[name]
        weight = self.torch.tensor(given.tolist())
        weight = weight if transposed else weight.T
        return self.torch.nn.functional.linear(self.x, weight)

    def scores(self, queries: Tensor, keys: Tensor, after: int = 0) -> Tensor:
        """The row asked about, or one after it."""
        row = self.givens.number - 1 + after
        return self.torch.einsum("f,jf->j", queries[row], keys)

    def right(self) -> Tensor:
        if self.givens.asked == "scores":
            return self.scores(self.made("Q"), self.made("K"))
        return self.made(self.givens.asked)

    def transposed(self) -> Tensor:
        if self.givens.asked == "scores":
            made = (self.made(name, transposed=True) for name in "QK")
            return self.scores(*made)
        return self.made(self.givens.asked, transposed=True)


WRONG: dict[str, Callable[[Layer], Tensor]] = {
    "transposes_the_weights": Layer.transposed,
    "uses_the_query_matrix": lambda it: it.made("Q"),
    "uses_the_key_matrix": lambda it: it.made("K"),
    "uses_the_value_matrix": lambda it: it.made("V"),
    "puts_tokens_in_columns": lambda it: it.right().T,
    "adds_the_tokens": lambda it: it.x + it.right(),
    "swaps_query_and_key": lambda it: it.scores(it.made("K"), it.made("Q")),
    "uses_the_tokens_themselves": lambda it: it.scores(it.x, it.x),
    "uses_the_query_matrix_for_keys": lambda it: it.scores(it.made("Q"), it.made("Q")),
    "uses_the_key_matrix_for_queries": lambda it: it.scores(it.made("K"), it.made("K")),
    "scores_the_values": lambda it: it.scores(it.made("Q"), it.made("V")),
    "counts_from_zero": lambda it: it.scores(it.made("Q"), it.made("K"), after=1),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        layer = Layer(torch, drawn.givens)
        assert drawn.answer_key["result"].tolist() == layer.right().tolist(), seed
        for each, wrong in drawn.mistakes["result"]:
            assert wrong.tolist() == WRONG[each.name](layer).tolist(), (seed, each.name)


def test_by_hand() -> None:
    """x₁ = (1, 2): q₁ = (1, 3); the keys are (0, 1), (2, 0), (−2, 1)."""
    x, w_v = array([[1, 2], [0, 1], [1, 1]]), array([[1, 0], [2, 1]])
    w_q, w_k = array([[1, 1], [0, 1]]), array([[-4, 1], [2, 0]])
    givens = QkvProjection(x, w_q, w_k, w_v, "scores", 1)
    assert equal(Problem.of(givens, "medium").answer_key["result"], array([3, 2, 1]))
    key = Problem.of(QkvProjection(x, w_q, w_k, w_v, "V"), "easy").answer_key["result"]
    assert equal(key, array([[5, 2], [2, 1], [3, 1]]))


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        one, square, narrow = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert one.asked in ("Q", "K", "V")
        assert square.w_q.shape == (2, 2) and square.asked == "scores"
        assert narrow.w_q.shape == (3, 2) and narrow.asked == "scores"
        for given in (one, square, narrow):
            assert all(any(token) for token in given.x.tolist())
            for w in (given.w_q, given.w_k, given.w_v):
                assert w.tolist() != w.T.tolist()


@pytest.mark.parametrize("level", LEVELS)
def test_all_of_the_matrices_and_of_the_keys_is_needed(level: Level) -> None:
    """A row or column of zeros would leave a feature of the tokens or of the keys unused."""
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        for w in givens.projections.values():
            assert all(map(any, [*w.tolist(), *w.T.tolist()])), seed
        if givens.asked == "scores":
            assert 0 not in givens.query and all(map(any, givens.keys.T.tolist())), seed
