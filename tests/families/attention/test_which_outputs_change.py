"""Which outputs change, against torch's layers with tokens replaced, and mistakes built in."""

from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import pytest

from examgen.families.attention.which_outputs_change import (
    CAUSAL,
    CONVOLUTION,
    LOCAL,
    SequenceLayer,
    WhichOutputsChange,
)
from examgen.questions.levels import LEVELS, Level
from examgen.questions.problem import Problem
from tests.families.drawn import SEEDS, problem

FAMILY = "which-outputs-change"

TOLERANCE = 1e-12
"""Sums of the same numbers may differ by their order."""
Hidden = Callable[[Any, SequenceLayer], Any]


def hidden(pairs: Any, layer: SequenceLayer) -> Any:
    """True where output i must not attend to input j."""
    later = pairs.triu(1)
    return later if layer.kind == "causal" else later | pairs.tril(-layer.size)


class Network:
    """The layers of a problem in torch; a mistake changes the mask or the kernel of each."""

    def __init__(self, torch: ModuleType, givens: WhichOutputsChange) -> None:
        self.torch, self.givens = torch, givens
        self.before = torch.randn(givens.length, 3, dtype=torch.double)
        self.scores = torch.randn(givens.length, givens.length, dtype=torch.double)
        self.is_mistaken = False
        self.weight = 1 + torch.rand(1).double()
        self.pairs = torch.ones(givens.length, givens.length, dtype=torch.bool)

    def attend(self, x: Any, mask: Any) -> Any:
        """Attention that gives rows without any key the value 0, as torch does.

        A mistake is made without thinking of queries: then the scores are fixed.
        """
        bias = self.torch.zeros(mask.shape, dtype=x.dtype).masked_fill(mask, -self.torch.inf)
        scores = self.scores if self.is_mistaken else x @ x.T / 4
        return self.torch.nan_to_num((scores + bias).softmax(dim=1)) @ x

    def convolve(self, x: Any, kernel: Sequence[int]) -> Any:
        """A kernel that is 0 where *kernel* is, the same for each feature."""
        weights = self.torch.tensor(kernel, dtype=x.dtype) * self.weight
        padded = self.torch.nn.functional.pad(x.T[:, None], (len(kernel) // 2, len(kernel) // 2))
        return self.torch.conv1d(padded, weights[None, None])[:, 0].T

    def outputs(self, x: Any, hide: Hidden, one_way: bool, more: int, layers: int | None) -> Any:
        for layer in self.givens.layers[:layers]:
            wider = layer._replace(size=layer.size + more)
            if layer.is_attention:
                x = self.attend(x, hide(self.pairs, wider))
            else:
                after = 0 if one_way else 1
                x = self.convolve(x, [1] * (wider.size + 1) + [after] * wider.size)
        return x

    def changed(
        self,
        hide: Hidden = hidden,
        *,
        one_way: bool = False,
        more: int = 0,
        layers: int | None = None,
        tokens: Sequence[int] | None = None,
    ) -> set[int]:
        """The outputs that differ once the tokens are replaced."""
        after = self.before.clone()
        for token in self.givens.changed if tokens is None else tokens:
            after[token - 1] = self.torch.randn(3, dtype=self.torch.double)
        found = [self.outputs(x, hide, one_way, more, layers) for x in (self.before, after)]
        differ = ((found[0] - found[1]).abs() > TOLERANCE).any(dim=1).tolist()
        return {i for i, each in enumerate(differ, start=1) if each}

    @property
    def everything(self) -> set[int]:
        return set(range(1, self.givens.length + 1))


def through_causal(net: Network) -> set[int]:
    return {i for i in net.everything if i >= min(net.givens.changed)}


WRONG: dict[str, Callable[[Network], set[int]]] = {
    "changes_its_own_row_only": lambda net: set(net.givens.changed),
    "changes_every_row": lambda net: net.everything,
    "gives_the_unchanged_rows": lambda net: net.everything - net.changed(),
    "counts_from_zero": lambda net: {i - 1 for i in net.changed()},
    "masks_the_past": lambda net: net.changed(lambda pairs, layer: hidden(pairs, layer).T),
    "masks_itself_too": lambda net: net.changed(
        lambda pairs, layer: hidden(pairs, layer) | pairs.triu().tril()
    ),
    "stops_a_layer_early": lambda net: net.changed(layers=1),
    "reaches_one_too_far": lambda net: net.changed(more=1),
    "looks_one_way_only": lambda net: net.changed(one_way=True),
    "forgets_the_window": through_causal,
    "follows_one_token_only": lambda net: net.changed(tokens=net.givens.changed[-1:]),
}


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("level", LEVELS)
def test_agrees_with_torch(torch: ModuleType, level: Level, seeds: range) -> None:
    torch.manual_seed(5)
    for seed in seeds:
        drawn = problem(FAMILY, level, seed)
        net = Network(torch, drawn.givens)
        assert drawn.answer_key["outputs"] == net.changed(), seed
        net.is_mistaken = True
        for mistake, wrong in drawn.mistakes["outputs"]:
            assert wrong == WRONG[mistake.name](net), (seed, mistake.name)


@pytest.mark.parametrize("level", LEVELS)
def test_what_the_levels_promise(level: Level) -> None:
    seen = set()
    for seed in range(200):
        givens = problem(FAMILY, level, seed).givens
        seen.add((*(each.kind for each in givens.layers), len(givens.changed)))
    assert (
        seen
        == {
            "easy": {("causal", 1)},
            "medium": {
                ("causal", 2),
                *((kind, count) for kind in ("local", "convolution") for count in (1, 2)),
            },
            "hard": {
                ("causal", "causal", 1),
                ("causal", "convolution", 1),
                ("convolution", "causal", 1),
                ("convolution", "convolution", 1),
                ("local", "local", 1),
                ("local", "convolution", 1),
                ("convolution", "local", 1),
            },
        }[level]
    )


@pytest.mark.parametrize(
    ("layers", "changed", "outputs"),
    [
        ((CAUSAL,), (3,), {3, 4, 5, 6}),
        ((LOCAL[0],), (2, 5), {2, 3, 5, 6}),
        ((CONVOLUTION[1],), (5,), {3, 4, 5, 6}),
        ((CAUSAL, CAUSAL), (4,), {4, 5, 6}),
        ((CONVOLUTION[0], CAUSAL), (4,), {3, 4, 5, 6}),
        ((LOCAL[0], CONVOLUTION[0]), (3,), {2, 3, 4, 5}),
    ],
)
def test_by_hand(
    layers: tuple[SequenceLayer, ...], changed: tuple[int, ...], outputs: set[int]
) -> None:
    drawn = Problem.of(WhichOutputsChange(6, changed, layers), "hard")
    assert drawn.answer_key["outputs"] == outputs
