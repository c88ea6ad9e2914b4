"""Jacobians of residual blocks against autograd, with each mistake built into the network."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array
from examgen.families.residual.residual_jacobian import ResidualJacobian
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "residual-jacobian"


class Network:
    """The blocks of a problem in torch."""

    def __init__(self, torch: ModuleType, givens: ResidualJacobian) -> None:
        self.torch = torch
        self.weights = [torch.tensor(each.astype(float)) for each in givens.weights]
        self.states = [torch.tensor(givens.h0.astype(float))]
        for w in self.weights:
            self.states.append(self.sound(w, self.states[-1]))

    def sound(self, w: Any, h: Any) -> Any:
        return self.torch.relu(w @ h) + h

    def jacobian(self, run: Callable[[Any], Any], at: Any) -> Any:
        return self.torch.autograd.functional.jacobian(run, at)

    def whole(self) -> Any:
        """Autograd through all blocks at once."""

        def run(h: Any) -> Any:
            for w in self.weights:
                h = self.sound(w, h)
            return h

        return self.jacobian(run, self.states[0])

    def chained(self, block: Callable[[Any, Any, Any], Any]) -> Any:
        """Each *block* of (W, h, gate), alone at the point that the sound network feeds it."""
        return self.product(self.alone(block))

    def alone(self, block: Callable[[Any, Any, Any], Any]) -> list[Any]:
        points = zip(self.weights, self.states, strict=False)
        return [self.at(block, w, at, (w @ at > 0).double()) for w, at in points]

    def by_the_input(self) -> Any:
        points = zip(self.weights, self.states, strict=False)
        return self.product([self.at(sound, w, at, (at > 0).double()) for w, at in points])

    def at(self, block: Callable[[Any, Any, Any], Any], w: Any, at: Any, gate: Any) -> Any:
        return self.jacobian(lambda h: block(w, h, gate), at)

    def fed(self, w: Any, h: Any) -> Any:
        return self.jacobian(lambda x: self.sound(w, x), h)

    def product(self, factors: list[Any]) -> Any:
        product = self.torch.eye(len(factors[0]), dtype=self.torch.double)
        for factor in factors:
            product = factor @ product
        return product


def branch(w: Any, h: Any, gate: Any) -> Any:
    return gate * (w @ h)


def sound(w: Any, h: Any, gate: Any) -> Any:
    return branch(w, h, gate) + h


def one_skip(net: Network) -> Any:
    product = net.chained(branch)
    return product + net.torch.eye(len(product), dtype=net.torch.double)


def one_path_each(net: Network) -> Any:
    branches = net.alone(branch)
    return sum(branches) + net.torch.eye(len(branches[0]), dtype=net.torch.double)


def first_input_for_all(net: Network) -> Any:
    return net.product([net.fed(w, net.states[0]) for w in net.weights])


def reversed_order(net: Network) -> Any:
    return net.product(net.alone(sound)[::-1])


WRONG: dict[str, Callable[[Network], Any]] = {
    "forgets_the_identity": lambda net: net.chained(branch),
    "ignores_the_activation": lambda net: net.chained(lambda w, h, _: w @ h + h),
    "masks_the_skip": lambda net: net.chained(lambda w, h, gate: gate * (w @ h + h)),
    "masks_the_columns": lambda net: net.chained(lambda w, h, gate: w @ (gate * h) + h),
    "lets_the_negative_through": lambda net: net.chained(lambda w, h, gate: w @ h * (1 - gate) + h),
    "masks_by_the_input": lambda net: net.by_the_input(),
    "transposes_the_gradient": lambda net: net.whole().T,
    "subtracts_the_skip": lambda net: net.chained(lambda w, h, gate: branch(w, h, gate) - h),
    "reverses_the_blocks": reversed_order,
    "keeps_the_ends_only": one_skip,
    "adds_the_slopes": one_path_each,
    "stops_a_block_early": lambda net: net.alone(sound)[0],
    "feeds_every_block_the_input": first_input_for_all,
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        assert drawn.answer_key["matrix"].tolist() == network.whole().tolist(), seed
        for misconception, wrong in drawn.mistakes["matrix"]:
            expected = WRONG[misconception.name](network).tolist()
            assert wrong.tolist() == expected, (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        h = givens.h0.astype(int)
        for weights in givens.weights:
            w = weights.astype(int)
            z = w @ h
            seen.add((len(h), int((z > 0).sum()), len(givens.weights)))
            assert z.all()
            h = h + z.clip(min=0)
    expected = {"easy": {(2, 1, 1)}, "medium": {(3, 1, 1), (3, 2, 1)}, "hard": {(2, 1, 2)}}
    assert seen == expected[level]


def solved(h0: list[int], *weights: list[list[int]]) -> dict[str, list[list[int]]]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(ResidualJacobian(tuple(map(array, weights)), array(h0)), "hard")
    wrong = {misconception.name: each.tolist() for misconception, each in drawn.mistakes["matrix"]}
    return wrong | {"right": drawn.answer_key["matrix"].tolist()}


def test_by_hand() -> None:
    """z = (−1, 4): the second row of W stays."""
    assert solved([1, 2], [[1, -1], [2, 1]]) == {
        "right": [[1, 0], [2, 2]],
        "forgets_the_identity": [[0, 0], [2, 1]],
        "ignores_the_activation": [[2, -1], [2, 2]],
        "masks_the_skip": [[0, 0], [2, 2]],
        "masks_the_columns": [[1, -1], [0, 2]],
        "lets_the_negative_through": [[2, -1], [0, 1]],
        "masks_by_the_input": [[2, -1], [2, 2]],
        "transposes_the_gradient": [[1, 2], [0, 2]],
        "subtracts_the_skip": [[-1, 0], [2, 0]],
    }


def test_by_hand_with_two_blocks() -> None:
    """h¹ = (1, 2) + (0, 4) = (1, 6) and z² = (9, −4): J² = [[4, 1], [0, 1]]."""
    found = solved([1, 2], [[1, -1], [2, 1]], [[3, 1], [2, -1]])
    assert found["right"] == [[4 + 2, 2], [2, 2]]
    assert found["reverses_the_blocks"] == [[4, 1], [8, 2 + 2]]
    assert found["keeps_the_ends_only"] == [[2 + 1, 1], [0, 1]]
    assert found["adds_the_slopes"] == [[3 + 1, 1], [2, 1 + 1]]
    assert found["stops_a_block_early"] == [[1, 0], [2, 2]]
