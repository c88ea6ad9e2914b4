"""Residual blocks against torch, with each mistake built into the network."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array
from examgen.families.residual.residual_forward_mc import ResidualForwardMc
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "residual-forward-mc"


class Network:
    """The blocks of a problem in torch."""

    def __init__(self, torch: ModuleType, givens: ResidualForwardMc) -> None:
        self.torch, self.relu = torch, torch.relu
        self.start = torch.tensor(givens.h0.astype(float))
        self.weights = [torch.tensor(each.astype(float)) for each in givens.weights]

    def run(self, block: Callable[[Any, Any], Any], weights: list[Any] | None = None) -> Any:
        h = self.start
        for w in self.weights if weights is None else weights:
            h = block(w, h)
        return h

    def sound(self, w: Any, h: Any) -> Any:
        return self.relu(self.torch.nn.functional.linear(h, w)) + h

    def last_without_skip(self) -> Any:
        before = self.run(self.sound, self.weights[:-1])
        return self.run(self.sound) - before


WRONG: dict[str, Callable[[Network], Any]] = {
    "forgets_the_skip": lambda net: net.run(lambda w, h: net.relu(w @ h)),
    "adds_before_the_activation": lambda net: net.run(lambda w, h: net.relu(w @ h + h)),
    "forgets_the_activation": lambda net: net.run(lambda w, h: w @ h + h),
    "activates_the_skip": lambda net: net.run(lambda w, h: net.relu(w @ h) + net.relu(h)),
    "multiplies_by_the_skip": lambda net: net.run(lambda w, h: net.relu(w @ h) * h),
    "takes_absolute_values": lambda net: net.run(lambda w, h: (w @ h).abs() + h),
    "lets_the_negative_through": lambda net: net.run(lambda w, h: (w @ h).clamp(max=0) + h),
    "subtracts_the_skip": lambda net: net.run(lambda w, h: net.relu(w @ h) - h),
    "transposes_the_weights": lambda net: net.run(lambda w, h: net.relu(h @ w) + h),
    "adds_the_first_input_in_every_block": lambda net: net.run(
        lambda w, h: net.relu(w @ h) + net.start
    ),
    "stops_a_block_early": lambda net: net.run(net.sound, net.weights[:-1]),
    "forgets_the_last_skip": lambda net: net.last_without_skip(),
    "reverses_the_blocks": lambda net: net.run(net.sound, net.weights[::-1]),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        assert drawn.answer_key["output"].tolist() == network.run(network.sound).tolist(), seed
        for misconception, wrong in drawn.mistakes["output"]:
            expected = WRONG[misconception.name](network).tolist()
            assert wrong.tolist() == expected, (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    """In the first block the unit with h < 0 is on and the other off, wherever they stand."""
    on = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        w, h = givens.weights[0].astype(int), givens.h0.astype(int)
        assert sorted(h) == [min(h), max(h)]
        assert ((w @ h > 0) == (h < 0)).all()
        assert (w @ h != 0).all()
        on.add(int((h < 0).argmax()))
        off_diagonal = [w[0, 1], w[1, 0]]
        assert (off_diagonal == [0, 0]) == (level == "easy")
        assert len(givens.weights) == (2 if level == "hard" else 1)
    assert on == {0, 1}


def solved(h0: list[int], *weights: list[list[int]]) -> dict[str, list[int]]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(ResidualForwardMc(tuple(map(array, weights)), array(h0)), "hard")
    wrong = {misconception.name: each.tolist() for misconception, each in drawn.mistakes["output"]}
    return wrong | {"right": drawn.answer_key["output"].tolist()}


def test_by_hand() -> None:
    """z = (1 − 4, 3 + 2) = (−3, 5), so h¹ = (0, 5) + (1, −2)."""
    assert solved([1, -2], [[1, 2], [3, -1]]) == {
        "right": [1, 3],
        "forgets_the_skip": [0, 5],
        "adds_before_the_activation": [0, 3],
        "forgets_the_activation": [-2, 3],
        "activates_the_skip": [1, 5],
        "multiplies_by_the_skip": [0, -10],
        "takes_absolute_values": [4, 3],
        "lets_the_negative_through": [-2, -2],
        "subtracts_the_skip": [-1, 7],
        "transposes_the_weights": [1, 4 - 2],
    }


def test_by_hand_with_two_blocks() -> None:
    """h¹ = (1, 3) as above, z² = (3 − 3, 2 − 3), so both units are off and h² = h¹."""
    found = solved([1, -2], [[1, 2], [3, -1]], [[3, -1], [2, -1]])
    assert found["right"] == found["stops_a_block_early"] == [1, 3]
    assert found["forgets_the_last_skip"] == [0, 0]
    assert found["adds_the_first_input_in_every_block"] == [1, -2]
    assert found["forgets_the_activation"] == [3 * -2 - 3 - 2, 2 * -2 - 3 + 3]
