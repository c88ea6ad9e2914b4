"""Attention's parameters against torch's modules, with each mistake built into them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.families.shapes.mha_params import MhaParams
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "mha-params"


class Built:
    """The layer of a problem, made of torch's own modules on the meta device."""

    def __init__(self, torch: ModuleType, givens: MhaParams) -> None:
        self.nn, self.givens = torch.nn, givens
        self.d, self.h = givens.width, givens.heads
        self.dk, self.dv = givens.key_width, givens.value_width

    def linear(self, inputs: int, outputs: int, *, bias: bool = False) -> Any:
        return self.nn.Linear(inputs, outputs, bias=bias, device="meta")

    def mha(self, *, bias: bool = True) -> Any:
        return self.nn.MultiheadAttention(self.d, self.h, bias=bias, device="meta")

    def heads(self, dk: int, dv: int, count: int, *, bias: bool = False) -> Any:
        """Queries, keys and values of so many heads."""
        return self.nn.ModuleList(
            self.linear(self.d, each, bias=bias) for each in (dk, dk, dv) for _ in range(count)
        )

    def right(self) -> int:
        if self.givens.layer == "multi":
            return learned(self.mha())
        found = learned(self.heads(self.dk, self.dv, self.h))
        return found + (self.output() if self.givens.layer == "rectangular" else 0)

    def output(self, *, bias: bool = False) -> int:
        return learned(self.linear(self.h * self.dv, self.d, bias=bias))


def learned(module: Any) -> int:
    return sum(int(each.numel()) for each in module.parameters())


def without_output(net: Built) -> int:
    if net.givens.layer == "rectangular":
        return learned(net.heads(net.dk, net.dv, net.h))
    mha = net.mha()
    return int(mha.in_proj_weight.numel() + mha.in_proj_bias.numel())


def with_biases(net: Built) -> int:
    found = learned(net.heads(net.dk, net.dv, net.h, bias=True))
    return found + (net.output(bias=True) if net.givens.layer == "rectangular" else 0)


def full_heads(net: Built) -> int:
    return learned(net.heads(net.d, net.d, net.h, bias=True)) + learned(
        net.linear(net.d, net.d, bias=True)
    )


def small_heads(net: Built) -> int:
    side = net.d // net.h
    small = sum(learned(net.linear(side, side, bias=True)) for _ in range(3 * net.h))
    return small + learned(net.linear(net.d, net.d, bias=True))


def shared(net: Built) -> int:
    if net.givens.layer == "multi":
        return 3 * learned(net.linear(net.d, net.d, bias=True))
    return net.right() - net.h * learned(net.linear(net.d, net.dk))


WRONG: dict[str, Callable[[Built], int]] = {
    "forgets_the_output_projection": without_output,
    "adds_an_output_projection": lambda net: learned(net.mha(bias=False)),
    "forgets_the_bias": lambda net: learned(net.mha(bias=False)),
    "adds_a_bias_unasked": with_biases,
    "gives_every_head_full_size": full_heads,
    "squares_the_head_width": small_heads,
    "multiplies_by_the_heads": lambda net: net.h * learned(net.mha()),
    "projects_every_head": lambda net: (
        learned(net.mha()) + (net.h - 1) * learned(net.linear(net.d, net.d, bias=True))
    ),
    "counts_one_head": lambda net: learned(net.heads(net.dk, net.dv, 1)) + net.output(),
    "projects_one_head": lambda net: (
        learned(net.heads(net.dk, net.dv, net.h)) + learned(net.linear(net.dv, net.d))
    ),
    "gives_values_the_keys_width": lambda net: (
        learned(net.heads(net.dk, net.dk, net.h)) + net.output()
    ),
    "shares_queries_and_keys": shared,
    "counts_the_activations": lambda net: 3 * net.givens.tokens * net.d,
    "grows_with_the_sequence": lambda net: net.right() + net.givens.tokens * net.d,
    "counts_one_matrix": lambda net: learned(net.linear(net.d, net.d)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Built(torch, drawn.givens)
        assert drawn.answer_key["parameters"] == net.right(), seed
        for misconception, wrong in drawn.mistakes["parameters"]:
            assert wrong == WRONG[misconception.name](net), (seed, misconception.name)


@pytest.mark.parametrize(
    ("width", "heads", "known"), [(4, 2, 80), (8, 2, 288), (64, 8, 16_640), (512, 8, 1_050_624)]
)
def test_published_counts(width: int, heads: int, known: int) -> None:
    side = width // heads
    assert MhaParams("multi", 5, width, heads, side, side).count() == known


def test_the_lecture_s_layer_by_hand() -> None:
    drawn = Problem.of(MhaParams("single", 4, 5, 1, 5, 5), "easy")
    assert drawn.answer_key["parameters"] == 75
    named = {misconception.name: wrong for misconception, wrong in drawn.mistakes["parameters"]}
    assert named == {
        "adds_an_output_projection": 100,
        "adds_a_bias_unasked": 90,
        "shares_queries_and_keys": 50,
        "counts_the_activations": 60,
        "grows_with_the_sequence": 95,
        "counts_one_matrix": 25,
    }


def test_rectangular_heads_by_hand() -> None:
    """2 heads: 2 · (10 · 3 + 10 · 3 + 10 · 4) = 200, and W_O is 8 × 10."""
    drawn = Problem.of(MhaParams("rectangular", 7, 10, 2, 3, 4), "hard")
    assert drawn.answer_key["parameters"] == 280
    named = {misconception.name: wrong for misconception, wrong in drawn.mistakes["parameters"]}
    assert named["counts_one_head"] == 180
    assert named["projects_one_head"] == 240
    assert named["gives_values_the_keys_width"] == 260
    assert named["shares_queries_and_keys"] == 220
