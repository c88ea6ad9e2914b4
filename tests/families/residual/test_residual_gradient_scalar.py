"""Gradients through scalar blocks against autograd, with each mistake built into the network."""

from collections.abc import Callable
from fractions import Fraction
from itertools import accumulate, product
from math import prod
from operator import mul
from types import ModuleType
from typing import Any

import pytest

from examgen.families.residual.residual_gradient_scalar import ResidualGradientScalar
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from examgen.questions.tells import chance
from tests.families.drawn import SEEDS, item, problem

FAMILY = "residual-gradient-scalar"


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


def one_path_each(network: Network) -> float:
    prefixes: list[float] = [*accumulate(network.slopes(branch(network)), mul)]
    return 1 + sum(prefixes)


def one_block_more(network: Network) -> float:
    """The chain run once more through its first block, which is like all others."""
    weight, *others = network.weights
    if set(others) != {weight}:
        return network.gradient()
    h = x = network.number(network.start)
    for w in [*network.weights, weight]:
        h = network.block(w, h)
    return network.slope(h, x)


def where_off(network: Network, slopes: Callable[[list[float]], list[float]]) -> float:
    """The chain with other slopes, if any block's ReLU is off."""
    found = network.slopes(branch(network))
    return prod(slopes(found)) if 0 in found else network.gradient()


def one_skip_in_all(network: Network) -> float:
    """One skip, where that can be told from judging each ReLU by its input."""
    *inputs, _ = network.states()
    found = network.slopes(branch(network))
    cannot_be_told = 0 in found and all(each <= 0 for each in inputs)
    return network.gradient() if cannot_be_told else 1 + prod(found)


