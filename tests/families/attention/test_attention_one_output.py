"""An output of attention against torch's attention, with each mistake built into it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import E, array, equal, exp, ln
from examgen.families.attention.attention_one_output import AttentionOneOutput
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem
from tests.nn.drawn import floats

FAMILY = "attention-one-output"

Tensor = Any


@dataclass
class Layer:
    """The query, keys and values of a problem."""

    torch: ModuleType
    givens: AttentionOneOutput

    def tensor(self, values: Any) -> Tensor:
        return self.torch.tensor(floats(values).tolist(), dtype=self.torch.double)

    @cached_property
    def values(self) -> Tensor:
        return self.tensor(self.givens.values)

    @property
    def keys(self) -> Tensor:
        if self.givens.scores is not None:
            return self.tensor(self.givens.scores)[:, None]
        return self.values if self.givens.keys is None else self.tensor(self.givens.keys)

    @property
    def query(self) -> Tensor:
        if self.givens.scores is not None:
            return self.torch.ones(1, dtype=self.torch.double)
        if self.givens.query is None:
            return self.values[self.givens.number - 1]
        return self.tensor(self.givens.query)

    @property
    def scale(self) -> float:
        """1/√d_k where the stem scales, else 1."""
        return 1.0 if self.givens.keys is None else float(len(self.query)) ** -0.5

    def run(self, scale: float = 1.0, mask: list[bool] | None = None) -> Tensor:
        """torch's own attention, with the scale multiplied by another, and some keys masked."""
        return self.torch.nn.functional.scaled_dot_product_attention(
            self.query[None, None],
            self.keys[None],
            self.values[None],
            attn_mask=None if mask is None else self.torch.tensor([mask]),
            scale=self.scale * scale,
        )[0, 0]

    @property
    def scores(self) -> Tensor:
        return self.keys @ self.query * self.scale

    def seen(self, sees: Callable[[int], bool]) -> Tensor:
        return self.run(mask=[sees(place) for place in range(1, len(self.values) + 1)])


WRONG: dict[str, Callable[[Layer], Tensor]] = {
    "takes_the_largest_only": lambda it: it.run(1e6),
    "spreads_evenly": lambda it: it.values.mean(0),
    "forgets_to_normalise": lambda it: it.scores.exp() @ it.values,
    "takes_the_scores_as_weights": lambda it: it.scores @ it.values,
    "divides_by_the_sum_of_scores": lambda it: it.scores / it.scores.sum() @ it.values,
    "gives_the_weights": lambda it: it.scores.softmax(0),
    "leaves_itself_out": lambda it: it.seen(lambda place: place != it.givens.number),
    "masks_unasked": lambda it: it.seen(lambda place: place <= it.givens.number),
    "forgets_to_scale": lambda it: it.run(1 / it.scale),
    "divides_by_d": lambda it: it.run(it.scale),
    "scales_after_softmax": lambda it: it.run(1 / it.scale) * it.scale,
    "normalises_over_everything": lambda it: (
        it.scores.exp() @ it.values / (it.keys @ it.keys.T).exp().sum()
    ),
    "takes_another_query": lambda it: (
        (it.keys @ it.values.roll(-it.givens.number, 0)[0]).softmax(0) @ it.values
    ),
    "pairs_from_the_other_end": lambda it: it.scores.softmax(0).flip(0) @ it.values,
    "reverses_the_weights": lambda it: it.run(-1.0),
}


def agree(ours: Any, theirs: Tensor) -> bool:
    return bool(floats(ours).tolist() == pytest.approx(theirs.tolist(), rel=1e-9, abs=1e-9))


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        layer = Layer(torch, drawn.givens)
        assert agree(drawn.answer_key["output"], layer.run()), seed
        for each, wrong in drawn.mistakes["output"]:
            assert agree(wrong, WRONG[each.name](layer)), (seed, each.name)


def test_logarithms_by_hand() -> None:
    """Weights 1/6, 2/6, 3/6."""
    values = array([[6, 0], [0, 3], [2, 2]])
    givens = AttentionOneOutput(values, 1, scores=array([0, ln(2), ln(3)]))
    expected = array([2, 2])
    assert equal(Problem.of(givens, "easy").answer_key["output"], expected)


def test_tokens_by_hand() -> None:
    """Token (1, 0) scores 1, 0, 1: weights e, 1, e over 1 + 2e."""
    givens = AttentionOneOutput(array([[1, 0], [0, 1], [1, 1]]), 1)
    expected = array([2 * E / (1 + 2 * E), (1 + E) / (1 + 2 * E)])
    assert equal(Problem.of(givens, "medium").answer_key["output"], expected)


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        easy, medium, hard = (problem(FAMILY, level, seed) for level in LEVELS)
        assert all(isinstance(each, int | Fraction) for each in easy.answer_key["output"].tolist())
        assert medium.givens.is_plain
        assert len(hard.givens.query) == 4 and len({*hard.givens.row.tolist()}) == 2
        powers = floats(exp(easy.givens.row)).tolist()
        assert len({*powers}) > 1 and sum(powers) < 12.5
        for drawn in (medium, hard):
            row = drawn.givens.row.tolist()
            assert all(isinstance(each, int) for each in row)
            assert len({*row}) == 2 and max(row) - min(row) <= 3
