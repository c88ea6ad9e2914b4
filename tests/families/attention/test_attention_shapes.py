"""Shapes in attention against tensors that torch really multiplies."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from types import ModuleType
from typing import Any

import pytest

from examgen.families.attention.attention_shapes import ASKED, AttentionShapes
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "attention-shapes"

Tensor = Any


@dataclass(frozen=True)
class Layer:
    """One head with matrices, several with reshaping, as in torch."""

    torch: ModuleType
    givens: AttentionShapes

    @cached_property
    def tokens(self) -> dict[str, Tensor]:
        """Those that attend, X, and those that they attend to, Z."""
        it = self.givens
        lead = (it.batch,) if it.heads else ()
        lengths = {"X": it.queries, "Z": it.keys}
        return {name: self.torch.empty(*lead, n, it.width) for name, n in lengths.items()}

    @cached_property
    def made(self) -> dict[str, Tensor]:
        """Everything that is computed from them."""
        it = self.givens
        columns = {"Q": it.key_width, "K": it.key_width, "V": it.value_width}
        made = {}
        for name, own in columns.items():
            made[f"W_{name}"] = self.torch.empty(it.width, own * (it.heads or 1))
            made[name] = self.tokens["X" if name == "Q" else "Z"] @ made[f"W_{name}"]
            if it.heads:
                made[name] = made[name].unflatten(-1, (it.heads, -1)).transpose(1, 2)
        attend = self.torch.nn.functional.scaled_dot_product_attention
        made["Y"] = attend(made["Q"], made["K"], made["V"])
        made["A"] = made["S"] = self.torch.einsum("...if,...jf->...ij", made["Q"], made["K"])
        if it.heads:
            made["joined"] = made["Y"].transpose(1, 2).flatten(2)
        return made

    @property
    def asked(self) -> Tensor:
        return self.made[self.givens.asked]

    def asked_with(self, **sizes: Any) -> Tensor:
        """The tensor asked about, in a layer of other sizes."""
        return Layer(self.torch, replace(self.givens, **sizes)).asked

    @property
    def own_tokens(self) -> Tensor:
        """The tokens that the tensor asked about has a row for, for every head."""
        found = self.tokens["Z" if self.givens.asked in ("K", "V") else "X"]
        heads = self.givens.heads
        return found[:, None].expand(-1, heads, -1, -1) if heads else found

    @property
    def sizes(self) -> tuple[int, int, int]:
        """The numbers of queries and keys, and the width."""
        return self.givens.queries, self.givens.keys, self.givens.width


def swapped(it: Layer) -> Tensor:
    queries, keys, _ = it.sizes
    return it.asked_with(queries=keys, keys=queries)


def put_together(it: Layer) -> Tensor:
    queries, keys, _ = it.sizes
    return it.asked_with(queries=queries + keys, keys=queries + keys)


WRONG: dict[str, Callable[[Layer], Tensor]] = {
    "puts_columns_first": lambda it: it.asked.mT,
    "takes_features_for_tokens": lambda it: it.made["Q"].mT @ it.made["Q"],
    "keeps_the_shape_of_the_tokens": lambda it: it.own_tokens,
    "swaps_queries_and_keys": swapped,
    "attends_to_itself": lambda it: it.asked_with(keys=it.givens.queries),
    "joins_both_texts": put_together,
    "gives_the_weights": lambda it: it.made["A"],
    "gives_the_queries": lambda it: it.made["Q"],
    "gives_the_keys": lambda it: it.made["K"],
    "gives_the_values": lambda it: it.made["V"],
    "gives_one_weight_per_token": lambda it: it.made["A"][..., 0, :],
    "gives_the_projection": lambda it: it.made[f"W_{it.givens.asked}"],
    "gives_the_product": lambda it: it.made[it.givens.asked[-1]],
    "makes_projections_square": lambda it: it.tokens["X"].mT @ it.tokens["X"],
    "takes_the_key_width": lambda it: it.asked_with(value_width=it.givens.key_width),
    "takes_the_value_width": lambda it: it.asked_with(key_width=it.givens.value_width),
    "gives_the_scores": lambda it: it.made["S"],
    "gives_each_head_everything": lambda it: it.asked_with(
        key_width=it.givens.width, value_width=it.givens.width
    ),
    "forgets_the_heads": lambda it: it.asked.sum(1),
    "forgets_the_batch": lambda it: it.asked[0],
    "puts_the_heads_after_the_tokens": lambda it: it.asked.transpose(1, 2),
    "keeps_the_heads_apart": lambda it: it.made["Y"],
    "adds_the_heads": lambda it: it.made["Y"].sum(1),
    "joins_the_tokens": lambda it: it.made["Y"].flatten(1, 2),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        layer = Layer(torch, drawn.givens)
        assert drawn.answer_key["shape"] == tuple(layer.asked.shape), seed
        for each, wrong in drawn.mistakes["shape"]:
            assert wrong == tuple(WRONG[each.name](layer).shape), (seed, each.name)


@pytest.mark.parametrize(
    ("asked", "shape"),
    [("Q", (2, 4, 5, 3)), ("S", (2, 4, 5, 6)), ("V", (2, 4, 6, 3)), ("joined", (2, 5, 12))],
)
def test_heads_by_hand(asked: str, shape: tuple[int, ...]) -> None:
    givens = AttentionShapes(5, 6, 12, 3, 3, asked, batch=2, heads=4)
    assert Problem.of(givens, "hard").answer_key == {"shape": shape}


@pytest.mark.parametrize("level", LEVELS)
def test_each_tensor_is_asked_for(level: Level) -> None:
    found = {problem(FAMILY, level, seed).givens.asked for seed in range(200)}
    assert found == {*ASKED[level]}


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        own, cross, heads = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert own.queries == own.keys and not own.heads
        assert cross.queries != cross.keys and cross.key_width != cross.value_width
        assert heads.heads * heads.key_width == heads.width and heads.batch > 1
