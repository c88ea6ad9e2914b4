"""Illegible entries against torch: every number is tried, and floats solve the mistakes."""

from collections.abc import Callable
from itertools import combinations, product
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import array
from examgen.families.convolution.kernel_inverse import KernelInverse
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "kernel-inverse"


class Copy:
    """The map as torch computes it for any numbers in the illegible places."""

    def __init__(self, torch: ModuleType, givens: KernelInverse) -> None:
        self.torch, self.givens = torch, givens
        self.count = len(givens.hidden)
        self.result = self.maps(np.array([givens.unknowns]))[0].numpy()

    def maps(self, candidates: Any, turn: Callable[[Any], Any] = lambda kernel: kernel) -> Any:
        """The map for each row of numbers, in one call."""
        image = self.torch.tensor(self.givens.image.astype(float))
        kernel = self.torch.tensor(self.givens.kernel.astype(float))
        many = (image if self.givens.in_image else kernel).repeat(len(candidates), 1, 1)
        for index, (row, column) in enumerate(self.givens.hidden):
            many[:, row - 1, column - 1] = self.torch.tensor(candidates[:, index].astype(float))
        bias = self.givens.bias
        if self.givens.in_image:
            weight = turn(kernel)[None, None]
            return self.torch.conv2d(many[:, None], weight)[:, 0] + bias
        turned = self.torch.stack([turn(each) for each in many])[:, None]
        return self.torch.conv2d(image[None, None], turned)[0] + bias

    def system(self, turn: Callable[[Any], Any] = lambda kernel: kernel) -> Any:
        """(factors, rest, result) of every window, from the maps for 0 and for unit vectors."""
        points = np.vstack([np.zeros(self.count), np.eye(self.count)])
        maps = self.maps(points, turn).numpy()
        factors = np.stack([each - maps[0] for each in maps[1:]], axis=-1)
        return factors, maps[0], self.result

    def last(self, factors: Any, rest: Any, result: Any) -> float:
        """The last unknown, from the windows with the fewest and smallest factors."""
        factors, rest, result = factors.reshape(-1, self.count), rest.ravel(), result.ravel()
        order = sorted(
            (each for each in range(len(rest)) if factors[each].any()),
            key=lambda each: (np.count_nonzero(factors[each]), abs(factors[each]).sum()),
        )
        for chosen in map(list, combinations(order, self.count)):
            if abs(np.linalg.det(factors[chosen])) > 1e-9:
                return float(np.linalg.solve(factors[chosen], (result - rest)[chosen])[-1])
        return float("nan")


def with_other_rest(copy: Copy, change: Callable[[Any, Any], Any]) -> float:
    """The last unknown where right side minus rest is *change* of both."""
    factors, rest, result = copy.system()
    return copy.last(factors, np.zeros_like(rest), change(result, rest))


def one_step_on(copy: Copy) -> float:
    factors, rest, result = copy.system()
    return copy.last(factors[1:, 1:], rest[1:, 1:], result[:-1, :-1])


def known_alone(copy: Copy) -> float:
    """The known numbers without their partners: sums of the window, or of the known weights."""
    factors, _, result = copy.system()
    if copy.givens.in_image:
        ones, sums, _ = copy.system(turn=lambda kernel: 0 * kernel + 1)
        return copy.last(ones, sums, result)
    hidden = [(row - 1, column - 1) for row, column in copy.givens.hidden]
    known = (copy.givens.kernel.astype(int) != 0).astype(float)
    for place in hidden:
        known[place] = 0
    image = copy.givens.image.astype(float)
    views = np.lib.stride_tricks.sliding_window_view(image, (2, 2))
    return copy.last(factors, (views * known).sum(axis=(2, 3)), result)


def undivided(copy: Copy) -> float:
    factors, rest, result = copy.system()
    least = min(abs(each) for each in factors.ravel() if each)
    at = int(np.flatnonzero(abs(factors.ravel()) == least)[0])
    return float((result - rest).ravel()[at])


