"""Gradients of the cross-entropy against autograd, with each mistake built into the loss."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import Array, approximate, array, equal, ln
from examgen.families.classification.logistic_bce_gradient import LogisticBceGradient
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "logistic-bce-gradient"

Tensor = Any


def floats(values: Array) -> Any:
    return np.vectorize(lambda each: float(approximate(each, 15)), otypes=[float])(values)


class Model:
    """The problem in torch."""

    def __init__(self, torch: ModuleType, givens: LogisticBceGradient) -> None:
        self.torch, self.functions = torch, torch.nn.functional
        self.x = torch.tensor(floats(givens.x))
        self.w = torch.tensor(floats(givens.w), requires_grad=True)
        self.is_binary = givens.w.ndim == 1
        self.label = int(givens.y[0])
        one_hot = torch.eye(3)[[self.label - 1]] if not self.is_binary else givens.y.astype(float)
        self.y = torch.as_tensor(one_hot).double()
        self.rate = float(Fraction(str(givens.rate)))

    @property
    def logits(self) -> Tensor:
        return self.x @ self.w

    def loss(self) -> Tensor:
        if self.is_binary:
            return self.bce(self.y)
        return self.cross_entropy(self.label - 1)

    def bce(self, targets: Tensor, **options: Any) -> Tensor:
        options = {"reduction": "sum"} | options
        return self.functions.binary_cross_entropy_with_logits(self.logits, targets, **options)

    def cross_entropy(self, index: int) -> Tensor:
        return self.functions.cross_entropy(self.logits, self.torch.tensor([index]))

    def gradient(self, loss: Tensor) -> Any:
        return self.torch.autograd.grad(loss, self.w)[0].numpy()

    def answer(self, gradient: Any) -> Any:
        """The gradient, or the weights after a step against it."""
        return self.w.detach().numpy() - self.rate * gradient if self.rate else gradient

    def probabilities(self) -> Tensor:
        return self.logits.sigmoid() if self.is_binary else self.logits.softmax(dim=1)


def linear(it: Model, errors: Tensor) -> Tensor:
    """A loss whose derivative with respect to the logits these errors are."""
    return (errors.detach() * it.logits).sum()


def rounded(it: Model) -> Tensor:
    found = it.probabilities()
    if it.is_binary:
        return linear(it, (it.logits > 0).double() - it.y)
    return linear(it, (found == found.max()).double() - it.y)


def without_targets(it: Model) -> Tensor:
    return it.bce(0 * it.y) if it.is_binary else it.logits.logsumexp(dim=1).sum()


def own_column_only(it: Model) -> Tensor:
    mask = it.y == 1
    logits = it.torch.where(mask, it.logits, it.logits.detach())
    return logits.logsumexp(dim=1).sum() - logits[mask].sum()


LOSSES: dict[str, Callable[[Model], Tensor]] = {
    "reverses_the_sign": lambda it: -it.loss(),
    "forgets_the_activation": lambda it: ((it.logits - it.y) ** 2).sum() / 2,
    "takes_zero_for_minus_one": lambda it: it.bce(2 * it.y - 1),
    "multiplies_by_the_slope": lambda it: ((it.logits.sigmoid() - it.y) ** 2).sum() / 2,
    "averages_unasked": lambda it: it.bce(it.y, reduction="mean"),
    "rounds_the_probabilities": rounded,
    "forgets_the_targets": without_targets,
    "negates_the_logits": lambda it: linear(it, (-it.logits).sigmoid() - it.y),
    "leaves_the_zeros_out": lambda it: it.bce(it.y, weight=it.y),
    "changes_the_true_class_only": own_column_only,
    "takes_the_sigmoid_of_each": lambda it: it.bce(it.y),
    "forgets_to_normalise": lambda it: (it.logits.exp() - it.y * it.logits).sum(),
    "counts_from_zero": lambda it: it.cross_entropy(it.label),
}


def without_inputs(it: Model) -> Any:
    errors = (it.probabilities() - it.y).detach().numpy()
    return np.full(2, errors.sum()) if it.is_binary else np.repeat(errors, 2, axis=0)


OTHERS: dict[str, Callable[[Model], Any]] = {
    "forgets_the_inputs": lambda it: it.answer(without_inputs(it)),
    "gives_the_change_only": lambda it: it.answer(it.gradient(it.loss())) - it.w.detach().numpy(),
    "transposes_the_gradient": lambda it: it.gradient(it.loss()).T,
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        model = Model(torch, drawn.givens)
        right = model.answer(model.gradient(model.loss()))
        assert floats(drawn.answer_key["descent"]) == pytest.approx(right), seed
        for misconception, wrong in drawn.mistakes["descent"]:
            name = misconception.name
            if name in LOSSES:
                expected = model.answer(model.gradient(LOSSES[name](model)))
            else:
                expected = OTHERS[name](model)
            assert floats(wrong) == pytest.approx(expected, abs=1e-12), (seed, name)


def test_by_hand() -> None:
    """z = ln 2, −ln 3: p = 2/3, 1/4; errors −1/3, 1/4."""
    x, y, w = array([[1, 0], [-1, -1]]), array([1, 0]), array([ln(2), ln(3) - ln(2)])
    gradient = Problem.of(LogisticBceGradient(x, y, w, 0), "easy").answer_key["descent"]
    assert equal(gradient, array([Fraction(-7, 12), Fraction(-1, 4)]))
    after = Problem.of(LogisticBceGradient(x, y, w, 1), "medium").answer_key["descent"]
    assert equal(after, array([ln(2) + Fraction(7, 12), ln(3) - ln(2) + Fraction(1, 4)]))


def test_softmax_by_hand() -> None:
    """z = ln 2, ln 3, 0: p = (2, 3, 1)/6, and the label is 2."""
    w = array([[ln(2), 0, 0], [0, ln(3), 0]])
    drawn = Problem.of(LogisticBceGradient(array([[1, 1]]), array([2]), w, 0), "hard")
    row = [Fraction(1, 3), Fraction(-1, 2), Fraction(1, 6)]
    assert drawn.answer_key["descent"].tolist() == [row, row]


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        two, step, several = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert two.rate == several.rate == 0 < step.rate
        assert two.classes == step.classes == 2 and several.classes == 3
        assert {0, 1} == set(two.y.tolist()) == set(step.y.tolist())
