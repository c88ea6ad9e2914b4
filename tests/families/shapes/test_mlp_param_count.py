"""Parameter counts of fully connected networks against torch, with each mistake built in."""

from collections.abc import Callable
from itertools import pairwise
from types import ModuleType
from typing import Any

import pytest

from examgen.families.shapes.mlp_param_count import MlpParamCount
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "mlp-param-count"


class Built:
    """The network of a problem in torch, on the meta device."""

    def __init__(self, torch: ModuleType, givens: MlpParamCount) -> None:
        self.torch, self.widths, self.bias = torch, list(givens.widths), givens.bias
        self.is_deep = givens.is_deep

    def network(self, widths: list[int] | None = None, *, bias: bool | None = None) -> Any:
        """Linear layers through these widths."""
        through = self.widths if widths is None else widths
        has_bias = self.bias if bias is None else bias
        nn = self.torch.nn
        return nn.ModuleList(
            nn.Linear(a, b, bias=has_bias, device="meta") for a, b in pairwise(through)
        )

    @property
    def hidden(self) -> int:
        return self.widths[1]


def learned(module: Any) -> int:
    return sum(int(each.numel()) for each in module.parameters())


def biases(module: Any) -> list[int]:
    return [int(each.bias.numel()) for each in module]


def product(numbers: list[int]) -> int:
    result = 1
    for each in numbers:
        result *= each
    return result


def plain(net: Built) -> int:
    return learned(net.network(bias=False))


WRONG: dict[str, Callable[[Built], int]] = {
    "forgets_the_bias": plain,
    "adds_a_bias_unasked": lambda net: learned(net.network(bias=True)),
    "one_bias_per_layer": lambda net: plain(net) + len(net.network()),
    "one_bias_per_input": lambda net: plain(net) + sum(each.in_features for each in net.network()),
    "forgets_the_last_layer": lambda net: learned(net.network(net.widths[:-1])),
    "gives_activation_parameters": lambda net: (
        learned(net.network()) + sum(each.out_features for each in list(net.network())[:-1])
    ),
    "multiplies_all_widths": lambda net: product(net.widths),
    "adds_inputs_and_outputs": lambda net: sum(
        each.in_features + each.out_features + (each.bias.numel() if net.bias else 0)
        for each in net.network()
    ),
    "leaves_a_hidden_matrix_out": lambda net: learned(net.network(net.widths[:1] + net.widths[2:])),
    "counts_a_hidden_matrix_too_many": lambda net: learned(
        net.network([net.widths[0], net.hidden, *net.widths[1:]])
    ),
    "makes_all_matrices_square": lambda net: learned(net.network([net.hidden] * len(net.widths))),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Built(torch, drawn.givens)
        assert drawn.answer_key["parameters"] == learned(net.network()), seed
        for misconception, wrong in drawn.mistakes["parameters"]:
            assert wrong == WRONG[misconception.name](net), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    depths, biased = set(), set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        depths.add(givens.depth)
        biased.add(givens.bias)
        assert givens.is_deep == (level == "hard")
        assert problem(FAMILY, level, seed).answer_key["parameters"] < 3000
    assert depths == {"easy": {2}, "medium": {3}, "hard": {4, 5, 6}}[level]
    assert biased == ({True} if level == "easy" else {True, False})


def answers(givens: MlpParamCount) -> dict[str, int]:
    drawn = Problem.of(givens, "hard")
    found = {misconception.name: wrong for misconception, wrong in drawn.mistakes["parameters"]}
    return found | {"right": drawn.answer_key["parameters"]}


def test_a_listing_by_hand() -> None:
    """6 · 8 + 8 = 56 and 8 · 3 + 3 = 27."""
    found = answers(MlpParamCount((6, 8, 3), True, 32))
    assert found == {
        "right": 83,
        "forgets_the_bias": 72,
        "one_bias_per_layer": 74,
        "one_bias_per_input": 86,
        "forgets_the_last_layer": 56,
        "gives_activation_parameters": 91,
        "multiplies_all_widths": 144,
        "adds_inputs_and_outputs": 36,
    }


def test_the_course_s_deep_network_by_hand() -> None:
    """m d + (ℓ − 2) m² + k m with d = 7, m = 10, k = 3 and ℓ = 4, without biases."""
    found = answers(MlpParamCount((7, 10, 10, 10, 3), False, 32, is_deep=True))
    assert found["right"] == 70 + 200 + 30
    assert found["counts_a_hidden_matrix_too_many"] == 400
    assert found["makes_all_matrices_square"] == 400
    assert found["adds_a_bias_unasked"] == 333
    assert found["leaves_a_hidden_matrix_out"] == 200
