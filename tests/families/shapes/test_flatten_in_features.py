"""The features of a flattened map, as PyTorch builds the network that the stem prints."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.shapes.flatten_in_features import FlattenInFeatures
from examgen.nn.layers import Conv2d, MaxPool2d, ReLU
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "flatten-in-features"


class Built:
    """The printed listing, run by PyTorch up to Flatten; *changes* are made to its modules."""

    def __init__(self, torch: ModuleType, givens: FlattenInFeatures) -> None:
        self.torch, self.givens = torch, givens

    def modules(self) -> list[Any]:
        printed = self.givens.listing.replace("in_features=..., out_features=10", "1, 1")
        *modules, flatten, linear = eval(printed, {"nn": self.torch.nn})  # noqa: S307
        assert isinstance(flatten, self.torch.nn.Flatten)
        assert isinstance(linear, self.torch.nn.Linear)
        return [*modules]

    def features(self, change: Callable[[Any], None] = lambda _: None, leave: int = 0) -> int:
        modules = self.modules()
        for module in modules:
            change(module)
        x = self.torch.zeros(2, *self.givens.input_shape)
        for module in modules[: len(modules) - leave]:
            x = module(x)
        return int(x.flatten(1).shape[1])

    def last_map(self, step: Callable[[Any, Any], Any] = lambda module, x: module(x)) -> Any:
        """What is flattened of one input, if *step* is how a window passes over it."""
        x = self.torch.zeros(1, *self.givens.input_shape)
        for module in self.modules():
            x = step(module, x) if hasattr(module, "kernel_size") else x
        return x[0]

    def over_channels(self) -> Any:
        """The last map, its channels pooled like its rows."""
        size = self.modules()[-1].kernel_size
        return self.torch.nn.MaxPool1d(size)(self.last_map().flatten(1).T)

    def padded_once(self, module: Any, x: Any) -> Any:
        """The window over an input that is padded at the beginning of each axis only."""
        p = module.padding if isinstance(module.padding, int) else module.padding[0]
        unpadded(module)
        return module(self.torch.nn.functional.pad(x, (p, 0, p, 0)))

    def cut(self, module: Any, x: Any) -> Any:
        """The window over an input, one position too few along each axis."""
        return module(x)[..., :-1, :-1]

    def filled(self, module: Any, x: Any) -> Any:
        k, s, p = (
            each if isinstance(each, int) else each[0]
            for each in (module.kernel_size, module.stride, module.padding)
        )
        rests = [-(side + 2 * p - k) % s for side in x.shape[2:]]
        return self.torch.nn.functional.pad(x, (0, rests[1], 0, rests[0]))


def fitting(module: Any, x: Any) -> Any:
    """A convolution that keeps the size; a pooling as it is."""
    if hasattr(module, "weight"):
        module.stride, module.padding = (1, 1), "same"
    return module(x)


def unpadded(module: Any) -> None:
    module.padding = (0, 0) if hasattr(module, "weight") else 0


def stepwise(module: Any) -> None:
    if not hasattr(module, "weight") and hasattr(module, "stride"):
        module.stride = 1


def unstrided(module: Any) -> None:
    if hasattr(module, "weight"):
        module.stride = (1, 1)


WRONG: dict[str, Callable[[Built], int]] = {
    "skips_the_pooling": lambda built: built.features(leave=1),
    "rounds_up": lambda built: built.last_map(
        lambda module, x: module(built.filled(module, x))
    ).numel(),
    "forgets_the_first_position": lambda built: built.last_map(built.cut).numel(),
    "keeps_the_size": lambda built: built.last_map(fitting).numel(),
    "pads_one_side": lambda built: built.last_map(built.padded_once).numel(),
    "flattens_height_and_width_only": lambda built: built.last_map()[0].numel(),
    "counts_the_channels_only": lambda built: len(built.last_map()),
    "keeps_the_input_channels": lambda built: (
        built.givens.input_shape[0] * built.last_map()[0].numel()
    ),
    "pools_the_channels": lambda built: built.over_channels().numel(),
    "ignores_the_padding": lambda built: built.features(unpadded),
    "pools_with_stride_one": lambda built: built.features(stepwise),
    "ignores_the_stride": lambda built: built.features(unstrided),
    "multiplies_by_the_batch": lambda built: built.features() * built.givens.batch,
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        built = Built(torch, drawn.givens)
        assert drawn.answer_key["features"] == built.features(), seed
        for misconception, wrong in drawn.mistakes["features"]:
            assert wrong == WRONG[misconception.name](built), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        assert len(givens.layers) == (3 if level == "easy" else 6)
        assert givens.is_square == (level != "hard")
        assert (givens.layers[0].stride == 2) == (level == "hard")


def test_by_hand() -> None:
    """20 → 20 − 5 + 1 + 2 = 18 → 6 → 4 → 2, with 8 channels."""
    layers = (Conv2d(4, 5, padding=1), ReLU(), MaxPool2d(3), Conv2d(8, 3), ReLU(), MaxPool2d(2))
    drawn = Problem.of(FlattenInFeatures(layers, Shape((3, 20, 20)), 16), "medium")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["features"]}
    assert drawn.answer_key["features"] == 8 * 2 * 2
    assert wrong == {
        "flattens_height_and_width_only": 4,
        "counts_the_channels_only": 8,
        "skips_the_pooling": 8 * 16,
        "multiplies_by_the_batch": 32 * 16,
        "keeps_the_input_channels": 12,
        "pools_the_channels": 16,
        "pads_one_side": 8,
        "keeps_the_size": 8 * 9,
        "pools_with_stride_one": 8 * 13 * 13,
        "ignores_the_padding": 8,
    }
