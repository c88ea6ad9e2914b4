"""Reordered tokens against torch's attention, which is run on them."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array, equal
from examgen.families.attention.permutation_equivariance import PermutationEquivariance
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem
from tests.nn.drawn import floats

FAMILY = "permutation-equivariance"

Tensor = Any
Order = list[int]


@dataclass
class Layer:
    """Queries, keys and values that give the problem's outputs or weights."""

    torch: ModuleType
    givens: PermutationEquivariance

    def __post_init__(self) -> None:
        given = self.torch.tensor(floats(self.givens.matrix).tolist(), dtype=self.torch.double)
        n = len(given)
        self.order: Order = [token - 1 for token in self.givens.order]
        self.keys = self.values = self.torch.eye(n, dtype=self.torch.double)
        self.causal = self.givens.asked == "causal weights"
        if self.givens.asked == "outputs":
            generator = self.torch.Generator().manual_seed(1)
            self.queries = self.torch.randn(n, n, generator=generator).double()
            self.values = self.torch.linalg.solve(self.queries.softmax(1), given)
        else:
            self.queries = given.log()

    def run(
        self, queries: Order, keys: Order | None = None, *, causal: bool | None = None
    ) -> Tensor:
        """The outputs, or the weights, of reordered tokens."""
        keys = queries if keys is None else keys
        moves = self.givens.asked == "outputs"
        return self.torch.nn.functional.scaled_dot_product_attention(
            self.queries[queries][None],
            self.keys[keys][None],
            (self.values[keys] if moves else self.values)[None],
            is_causal=self.causal if causal is None else causal,
            scale=1.0,
        )[0]

    @property
    def same(self) -> Order:
        return list(range(len(self.order)))

    def back(self) -> Order:
        return [self.order.index(token) for token in self.same]

    def moved_weights(self) -> Tensor:
        """The old weights, in the places of the new order."""
        moves = self.torch.eye(len(self.order), dtype=self.torch.double)[self.order]
        return moves @ self.run(self.same) @ moves.T

    def exchanged(self) -> Order:
        place = next(place for place in self.same if self.order[place] != place)
        order = self.same
        order[place], order[self.order[place]] = self.order[place], place
        return order


WRONG: dict[str, Callable[[Layer], Tensor]] = {
    "expects_invariance": lambda it: it.run(it.same),
    "permutes_the_other_way": lambda it: it.run(it.back()),
    "reverses_the_order": lambda it: it.run(it.same[::-1]),
    "swaps_two_tokens_only": lambda it: it.run(it.exchanged()),
    "permutes_the_features": lambda it: it.run(it.same).flip(1),
    "permutes_the_features_too": lambda it: it.run(it.order).flip(1),
    "permutes_the_rows_only": lambda it: it.run(it.order, it.same),
    "permutes_the_columns_only": lambda it: it.run(it.same, it.order),
    "swaps_query_and_key": lambda it: it.run(it.order).T,
    "expects_equivariance": lambda it: it.moved_weights(),
    "forgets_the_mask": lambda it: it.run(it.order, causal=False),
    "masks_after_softmax": lambda it: it.run(it.order, causal=False).tril(),
}


def agree(ours: Any, theirs: Tensor) -> bool:
    expected = [pytest.approx(row, rel=1e-9, abs=1e-9) for row in theirs.tolist()]
    return bool(floats(ours).tolist() == expected)


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        layer = Layer(torch, drawn.givens)
        assert agree(drawn.answer_key["result"], layer.run(layer.order)), seed
        for each, wrong in drawn.mistakes["result"]:
            assert agree(wrong, WRONG[each.name](layer)), (seed, each.name)


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        outputs, weights, causal = (problem(FAMILY, level, seed) for level in LEVELS)
        cycle = [token - 1 for token in outputs.givens.order]
        assert [cycle[token] for token in cycle] != sorted(cycle)
        for drawn in (weights, causal):
            assert [sum(row) for row in drawn.answer_key["result"].tolist()] == [1] * 3
        assert causal.answer_key["result"][0].tolist() == [1, 0, 0]


def test_a_cycle_by_hand() -> None:
    """x' = x₃, x₁, x₂: the third output comes first."""
    y = array([[1, 2], [3, 4], [5, 6]])
    key = Problem.of(PermutationEquivariance(y, (3, 1, 2), "outputs"), "easy").answer_key
    assert equal(key["result"], array([[5, 6], [1, 2], [3, 4]]))


def test_a_mask_by_hand() -> None:
    """x' = x₂, x₁, x₃: token 1 now sees token 2, whose score with it was masked before."""
    powers = array([[1, 4, 5], [2, 3, 6], [1, 2, 4]])
    givens = PermutationEquivariance(powers, (2, 1, 3), "causal weights")
    expected = [
        [1, 0, 0],
        [Fraction(4, 5), Fraction(1, 5), 0],
        [Fraction(2, 7), Fraction(1, 7), Fraction(4, 7)],
    ]
    assert equal(Problem.of(givens, "hard").answer_key["result"], array(expected))
