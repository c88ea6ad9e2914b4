"""Two residual blocks against autograd, with each mistake built into the network."""

from collections.abc import Callable
from random import Random
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Array, array
from examgen.families.residual.long_residual_block import LongResidualBlock
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "long-residual-block"
FORWARD = ("z[1]", "h[1]", "z[2]", "h[2]")


class Network:
    """The network of a problem in torch, run forward.

    A value that the student has of his *own* takes the place of the computed one, and passes
    gradients on as that did: he goes on with what he has.
    """

    def __init__(
        self, torch: ModuleType, givens: LongResidualBlock, own: dict[str, Array] | None = None
    ) -> None:
        self.torch, self.givens, self.own = torch, givens, own or {}
        self.weights = [self.leaf(each) for each in givens.weights]
        self.values = {"h[0]": self.leaf(givens.h0)}
        for layer, w in enumerate(self.weights, start=1):
            z = self.keep(f"z[{layer}]", w @ self.h(layer - 1))
            self.keep(f"h[{layer}]", torch.relu(z) + self.h(layer - 1))

    def leaf(self, values: Array) -> Any:
        return self.torch.tensor(values.astype(float), requires_grad=True)

    def keep(self, name: str, value: Any) -> Any:
        if name in self.own:
            value = value + (self.leaf(self.own[name]) - value).detach()
        self.values[name] = value
        return value

    def z(self, layer: int) -> Any:
        return self.values[f"z[{layer}]"]

    def h(self, layer: int) -> Any:
        return self.values[f"h[{layer}]"]

    def loss(self) -> Any:
        target, h2 = self.leaf(self.givens.target), self.h(2)
        return ((h2 - target) ** 2).sum() / 2 if self.givens.squared_loss else target @ h2

    def gradient(self, by: Any, of: Any = None, upstream: Any = None) -> Any:
        """∂of/∂by, of the loss unless another is named; *upstream* is ∂L/∂of."""
        target = self.loss() if of is None else of
        (found,) = self.torch.autograd.grad(target, by, upstream, retain_graph=True)
        return found

    def through(self, layer: int, block: Callable[[Any, Any, Any], Any], by: str) -> Any:
        """∂L/∂W or ∂L/∂h of a *block* of (W, h, gate), given the right ∂L/∂h above it."""
        w = self.weights[layer - 1].detach().requires_grad_()
        h = self.h(layer - 1).detach().requires_grad_()
        out = block(w, h, (self.z(layer) > 0).double())
        return self.gradient({"w": w, "h": h}[by], out, self.gradient(self.h(layer)))

    def rights(self) -> dict[str, Any]:
        """The answers to all that some level asks, by the names of the parts."""
        relu, (w1, w2) = self.torch.relu, self.weights
        return {name: self.values[name] for name in FORWARD} | {
            "plain_output": relu(w2 @ relu(self.z(1))),
            "gradient_h2": self.gradient(self.h(2)),
            "gradient_h1": self.gradient(self.h(1)),
            "gradient_h0": self.gradient(self.h(0)),
            "gradient_w1": self.gradient(w1),
            "output_without_weights": relu(0 * w2 @ self.h(0))
            + relu(0 * w1 @ self.h(0))
            + self.h(0),
        }


def sound(w: Any, h: Any, gate: Any) -> Any:
    return gate * (w @ h) + h


def cut(w: Any, h: Any, gate: Any) -> Any:
    return gate * (w @ h) + h.detach()


def linear(w: Any, h: Any, gate: Any) -> Any:  # noqa: ARG001
    return w @ h + h


def gated_by_input(w: Any, h: Any, gate: Any) -> Any:  # noqa: ARG001
    return (h.detach() > 0).double() * (w @ h) + h


BACKWARD: dict[str, Callable[[Any, Any, Any], Any]] = {
    "forgets_the_identity": cut,
    "forgets_the_branch": lambda w, h, gate: sound(0 * w, h, gate),
    "ignores_the_activation": linear,
    "forgets_the_transpose": lambda w, h, gate: sound(w.T, h, gate),
    "masks_the_skip": lambda w, h, gate: gate * linear(w, h, gate),
}
"""Blocks through which a gradient goes as it does for who makes this mistake."""


def backward(block: int, name: str) -> Callable[[Network, int], Any]:
    return lambda net, _: net.through(block, BACKWARD[name], "h")