WRONG: dict[str, Callable[[Network], float]] = {
    "forgets_the_skip": lambda net: prod(net.slopes(branch(net))),
    "keeps_the_ends_only": one_skip_in_all,
    "adds_the_slopes": lambda net: 1 + sum(net.slopes(branch(net))),
    "keeps_one_path_of_each_length": one_path_each,
    "counts_a_block_too_many": one_block_more,
    "stops_a_block_early": lambda net: prod(net.slopes(net.block)[:-1]),
    "takes_absolute_slopes": lambda net: prod(
        net.slopes(lambda w, h: (w * h > 0).double() * abs(w) * h + h)
    ),
    "adds_the_factors": lambda net: sum(net.slopes(net.block)),
    "counts_the_paths": lambda net: len(list(product("in", repeat=len(net.weights)))),
    "gives_the_output": lambda net: net.states()[-1],
    "ignores_the_activation": lambda net: prod(net.slopes(lambda w, h: w * h + h)),
    "lets_the_negative_through": lambda net: where_off(
        net, lambda _: net.slopes(lambda w, h: w * h - net.torch.relu(w * h) + h)
    ),
    "skips_only_where_off": lambda net: where_off(
        net, lambda found: [each if each != 0 else 1 for each in found]
    ),
    "masks_by_the_input": lambda net: prod(net.slopes(lambda w, h: w * h * (h > 0) + h)),
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
    lengths, off, signs, off_at = set(), set(), set(), set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        signs.add(givens.start > 0)
        off_at |= {at for at, slope in enumerate(givens.slopes) if slope == 0}
        network = Network(torch, givens)
        branches = network.slopes(branch(network))
        lengths.add(len(branches))
        off.add(branches.count(0))
        assert level != "easy" or len(set(givens.weights)) == 1
        assert level != "hard" or (givens.start < 0 and max(branches) <= 0)
    assert lengths == {"easy": {2, 3}, "medium": {3}, "hard": {3, 4}}[level]
    assert off == {"easy": {0}, "medium": {1}, "hard": {1, 2}}[level]
    assert signs == ({False} if level == "hard" else {True, False})
    assert off_at == {"easy": set(), "medium": {0, 1, 2}, "hard": {0, 1, 2, 3}}[level]


@pytest.mark.parametrize(("level", "at_most"), [("easy", 0.38), ("medium", 0.34), ("hard", 0.34)])
def test_the_largest_denominator_seldom_tells(level: Level, at_most: float) -> None:
    """The right answer often has the largest, and of those that have it the largest numerator."""
    hits = 0.0
    for seed in range(200):
        (printed,) = item(FAMILY, level, seed).parts
        values = [Fraction(each.answer) for each in printed.options]
        largest = max(each.denominator for each in values)
        most = max(each for each in values if each.denominator == largest)
        hits += most == problem(FAMILY, level, seed).answer_key["gradient"]
    assert hits / 200 < at_most


@pytest.mark.parametrize("level", ["medium", "hard"])
def test_who_goes_forward_not_at_all_is_wrong(level: Level) -> None:
    """One block is on and one is off: neither all factors 1 + w nor none of them are right."""
    for seed in range(200):
        slopes = problem(FAMILY, level, seed).givens.slopes
        assert 0 in slopes and any(slopes), seed


@pytest.mark.parametrize("level", ["medium", "hard"])
def test_the_forgotten_skip_is_an_option_nearly_always(level: Level) -> None:
    found = 0
    for seed in range(200):
        (printed,) = item(FAMILY, level, seed).parts
        found += any(
            {"forgets_the_skip", "skips_only_where_off"} & {*each.misconceptions}
            for each in printed.options
        )
    assert found >= 150


@pytest.mark.parametrize("level", LEVELS)
def test_a_sign_seldom_tells(level: Level) -> None:
    """Who crosses out what is not positive, or takes the only one of its sign, gains nothing."""
    positive = alone = 0.0
    for seed in range(200):
        (printed,) = item(FAMILY, level, seed).parts
        values = [Fraction(each.answer) for each in printed.options]
        right = Fraction(problem(FAMILY, level, seed).answer_key["gradient"])
        positive += chance([each > 0 for each in values], values.index(right))
        signs = [(each > 0) - (each < 0) for each in values]
        alone += chance(
            [signs.count(each) == 1 and each != 0 for each in signs], values.index(right)
        )
        assert right != 0
        assert right > 0 or (level != "easy" and problem(FAMILY, level, seed).givens.start < 0)
    assert positive / 200 < 0.3 and alone / 200 < 0.3


@pytest.mark.parametrize("level", LEVELS)
def test_the_right_answer_is_seldom_the_nearest_to_zero(level: Level) -> None:
    """But for 0 itself."""
    hits = 0
    for seed in range(200):
        (printed,) = item(FAMILY, level, seed).parts
        values = [Fraction(each.answer) for each in printed.options]
        right = problem(FAMILY, level, seed).answer_key["gradient"]
        hits += abs(right) == min(abs(each) for each in values if each)
    assert hits / 200 < 0.4


def solved(start: int, *weights: int | Fraction) -> dict[str, Any]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(ResidualGradientScalar(weights, start), "hard")
    return answers(drawn) | {"right": drawn.answer_key["gradient"]}


def test_by_hand() -> None:
    """z = 1, −6, 1: the second block is off, so 3/2 · 1 · 4/3."""
    found = solved(2, Fraction(1, 2), -2, Fraction(1, 3))
    assert found == {
        "right": 2,
        "keeps_the_ends_only": 1,
        "adds_the_slopes": Fraction(11, 6),
        "keeps_one_path_of_each_length": Fraction(3, 2),
        "stops_a_block_early": Fraction(3, 2),
        "adds_the_factors": Fraction(23, 6),
        "counts_the_paths": 8,
        "gives_the_output": 4,
        "ignores_the_activation": -2,
        "forgets_the_skip": 0,
        "lets_the_negative_through": -1,
        "skips_only_where_off": Fraction(1, 6),
        "masks_by_the_input": -2,
    }
    assert {type(each) for each in found.values()} == {int, Fraction}


def test_a_negative_weight_lets_a_negative_input_through() -> None:
    """z = 1, −1/2, 1/4: factors 1/2, 1 and 1/2."""
    found = solved(-2, Fraction(-1, 2), Fraction(1, 2), Fraction(-1, 4))
    assert found["right"] == Fraction(3, 8)
    assert found["lets_the_negative_through"] == Fraction(3, 2)
    assert found["masks_by_the_input"] == 1
    assert found["ignores_the_activation"] == Fraction(9, 16)


def test_a_residual_network_loses_its_gradient_near_minus_one() -> None:
    assert solved(-1, *[Fraction(-9, 10)] * 3)["right"] == Fraction(1, 1000)
    assert solved(1, *[Fraction(-9, 10)] * 3)["right"] == 1


def test_equal_negative_weights_by_hand() -> None:
    """z = 2, 2/3: both blocks are on, with factors 1/3."""
    found = solved(-3, *[Fraction(-2, 3)] * 2)
    assert found["right"] == Fraction(1, 9)
    assert found["counts_a_block_too_many"] == Fraction(1, 27)
    assert found["stops_a_block_early"] == Fraction(1, 3)
    assert found["keeps_one_path_of_each_length"] == 1 - Fraction(2, 3) + Fraction(4, 9)
    assert found["takes_absolute_slopes"] == Fraction(25, 9)
    assert found["masks_by_the_input"] == 1
