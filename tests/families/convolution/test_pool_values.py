"""Pooled maps against torch, with each mistake built into its calls."""

from collections.abc import Callable
from fractions import Fraction
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Array, array
from examgen.families.convolution.pool_values import PoolValues
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "pool-values"


class Pooling:
    """The map of a problem, pooled by torch."""

    def __init__(self, torch: ModuleType, givens: PoolValues) -> None:
        self.torch, self.givens = torch, givens
        self.x = torch.tensor(givens.image.tolist(), dtype=torch.float64)
        self.area = givens.side**2

    def pooled(self, x: Any, kind: str, **changes: Any) -> Any:
        options = {"kernel_size": self.givens.side, "stride": self.givens.stride} | changes
        if kind == "mean of the positive":
            count = self.pooled((x > 0).double(), "avg").clamp(min=1 / self.area)
            return self.pooled(x.relu(), "avg") / count
        return getattr(self.torch.nn.functional, f"{kind}_pool2d")(x[None], **options)[0]

    def __call__(self, change: Callable[[Any], Any] = lambda x: x, **changes: Any) -> Any:
        """What is asked, of a changed input or with a changed pooling."""
        x = change(self.x.relu() if self.givens.activates else self.x)
        return self.pooled(x, "avg" if self.givens.averages else "max", **changes)

    def other(self) -> Any:
        """The other kind of pooling."""
        x = self.x.relu() if self.givens.activates else self.x
        return self.pooled(x, "max" if self.givens.averages else "avg")

    def corners(self) -> Any:
        first = self.torch.zeros(1, 1, self.givens.side, self.givens.side, dtype=self.x.dtype)
        first[0, 0, 0, 0] = 1
        x = self.x.relu() if self.givens.activates else self.x
        return self.torch.conv2d(x[None, None], first, stride=self.givens.stride)[0, 0]


WRONG: dict[str, Callable[[Pooling], Any]] = {
    "averages_the_pool": Pooling.other,
    "maximises_the_pool": Pooling.other,
    "takes_the_other_pooling_and_transposes_the_map": lambda p: p.other().T,
    "sums_the_pool": lambda p: p(divisor_override=1),
    "uses_k_for_k_squared": lambda p: p(divisor_override=p.givens.side),
    "averages_the_positive_entries_only": lambda p: p.pooled(p.x, "mean of the positive"),
    "pools_absolute_values": lambda p: p(lambda x: x.abs()),
    "takes_absolute_values": lambda p: p.pooled(p.x.abs(), "avg"),
    "forgets_the_activation": lambda p: p.pooled(p.x, "avg"),
    "applies_the_activation_last": lambda p: p.pooled(p.x, "avg").relu(),
    "forgets_the_activation_and_transposes_the_map": lambda p: p.pooled(p.x, "avg").T,
    "adds_the_activation_unasked": lambda p: p(lambda x: x.relu()),
    "pools_with_stride_one": lambda p: p(stride=1),
    "strides_by_the_kernel": lambda p: p(stride=p.givens.side),
    "rounds_up": lambda p: p(ceil_mode=True),
    "transposes_the_map": lambda p: p().T,
    "keeps_the_corner": Pooling.corners,
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        pooling = Pooling(torch, drawn.givens)
        assert matches(drawn.answer_key["values"], pooling()), seed
        for misconception, wrong in drawn.mistakes["values"]:
            oracle = WRONG[misconception.name](pooling)
            assert matches(wrong, oracle), (seed, misconception.name)


def matches(ours: Array, theirs: Any) -> bool:
    """Whether exact values are torch's; dyadic or not, all are far apart."""
    if ours.shape != tuple(theirs.shape):
        return False
    return bool(abs(theirs - theirs.new_tensor(ours.astype(float).tolist())).max() < 1e-9)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        given: PoolValues = problem(FAMILY, level, seed).givens
        overlapping, has_a_rest = given.stride < given.side, any(given.rest)
        seen.add((given.averages, given.activates, overlapping, has_a_rest))
    either = (True, False)
    assert (
        seen
        == {
            "easy": {(averages, False, False, False) for averages in either},
            "medium": {(averages, False, rest, not rest) for averages in either for rest in either},
            "hard": {(True, True, True, False)},
        }[level]
    )


def answers(**given: Any) -> dict[str, Any]:
    """The right answer and the wrong ones, by name, as lists."""
    image = array(given.pop("image"))
    drawn = Problem.of(PoolValues(image, **given), "hard")
    wrong = {each.name: value.tolist() for each, value in drawn.mistakes["values"]}
    return wrong | {"right": drawn.answer_key["values"].tolist()}


def test_nine_numbers_in_overlapping_windows() -> None:
    image = [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert answers(image=image, side=2, stride=1, averages=False)["right"] == [[4, 5], [7, 8]]
    assert answers(image=image, side=2, stride=1, averages=True)["right"] == [[2, 3], [5, 6]]


def test_after_relu_by_hand() -> None:
    """ReLU leaves 4 and 2 of 4, −3, 2, −1: their mean with two zeros is 3/2."""
    found = answers(image=[[4, -3], [2, -1]], side=2, stride=1, averages=True, activates=True)
    assert found["right"] == [[Fraction(3, 2)]]
    assert found["forgets_the_activation"] == [[Fraction(1, 2)]]
    assert found["applies_the_activation_last"] == [[Fraction(1, 2)]]
    assert found["averages_the_positive_entries_only"] == [[3]]
    assert found["takes_absolute_values"] == [[Fraction(5, 2)]]
