"""Blocks without weights against torch and autograd, with each mistake built into the network."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import approximate, array, ln
from examgen.families.residual.residual_zero_init import ResidualZeroInit
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "residual-zero-init"


class Network:
    """The network of a problem in torch, all of its weights in place."""

    def __init__(self, torch: ModuleType, givens: ResidualZeroInit) -> None:
        self.torch, self.givens = torch, givens
        self.start = self.tensor(givens.h0)
        zero = torch.zeros(len(self.start), len(self.start), dtype=torch.double)
        self.live = self.tensor(givens.weights) if givens.live else zero
        numbers = range(1, givens.depth + 1)
        self.weights = [self.live if each == givens.live else zero for each in numbers]
        self.biases = [self.tensor(each) for each in givens.biases] or [
            torch.zeros_like(self.start) for _ in numbers
        ]
        self.act = torch.relu if givens.activation == "ReLU" else torch.sigmoid

    def tensor(self, values: Any) -> Any:
        flat = [float(approximate(each, 12)) for each in values.ravel().tolist()]
        return self.torch.tensor(flat, dtype=self.torch.double).reshape(values.shape)

    def run(self, block: Callable[[Any, Any, Any], Any], h: Any = None, blocks: int = 0) -> Any:
        h = self.start if h is None else h
        for w, b in [*zip(self.weights, self.biases, strict=True)][: blocks or None]:
            h = block(w, b, h)
        return h

    def sound(self, w: Any, b: Any, h: Any) -> Any:
        return self.act(w @ h + b) + h

    def seen(self, block: Callable[[Any, Any, Any], Any]) -> Any:
        """What is asked, of the network with this block."""
        if not self.givens.live:
            return self.run(block)
        x = self.start.clone().requires_grad_()
        loss = self.tensor(self.givens.target) @ self.run(block, x)
        (found,) = self.torch.autograd.grad(loss, x)
        return found

    def gate(self) -> Any:
        return (self.live @ self.start > 0).double()


def of_zero(value: float) -> Callable[[Network], Any]:
    """Every branch gives this value."""
    return lambda net: net.run(lambda _w, _b, h: h + value)


WRONG: dict[str, Callable[[Network], Any]] = {
    "forgets_the_skip": lambda net: net.seen(lambda w, b, h: net.act(w @ h + b)),
    "vanishes_without_weights": lambda net: 0 * net.start,
    "takes_the_sigmoid_of_zero_for_zero": of_zero(0),
    "takes_one_at_zero": of_zero(1),
    "takes_the_other_activation": lambda net: net.run(lambda w, _, h: (w @ h).sigmoid() + h),
    "stops_after_one_block": lambda net: net.run(net.sound, blocks=1),
    "counts_a_block_too_many": lambda net: net.sound(
        net.weights[0], net.biases[0], net.run(net.sound)
    ),
    "stops_a_block_early": lambda net: net.run(net.sound, blocks=net.givens.depth - 1),
    "takes_the_identity_for_zero": lambda net: net.run(lambda _w, _b, h: h + h),
    "adds_the_input_in_every_block": lambda net: sum(
        net.sound(w, b, net.start) for w, b in zip(net.weights, net.biases, strict=True)
    ),
    "activates_the_skip": lambda net: net.run(
        lambda w, b, h: net.act(w @ h + b) + net.torch.relu(h)
    ),
    "forgets_the_bias": lambda net: net.run(lambda w, _, h: net.act(w @ h) + h),
    "forgets_the_activation": lambda net: net.run(lambda w, b, h: w @ h + b + h),
    "activates_the_sum": lambda net: net.start + net.act(sum(net.biases)),
    "takes_the_odds_for_the_share": lambda net: net.run(lambda w, b, h: (w @ h + b).exp() + h),
    "forgets_the_live_block": lambda net: net.seen(lambda w, b, h: net.sound(0 * w, b, h)),
    "forgets_the_identity": lambda net: net.seen(net.sound) - net.tensor(net.givens.target),
    "ignores_the_activation": lambda net: net.seen(lambda w, _, h: w @ h + h),
    "forgets_the_transpose": lambda net: net.seen(lambda w, _, h: net.gate() * (w.T @ h) + h),
    "masks_the_skip": lambda net: net.seen(
        lambda w, _, h: net.gate() * (w @ h + h) if w is net.live else h
    ),
    "lets_the_negative_through": lambda net: net.seen(
        lambda w, _, h: (1 - net.gate()) * (w @ h) + h
    ),
    "adds_the_upstream_in_every_block": lambda net: (
        net.seen(net.sound) + (net.givens.depth - 1) * net.tensor(net.givens.target)
    ),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        found = [float(approximate(each, 12)) for each in drawn.answer_key["vector"]]
        assert found == pytest.approx(network.seen(network.sound).tolist()), seed
        for misconception, wrong in drawn.mistakes["vector"]:
            expected = pytest.approx(WRONG[misconception.name](network).tolist())
            assert [float(approximate(each, 12)) for each in wrong] == expected, (
                seed,
                misconception.name,
            )


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        assert min(givens.h0) < 0 < max(givens.h0)
        seen.add((givens.activation, bool(givens.biases), givens.live > 0))
    assert (
        seen
        == {
            "easy": {("sigmoid", False, False), ("ReLU", False, False)},
            "medium": {("ReLU", False, True)},
            "hard": {("sigmoid", True, False), ("ReLU", True, False)},
        }[level]
    )


def solved(givens: ResidualZeroInit) -> dict[str, Any]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(givens, "hard")
    wrong = {misconception.name: each.tolist() for misconception, each in drawn.mistakes["vector"]}
    return wrong | {"right": drawn.answer_key["vector"].tolist()}


def test_by_hand() -> None:
    """Three sigmoid blocks add 3/2; with biases ln 2 and ln 3 they add 2/3 and 3/4."""
    assert solved(ResidualZeroInit.output([1, -2], 3, "sigmoid")) == {
        "right": [Fraction(5, 2), Fraction(-1, 2)],
        "forgets_the_skip": [Fraction(1, 2)] * 2,
        "vanishes_without_weights": [0, 0],
        "takes_the_sigmoid_of_zero_for_zero": [1, -2],
        "takes_one_at_zero": [4, 1],
        "stops_after_one_block": [Fraction(3, 2), Fraction(-3, 2)],
        "counts_a_block_too_many": [3, 0],
        "stops_a_block_early": [2, -1],
        "adds_the_input_in_every_block": [Fraction(9, 2), Fraction(-9, 2)],
    }
    biases = (array([ln(2), 0]), array([ln(3), ln(Fraction(1, 2))]))
    found = solved(ResidualZeroInit.output([1, -2], 2, "sigmoid", biases))
    assert found["right"] == [1 + Fraction(2, 3) + Fraction(3, 4), Fraction(-7, 6)]
    assert found["takes_the_odds_for_the_share"] == [6, Fraction(-1, 2)]
    assert found["activates_the_sum"] == [1 + Fraction(6, 7), Fraction(-5, 3)]


def test_by_hand_with_one_block_that_has_weights() -> None:
    """z = (−1, 3), D c = (0, 2) and Wᵀ D c = (2, −2)."""
    weights, target = array([[1, 1], [1, -1]]), array([-1, 2])
    found = solved(ResidualZeroInit(array([1, -2]), 4, "ReLU", weights, target, live=2))
    assert found["right"] == [2 - 1, -2 + 2]
    assert found["adds_the_upstream_in_every_block"] == [2 - 4, -2 + 8]
    assert found["masks_the_skip"] == [2 + 0, -2 + 2]
    assert found["ignores_the_activation"] == [-1 + 2 - 1, -1 - 2 + 2]
