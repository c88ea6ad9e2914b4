"""Parameter counts against torch's own parameters, with each mistake built into its layer."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.shapes.conv_param_count import ConvParamCount
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "conv-param-count"
LARGEST = {"easy": 2000, "medium": 100_000, "hard": 100_000}


class Built:
    """The layer of a problem in torch, and what passes through it; on the meta device."""

    def __init__(self, torch: ModuleType, givens: ConvParamCount) -> None:
        self.torch, self.givens = torch, givens
        self.batch = torch.empty(givens.batch, *givens.input_shape, device="meta")
        self.layer = self.conv()
        self.output = self.layer(self.batch)
        self.weights = self.layer.weight.numel()
        self.seen = self.layer.weight.shape[1]

    def conv(self, **changes: Any) -> Any:
        """A convolution with as many axes as its kernel has sizes."""
        options = {
            "in_channels": self.batch.shape[1],
            "out_channels": self.givens.out_channels,
            "kernel_size": self.givens.kernel,
            "groups": self.givens.groups,
            "bias": self.givens.bias,
        } | changes
        conv = getattr(self.torch.nn, f"Conv{len(options['kernel_size'])}d")
        return conv(**options, device="meta")

    def dense(self) -> Any:
        """The dense layer from one input to one output."""
        sizes = self.batch[0].numel(), self.output[0].numel()
        return self.torch.nn.Linear(*sizes, bias=self.givens.bias, device="meta")


def learned(layer: Any) -> int:
    """How many numbers a layer learns."""
    return sum(int(each.numel()) for each in layer.parameters())


def one_group(built: Built) -> Any:
    filters = built.givens.out_channels // built.givens.groups
    return built.conv(in_channels=built.seen, out_channels=filters, groups=1)


WRONG: dict[str, Callable[[Built], int]] = {
    "forgets_the_bias": lambda built: learned(built.conv(bias=False)),
    "adds_a_bias_unasked": lambda built: learned(built.conv(bias=True)),
    "counts_one_input_channel": lambda built: learned(built.conv(in_channels=built.givens.groups)),
    "counts_one_filter": lambda built: learned(
        built.conv(in_channels=built.seen, out_channels=1, groups=1)
    ),
    "one_bias_per_layer": lambda built: built.weights + 1,
    "one_bias_per_channel_pair": lambda built: (
        built.weights + built.layer.weight.flatten(2)[:, :, 0].numel()
    ),
    "one_bias_per_pixel": lambda built: built.weights + built.output[0].numel(),
    "uses_k_for_k_squared": lambda built: learned(built.conv(kernel_size=built.givens.kernel[:1])),
    "adds_the_kernel_sizes": lambda built: learned(
        built.conv(kernel_size=[sum(built.givens.kernel)])
    ),
    "squares_the_kernel": lambda built: learned(built.conv(kernel_size=built.givens.kernel * 2)),
    "leaves_the_depth_out": lambda built: learned(built.conv(kernel_size=built.givens.kernel[1:])),
    "counts_every_position": lambda built: learned(built.layer) * built.output[0, 0].numel(),
    "counts_a_dense_layer": lambda built: learned(built.dense()),
    "multiplies_by_the_batch": lambda built: learned(built.layer) * len(built.batch),
    "ignores_the_groups": lambda built: learned(built.conv(groups=1)),
    "counts_one_group": lambda built: learned(one_group(built)),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        built = Built(torch, drawn.givens)
        assert drawn.answer_key["parameters"] == learned(built.layer), seed
        for misconception, wrong in drawn.mistakes["parameters"]:
            assert wrong == WRONG[misconception.name](built), (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        drawn = problem(FAMILY, level, seed)
        given = drawn.givens
        assert drawn.answer_key["parameters"] < LARGEST[level]
        assert given.in_channels >= 2
        assert given.in_channels != given.out_channels or given.groups == given.in_channels
        if level != "hard":
            assert len(given.kernel) == 2
            assert (len(set(given.kernel)) == 1) == (level == "easy")
        assert given.bias or level != "easy"


MODES = {
    "easy": {(2, "no groups", True)},
    "medium": {(2, "no groups", True), (2, "no groups", False)},
    "hard": {
        (axes, groups, bias)
        for axes, groups in ((1, "no groups"), (3, "no groups"), (2, "groups"), (2, "depthwise"))
        for bias in (True, False)
    },
}
"""The axes of the kernel, the groups, and whether there are biases."""


def mode(givens: ConvParamCount) -> tuple[int, str, bool]:
    grouped = "depthwise" if givens.groups == givens.in_channels else "groups"
    return len(givens.kernel), grouped if givens.groups > 1 else "no groups", givens.bias


@pytest.mark.parametrize("level", LEVELS)
def test_every_mode_is_drawn(level: Level) -> None:
    assert {mode(problem(FAMILY, level, seed).givens) for seed in range(200)} == MODES[level]


def answers(givens: ConvParamCount) -> dict[str, int]:
    """The right answer and the wrong ones, by name."""
    drawn = Problem.of(givens, "hard")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["parameters"]}
    return wrong | {"right": drawn.answer_key["parameters"]}


def test_by_hand() -> None:
    """Eight filters of 2 · 3 · 3 = 18 weights and a bias on a 9 × 9 input: 8 · 19 = 152."""
    assert answers(ConvParamCount(Shape((2, 9, 9)), 8, (3, 3), 16)) == {
        "right": 152,
        "forgets_the_bias": 144,
        "counts_one_input_channel": 80,
        "counts_one_filter": 19,
        "one_bias_per_layer": 145,
        "one_bias_per_channel_pair": 160,
        "one_bias_per_pixel": 144 + 8 * 49,
        "uses_k_for_k_squared": 8 * 7,
        "adds_the_kernel_sizes": 8 * 13,
        "counts_every_position": 152 * 49,
        "counts_a_dense_layer": (2 * 81 + 1) * 8 * 49,
        "multiplies_by_the_batch": 152 * 16,
    }


def test_by_hand_with_groups() -> None:
    """12 channels in 3 groups: 6 filters of 4 · 25 = 100 weights without biases."""
    given = ConvParamCount(Shape((12, 8, 8)), 6, (5, 5), 8, bias=False, groups=3)
    found = answers(given)
    assert found["right"] == 600
    assert found["ignores_the_groups"] == 1800
    assert found["counts_one_group"] == 200
    assert found["adds_a_bias_unasked"] == 606
    assert "forgets_the_bias" not in found


@pytest.mark.parametrize(
    ("shape", "filters", "kernel", "expected"),
    [
        ((3, 224, 224), 64, (11, 11), 23_296),  # AlexNet's first layer
        ((1, 28, 28), 32, (3, 3), 320),  # the first layer of PyTorch's MNIST example
        ((1, 20, 20), 33, (5,), 198),
        ((16, 10, 50, 100), 33, (3, 5, 2), 15_873),  # the example in nn.Conv3d's documentation
    ],
)
def test_known_counts(
    shape: tuple[int, ...], filters: int, kernel: tuple[int, ...], expected: int
) -> None:
    given = ConvParamCount(Shape(shape), filters, kernel, 1)
    assert Problem.of(given, "hard").answer_key["parameters"] == expected
