"""Derivatives with and without skips against autograd, with each mistake built in."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.families.residual.residual_vs_plain_decay import ResidualVsPlainDecay
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from examgen.questions.tells import chance
from tests.families.drawn import SEEDS, item, problem

FAMILY = "residual-vs-plain-decay"


class Networks:
    """Both networks of a problem in torch."""

    def __init__(self, torch: ModuleType, givens: ResidualVsPlainDecay) -> None:
        self.torch = torch
        self.depth, self.span = givens.depth, givens.span
        self.blocks = givens.depth // givens.span
        self.slope = float(Fraction(str(givens.slope)))

    def branch(self, h: Any, span: int, slope: float | None = None) -> Any:
        for _ in range(span):
            h = (self.slope if slope is None else slope) * h
        return h

    def derivative(self, run: Callable[[Any], Any]) -> float:
        x = self.torch.tensor(1.0, dtype=self.torch.double, requires_grad=True)
        (found,) = self.torch.autograd.grad(run(x), x)
        return float(found)

    def plain(self, more: int = 0, slope: float | None = None) -> float:
        return self.derivative(lambda h: self.branch(h, self.depth + more, slope))

    def residual(self, blocks: int, span: int, slope: float | None = None) -> float:
        def run(h: Any) -> Any:
            for _ in range(blocks):
                h = self.branch(h, span, slope) + h
            return h

        return self.derivative(run)

    def right(self, more: int = 0, slope: float | None = None) -> float:
        skipped = self.residual(self.blocks + more, self.span, slope)
        return skipped / self.plain(more * self.span, slope)

    def over_plain(self, residual: float) -> float:
        return residual / self.plain()

    def one_block(self) -> float:
        once = self.derivative(lambda h: self.branch(h, self.span))
        return self.residual(1, self.span) / once

    def all_branches(self) -> float:
        """Every branch fed the input, and one skip."""
        return self.derivative(
            lambda h: h + sum(self.branch(h, self.span) for _ in range(self.blocks))
        )

    def summed_layers(self, blocks: int) -> float:
        def run(h: Any) -> Any:
            for _ in range(blocks):
                h = h + sum(self.branch(h, 1) for _ in range(self.span))
            return h

        return self.derivative(run)


WRONG: dict[str, Callable[[Networks], float]] = {
    "inverts_the_ratio": lambda net: net.plain() / net.residual(net.blocks, net.span),
    "forgets_to_divide": lambda net: net.residual(net.blocks, net.span),
    "takes_the_difference": lambda net: net.residual(net.blocks, net.span) - net.plain(),
    "compares_one_block_only": lambda net: net.one_block(),
    "multiplies_by_the_exponent": lambda net: net.blocks * net.one_block(),
    "keeps_the_ends_only": lambda net: net.over_plain(net.residual(1, net.depth)),
    "adds_the_slopes": lambda net: net.over_plain(net.all_branches()),
    "counts_a_block_too_many": lambda net: net.right(1),
    "stops_a_block_early": lambda net: net.right(-1),
    "takes_absolute_slopes": lambda net: net.right(slope=abs(net.slope)),
    "reverses_the_sign": lambda net: -net.right(),
    "skips_every_layer": lambda net: net.over_plain(net.residual(net.depth, 1)),
    "takes_one_layer_for_the_branch": lambda net: net.over_plain(net.residual(net.blocks, 1)),
    "adds_the_factors": lambda net: net.over_plain(net.summed_layers(net.blocks)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_autograd(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        networks = Networks(torch, drawn.givens)
        right = pytest.approx(networks.right(), rel=1e-9)
        assert float(drawn.answer_key["ratio"]) == right, seed
        for misconception, wrong in drawn.mistakes["ratio"]:
            expected = pytest.approx(WRONG[misconception.name](networks), rel=1e-9, abs=1e-12)
            assert float(wrong) == expected, (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    signs, spans, shrinks = set(), set(), set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        signs.add(givens.slope > 0)
        spans.add(givens.span)
        shrinks.add(abs(givens.residual) < 1)
    assert signs == ({True} if level == "easy" else {True, False})
    assert spans == ({2, 3} if level == "hard" else {1})
    assert shrinks == ({False} if level == "easy" else {True, False})  # skips are no guarantee


@pytest.mark.parametrize("level", LEVELS)
def test_who_crosses_out_what_is_negative_gains_little(level: Level) -> None:
    hits = 0.0
    for seed in range(200):
        (printed,) = item(FAMILY, level, seed).parts
        values = [Fraction(each.answer) for each in printed.options]
        right = values.index(Fraction(problem(FAMILY, level, seed).answer_key["ratio"]))
        hits += chance([each > 0 for each in values], right)
    assert hits / 200 < 0.3


def solved(slope: Fraction, depth: int, span: int) -> dict[str, Fraction]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(ResidualVsPlainDecay(slope, depth, span), "hard")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["ratio"]}
    return wrong | {"right": drawn.answer_key["ratio"]}


def test_by_hand() -> None:
    """With −9/10 the residual network vanishes: R = 1/1000, P = −729/1000."""
    found = solved(Fraction(-9, 10), 3, 1)
    assert found["right"] == Fraction(-1, 729)
    assert found["takes_the_difference"] == Fraction(73, 100)
    assert found["keeps_the_ends_only"] == Fraction(271, -729)
    assert found["takes_absolute_slopes"] == Fraction(19**3, 729)


def test_by_hand_around_two_layers() -> None:
    """R = (1 + 1/4)² = 25/16 and P = 1/16."""
    found = solved(Fraction(1, 2), 4, 2)
    assert found["right"] == 25
    assert found["skips_every_layer"] == 81
    assert found["takes_one_layer_for_the_branch"] == 36
    assert found["adds_the_factors"] == 64
    assert found["adds_the_slopes"] == 24
