"""Stored activations against what PyTorch's layers put out, as the stem's listing builds them."""

from types import ModuleType
from typing import Any

import pytest

from examgen.exact import Shape
from examgen.families.shapes.activation_memory import ActivationMemory
from examgen.nn.layers import Conv2d, Flatten, Linear, MaxPool2d, ReLU
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "activation-memory"


class Built:
    """The printed network, run by PyTorch on a batch: what hooks see of each module.

    *changes* are attributes of its first layer, the convolution.
    """

    def __init__(self, torch: ModuleType, givens: ActivationMemory, **changes: Any) -> None:
        self.torch, self.givens = torch, givens
        self.network = eval(givens.listing, {"nn": torch.nn})  # noqa: S307
        for name, value in changes.items():
            setattr(self.network[0], name, value)
        self.seen: list[tuple[Any, Any, Any]] = []
        for module in self.network:
            module.register_forward_hook(self.hook)
        self.x = torch.zeros(givens.batch, *givens.input_shape)
        self.network(self.x)
        self.unit = self.x.element_size() if givens.in_bytes else 1

    def hook(self, module: Any, inputs: tuple[Any], output: Any) -> None:
        self.seen.append((type(module).__name__, inputs[0], output))

    def outputs(self, *, but: tuple[str, ...] = ("Flatten",)) -> int:
        return sum(out.numel() for name, _, out in self.seen if name not in but)

    def right(self) -> int:
        return self.outputs() * self.unit

    def wrong(self) -> dict[str, int]:
        """Mistakes that can be read off the same run."""
        inputs = sum(each.numel() for name, each, _ in self.seen if name != "Flatten")
        first = sum(out[0].numel() for name, _, out in self.seen if name != "Flatten")
        maps = sum(
            (out[:, 0] if out.ndim == 4 else out).numel()
            for name, _, out in self.seen
            if name != "Flatten"
        )
        counted = {
            "forgets_the_batch": first,
            "counts_the_parameters": sum(each.numel() for each in self.network.parameters()),
            "counts_one_filter": maps,
            "counts_the_inputs_of_the_layers": inputs,
            "counts_the_input_too": self.outputs() + self.x.numel(),
            "works_in_place": self.outputs(but=("Flatten", "ReLU")),
            "counts_the_last_output_only": self.seen[-1][2].numel(),
            "counts_the_flattened_too": self.outputs(but=()),
            "counts_bits_for_bytes": 8 * self.outputs(),
        }
        return {name: each * self.unit for name, each in counted.items()} | {
            "counts_numbers_for_bytes": self.outputs(),
        }

    def changed(self, name: str) -> int:
        """Mistakes for which the convolution has to run again with another padding."""
        padding: Any = {"ignores_the_padding": (0, 0), "keeps_the_size": "same"}[name]
        stride = (1, 1) if padding == "same" else self.network[0].stride
        return Built(self.torch, self.givens, padding=padding, stride=stride).right()


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        built = Built(torch, drawn.givens)
        assert drawn.answer_key["memory"] == built.right(), seed
        oracles = built.wrong()
        for misconception, wrong in drawn.mistakes["memory"]:
            name = misconception.name
            expected = oracles[name] if name in oracles else built.changed(name)
            assert wrong == expected, (seed, name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        assert len(givens.layers) == (2 if level == "easy" else 5)
        assert givens.in_bytes == (level == "hard")
        assert (givens.input_shape[1] != givens.input_shape[2]) == (level == "hard")


def test_by_hand() -> None:
    """Two maps of 4 · 6 · 6, one of 4 · 3 · 3 and two numbers: 326 for each of five inputs."""
    layers = (Conv2d(4, 3), ReLU(), MaxPool2d(2), Flatten(), Linear(2))
    drawn = Problem.of(ActivationMemory(layers, Shape((3, 8, 8)), 5), "medium")
    wrong = {misconception.name: each for misconception, each in drawn.mistakes["memory"]}
    assert drawn.answer_key["memory"] == 5 * (144 + 144 + 36 + 2)
    assert wrong == {
        "forgets_the_batch": 326,
        "counts_the_parameters": 4 * 28 + 2 * 37,
        "counts_one_filter": 5 * (36 + 36 + 9 + 2),
        "counts_the_inputs_of_the_layers": 5 * (192 + 144 + 144 + 36),
        "counts_the_input_too": 5 * (326 + 192),
        "works_in_place": 5 * 182,
        "counts_the_last_output_only": 10,
        "counts_the_flattened_too": 5 * (326 + 36),
    }
