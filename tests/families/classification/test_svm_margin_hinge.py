"""Margins by projection and slacks by torch's hinge, with each mistake built into them."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.classification.svm_margin_hinge import SvmMarginHinge
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "svm-margin-hinge"

Floats = Any


class Machine:
    """The problem in floats."""

    def __init__(self, torch: ModuleType, givens: SvmMarginHinge) -> None:
        self.torch, self.asked, self.cost = torch, givens.asked, givens.cost
        self.x, self.y, self.w = (each.astype(float) for each in (givens.x, givens.y, givens.w))
        self.b = float(Fraction(str(givens.b)))

    def foot(self, target: float) -> Floats:
        """The nearest point to the first with ⟨w, x⟩ − b = target, by least norm."""
        gap = target + self.b - self.w @ self.x[0]
        return self.x[0] + np.linalg.pinv(self.w[None])[:, 0] * gap

    def answer(self, *, b: float | None = None) -> float:
        b = self.b if b is None else b
        if self.asked == "margin":
            return float(np.linalg.norm(self.foot(1) - self.foot(-1)))
        if self.asked == "distance":
            own, self.b = self.b, b
            foot, self.b = self.foot(0), own
            return float(np.linalg.norm(self.x[0] - foot))
        margins = self.torch.tensor(self.y * (self.x @ self.w - b))
        hinge = self.torch.nn.functional.hinge_embedding_loss
        return self.total(hinge(margins, -self.torch.ones(len(margins)), reduction="sum").item())

    def total(self, slacks: float) -> float:
        if self.asked == "slack":
            return slacks
        return 0.5 * float(self.w @ self.w) + self.cost * slacks

    def with_norm(self, norm: Any) -> float:
        """The length if that of w were this."""
        return self.answer() * float(np.linalg.norm(self.w)) / float(norm)

    def slacks(self, slack: Callable[[Floats], Floats]) -> float:
        """The total when *slack* makes slacks of labels times decision values."""
        return self.total(float(slack(self.y * (self.x @ self.w - self.b)).sum()))


def relu(values: Floats) -> Floats:
    return np.clip(values, 0, None)


WRONG: dict[str, Callable[[Machine], float]] = {
    "takes_half_the_margin": lambda it: it.answer() / 2,
    "takes_half_over_the_squared_norm": lambda it: it.with_norm(it.w @ it.w) / 2,
    "divides_by_the_squared_norm": lambda it: it.with_norm(it.w @ it.w),
    "adds_the_entries": lambda it: it.with_norm(np.linalg.norm(it.w, 1)),
    "takes_the_largest_entry": lambda it: it.with_norm(np.linalg.norm(it.w, np.inf)),
    "multiplies_by_the_length": lambda it: 2 * float(np.linalg.norm(it.w)),
    "measures_from_the_origin": lambda it: abs(it.b) / float(np.linalg.norm(it.w)),
    "adds_the_offset": lambda it: it.answer(b=-it.b),
    "forgets_the_offset": lambda it: it.answer(b=0),
    "forgets_the_length": lambda it: it.with_norm(1),
    "measures_from_the_margin": lambda it: min(
        float(np.linalg.norm(it.x[0] - it.foot(side))) for side in (-1, 1)
    ),
    "keeps_negative_slacks": lambda it: it.slacks(lambda m: 1 - m),
    "forgets_the_margin": lambda it: it.slacks(lambda m: relu(-m)),
    "forgets_the_labels": lambda it: it.slacks(lambda m: relu(1 - it.y * m)),
    "counts_the_violations": lambda it: it.slacks(lambda m: m < 1),
    "leaves_the_margin_out": lambda it: it.slacks(lambda m: relu(1 - m) * (m < 0)),
    "squares_the_slacks": lambda it: it.slacks(lambda m: relu(1 - m) ** 2),
    "averages_unasked": lambda it: it.slacks(lambda m: relu(1 - m) / len(m)),
    "forgets_the_norm": lambda it: it.answer() - 0.5 * float(it.w @ it.w),
    "forgets_the_half": lambda it: it.answer() + 0.5 * float(it.w @ it.w),
    "forgets_the_cost": lambda it: (
        (it.answer() + (it.cost - 1) * 0.5 * float(it.w @ it.w)) / it.cost
    ),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_projections_and_hinges(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        machine = Machine(torch, drawn.givens)
        assert float(drawn.answer_key["quantity"]) == pytest.approx(machine.answer()), seed
        for misconception, wrong in drawn.mistakes["quantity"]:
            expected = WRONG[misconception.name](machine)
            assert float(wrong) == pytest.approx(expected), (seed, misconception.name)


def test_by_hand() -> None:
    """Decision values −1/2, 1/2, 1/2; slacks 3/2, 3/2, 1/2; 1/2 · 2 + 4 · 7/2."""
    x, y = array([[2, 0], [0, 3], [0, 3]]), array([1, -1, 1])
    givens = SvmMarginHinge(x, y, array([1, 1]), Fraction(5, 2), "objective", 4)
    drawn = Problem.of(givens, "hard")
    assert drawn.answer_key["quantity"] == 15
    found = {each.name: wrong for each, wrong in drawn.mistakes["quantity"]}
    assert found["forgets_the_margin"] == 5
    assert found["leaves_the_margin_out"] == 13
    margin = SvmMarginHinge(array([[1, 1]]), array([]), array([3, -4]), 2, "margin", 1)
    assert Problem.of(margin, "easy").answer_key["quantity"] == Fraction(2, 5)
    distance = SvmMarginHinge(array([[1, 1]]), array([]), array([3, -4]), 2, "distance", 1)
    assert Problem.of(distance, "easy").answer_key["quantity"] == Fraction(3, 5)


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        length, slack, objective = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert length.asked in ("margin", "distance")
        assert slack.asked == "slack" and objective.asked == "objective"
        assert objective.cost > 1
        for givens in (slack, objective):
            found = givens.slacks.tolist()
            assert 0 in found
            assert any(0 < each < 1 for each in found)
            assert any(each > 1 for each in found)
    assert {problem(FAMILY, "easy", seed).givens.asked for seed in range(20)} == {
        "margin",
        "distance",
    }


@pytest.mark.parametrize("level", ["medium", "hard"])
def test_the_figure_tells_points_and_edges_apart(level: Level) -> None:
    """No point is next to another, and each dashed line bears the value it stands for."""
    for seed in range(60):
        givens = problem(FAMILY, level, seed).givens
        rows = givens.x.tolist()
        for number, (a, b) in enumerate(rows):
            assert all(max(abs(a - c), abs(b - d)) > 1 for c, d in rows[:number]), seed
        for line in givens.figure.lines:
            value = line.c - givens.b
            assert line.name == {0: "", 1: "+1", -1: "−1"}[int(value)]
            assert line.dashed == (value != 0)
