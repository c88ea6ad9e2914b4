"""Masks against torch's triangles and bands."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array, equal
from examgen.families.attention.causal_mask_matrix import CausalMaskMatrix
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "causal-mask-matrix"

Tensor = Any


@dataclass(frozen=True)
class Masks:
    """True where a query may attend."""

    torch: ModuleType
    givens: CausalMaskMatrix

    @property
    def all(self) -> Tensor:
        return self.torch.ones(self.givens.tokens, self.givens.tokens, dtype=self.torch.bool)

    @property
    def causal(self) -> Tensor:
        return self.all.tril()

    def blocks(self, more: int = 0) -> Tensor:
        first = self.givens.first_text + more
        sizes = (first, self.givens.tokens - first)
        return self.torch.block_diag(*(self.torch.ones(size, size) for size in sizes)).bool()

    def band(self, more: int = 0, *, ahead: int = 0, sink: bool | None = None) -> Tensor:
        mask = self.all.triu(1 - self.givens.width - more).tril(ahead)
        if self.givens.sink if sink is None else sink:
            mask[:, 0] = True
        return mask

    @property
    def right(self) -> Tensor:
        if self.givens.first_text:
            return self.blocks().tril()
        return self.band() if self.givens.width else self.causal

    @property
    def first_hidden(self) -> Tensor:
        mask = self.causal
        mask[1:, 0] = False
        return mask

    @property
    def diagonal(self) -> Tensor:
        return self.all.tril().triu()


WRONG: dict[str, Callable[[Masks], Tensor]] = {
    "exchanges_zero_and_one": lambda it: ~it.right,
    "masks_itself_too": lambda it: it.right & ~it.diagonal,
    "swaps_query_and_key": lambda it: it.right.T,
    "attends_to_itself_only": lambda it: it.diagonal,
    "masks_only_itself": lambda it: ~it.diagonal,
    "sees_the_next_token": lambda it: it.all.tril(1),
    "hides_the_first_token": lambda it: it.first_hidden,
    "forgets_the_boundary": lambda it: it.causal,
    "forgets_the_mask": lambda it: it.blocks(),
    "ends_the_first_text_early": lambda it: it.blocks(-1).tril(),
    "ends_the_first_text_late": lambda it: it.blocks(1).tril(),
    "sees_the_other_text": lambda it: (~it.blocks()).tril(),
    "forgets_the_window": lambda it: it.causal,
    "leaves_itself_out": lambda it: it.band(1),
    "narrows_the_window": lambda it: it.band(-1),
    "looks_both_ways": lambda it: it.band(ahead=it.givens.width - 1),
    "exchanges_zero_and_one_and_forgets_the_window": lambda it: ~it.causal,
    "masks_the_past": lambda it: it.all.triu(),
    "forgets_the_first_token": lambda it: it.band(sink=False),
}


def written(givens: CausalMaskMatrix, mask: Tensor) -> Any:
    return (~mask if givens.ones_hide else mask).int().tolist()


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        masks = Masks(torch, drawn.givens)
        assert drawn.answer_key["matrix"].tolist() == written(drawn.givens, masks.right), seed
        for each, wrong in drawn.mistakes["matrix"]:
            expected = written(drawn.givens, WRONG[each.name](masks))
            assert wrong.tolist() == expected, (seed, each.name)


@pytest.mark.parametrize(
    ("givens", "matrix"),
    [
        (CausalMaskMatrix(3, False), [[1, 0, 0], [1, 1, 0], [1, 1, 1]]),
        (CausalMaskMatrix(3, True), [[0, 1, 1], [0, 0, 1], [0, 0, 0]]),
        (
            CausalMaskMatrix(4, False, first_text=2),
            [[1, 0, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0], [0, 0, 1, 1]],
        ),
        (
            CausalMaskMatrix(4, False, width=2, sink=True),
            [[1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 0], [1, 0, 1, 1]],
        ),
    ],
)
def test_by_hand(givens: CausalMaskMatrix, matrix: list[list[int]]) -> None:
    assert equal(Problem.of(givens, "hard").answer_key["matrix"], array(matrix))


def test_the_levels_ask_for_their_own_masks() -> None:
    for seed in range(200):
        plain, band, other = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert not plain.first_text and not plain.width
        assert 1 < band.width < band.tokens and not band.sink
        assert other.sink == (not other.first_text) == (other.width > 1)
