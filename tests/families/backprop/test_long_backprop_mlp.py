"""Every part against autograd through the whole chain, with each mistake built into it."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import approximate, array, equal, ln
from examgen.families.backprop.long_backprop_mlp import LongBackpropMlp
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "long-backprop-mlp"

Tensor = Any


def floats(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return np.vectorize(lambda each: float(approximate(each, 15)), otypes=[float])(value)
    return float(approximate(value, 15))


class Network:
    """The problem's network; *act* and *gate* go forward and back through the hidden layer."""

    def __init__(self, torch: ModuleType, givens: LongBackpropMlp) -> None:
        self.torch, self.givens = torch, givens
        self.x = torch.tensor(floats(givens.x))
        self.first, self.second = (
            torch.tensor(floats(each), requires_grad=True)
            for each in (givens.hidden_weights, givens.output_weights)
        )
        self.y = torch.tensor(float(givens.target), dtype=torch.double)
        self.z = self.first @ self.x
        self.h = self.z.relu()
        self.f = self.second @ self.h
        self.loss = self.loss_of(self.f, self.y)

    def loss_of(self, f: Tensor, y: Tensor) -> Tensor:
        if self.givens.cross_entropy:
            return self.torch.nn.functional.binary_cross_entropy_with_logits(f, y)
        return 0.5 * (f - y) ** 2

    def gradient(self, of: Tensor, loss: Tensor | None = None) -> Any:
        loss = self.loss if loss is None else loss
        (found,) = self.torch.autograd.grad(loss, of, retain_graph=True)
        return found.numpy()

    def stepped(self, rate: float, transposed: bool = False) -> float:
        gradient = self.gradient(self.first)
        at = self.givens.row - 1, self.givens.column - 1
        back = gradient[at[::-1]] if transposed else gradient[at]
        return float(self.first[at].detach()) - rate * float(back)

    @property
    def rate(self) -> float:
        return float(self.givens.rate)

    @property
    def old(self) -> float:
        return float(self.first[self.givens.row - 1, self.givens.column - 1].detach())


RIGHT: dict[str, Callable[[Network], Any]] = {
    "z": lambda it: it.z,
    "h": lambda it: it.h,
    "f": lambda it: it.f,
    "loss": lambda it: it.loss,
    "gradient_f": lambda it: it.gradient(it.f),
    "gradient_w2": lambda it: it.gradient(it.second),
    "gradient_h": lambda it: it.gradient(it.h),
    "gradient_w1": lambda it: it.gradient(it.first),
    "updated": lambda it: it.stepped(it.rate),
}
WRONG: dict[str, Callable[[Network], Any]] = {
    "z/transposes_the_weights": lambda it: it.first.T @ it.x,
    "z/applies_the_activation": lambda it: it.z.relu(),
    "h/forgets_the_activation": lambda it: it.z,
    "h/takes_absolute_values": lambda it: it.z.abs(),
    "f/forgets_the_weights": lambda it: it.torch.ones_like(it.second) @ it.h,
    "f/uses_the_preactivations": lambda it: it.second @ it.z,
    "loss/forgets_the_half": lambda it: 2 * it.loss,
    "loss/takes_the_other_label": lambda it: it.loss_of(it.f, 1 - it.y),
    "loss/forgets_the_minus": lambda it: -it.loss,
    "gradient_f/reverses_the_sign": lambda it: it.gradient(it.f, -it.loss),
    "gradient_f/forgets_the_half": lambda it: it.gradient(it.f, 2 * it.loss),
    "gradient_f/forgets_the_two": lambda it: it.gradient(it.f, it.loss / 2),
    "gradient_f/multiplies_by_the_slope": lambda it: it.gradient(
        it.f, 0.5 * (it.f.sigmoid() - it.y) ** 2
    ),
    "gradient_f/forgets_the_activation": lambda it: it.gradient(it.f, 0.5 * (it.f - it.y) ** 2),
    "gradient_w2/swaps_the_factors": lambda it: it.gradient(it.h),
    "gradient_w2/uses_the_preactivations": lambda it: it.gradient(it.f) * it.z.detach().numpy(),
    "gradient_w2/forgets_the_upstream": lambda it: it.gradient(it.second, it.f),
    "gradient_h/swaps_the_factors": lambda it: it.gradient(it.second),
    "gradient_h/masks_too_early": lambda it: it.gradient(it.z),
    "gradient_w1/ignores_the_activation": lambda it: it.gradient(
        it.first, it.torch.tensor(it.gradient(it.h)) @ it.z
    ),
    "gradient_w1/transposes_the_gradient": lambda it: it.gradient(it.first).T,
    "gradient_w1/multiplies_by_the_outputs": lambda it: np.outer(
        it.gradient(it.z), it.h.detach().numpy()
    ),
    "updated/goes_uphill": lambda it: it.stepped(-it.rate),
    "updated/gives_the_change_only": lambda it: it.stepped(it.rate) - it.old,
    "updated/forgets_the_step_size": lambda it: it.stepped(1),
    "updated/swaps_row_and_column": lambda it: it.stepped(it.rate, transposed=True),
}


def plain(value: Any) -> Any:
    return value.detach().numpy() if hasattr(value, "detach") else value


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        for name, right in drawn.answer_key.items():
            expected = pytest.approx(plain(RIGHT[name](network)), rel=1e-9, abs=1e-12)
            assert floats(right) == expected, (seed, name)
            for misconception, wrong in drawn.mistakes[name]:
                full = f"{name}/{misconception.name}"
                expected = pytest.approx(plain(WRONG[full](network)), rel=1e-9, abs=1e-12)
                assert floats(wrong) == expected, (seed, full)


def test_by_hand() -> None:
    """z = (1, −1), h = (1, 0), f = 3, L = ½ · 2², δ = 2."""
    first = array([[1, 0], [1, -1]])
    givens = LongBackpropMlp(array([1, 2]), first, array([3, -1]), 1, False, 1, 2, Fraction(1, 4))
    key = Problem.of(givens, "easy").answer_key
    assert (key["f"], key["loss"], key["gradient_f"], key["updated"]) == (3, 2, 2, -3)
    assert key["gradient_h"].tolist() == [6, -2]
    assert key["gradient_w1"].tolist() == [[6, 12], [0, 0]]


def test_cross_entropy_by_hand() -> None:
    """f = ln 2 for label 1: p = 2/3, L = ln(3/2), δ = −1/3."""
    first = array([[1, 0], [1, -1]])
    givens = LongBackpropMlp(
        array([1, 2]), first, array([ln(2), ln(3)]), 1, True, 1, 1, Fraction(1, 2)
    )
    key = Problem.of(givens, "hard").answer_key
    assert key["loss"] == ln(Fraction(3, 2))
    assert key["gradient_f"] == Fraction(-1, 3)
    assert equal(key["gradient_h"], array([-ln(2) / 3, -ln(3) / 3]))
    assert key["updated"] == 1 + ln(2) / 6


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        assert drawn.givens.units == (2 if level == "easy" else 3)
        assert drawn.givens.cross_entropy == (level == "hard")
        on = [each > 0 for each in drawn.answer_key["z"]]
        assert on.count(False) == 1 and on[drawn.givens.row - 1]
