"""Separable and bottleneck blocks counted by torch."""

from types import ModuleType
from typing import Any

import pytest

from examgen.families.shapes.separable_and_bottleneck import SeparableAndBottleneck
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "separable-and-bottleneck"


def learned(modules: list[Any]) -> int:
    return sum(each.numel() for module in modules for each in module.parameters())


class Built:
    """The convolutions of a problem in torch."""

    def __init__(self, torch: ModuleType, givens: SeparableAndBottleneck) -> None:
        self.nn, self.givens = torch.nn, givens
        self.norms = givens.asked == "projected"

    def conv(self, inputs: int, outputs: int, k: int, **changes: Any) -> list[Any]:
        """A convolution, and its normalisation where there is one."""
        made = self.nn.Conv2d(inputs, outputs, k, **({"bias": False} | changes))
        return [made, self.nn.BatchNorm2d(outputs)] if self.norms else [made]

    def weights(self, inputs: int, outputs: int, k: Any, **changes: Any) -> int:
        """The weights of a convolution alone."""
        return int(self.nn.Conv2d(inputs, outputs, k, bias=False, **changes).weight.numel())

    def block(self, **changes: Any) -> list[Any]:
        """All layers, the skip's last."""
        c, m, out, k = (getattr(self.givens, x) for x in ("inputs", "inner", "outputs", "kernel"))
        if self.givens.asked == "separable":
            depthwise = self.conv(c, c, k, **({"groups": c} | changes))
            return depthwise + self.conv(c, out, 1, **changes)
        branch = self.conv(c, m, 1, **changes) + self.conv(m, m, 3, **changes)
        branch += self.conv(m, out, 1, **changes)
        return branch + (self.conv(c, out, 1, **changes) if self.norms else [])

    def basic(self) -> int:
        c, out, k = self.givens.inputs, self.givens.outputs, self.givens.kernel
        if self.givens.asked == "separable":
            return learned(self.conv(c, out, k))
        return learned(self.conv(c, c, 3) + self.conv(c, c, 3))

    def asked(self, total: int) -> int:
        return self.basic() - total if self.givens.asked == "saved" else total

    def right(self) -> int:
        return self.asked(learned(self.block()))

    def wrong(self) -> dict[str, int]:
        layers = self.block()
        convs = [each for each in layers if isinstance(each, self.nn.Conv2d)]
        norms = [each for each in layers if isinstance(each, self.nn.BatchNorm2d)]
        large = next(each for each in convs if each.kernel_size[0] == self.givens.kernel)
        last = convs[1 if self.givens.asked == "separable" else 2]
        skip = layers[6:] if self.norms else self.conv(self.givens.inputs, self.givens.outputs, 1)
        buffers = sum(each.numel() for norm in norms for each in norm.buffers() if each.ndim)
        total = learned(layers)
        c, m, out, k = (getattr(self.givens, x) for x in ("inputs", "inner", "outputs", "kernel"))
        line = self.weights(large.in_channels, large.out_channels, (k, 1), groups=large.groups)
        counted = {
            "adds_a_bias_unasked": learned(self.block(bias=True)),
            "ignores_the_groups": learned(self.block(groups=1)),
            "forgets_the_pointwise": total - learned([last]),
            "forgets_the_large_kernel": total - learned([large]),
            "counts_the_skip": total + learned(skip),
            "forgets_the_projection": total - learned(skip),
            "forgets_the_normalisation": learned(convs),
            "counts_the_running_statistics": total + buffers,
            "counts_the_scale_only": total - sum(norm.bias.numel() for norm in norms),
            "uses_k_for_k_squared": total - learned([large]) + line,
        }
        if self.givens.asked == "separable":
            counted["gives_each_output_a_depthwise_filter"] = self.weights(
                out, out, k, groups=out
            ) + learned([last])
            counted["counts_one_input_channel"] = learned([large]) + self.weights(1, out, 1)
        else:
            wide, narrow = self.weights(c, m, 3), self.weights(m, m, 1)
            counted["keeps_the_input_channels"] = total - learned([large]) + wide
            counted["forgets_the_expansion"] = total - learned([last]) + narrow
        return {name: abs(self.asked(each)) for name, each in counted.items()} | {
            "counts_the_replaced": self.basic(),
            "gives_what_remains": total,
            "compares_with_one_convolution": learned(self.conv(c, c, 3)) - total,
        }


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        built = Built(torch, drawn.givens)
        assert drawn.answer_key["parameters"] == built.right(), seed
        oracles = built.wrong()
        for misconception, wrong in drawn.mistakes["parameters"]:
            assert wrong == oracles[misconception.name], (seed, misconception.name)


@pytest.mark.parametrize("level", LEVELS)
def test_every_question_is_drawn(level: Level) -> None:
    asked = {problem(FAMILY, level, seed).givens.asked for seed in range(100)}
    assert (
        asked
        == {
            "easy": {"separable"},
            "medium": {"bottleneck", "saved"},
            "hard": {"projected"},
        }[level]
    )


def test_by_hand() -> None:
    """A bottleneck 256 → 64 → 256 has 69,632, two 3×3 convolutions on 64 channels 73,728."""
    found = Problem.of(SeparableAndBottleneck("bottleneck", 256, 64, 256), "medium")
    assert found.answer_key["parameters"] == 69_632
    basic = Problem.of(SeparableAndBottleneck("saved", 64, 16, 64), "medium")
    assert basic.answer_key["parameters"] == 73_728 - 2 * 1024 - 9 * 256


def test_by_hand_for_the_separable_one() -> None:
    drawn = Problem.of(SeparableAndBottleneck("separable", 8, 0, 10, 3), "easy")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["parameters"]}
    assert drawn.answer_key["parameters"] == 72 + 80
    assert wrong == {
        "counts_the_replaced": 720,
        "forgets_the_pointwise": 72,
        "forgets_the_large_kernel": 80,
        "uses_k_for_k_squared": 24 + 80,
        "adds_a_bias_unasked": 152 + 18,
        "ignores_the_groups": 576 + 80,
        "gives_each_output_a_depthwise_filter": 90 + 80,
        "counts_one_input_channel": 72 + 10,
    }
