"""Parameters of attention, transformer blocks and single layers against torch's numel."""

from math import prod
from types import ModuleType
from typing import Any

import pytest

from examgen.nn.counting import (
    attention_parameters,
    convolution_parameters,
    embedding_parameters,
    encoder_block_parameters,
    feed_forward_parameters,
    layer_norm_parameters,
    linear_parameters,
    mha_parameters,
    mixture_parameters,
)
from tests.nn.drawn import streams


def numel(module: Any) -> int:
    """Return how many trainable numbers a module has."""
    return sum(p.numel() for p in module.parameters())


def test_convolutions_of_one_two_and_three_axes(torch: ModuleType) -> None:
    kinds = torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d
    for seed, rng in streams():
        kernel = tuple(rng.randint(1, 4) for _ in range(rng.randint(1, 3)))
        groups, bias = rng.choice([1, 1, 2, 3]), rng.random() < 0.5
        fed, made = groups * rng.randint(1, 4), groups * rng.randint(1, 4)
        layer = kinds[len(kernel) - 1](fed, made, kernel, groups=groups, bias=bias)
        ours = convolution_parameters(fed, made, kernel, groups=groups, bias=bias)
        assert ours == numel(layer), seed


def test_dense_layers_norms_and_embeddings(torch: ModuleType) -> None:
    nn = torch.nn
    for seed, rng in streams():
        a, b = rng.randint(1, 30), rng.randint(1, 30)
        assert linear_parameters(a, b) == numel(nn.Linear(a, b)), seed
        assert linear_parameters(a, b, bias=False) == numel(nn.Linear(a, b, bias=False)), seed
        assert layer_norm_parameters(a) == numel(nn.LayerNorm(a)), seed
        assert embedding_parameters(a, b) == numel(nn.Embedding(a, b)), seed
        both = nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Linear(b, a))
        assert feed_forward_parameters(a, b) == numel(both), seed


def test_multi_head_attention_whatever_the_heads(torch: ModuleType) -> None:
    for seed, rng in streams():
        heads = rng.randint(1, 4)
        width, bias = heads * rng.randint(1, 6), rng.random() < 0.5
        layer = torch.nn.MultiheadAttention(width, heads, bias=bias)
        assert mha_parameters(width, bias=bias) == numel(layer), seed


@pytest.mark.parametrize(("width", "expected"), [(4, 80), (8, 288), (64, 16_640), (512, 1_050_624)])
def test_multi_head_attention_of_known_widths(width: int, expected: int) -> None:
    assert mha_parameters(width) == expected


def test_heads_with_matrices_of_their_own(torch: ModuleType) -> None:
    for seed, rng in streams():
        d, keys, values, heads = (rng.randint(1, 6) for _ in range(4))
        shapes = [(d, keys), (d, keys), (d, values)] * heads
        weights = sum(map(prod, shapes))
        assert attention_parameters(d, keys, values, heads=heads) == weights, seed
        projection = numel(torch.nn.Linear(heads * values, d, bias=False))
        total = attention_parameters(d, keys, values, heads=heads, output=True)
        assert total == weights + projection, seed


def test_the_lectures_single_head_has_three_square_matrices() -> None:
    assert attention_parameters(5) == 3 * 5**2
    assert attention_parameters(6, 2, 2, heads=3, output=True) == mha_parameters(6, bias=False)


def test_encoder_blocks(torch: ModuleType) -> None:
    for seed, rng in streams(50):
        heads = rng.randint(1, 3)
        width, hidden = heads * rng.randint(1, 5), rng.randint(1, 20)
        layer = torch.nn.TransformerEncoderLayer(width, heads, hidden)
        assert encoder_block_parameters(width, hidden) == numel(layer), seed


def test_encoder_blocks_of_known_models() -> None:
    assert encoder_block_parameters(512, 2048) == 3_152_384
    assert encoder_block_parameters(768, 3072) == 7_087_872 == 12 * 768**2 + 13 * 768
    layers = 12 * encoder_block_parameters(768, 3072)
    embeddings = embedding_parameters(50_257, 768) + embedding_parameters(1024, 768)
    assert embeddings + layers + layer_norm_parameters(768) == 124_439_808


def test_mixtures_of_experts(torch: ModuleType) -> None:
    nn = torch.nn
    for seed, rng in streams(50):
        width, hidden, experts = rng.randint(2, 6), rng.randint(1, 9), rng.randint(2, 6)
        expert = feed_forward_parameters(width, hidden, bias=False)
        pieces = [
            nn.MultiheadAttention(width, 1, bias=False),
            nn.Linear(width, experts, bias=False),
            *(nn.Linear(width, 2 * hidden, bias=False) for _ in range(experts)),
        ]
        shared = mha_parameters(width, bias=False)
        router = linear_parameters(width, experts, bias=False)
        total = mixture_parameters(expert, experts, router=router, shared=shared)
        assert total == sum(map(numel, pieces)), seed
        active = mixture_parameters(expert, 2, router=router, shared=shared)
        assert total - active == (experts - 2) * numel(pieces[-1]), seed


def test_mixtral_as_published() -> None:
    width, layers = 4096, 32
    expert = 3 * width * 14_336
    attention = 2 * width**2 + 2 * width * 1024
    outside = 2 * embedding_parameters(32_000, width) + width
    shared = attention + 2 * width
    totals = [
        outside + layers * mixture_parameters(expert, experts, router=width * 8, shared=shared)
        for experts in (8, 2)
    ]
    assert [round(total / 10**9, 2) for total in totals] == [46.70, 12.88]


def test_groups_that_do_not_divide_the_channels_are_refused() -> None:
    for fed, made in ((3, 4), (4, 3)):
        with pytest.raises(ValueError, match="groups"):
            convolution_parameters(fed, made, (3, 3), groups=2)
