"""What an output depends on, against the gradients of torch's layers."""

from types import ModuleType
from typing import Any

from examgen.nn.dependence import Reach, around, back, causally, everywhere, reached
from tests.nn.drawn import streams


def seen(torch: ModuleType, layer: Any, length: int, changed: set[int]) -> set[int]:
    """The outputs that differ after the changed tokens were replaced."""
    before = torch.randn(length, 4, dtype=torch.double)
    after = before.clone()
    for token in changed:
        after[token - 1] = torch.randn(4, dtype=torch.double)
    differ = ((layer(before) - layer(after)).abs() > 1e-12).any(dim=1)
    return {i for i, each in enumerate(differ.tolist(), start=1) if each}


def attention(torch: ModuleType, hidden: Any) -> Any:
    """Self-attention in which *hidden* is True where i must not attend to j."""
    w_q, w_k, w_v = torch.randn(3, 4, 4, dtype=torch.double) / 2
    mask = torch.zeros(hidden.shape, dtype=torch.double).masked_fill(hidden, -torch.inf)
    attend = torch.nn.functional.scaled_dot_product_attention
    return lambda x: attend((x @ w_q)[None], (x @ w_k)[None], (x @ w_v)[None], attn_mask=mask)[0]


def convolution(torch: ModuleType, radius: int) -> Any:
    conv = torch.nn.Conv1d(4, 4, 2 * radius + 1, padding=radius).double()
    return lambda x: conv(x.T[None])[0].T


def test_agrees_with_torch(torch: ModuleType) -> None:
    torch.manual_seed(3)
    for seed, rng in streams(60):
        length, size = rng.randint(3, 8), rng.randint(1, 3)
        changed = {*rng.sample(range(1, length + 1), rng.randint(1, 2))}
        pairs = torch.ones(length, length, dtype=torch.bool)
        layers: dict[Reach, Any] = {
            causally: attention(torch, pairs.triu(1)),
            everywhere: attention(torch, ~pairs),
            back(size): attention(torch, pairs.triu(1) | pairs.tril(-size)),
            around(size): convolution(torch, size),
        }
        for reach, layer in layers.items():
            expected = seen(torch, layer, length, changed)
            assert reached(changed, length, reach) == expected, seed


def test_by_hand() -> None:
    """Of five positions, the third of which changes."""
    assert reached({3}, 5, causally) == {3, 4, 5}
    assert reached({3}, 5, back(2)) == {3, 4}
    assert reached({3}, 5, around(1)) == {2, 3, 4}
    assert reached({3}, 5, everywhere) == {1, 2, 3, 4, 5}
    assert reached({1, 5}, 5, around(1)) == {1, 2, 4, 5}
