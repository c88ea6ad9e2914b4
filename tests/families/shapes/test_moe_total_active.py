"""Mixtures of experts against small torch modules, with each mistake built into them."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.families.shapes.moe_total_active import MoeTotalActive
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "moe-total-active"


class Built:
    """The layers of a problem in torch, on the meta device; `run` counts what one token uses."""

    def __init__(self, torch: ModuleType, givens: MoeTotalActive) -> None:
        self.nn, self.givens = torch.nn, givens

    def linear(self, inputs: int, outputs: int, *, bias: bool = False) -> Any:
        return self.nn.Linear(inputs, outputs, bias=bias, device="meta")

    def expert(self, *, bias: bool = False) -> Any:
        d, f = self.givens.width, self.givens.hidden
        return self.nn.Sequential(self.linear(d, f, bias=bias), self.linear(f, d, bias=bias))

    def attention(self) -> Any:
        d = self.givens.width
        return self.nn.MultiheadAttention(d, 1, bias=False, device="meta")

    def count(
        self,
        experts: int | None = None,
        *,
        routers: int = 1,
        attentions: int | None = None,
        bias: bool = False,
    ) -> int:
        """All layers, each with so many experts, routers and attentions."""
        given = self.givens
        number = self.running if experts is None else experts
        shared = int(given.has_attention) if attentions is None else attentions
        modules = [self.expert(bias=bias) for _ in range(number)]
        modules += [self.linear(given.width, given.experts) for _ in range(routers)]
        modules += [self.attention() for _ in range(shared)]
        return given.layers * sum(learned(each) for each in modules)

    @property
    def running(self) -> int:
        return self.givens.experts if self.givens.asked == "total" else self.givens.chosen


def learned(module: Any) -> int:
    return sum(int(each.numel()) for each in module.parameters())


def half_experts(net: Built) -> int:
    half = net.running * learned(net.linear(net.givens.width, net.givens.hidden))
    return net.count() - net.givens.layers * half


def other_router(net: Built, rows: int, columns: int) -> int:
    router = learned(net.linear(rows, columns))
    return net.count(routers=0) + net.givens.layers * router


WRONG: dict[str, Callable[[Built], int]] = {
    "activates_all_experts": lambda net: net.count(net.givens.experts),
    "stores_the_chosen_only": lambda net: net.count(net.givens.chosen),
    "activates_one_expert": lambda net: net.count(1),
    "forgets_the_router": lambda net: net.count(routers=0),
    "gives_the_router_one_weight_each": lambda net: other_router(net, 1, net.givens.experts),
    "shrinks_the_router": lambda net: other_router(net, net.givens.width, net.givens.chosen),
    "gives_every_expert_a_router": lambda net: net.count(routers=net.running),
    "gives_every_expert_attention": lambda net: net.count(attentions=net.running),
    "leaves_attention_out": lambda net: net.count(attentions=0),
    "forgets_the_output_projection": lambda net: (
        net.count() - net.givens.layers * learned(net.linear(net.givens.width, net.givens.width))
    ),
    "counts_one_feed_forward_layer": half_experts,
    "takes_the_share_of_everything": lambda net: (
        net.count(net.givens.experts) * net.givens.chosen // net.givens.experts
    ),
    "counts_an_expert_too_many": lambda net: net.count(net.givens.chosen + 1),
    "adds_a_bias_unasked": lambda net: net.count(bias=True),
    "counts_one_block": lambda net: net.count() // net.givens.layers,
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Built(torch, drawn.givens)
        assert drawn.answer_key["parameters"] == net.count(), seed
        for misconception, wrong in drawn.mistakes["parameters"]:
            assert wrong == WRONG[misconception.name](net), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_both_questions_are_asked(level: Level) -> None:
    drawn = [problem(FAMILY, level, seed).givens for seed in range(60)]
    assert {each.asked for each in drawn} == {"total", "active"}
    assert all(each.chosen < each.experts for each in drawn)
    assert {each.layers for each in drawn} == ({2, 3, 4} if level == "hard" else {1})


def named(givens: MoeTotalActive) -> dict[str, int]:
    drawn = Problem.of(givens, "medium")
    found = {misconception.name: wrong for misconception, wrong in drawn.mistakes["parameters"]}
    return found | {"right": drawn.answer_key["parameters"]}


def test_active_by_hand() -> None:
    """d = 4, f = 10, E = 5, k = 2: attention 64, router 20, an expert 80."""
    found = named(MoeTotalActive("active", 4, 10, 5, 2, True))
    assert found == {
        "right": 244,
        "activates_all_experts": 484,
        "activates_one_expert": 164,
        "forgets_the_router": 224,
        "gives_the_router_one_weight_each": 229,
        "shrinks_the_router": 232,
        "gives_every_expert_a_router": 264,
        "gives_every_expert_attention": 308,
        "leaves_attention_out": 180,
        "forgets_the_output_projection": 228,
        "counts_one_feed_forward_layer": 164,
        "counts_an_expert_too_many": 324,
        "adds_a_bias_unasked": 272,
    }


def test_total_by_hand() -> None:
    found = named(MoeTotalActive("total", 4, 10, 5, 2, False, 3))
    assert found["right"] == 3 * (20 + 5 * 80)
    assert found["stores_the_chosen_only"] == 3 * 180
    assert found["counts_one_block"] == 420


def test_attention_and_router_do_not_shrink_with_the_experts() -> None:
    """d = 4, f = 10, E = 4, k = 2: of 64 + 16 + 4 · 80 = 400 not one half is used, but 240."""
    found = named(MoeTotalActive("active", 4, 10, 4, 2, True))
    assert found["right"] == 240
    assert found["takes_the_share_of_everything"] == 200
    alone = named(MoeTotalActive("active", 4, 10, 4, 2, False))
    assert alone["shrinks_the_router"] == (16 + 4 * 80) // 2
    assert "takes_the_share_of_everything" not in alone