WRONG: dict[tuple[str, str], Callable[[Network, int], Any]] = {
    **{("gradient_h1", name): backward(2, name) for name in BACKWARD},
    **{("gradient_h0", name): backward(1, name) for name in BACKWARD},
    ("gradient_h1", "masks_by_the_input"): lambda net, _: net.through(2, gated_by_input, "h"),
    ("gradient_h0", "masks_by_the_input"): lambda net, _: net.through(1, gated_by_input, "h"),
    ("gradient_w1", "masks_by_the_input"): lambda net, _: net.through(1, gated_by_input, "w"),
    ("z", "transposes_the_weights"): lambda net, i: net.weights[i - 1].T @ net.h(i - 1),
    ("z", "applies_the_activation"): lambda net, i: net.torch.relu(net.z(i)),
    ("h", "forgets_the_skip"): lambda net, i: net.torch.relu(net.z(i)),
    ("h", "adds_before_the_activation"): lambda net, i: net.torch.relu(net.z(i) + net.h(i - 1)),
    ("h", "forgets_the_activation"): lambda net, i: net.z(i) + net.h(i - 1),
    ("h", "activates_the_skip"): lambda net, i: (
        net.torch.relu(net.z(i)) + net.torch.relu(net.h(i - 1))
    ),
    ("h", "adds_the_first_input_in_every_block"): lambda net, i: (
        net.torch.relu(net.z(i)) + net.h(0)
    ),
    ("plain_output", "forgets_the_last_activation"): lambda net, _: (
        net.weights[1] @ net.torch.relu(net.z(1))
    ),
    ("plain_output", "forgets_the_first_activation"): lambda net, _: net.torch.relu(
        net.weights[1] @ net.z(1)
    ),
    ("gradient_h2", "forgets_the_half"): lambda net, _: net.gradient(net.h(2), 2 * net.loss()),
    ("gradient_h2", "reverses_the_sign"): lambda net, _: net.gradient(net.h(2), -net.loss()),
    ("gradient_w1", "transposes_the_gradient"): lambda net, _: net.through(1, sound, "w").T,
    ("gradient_w1", "ignores_the_activation"): lambda net, _: net.through(1, linear, "w"),
    ("output_without_weights", "vanishes_without_weights"): lambda net, _: net.torch.relu(
        0 * net.weights[1] @ net.torch.relu(0 * net.weights[0] @ net.h(0))
    ),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        rights = Network(torch, drawn.givens).rights()
        for part in drawn.parts:
            found = drawn.answer_key[part.name]
            assert found.tolist() == rights[part.name].tolist(), (seed, part.name)


@pytest.mark.parametrize("level", LEVELS)
def test_mistakes_agree_with_autograd(torch: ModuleType, level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        for part in drawn.parts:
            for misconception, wrong in drawn.mistakes[part.name]:
                oracle = WRONG[part.declared.name, misconception.name]
                expected = oracle(network, part.row or 0)
                assert wrong.tolist() == expected.tolist(), (seed, part.name, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_who_errs_goes_on_as_autograd_does(torch: ModuleType, level: Level) -> None:
    for seed in range(100):
        drawn, rng = problem(FAMILY, level, seed), Random(seed)
        for name in FORWARD:
            own = array([rng.randint(-4, 4), rng.randint(-4, 4)])
            rights = Network(torch, drawn.givens, {name: own}).rights()
            answers = dict(drawn.answer_key)
            for part in drawn.parts:
                answers[part.name] = own if part.name == name else part.procedure(answers)
                expected = rights[part.name].tolist()
                assert answers[part.name].tolist() == expected, (seed, name, part.name)


@pytest.mark.parametrize(
    ("own_part", "block", "part"),
    [
        ("gradient_h2", 2, "gradient_h1"),
        ("gradient_h1", 1, "gradient_h0"),
        ("gradient_h1", 1, "gradient_w1"),
    ],
)
def test_an_own_gradient_goes_through_the_block_below(
    torch: ModuleType, own_part: str, block: int, part: str
) -> None:
    level: Level = "easy" if part == "gradient_h0" else "hard"
    for seed in range(100):
        drawn = problem(FAMILY, level, seed)
        own = array([Random(seed).randint(-9, 9), 4])
        network = Network(torch, drawn.givens)
        by = network.weights[0] if part == "gradient_w1" else network.h(block - 1)
        expected = network.gradient(by, network.h(block), network.leaf(own))
        (asked,) = (each for each in drawn.parts if each.name == part)
        found = asked.procedure(drawn.answer_key | {own_part: own})
        assert found.tolist() == expected.tolist(), seed


def test_a_slip_on_the_way_back_is_named_in_both_blocks() -> None:
    """Also where it is made twice: the second time by the gradient that the first has led to."""
    for seed in range(20):
        drawn = problem(FAMILY, "easy", seed)
        (second,) = (each for each in drawn.parts if each.name == "gradient_h0")
        for slip, own in drawn.mistakes["gradient_h1"]:
            made = {m.name for m, _ in second.mistakes(drawn.answer_key | {"gradient_h1": own})}
            assert slip.name in made, (seed, slip.name)


def test_relus_that_are_judged_by_their_blocks_input_are_named() -> None:
    """Unless the input has the signs of z, which shows nothing."""
    for seed in range(40):
        drawn = problem(FAMILY, "medium", seed)
        key = drawn.answer_key
        blocks = {"gradient_h1": ("h[1]", "z[2]"), "gradient_w1": ("h[0]", "z[1]")}
        for part, (h, z) in blocks.items():
            signs = [
                [each > 0 for each in (key | {"h[0]": drawn.givens.h0})[name]] for name in (h, z)
            ]
            named = {each.name for each, _ in drawn.mistakes[part]}
            assert ("masks_by_the_input" in named) == (signs[0] != signs[1]), (seed, part)


def test_skips_that_carry_something_else_are_named() -> None:
    seen = {
        (part.row, misconception.name)
        for seed in range(60)
        for part in problem(FAMILY, "medium", seed).parts
        if part.declared.name == "h"
        for misconception, _ in part.mistakes(problem(FAMILY, "medium", seed).answer_key)
    }
    assert {(1, "activates_the_skip"), (2, "activates_the_skip")} < seen
    assert (2, "adds_the_first_input_in_every_block") in seen
    assert (1, "adds_the_first_input_in_every_block") not in seen


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    patterns = set()
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        key = drawn.answer_key
        on = [[entry > 0 for entry in key[name]] for name in ("z[1]", "z[2]")]
        assert [sum(block) for block in on] == [1, 1], seed
        patterns.add(tuple(block.index(True) for block in on))
        assert 0 not in [*key["z[1]"], *key["h[1]"], *key["z[2]"], *key["gradient_h1"]]
        assert drawn.givens.squared_loss == ("gradient_h2" in key) == (level == "hard")
        assert ("gradient_h0" in key) == (level == "easy") == ("gradient_w1" not in key)
    assert patterns == {(0, 0), (0, 1), (1, 0), (1, 1)}


def solved(*, squared_loss: bool, target: list[int], level: Level) -> Problem:
    weights = (array([[1, -1], [2, 1]]), array([[-1, 2], [1, 1]]))
    givens = LongResidualBlock(weights, array([-1, 1]), array(target), squared_loss)
    return Problem.of(givens, level)


def test_by_hand() -> None:
    """z¹ = (−2, −1): both units are off, so h¹ = h⁰ and only the skip leads back to h⁰.

    z² = (3, 0) and h² = (2, 1); W²ᵀ (2, 0) = (−2, 4).
    """
    key = solved(squared_loss=False, target=[2, 5], level="easy").answer_key
    assert {name: each.tolist() for name, each in key.items()} == {
        "z[1]": [-2, -1],
        "h[1]": [-1, 1],
        "z[2]": [3, 0],
        "h[2]": [2, 1],
        "plain_output": [0, 0],
        "gradient_h1": [-2 + 2, 4 + 5],
        "gradient_h0": [0, 9],
        "output_without_weights": [-1, 1],
    }


def test_by_hand_with_the_squared_loss() -> None:
    """h² − t = (1, 3), of which ReLU lets (1, 0) through; W²ᵀ (1, 0) = (−1, 2)."""
    drawn = solved(squared_loss=True, target=[1, -2], level="hard")
    assert drawn.answer_key["gradient_h2"].tolist() == [1, 3]
    assert drawn.answer_key["gradient_h1"].tolist() == [-1 + 1, 2 + 3]
    assert drawn.answer_key["gradient_w1"].tolist() == [[0, 0], [0, 0]]
    mistakes = {m.name: wrong.tolist() for m, wrong in drawn.mistakes["gradient_h1"]}
    assert mistakes == {
        "forgets_the_identity": [-1, 2],
        "forgets_the_branch": [1, 3],
        "ignores_the_activation": [-1 + 3 + 1, 2 + 3 + 3],
        "forgets_the_transpose": [-1 + 1, 1 + 3],
        "masks_the_skip": [-1 + 1, 2 + 0],
        "masks_by_the_input": [3 + 1, 3 + 3],
    }
