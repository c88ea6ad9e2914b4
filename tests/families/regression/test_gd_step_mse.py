"""Steps of gradient descent against autograd, with each mistake built into the loss or the step."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array
from examgen.families.regression.gd_step_mse import GdStepMse
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem, share_of_the_nearest

FAMILY = "gd-step-mse"

Tensor = Any


class Descent:
    """One step along the gradient that autograd finds."""

    def __init__(self, torch: ModuleType, givens: GdStepMse) -> None:
        self.torch, self.givens = torch, givens
        self.x, self.y, self.w, self.mean = (
            torch.tensor(each.astype(float)) for each in (givens.x, givens.y, givens.w, givens.mean)
        )
        self.batch = [i - 1 for i in givens.batch]
        self.everything = list(range(len(givens.y)))

    def predict(self, x: Tensor, w: Tensor) -> Tensor:
        return x @ w

    def loss(self, w: Tensor, batch: list[int], kind: str) -> Tensor:
        predictions, targets = self.predict(self.x[batch], w), self.y[batch]
        reduction = "mean" if kind == "mean" else "sum"
        loss = self.torch.nn.functional.mse_loss(predictions, targets, reduction=reduction)
        return loss / 2 if kind == "half" else loss

    def step(
        self,
        kind: str | None = None,
        batch: list[int] | None = None,
        scale: float = 1,
        old: float | None = None,
        new: float | None = None,
    ) -> float:
        """The weight asked about after the step; *old* and *new* weigh m and the gradient."""
        w = self.w.clone().requires_grad_()
        loss = scale * self.loss(w, batch or self.batch, kind or self.givens.loss)
        (gradient,) = self.torch.autograd.grad(loss, w)
        decay = float(Fraction(str(self.givens.decay)))
        kept = self.mean * (decay if old is None else old)
        followed = kept + gradient * (1 - decay if new is None else new)
        return float((self.w - float(self.givens.rate) * followed)[self.givens.entry - 1])


class WithoutInputs(Descent):
    """Every weight is added to the prediction, whatever its input."""

    def predict(self, x: Tensor, w: Tensor) -> Tensor:
        return (x @ w).detach() + (w - w.detach()).sum()


class WithRows(Descent):
    """The right predictions, but going back through the matrix untransposed."""

    def predict(self, x: Tensor, w: Tensor) -> Tensor:
        return (x @ w).detach() + x.T @ (w - w.detach())


def without_targets(it: Descent) -> float:
    it.y = 0 * it.y
    return it.step()


def rebuilt(kind: type[Descent]) -> Callable[[Descent], float]:
    return lambda it: kind(it.torch, it.givens).step()


WRONG: dict[str, Callable[[Descent], float]] = {
    "forgets_the_mean": lambda it: it.step("sum"),
    "forgets_the_two": lambda it: it.step(scale=0.5),
    "forgets_the_half": lambda it: it.step("sum"),
    "averages_unasked": lambda it: it.step(scale=1 / len(it.batch)),
    "goes_uphill": lambda it: 2 * float(it.w[it.givens.entry - 1]) - it.step(),
    "gives_the_change_only": lambda it: it.step() - float(it.w[it.givens.entry - 1]),
    "forgets_the_inputs": rebuilt(WithoutInputs),
    "forgets_the_targets": without_targets,
    "forgets_the_transpose": rebuilt(WithRows),
    "uses_every_point": lambda it: it.step(batch=it.everything),
    "ignores_the_momentum": lambda it: it.step(old=0, new=1),
    "adds_the_whole_gradient": lambda it: it.step(new=1),
    "swaps_the_weighting": lambda it: it.step(
        old=1 - float(Fraction(str(it.givens.decay))), new=float(Fraction(str(it.givens.decay)))
    ),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        right = Descent(torch, drawn.givens).step()
        assert float(drawn.answer_key["updated"]) == pytest.approx(right), seed
        for misconception, wrong in drawn.mistakes["updated"]:
            expected = WRONG[misconception.name](Descent(torch, drawn.givens))
            assert float(wrong) == pytest.approx(expected, abs=1e-12), (seed, misconception.name)


def test_by_hand() -> None:
    """Errors 1·2 − 1 = 1 and 3·2 − 4 = 2, so L'(2) = 2/2 · (1·1 + 3·2) = 7."""
    x, y, w = array([[1], [3]]), array([1, 4]), array([2])
    givens = GdStepMse(x, y, w, "mean", (1, 2), Fraction(1, 10), 0, array([0]), 1)
    drawn = Problem.of(givens, "easy")
    assert drawn.answer_key == {"updated": Fraction(13, 10)}
    assert {each.name: wrong for each, wrong in drawn.mistakes["updated"]} == {
        "forgets_the_mean": Fraction(6, 10),
        "forgets_the_two": Fraction(33, 20),
        "goes_uphill": Fraction(27, 10),
        "gives_the_change_only": Fraction(-7, 10),
        "forgets_the_inputs": Fraction(17, 10),
        "forgets_the_targets": 0,
    }


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        one, two, moving = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert one.x.shape[1] == 1
        assert not one.is_partial
        assert two.x.shape[1] == moving.x.shape[1] == 2
        assert one.decay == two.decay == 0 < moving.decay < 1
        assert all(0 < abs(target) < 10 for each in (two, moving) for target in each.y)
    for level in LEVELS[1:]:
        assert {problem(FAMILY, level, seed).givens.is_partial for seed in range(20)} == {0, 1}
    assert {problem(FAMILY, "easy", seed).givens.loss for seed in range(20)} == {
        "mean",
        "sum",
        "half",
    }


@pytest.mark.parametrize("level", LEVELS)
def test_the_right_answer_is_seldom_the_nearest_to_zero(level: Level) -> None:
    assert share_of_the_nearest(FAMILY, level, 300) < 0.37
