"""Encoder blocks and small models against torch's modules, with each mistake built into them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.families.shapes.transformer_block_params import TransformerBlockParams
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "transformer-block-params"


class Built:
    """The block or the model of a problem, of torch's own modules on the meta device."""

    def __init__(self, torch: ModuleType, givens: TransformerBlockParams) -> None:
        self.nn, self.givens = torch.nn, givens
        self.block = self.nn.TransformerEncoderLayer(
            givens.width, givens.heads, givens.hidden, device="meta"
        )
        self.norm = learned(self.nn.LayerNorm(givens.width, device="meta"))

    def table(self, rows: int) -> int:
        return learned(self.nn.Embedding(rows, self.givens.width, device="meta"))

    def whole(self, block: int) -> int:
        """The model around blocks of so many parameters, or the block alone."""
        if not self.givens.vocabulary:
            return block
        tables = self.table(self.givens.vocabulary) + self.table(self.givens.tokens)
        return tables + self.givens.blocks * block + self.norm

    def without(self, *names: str) -> int:
        """The parameters of a block but for those of these modules."""
        return sum(
            int(each.numel())
            for name, each in self.block.named_parameters()
            if not name.startswith(names)
        )

    @property
    def right(self) -> int:
        return self.whole(learned(self.block))


def learned(module: Any) -> int:
    return sum(int(each.numel()) for each in module.parameters())


def no_norms(net: Built) -> int:
    last = net.norm if net.givens.vocabulary else 0
    return net.whole(net.without("norm1", "norm2")) - last


def scales_only(net: Built) -> int:
    last = net.norm // 2 if net.givens.vocabulary else 0
    return net.whole(net.without("norm1.bias", "norm2.bias")) - last


def no_biases(net: Built) -> int:
    biases = ("self_attn.in_proj_bias", "self_attn.out_proj.bias", "linear1.bias", "linear2.bias")
    return net.whole(net.without(*biases))


def projections(net: Built) -> int:
    """Queries, keys and values."""
    attention = net.block.self_attn
    return int(attention.in_proj_weight.numel() + attention.in_proj_bias.numel())


def every_head(net: Built) -> int:
    attention = learned(net.block.self_attn)
    return net.whole(learned(net.block) + (net.givens.heads - 1) * attention)


WRONG: dict[str, Callable[[Built], int]] = {
    "forgets_the_output_projection": lambda net: net.whole(net.without("self_attn.out_proj")),
    "counts_one_feed_forward_layer": lambda net: net.whole(net.without("linear2")),
    "leaves_the_feed_forward_out": lambda net: net.whole(net.without("linear1", "linear2")),
    "forgets_the_layer_norms": no_norms,
    "counts_one_layer_norm": lambda net: net.whole(net.without("norm2")),
    "gives_norms_a_scale_only": scales_only,
    "forgets_the_bias": no_biases,
    "multiplies_by_the_heads": every_head,
    "gives_every_head_full_size": lambda net: net.whole(
        learned(net.block) + (net.givens.heads - 1) * projections(net)
    ),
    "counts_the_statistics": lambda net: (
        net.whole(learned(net.block) + 2 * net.norm) + (net.norm if net.givens.vocabulary else 0)
    ),
    "counts_a_layer_too_many": lambda net: net.whole(
        learned(net.block)
        + learned(net.nn.Linear(net.givens.hidden, net.givens.hidden, device="meta"))
    ),
    "grows_with_the_sequence": lambda net: net.right + net.table(net.givens.tokens),
    "counts_the_tied_table_twice": lambda net: net.right + net.table(net.givens.vocabulary),
    "forgets_the_positions": lambda net: net.right - net.table(net.givens.tokens),
    "forgets_the_last_norm": lambda net: net.right - net.norm,
    "counts_one_block": lambda net: net.right - (net.givens.blocks - 1) * learned(net.block),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Built(torch, drawn.givens)
        assert drawn.answer_key["parameters"] == net.right, seed
        for misconception, wrong in drawn.mistakes["parameters"]:
            assert wrong == WRONG[misconception.name](net), (seed, misconception.name)


@pytest.mark.parametrize(
    ("width", "heads", "hidden", "known"),
    [(512, 8, 2048, 3_152_384), (768, 12, 3072, 7_087_872)],
)
def test_published_counts(width: int, heads: int, hidden: int, known: int) -> None:
    assert TransformerBlockParams(width, heads, hidden, 9).block == known


def test_a_block_by_hand() -> None:
    """d = 4, f = 16: 80 + (64 + 16 + 64 + 4) + 16 = 244, which is 12 · 16 + 13 · 4."""
    drawn = Problem.of(TransformerBlockParams(4, 2, 16, 5), "easy")
    assert drawn.answer_key["parameters"] == 244 == 12 * 16 + 13 * 4
    named = {misconception.name: wrong for misconception, wrong in drawn.mistakes["parameters"]}
    assert named == {
        "forgets_the_output_projection": 224,
        "counts_one_feed_forward_layer": 176,
        "leaves_the_feed_forward_out": 96,
        "forgets_the_layer_norms": 228,
        "counts_one_layer_norm": 236,
        "forgets_the_bias": 208,
        "multiplies_by_the_heads": 324,
        "gives_every_head_full_size": 304,
        "counts_the_statistics": 260,
        "counts_a_layer_too_many": 516,
        "grows_with_the_sequence": 264,
    }


def test_a_model_by_hand() -> None:
    """20 · 4 + 5 · 4 + 2 · 244 + 8."""
    drawn = Problem.of(TransformerBlockParams(4, 2, 16, 5, 2, 20), "hard")
    assert drawn.answer_key["parameters"] == 596
    named = {misconception.name: wrong for misconception, wrong in drawn.mistakes["parameters"]}
    assert named["counts_the_tied_table_twice"] == 676
    assert named["counts_one_block"] == 352
    assert named["forgets_the_layer_norms"] == 556
