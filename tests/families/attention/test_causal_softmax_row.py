"""Rows of causal attention against torch's own attention, with each mistake built into it."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Array, E, array, exp, ln
from examgen.families.attention.causal_softmax_row import CausalSoftmaxRow
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem
from tests.nn.drawn import floats

FAMILY = "causal-softmax-row"

Table = Any
"""A tensor with a row for each query."""


@dataclass
class Layer:
    """The layer of a problem in torch: the products as queries, unit vectors as keys."""

    torch: ModuleType
    products: Table
    values: Table
    divisor: int

    @classmethod
    def of(cls, torch: ModuleType, givens: CausalSoftmaxRow) -> "Layer":
        """Rows that are not given are zero; without values the output is the weights."""
        given = torch.tensor(floats(givens.products).tolist(), dtype=torch.double)
        products = torch.zeros(given.shape[1], given.shape[1], dtype=torch.double)
        products[slice(None) if len(given) > 1 else givens.query - 1] = given
        values = torch.eye(len(products), dtype=torch.double)
        if givens.values is not None:
            values = torch.tensor(givens.values.tolist(), dtype=torch.double)
        return cls(torch, products, values, givens.divisor)

    def attend(
        self, products: Table | None = None, mask: Table | None = None, scale: float | None = None
    ) -> Table:
        """Scaled dot-product attention; causal unless a mask says what may be seen."""
        queries = self.products if products is None else products
        keys = self.torch.eye(len(queries), dtype=self.torch.double)
        return self.torch.nn.functional.scaled_dot_product_attention(
            queries[None],
            keys[None],
            self.values[None],
            attn_mask=mask,
            is_causal=mask is None,
            scale=1 / self.divisor if scale is None else scale,
        )[0]

    @property
    def scores(self) -> Table:
        return self.products / self.divisor

    @property
    def everything(self) -> Table:
        return self.torch.ones_like(self.products, dtype=self.torch.bool)

    @property
    def masked(self) -> Table:
        return self.scores.masked_fill(self.everything.triu(1), -inf)


WRONG: dict[str, Callable[[Layer], Table]] = {
    "forgets_the_mask": lambda net: net.attend(mask=net.everything),
    "masks_after_softmax": lambda net: net.scores.softmax(dim=1).tril() @ net.values,
    "masks_with_zero": lambda net: net.scores.tril().softmax(dim=1) @ net.values,
    "masks_itself_too": lambda net: net.attend(mask=net.everything.tril(-1)),
    "masks_the_past": lambda net: net.attend(mask=net.everything.triu()),
    "normalises_down_the_columns": lambda net: net.masked.softmax(dim=0) @ net.values,
    "swaps_query_and_key": lambda net: net.attend(net.products.T),
    "forgets_to_normalise": lambda net: net.masked.exp() @ net.values,
    "takes_the_largest_only": lambda net: (1000 * net.masked).softmax(dim=1) @ net.values,
    "divides_by_the_sum_of_scores": lambda net: (
        (net.scores.tril() / net.scores.tril().sum(dim=1, keepdim=True)) @ net.values
    ),
    "forgets_to_scale": lambda net: net.attend(scale=1.0),
    "divides_by_d": lambda net: net.attend(scale=1 / net.divisor**2),
    "scales_after_softmax": lambda net: net.attend(scale=1.0) / net.divisor,
}
TABLE_NEEDED = {"normalises_down_the_columns", "swaps_query_and_key"}
SCALE_NEEDED = {"forgets_to_scale", "divides_by_d", "scales_after_softmax"}
NOT_FOR_LOGARITHMS = {"divides_by_the_sum_of_scores", "divides_by_d"}


def agree(ours: Array, theirs: Table) -> bool:
    return bool(floats(ours).tolist() == pytest.approx(theirs.tolist(), rel=1e-9, abs=1e-12))


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net, row = Layer.of(torch, drawn.givens), drawn.givens.query - 1
        assert agree(drawn.answer_key["attended"], net.attend()[row]), seed
        named = {each.name: wrong for each, wrong in drawn.mistakes["attended"]}
        for name, wrong in named.items():
            assert agree(wrong, WRONG[name](net)[row]), (seed, name)
        missing = TABLE_NEEDED if level == "hard" else SCALE_NEEDED
        undrawn = NOT_FOR_LOGARITHMS if drawn.givens.rational else set()
        assert WRONG.keys() - named.keys() == missing | undrawn, seed


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(torch: ModuleType, level: Level) -> None:
    rational = 0
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        net, row = Layer.of(torch, drawn.givens), drawn.givens.query - 1
        scores, length = net.scores[row].tolist(), len(net.scores)
        seen, hidden = scores[: row + 1], scores[row + 1 :]
        assert 1 <= row < length - 1 and len(seen) == (2 if level == "easy" else 3)
        assert min(hidden) > max(seen) > min(seen) and 0 not in hidden
        assert length in ((3, 4) if level == "easy" else (4,))
        assert (drawn.givens.divisor > 1) == (level == "hard") == (drawn.givens.values is not None)
        weights = Problem.of(drawn.givens, level).answer_key["attended"].tolist()
        exact = all(isinstance(each, int | Fraction) for each in weights)
        assert exact or not drawn.givens.rational
        assert drawn.givens.rational or (len(set(seen)) == 2 and max(seen) - min(seen) <= 3)
        rational += drawn.givens.rational
    assert rational == {"easy": 0, "medium": 200}.get(level, rational)
    assert 0 < rational < 200 or level != "hard"


def named(givens: CausalSoftmaxRow) -> dict[str, Any]:
    """The wrong answers by name, and the right one; arrays as lists."""
    drawn = Problem.of(givens, "easy")
    found = {each.name: wrong.tolist() for each, wrong in drawn.mistakes["attended"]}
    return found | {"right": drawn.answer_key["attended"].tolist()}


def test_integers_by_hand() -> None:
    """Row 2 sees 1 and 0 of 1, 0, 2; the columns that count hold 3, 1, 2 and 0, 1."""
    found = named(CausalSoftmaxRow(array([[3, 5, 1], [1, 0, 2], [2, 1, 0]]), query=2))
    assert found == {
        "right": [E / (1 + E), 1 / (1 + E), 0],
        "forgets_the_mask": [
            E / (1 + E + exp(2)),
            1 / (1 + E + exp(2)),
            exp(2) / (1 + E + exp(2)),
        ],
        "masks_after_softmax": [E / (1 + E + exp(2)), 1 / (1 + E + exp(2)), 0],
        "masks_with_zero": [E / (2 + E), 1 / (2 + E), 1 / (2 + E)],
        "masks_itself_too": [1, 0, 0],
        "masks_the_past": [0, 1 / (1 + exp(2)), exp(2) / (1 + exp(2))],
        "normalises_down_the_columns": [1 / (1 + E + exp(2)), 1 / (1 + E), 0],
        "swaps_query_and_key": [exp(5) / (1 + exp(5)), 1 / (1 + exp(5)), 0],
        "forgets_to_normalise": [E, 1, 0],
        "takes_the_largest_only": [1, 0, 0],
        "divides_by_the_sum_of_scores": [1, 0, 0],
    }


def test_logarithms_by_hand() -> None:
    """S = ln 1, ln 2, ln 3 | ln 4, so y = (v₁ + 2v₂ + 3v₃) / 6."""
    products = array([[0, 2 * ln(2), 2 * ln(3), 2 * ln(4)]])
    values = array([[1, 0], [1, 3], [-1, 1], [2, 2]])
    found = named(CausalSoftmaxRow(products, query=3, divisor=2, values=values))
    assert found == {
        "right": [0, Fraction(3, 2)],
        "forgets_the_mask": [Fraction(8, 10), Fraction(17, 10)],
        "masks_after_softmax": [0, Fraction(9, 10)],
        "masks_with_zero": [Fraction(2, 7), Fraction(11, 7)],
        "masks_itself_too": [1, 2],
        "masks_the_past": [Fraction(5, 7), Fraction(11, 7)],
        "forgets_to_normalise": [0, 9],
        "takes_the_largest_only": [-1, 1],
        "forgets_to_scale": [Fraction(-4, 14), Fraction(21, 14)],
        "scales_after_softmax": [Fraction(-4, 28), Fraction(21, 28)],
    }
