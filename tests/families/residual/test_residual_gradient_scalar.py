"""Gradients through scalar blocks against autograd, with each mistake built into the network."""

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import prod
from types import ModuleType
from typing import Any

import pytest

from examgen.families.residual.residual_gradient_scalar import ResidualGradientScalar
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import problem

FAMILY = "residual-gradient-scalar"
SEEDS = [range(200), pytest.param(range(5000), marks=pytest.mark.oracle)]


class Network:
    """The blocks of a problem in torch."""

    def __init__(self, torch: ModuleType, givens: ResidualGradientScalar) -> None:
        self.torch = torch
        self.weights = [float(w) for w in map(Fraction, map(str, givens.weights))]
        self.start = float(givens.start)

    def block(self, w: float, h: Any) -> Any:
        return self.torch.relu(w * h) + h

    def states(self) -> list[float]:
        states = [self.number(self.start)]
        for w in self.weights:
            states.append(self.block(w, states[-1]))
        return [state.item() for state in states]

    def gradient(self) -> float:
        """Autograd through the whole chain."""
        h = x = self.number(self.start)
        for w in self.weights:
            h = self.block(w, h)
        return self.slope(h, x)

    def slopes(self, block: Callable[[float, Any], Any]) -> list[float]:
        """The slope of each *block* alone, at what the sound network feeds it."""
        inputs = [self.number(state) for state in self.states()[:-1]]
        return [self.slope(block(w, x), x) for w, x in zip(self.weights, inputs, strict=True)]

    def number(self, value: float) -> Any:
        return self.torch.tensor(value, dtype=self.torch.double, requires_grad=True)

    def slope(self, y: Any, x: Any) -> float:
        (found,) = self.torch.autograd.grad(y, x)
        return float(found)


def branch(network: Network) -> Callable[[float, Any], Any]:
    """A block without its skip."""
    return lambda w, h: network.torch.relu(w * h)


WRONG: dict[str, Callable[[Network], float]] = {
    "forgets_the_skip": lambda net: prod(net.slopes(branch(net))),
    "keeps_the_ends_only": lambda net: 1 + prod(net.slopes(branch(net))),
    "adds_the_slopes": lambda net: 1 + sum(net.slopes(branch(net))),
    "adds_the_factors": lambda net: sum(net.slopes(net.block)),
    "counts_the_paths": lambda net: len(list(product("in", repeat=len(net.weights)))),
    "gives_the_output": lambda net: net.states()[-1],
    "ignores_the_activation": lambda net: prod(net.slopes(lambda w, h: w * h + h)),
    "masks_the_skip": lambda net: prod(net.slopes(lambda w, h: (w * h + h) * (w * h > 0))),
    "masks_by_the_input": lambda net: prod(net.slopes(lambda w, h: w * h * (h > 0) + h)),
    "masks_by_the_weight": lambda net: prod(net.slopes(lambda w, h: max(w, 0) * h + h)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        right = network.gradient()
        assert float(drawn.answer_key["gradient"]) == pytest.approx(right, rel=1e-12), seed
        named = answers(drawn)
        for name, oracle in WRONG.items():
            wrong = pytest.approx(oracle(network), rel=1e-12, abs=1e-12)
            # a mistake that is not named is none here: the bug changes nothing
            assert float(named.get(name, drawn.answer_key["gradient"])) == wrong, (seed, name)


def answers(drawn: Problem) -> dict[str, Any]:
    """The wrong answers by name."""
    return {misconception.name: each for misconception, each in drawn.mistakes["gradient"]}


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(torch: ModuleType, level: Level) -> None:
    lengths, off = set(), set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        network = Network(torch, givens)
        branches = network.slopes(branch(network))
        lengths.add(len(branches))
        off.add(branches.count(0))
        assert level != "easy" or len(set(givens.weights)) == 1
        assert level != "hard" or (givens.start < 0 and max(branches) <= 0)
    assert lengths == {"easy": {2, 3}, "medium": {3}, "hard": {3, 4}}[level]
    assert off == {"easy": {0}, "medium": {1}, "hard": {0, 1}}[level]


def solved(start: int, *weights: int | Fraction) -> dict[str, Any]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(ResidualGradientScalar(weights, start), "hard")
    return answers(drawn) | {"right": drawn.answer_key["gradient"]}


def test_by_hand() -> None:
    """z = 1, −6, 1: the second block is off, so 3/2 · 1 · 4/3."""
    found = solved(2, Fraction(1, 2), -2, Fraction(1, 3))
    assert found == {
        "right": 2,
        "forgets_the_skip": 0,
        "keeps_the_ends_only": 1,
        "adds_the_slopes": Fraction(11, 6),
        "adds_the_factors": Fraction(23, 6),
        "counts_the_paths": 8,
        "gives_the_output": 4,
        "ignores_the_activation": -2,
        "masks_the_skip": 0,
        "masks_by_the_input": -2,
    }
    assert {type(each) for each in found.values()} == {int, Fraction}


def test_a_negative_weight_lets_a_negative_input_through() -> None:
    """z = 1, −1/2, 1/4: factors 1/2, 1 and 1/2."""
    found = solved(-2, Fraction(-1, 2), Fraction(1, 2), Fraction(-1, 4))
    assert found["right"] == Fraction(3, 8)
    assert found["masks_by_the_weight"] == Fraction(3, 2)
    assert found["masks_by_the_input"] == 1
    assert found["ignores_the_activation"] == Fraction(9, 16)


def test_a_residual_network_loses_its_gradient_near_minus_one() -> None:
    assert solved(-1, *[Fraction(-9, 10)] * 3)["right"] == Fraction(1, 1000)
    assert solved(1, *[Fraction(-9, 10)] * 3)["right"] == 1