def alone(copy: Copy) -> float:
    """q from the second of the easiest two windows, p left out."""
    factors, rest, result = (each.reshape(copy.result.size, -1) for each in copy.system())
    order = sorted(
        (each for each in range(len(rest)) if factors[each].any()),
        key=lambda each: (np.count_nonzero(factors[each]), abs(factors[each]).sum()),
    )
    at = next(each for each in order if factors[each][1])
    return float(((result - rest)[at] / factors[at][1])[0])


WRONG: dict[str, Callable[[Copy], float]] = {
    "flips_the_kernel": lambda y: y.last(*y.system(lambda kernel: kernel.flip(0, 1))),
    "transposes_the_kernel": lambda y: y.last(*y.system(lambda kernel: kernel.T)),
    "reverses_the_sign": lambda y: with_other_rest(y, lambda result, rest: rest - result),
    "ignores_the_known_products": lambda y: with_other_rest(y, lambda result, _: result),
    "adds_the_known_products": lambda y: with_other_rest(y, lambda result, rest: result + rest),
    "forgets_the_bias": lambda y: with_other_rest(
        y, lambda result, rest: result - (rest - y.givens.bias)
    ),
    "counts_from_zero": one_step_on,
    "sums_the_known_entries": known_alone,
    "forgets_to_divide": undivided,
    "gives_the_other_entry": lambda y: y.givens.unknowns[0],
    "gives_the_sum": lambda y: sum(y.givens.unknowns),
    "takes_the_other_for_zero": alone,
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_no_other_number_will_do(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        copy = Copy(torch, drawn.givens)
        candidates = np.array([*product(range(-9, 10), repeat=copy.count)])
        fits = (copy.maps(candidates).numpy() == copy.result).all(axis=(1, 2))
        assert candidates[fits].tolist() == [drawn.givens.unknowns], seed
        assert drawn.answer_key["entry"] == drawn.givens.unknowns[-1]
        assert drawn.givens.result.tolist() == copy.result.tolist()


@pytest.mark.parametrize("level", LEVELS)
def test_the_mistakes_agree_with_floats(torch: ModuleType, level: Level) -> None:
    for seed in range(100):
        drawn = problem(FAMILY, level, seed)
        copy = Copy(torch, drawn.givens)
        for misconception, wrong in drawn.mistakes["entry"]:
            oracle = WRONG[misconception.name](copy)
            assert wrong == pytest.approx(oracle), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        given: KernelInverse = problem(FAMILY, level, seed).givens
        assert len(given.hidden) == (2 if level == "medium" else 1)
        assert given.in_image == (level == "hard") == bool(given.bias)
        for at, equation in enumerate(given.used):
            factors = list(equation.coefficients)
            met = sum(c * u for c, u in zip(factors, given.unknowns, strict=True))
            assert met + equation.rest == equation.result
            assert factors[at] and not any(factors[at + 1 :])  # one after the other


def answers(givens: KernelInverse) -> dict[str, Any]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(givens, "hard")
    wrong = {each.name: value for each, value in drawn.mistakes["entry"]}
    return wrong | {"right": drawn.answer_key["entry"]}


def test_the_lectures_second_kernel_has_minus_one_in_its_corner() -> None:
    """Its map is −3 3 in both rows; the corner printed as 1 would make it −1 3."""
    stripe, edge = array([[0, 1, 1, 0]] * 4), array([[1, 0, -1]] * 3)
    found = answers(KernelInverse(stripe, edge, ((1, 3),)))
    assert found["right"] == -1
    assert found["ignores_the_known_products"] == -3


def test_by_hand() -> None:
    """1 · 2 + 2 · 1 + 3 · p + 4 · 0 = 10 in the only window."""
    found = answers(KernelInverse(array([[1, 2], [3, 4]]), array([[2, 1], [2, 0]]), ((2, 1),)))
    assert found["right"] == 2
    assert found["reverses_the_sign"] == -2
    assert found["forgets_to_divide"] == 6
    assert "adds_the_known_products" not in found  # 14/3 is no entry
