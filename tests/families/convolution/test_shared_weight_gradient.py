"""Gradients of shared weights against autograd, with each mistake built into the network."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import array
from examgen.families.convolution.shared_weight_gradient import SharedWeightGradient
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "shared-weight-gradient"

Tensor = Any


class Network:
    """A convolution and its loss in torch."""

    def __init__(self, torch: ModuleType, givens: SharedWeightGradient) -> None:
        self.torch, self.givens = torch, givens
        self.x, self.w = self.tensor(givens.signal), self.tensor(givens.kernel)
        if givens.target is None:
            self.g = self.tensor(givens.upstream)
        else:
            y = self.output(self.x, self.w).detach().requires_grad_()
            loss = torch.nn.functional.mse_loss(y, self.tensor(givens.target), reduction="sum") / 2
            (self.g,) = torch.autograd.grad(loss, y)

    def tensor(self, values: Any) -> Tensor:
        return self.torch.tensor(values.astype(float), requires_grad=True)

    def output(self, x: Tensor, w: Tensor) -> Tensor:
        return self.torch.conv1d(x[None, None], w[None, None])[0, 0]

    def gradient(
        self, g: Tensor | None = None, *, of: str = "w", w: Tensor | None = None
    ) -> Tensor:
        """∂L/∂w or ∂L/∂x by autograd, with another g or other weights."""
        w = self.w if w is None else w
        y = self.output(self.x, w)
        weighted = (y * (self.g if g is None else g)).sum()
        return self.torch.autograd.grad(weighted, self.x if of == "x" else w)[0]

    def step(self, gradient: Tensor, rate: float | None = None) -> Tensor:
        """Where one of torch's own steps leads."""
        weights = self.w.detach().clone().requires_grad_()
        weights.grad = gradient.detach()
        size = self.rate if rate is None else rate
        self.torch.optim.SGD([weights], lr=abs(size), maximize=size < 0).step()
        return weights

    @property
    def rate(self) -> float:
        return float(self.givens.rate)  # type: ignore[arg-type]

    def answer(self, gradient: Tensor) -> Tensor:
        return self.step(gradient) if self.givens.asked == "step" else gradient

    def asked(self, g: Tensor | None = None) -> Tensor:
        """What the problem asks, with another g."""
        if self.givens.asked == "signal":
            return self.gradient(g, of="x")
        return self.answer(self.gradient(g))

    def only(self, window: int) -> Tensor:
        """g with all but one entry set to 0."""
        kept = self.torch.zeros_like(self.g)
        kept[window] = self.g[window]
        return kept

    def jacobian(self) -> Tensor:
        """∂y_i/∂w_τ."""
        compute = self.torch.autograd.functional.jacobian
        return compute(lambda w: self.output(self.x, w), self.w)


def in_place(net: Network) -> Tensor:
    """Every weight gets what the first one does."""
    return net.answer(net.gradient()[0].expand(len(net.w)))


def inputs(net: Network) -> Tensor:
    """The gradient of a signal of ones through a kernel of ones, times the signal."""
    return net.x * net.gradient(of="x", w=net.torch.ones_like(net.w).requires_grad_())


def inner(net: Network) -> Tensor:
    """∂L/∂x where all windows of an entry lie inside."""
    edge = len(net.w) - 1
    return net.gradient(of="x")[edge : len(net.x) - edge]


WRONG: dict[str, Callable[[Network], Tensor]] = {
    "uses_one_window_only": lambda net: net.asked(net.only(0)),
    "uses_the_last_window_only": lambda net: net.asked(net.only(-1)),
    "averages_over_the_windows": lambda net: net.answer(net.gradient() / len(net.g)),
    "takes_the_kernel_for_the_input": lambda net: net.answer(net.g.sum() * net.w),
    "reverses_the_upstream": lambda net: net.asked(net.g.flip(0)),
    "forgets_the_upstream": lambda net: net.asked(net.torch.ones_like(net.g)),
    "keeps_the_connections_apart": lambda net: net.g[:, None] * net.jacobian(),
    "forgets_the_shift": in_place,
    "takes_the_output_for_the_error": lambda net: net.asked(net.output(net.x, net.w).detach()),
    "reverses_the_sign": lambda net: net.asked(-net.g),
    "forgets_the_half": lambda net: net.asked(2 * net.g),
    "gives_the_weights_gradient": lambda net: net.gradient(),
    "forgets_to_flip": lambda net: net.gradient(of="x", w=net.w.detach().flip(0).requires_grad_()),
    "leaves_the_ends_out": inner,
    "takes_the_input_for_the_kernel": inputs,
    "goes_uphill": lambda net: net.step(net.gradient(), -net.rate),
    "forgets_the_step_size": lambda net: net.step(net.gradient(), 1),
    "forgets_the_old_weights": lambda net: net.rate * net.gradient(),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Network(torch, drawn.givens)
        right = drawn.answer_key["result"]
        assert right.astype(float).tolist() == pytest.approx(net.asked().tolist()), seed
        for mistake, wrong in drawn.mistakes["result"]:
            oracle = WRONG[mistake.name](net)
            assert wrong.shape == tuple(oracle.shape), (seed, mistake.name)
            flat = wrong.astype(float).ravel().tolist()
            assert flat == pytest.approx(oracle.ravel().tolist()), (seed, mistake.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    asked = set()
    for seed in range(100):
        givens = problem(FAMILY, level, seed).givens
        asked.add((givens.asked, givens.target is not None))
        assert (givens.upstream is None) == (givens.target is not None)
        assert len(givens.places) == (4 if level == "hard" else 3)
    if level == "hard":
        assert asked == {("kernel", True), ("signal", False), ("step", False)}
    else:
        assert asked == {("kernel", False)}


def solved(asked: Any) -> dict[str, Any]:
    givens = SharedWeightGradient(array([1, 2, -1, 3]), array([2, -1]), array([1, -2, 3]), asked)
    drawn = Problem.of(givens, "hard")
    wrong = {each.name: answer.tolist() for each, answer in drawn.mistakes["result"]}
    return wrong | {"right": drawn.answer_key["result"].tolist()}


def test_the_kernels_gradient_by_hand() -> None:
    """1·1 − 2·2 + 3·(−1) = −6 and 1·2 − 2·(−1) + 3·3 = 13."""
    found = solved("kernel")
    assert found["right"] == [-6, 13]
    assert found["uses_one_window_only"] == [1, 2]
    assert found["keeps_the_connections_apart"] == [[1, 2], [-4, 2], [-3, 9]]
    assert found["takes_the_kernel_for_the_input"] == [4, -2]


def test_the_signals_gradient_by_hand() -> None:
    """1·2, 1·(−1) − 2·2, −2·(−1) + 3·2 and 3·(−1)."""
    found = solved("signal")
    assert found["right"] == [2, -5, 8, -3]
    assert found["leaves_the_ends_out"] == [-5, 8]
    assert found["forgets_to_flip"] == [-1, 4, -7, 6]
