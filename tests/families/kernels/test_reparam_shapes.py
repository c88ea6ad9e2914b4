"""Sizes and costs against arrays that are really made, and products that are really counted."""

from collections.abc import Callable
from itertools import combinations_with_replacement, product
from typing import Any

import numpy as np
import pytest

from examgen.families.kernels.reparam_shapes import ReparamShapes
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "reparam-shapes"


class Counted:
    """An array that knows how many multiply–adds it took."""

    def __init__(self, values: Any, taken: int = 0) -> None:
        self.values, self.taken = values, taken

    def __matmul__(self, other: "Counted") -> "Counted":
        made = self.values @ other.values
        own = made.size * self.values.shape[-1]
        return Counted(made, self.taken + other.taken + own)

    @property
    def turned(self) -> "Counted":
        return Counted(self.values.T)

    @property
    def size(self) -> int:
        return int(self.values.size)


class Model:
    """Data and weights of a problem's sizes."""

    def __init__(self, givens: ReparamShapes) -> None:
        self.asked = givens.asked
        self.n, self.d, self.k, self.m = (
            givens.points,
            givens.features,
            givens.outputs,
            givens.tests,
        )
        self.x, self.new = self.zeros(self.n, self.d), self.zeros(self.m, self.d)
        self.v, self.w = self.zeros(self.n, self.k), self.zeros(self.d, self.k)
        picks = combinations_with_replacement(range(self.d + 1), givens.power)
        self.monomials = len({*picks})
        self.full_degree = len({*combinations_with_replacement(range(self.d), givens.power)})
        self.words = len([*product(range(self.d + 1), repeat=givens.power)])

    @staticmethod
    def zeros(rows: int, columns: int) -> Counted:
        return Counted(np.zeros((rows, columns)))

    def saved(self, monomials: int, points: int | None = None, outputs: int | None = None) -> int:
        outputs = outputs or self.k
        through = self.zeros(self.n if points is None else points, outputs)
        return self.zeros(monomials, outputs).size - through.size

    def right(self) -> int:
        kernel = self.x @ self.x.turned
        tests = self.new @ self.x.turned
        return {
            "trained": self.v.size,
            "kernel": kernel.size,
            "test kernel": tests.size,
            "cost of kernel": kernel.taken,
            "cost of tests": (tests @ self.v).taken,
            "saved": self.saved(self.monomials),
        }[self.asked]

    def pick(self, **values: int) -> int:
        return values[self.asked.replace(" ", "_")]


def with_features(it: Model) -> int:
    square = it.x.turned @ it.x
    return it.pick(
        trained=it.w.size,
        kernel=square.size,
        test_kernel=it.new.size,
        cost_of_kernel=square.taken,
        cost_of_tests=(it.new @ it.w).taken,
        saved=it.saved(it.monomials, it.d),
    )


def one_output(it: Model) -> int:
    one = it.zeros(it.n, 1)
    tests = it.new @ it.x.turned
    return it.pick(
        trained=one.size, cost_of_tests=(tests @ one).taken, saved=it.saved(it.monomials, outputs=1)
    )


def on_itself(it: Model, x: Counted) -> int:
    kernel = x @ x.turned
    return it.pick(
        trained=kernel.size,
        test_kernel=kernel.size,
        cost_of_tests=(kernel @ it.zeros(len(x.values), it.k)).taken,
    )


def triangle(it: Model) -> int:
    pairs = len([*combinations_with_replacement(range(it.n), 2)])
    return it.pick(kernel=pairs, cost_of_kernel=pairs * it.d)


WRONG: dict[str, Callable[[Model], int]] = {
    "counts_the_features": with_features,
    "counts_the_data": lambda it: it.x.size,
    "forgets_the_outputs": one_output,
    "counts_the_training_kernel": lambda it: on_itself(it, it.x),
    "pairs_the_new_points": lambda it: on_itself(it, it.new),
    "pairs_all_points": lambda it: (it.zeros(it.m + it.n, it.d) @ it.x.turned).size,
    "counts_the_triangle": triangle,
    "adds_the_sides": lambda it: it.pick(
        trained=it.n + it.k, kernel=it.n + it.n, test_kernel=it.m + it.n
    ),
    "forgets_the_width": lambda it: it.pick(
        cost_of_kernel=(it.zeros(it.n, 1) @ it.zeros(1, it.n)).taken,
        cost_of_tests=(it.zeros(it.m, 1) @ it.zeros(1, it.n) @ it.v).taken,
    ),
    "doubles_for_additions": lambda it: it.right() + it.right(),
    "multiplies_by_the_outputs": lambda it: (it.x @ it.x.turned).size * it.k,
    "forgets_the_kernel": lambda it: (it.zeros(it.m, it.n) @ it.v).taken,
    "forgets_the_prediction": lambda it: (it.new @ it.x.turned).taken,
    "multiplies_the_steps": lambda it: (it.new @ it.x.turned).taken * it.k,
    "forgets_what_remains": lambda it: it.saved(it.monomials, 0),
    "gives_what_remains": lambda it: it.v.size,
    "counts_ordered_products": lambda it: it.saved(it.words),
    "forgets_the_one": lambda it: it.saved(it.full_degree),
    "forgets_the_constant": lambda it: it.saved(it.monomials - 1),
    "counts_the_kernel_as_trained": lambda it: abs(
        it.saved(it.monomials) - (it.x @ it.x.turned).size
    ),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_arrays(level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        model = Model(drawn.givens)
        assert drawn.answer_key["number"] == model.right(), seed
        for misconception, wrong in drawn.mistakes["number"]:
            assert wrong == WRONG[misconception.name](model), (seed, misconception.name)


@pytest.mark.parametrize(
    ("givens", "number"),
    [
        (ReparamShapes(20, 5, 3, 7, 1, "trained"), 60),
        (ReparamShapes(20, 5, 3, 7, 1, "kernel"), 400),
        (ReparamShapes(20, 5, 3, 7, 1, "test kernel"), 140),
        (ReparamShapes(20, 5, 3, 7, 1, "cost of kernel"), 2000),
        # 7 · 20 · 5 + 7 · 20 · 3
        (ReparamShapes(20, 5, 3, 7, 1, "cost of tests"), 1120),
        # C(7, 2) = 21 monomials
        (ReparamShapes(11, 5, 3, 0, 2, "saved"), 30),
    ],
)
def test_by_hand(givens: ReparamShapes, number: int) -> None:
    assert Problem.of(givens, "hard").answer_key == {"number": number}


def test_what_the_levels_promise() -> None:
    for seed in range(200):
        size, cost, saved = (problem(FAMILY, level, seed).givens for level in LEVELS)
        assert size.asked in ("trained", "kernel", "test kernel")
        assert cost.asked.startswith("cost")
        assert saved.asked == "saved" and saved.monomials > saved.points > saved.features
        assert len({size.points, size.features, size.tests}) == 3
