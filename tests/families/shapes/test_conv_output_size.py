"""Output shapes against torch, which makes the maps, with each mistake built into its layers."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.shapes.conv_output_size import ConvOutputSize
from examgen.nn.layers import Conv2d, MaxPool2d
from examgen.nn.shapes import pair
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv-output-size"


class Network:
    """The layers of a problem in torch, on its meta device: shapes without numbers."""

    def __init__(self, torch: ModuleType, givens: ConvOutputSize) -> None:
        self.torch, self.givens = torch, givens
        self.image = self.map(*givens.input_shape)

    def map(self, *shape: int) -> Any:
        return self.torch.empty(1, *shape, device="meta")

    def conv(self, image: Any, **changes: Any) -> Any:
        made, channels = self.givens.conv, image.shape[1]
        options = {
            "out_channels": made.out_channels,
            "kernel_size": made.kernel,
            "stride": made.stride,
            "padding": made.padding,
            "dilation": made.dilation,
        }
        return self.torch.nn.Conv2d(channels, **(options | changes), device="meta")(image)

    def pool(self, image: Any, **changes: Any) -> Any:
        if self.givens.pool is None:
            return image
        options = {"kernel_size": self.givens.pool.kernel, "stride": self.givens.pool.stride}
        return self.torch.nn.MaxPool2d(**(options | changes))(image)

    def both(self, **changes: Any) -> Any:
        return self.pool(self.conv(self.image, **changes))


def rounded_up(network: Network) -> Any:
    """Count the windows of the convolution until every row and column lies in one."""
    made, sizes = network.givens.conv, []
    for size, kernel in zip(network.image.shape[2:], pair(made.kernel), strict=True):
        stride, padding, dilation = (pair(x)[0] for x in (made.stride, made.padding, made.dilation))
        first_end, end = dilation * (kernel - 1) - padding, size + padding - 1
        sizes.append(1 + next(i for i in range(end + 9) if first_end + i * stride >= end))
    return network.pool(network.map(made.out_channels, *sizes), ceil_mode=True)


def padded_on_one_side(network: Network) -> Any:
    padding = network.givens.conv.padding
    padded = network.torch.nn.functional.pad(network.image, (padding, 0, padding, 0))
    return network.pool(network.conv(padded, padding=0))


def one_fewer(network: Network) -> Any:
    convolved = network.conv(network.image)[..., 1:, 1:]
    return network.pool(convolved)[..., 1:, 1:] if network.givens.pool else convolved


def divided(network: Network) -> Any:
    made, (_, _, height, width) = network.givens.conv, network.image.shape
    stride, _ = pair(made.stride)
    return network.pool(network.map(made.out_channels, height // stride, width // stride))


def kept(network: Network) -> Any:
    return network.pool(network.map(network.givens.conv.out_channels, *network.image.shape[2:]))


def half(network: Network) -> Any:
    return [size // 2 for size in pair(network.givens.conv.kernel)]


def spread(network: Network) -> Any:
    made = network.givens.conv
    (dilation, _), sizes = pair(made.dilation), pair(made.kernel)
    return network.both(kernel_size=[size * dilation for size in sizes], dilation=1)


def channels_kept(network: Network, output: Any) -> Any:
    return network.map(network.image.shape[1], *output.shape[2:])


def apart(network: Network) -> Any:
    channels = network.image.shape[1]
    filters = channels * network.givens.conv.out_channels
    return network.both(out_channels=filters, groups=channels)


WRONG: dict[str, Callable[[Network], Any]] = {
    "rounds_up": rounded_up,
    "forgets_the_first_position": one_fewer,
    "pads_one_side": padded_on_one_side,
    "ignores_the_padding": lambda network: network.both(padding=0),
    "pads_unasked": lambda network: network.both(padding=half(network)),
    "ignores_the_stride": lambda network: network.both(stride=1),
    "strides_by_the_kernel": lambda network: network.both(stride=network.givens.conv.kernel),
    "divides_by_the_stride": divided,
    "keeps_the_size": kept,
    "ignores_the_kernel": lambda network: network.both(kernel_size=1),
    "ignores_the_dilation": lambda network: network.both(dilation=1),
    "multiplies_the_dilation": spread,
    "swaps_height_and_width": lambda network: network.both(
        kernel_size=pair(network.givens.conv.kernel)[::-1]
    ),
    "keeps_the_input_channels": lambda network: network.both(out_channels=network.image.shape[1]),
    "keeps_the_channels_apart": apart,
    "keeps_the_channels_apart_and_ignores_the_kernel": lambda network: network.both(
        out_channels=network.image.shape[1] * network.givens.conv.out_channels, kernel_size=1
    ),
    "gives_the_input_shape": lambda network: network.image,
    "keeps_the_channels_and_forgets_the_first_position": lambda network: channels_kept(
        network, one_fewer(network)
    ),
    "keeps_the_channels_and_ignores_the_padding": lambda network: channels_kept(
        network, network.both(padding=0)
    ),
    "keeps_the_channels_and_ignores_the_stride": lambda network: channels_kept(
        network, network.both(stride=1)
    ),
    "pools_with_stride_one": lambda network: network.pool(network.conv(network.image), stride=1),
    "skips_the_pooling": lambda network: network.conv(network.image),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        network = Network(torch, drawn.givens)
        assert drawn.answer_key["output"] == tuple(network.both().shape[1:]), seed
        for misconception, wrong in drawn.mistakes["output"]:
            expected = WRONG[misconception.name](network)
            assert wrong == tuple(expected.shape[1:]), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        channels, height, width = drawn.answer_key["output"]
        assert min(height, width) >= 2
        assert channels != drawn.givens.input_shape[0]
        assert (drawn.givens.input_shape[1] == drawn.givens.input_shape[2]) == (level == "easy")
        last_windows_stick_out = "rounds_up" in {m.name for m, _ in drawn.mistakes["output"]}
        assert last_windows_stick_out == (level != "easy")


MODES = {
    "easy": {(2, 0), (2, 1), (3, 0), (3, 1), (5, 0), (5, 1), (5, 2)},
    "medium": {(2, 3), (2, 4), (2, 5), (2, 7), (3, 4), (3, 5), (3, 7)},
    "hard": {(2, None), (1, (2, 2)), (1, (3, 3)), (1, (3, 2))},
}
"""Kernel and padding; stride and kernel; dilation, and kernel and stride of the pooling."""


def mode(level: Level, givens: ConvOutputSize) -> tuple[Any, Any]:
    conv, pool = givens.conv, givens.pool
    if level == "easy":
        return conv.kernel, conv.padding
    if level == "medium":
        return conv.stride, conv.kernel
    return conv.dilation, pool and (pool.kernel, pool.stride or pool.kernel)


@pytest.mark.parametrize("level", LEVELS)
def test_every_mode_is_drawn(level: Level) -> None:
    drawn = {mode(level, problem(FAMILY, level, seed).givens) for seed in range(200)}
    assert drawn == MODES[level]


def answers(givens: ConvOutputSize) -> dict[str, Any]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(givens, "hard")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["output"]}
    return wrong | {"right": drawn.answer_key["output"]}


def test_by_hand() -> None:
    """⌊(14 + 4 − 4)/2⌋ + 1 = 8 and ⌊(19 + 4 − 4)/2⌋ + 1 = ⌊9.5⌋ + 1 = 10."""
    found = answers(ConvOutputSize(Shape((3, 14, 19)), Conv2d(10, 4, 2, padding=2)))
    assert found["right"] == (10, 8, 10)
    assert found["rounds_up"] == (10, 8, 11)
    assert found["forgets_the_first_position"] == (10, 7, 9)
    assert found["pads_one_side"] == (10, 7, 9)  # ⌊12/2⌋ + 1, ⌊17/2⌋ + 1
    assert found["ignores_the_padding"] == (10, 6, 8)
    assert found["ignores_the_stride"] == (10, 15, 20)
    assert found["strides_by_the_kernel"] == (10, 4, 5)
    assert found["divides_by_the_stride"] == (10, 7, 9)


def test_by_hand_with_dilation() -> None:
    """Kernels of 5 and 3 entries span 9 and 5: ⌊(23 + 2 − 9)/2⌋ + 1 = 9, ⌊19/2⌋ + 1 = 10."""
    conv = Conv2d(10, (5, 3), 2, padding=1, dilation=2)
    found = answers(ConvOutputSize(Shape((2, 23, 22)), conv))
    assert found["right"] == (10, 9, 10)
    assert found["ignores_the_dilation"] == (10, 11, 11)
    assert found["multiplies_the_dilation"] == (10, 8, 10)
    assert found["swaps_height_and_width"] == (10, 11, 8)


def test_by_hand_with_pooling() -> None:
    """14 × 19 becomes 9 × 10 under the convolution, and 4 × 4 under the pooling."""
    conv = Conv2d(6, (2, 4), 2, padding=2)
    found = answers(ConvOutputSize(Shape((2, 14, 19)), conv, MaxPool2d(3, 2)))
    assert found["right"] == (6, 4, 4)
    assert found["skips_the_pooling"] == (6, 9, 10)
    assert found["pools_with_stride_one"] == (6, 7, 8)
    assert found["rounds_up"] == (6, 4, 5)


@pytest.mark.parametrize(
    ("size", "conv", "expected"),
    [
        (224, Conv2d(64, 11, 4, padding=2), 55),  # AlexNet's first layer
        (224, Conv2d(64, 7, 2, padding=3), 112),  # ResNet's first layer
        (112, Conv2d(64, 3, 2, padding=1), 56),  # its pooling slides the same way
    ],
)
def test_published_sizes(size: int, conv: Conv2d, expected: int) -> None:
    found = answers(ConvOutputSize(Shape((3, size, size)), conv))
    assert found["right"] == (64, expected, expected)
    assert found["rounds_up"] == (64, expected + 1, expected + 1)
