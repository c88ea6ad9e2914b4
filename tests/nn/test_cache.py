"""Scores with and without a key-value cache, counted while decoding."""

from random import Random

import pytest

from examgen.exact import Array, Exact, array, equal
from examgen.nn.attention import (
    attend,
    attention,
    cached_numbers,
    causal_attention,
    scores_for_cached_step,
    scores_recomputed,
    softmax_row,
    total_scores_cached,
    total_scores_recomputed,
)
from tests.nn.drawn import integers


class Decoder:
    """Causal self-attention, a token after the other, that counts the inner products it takes."""

    def __init__(self, x: Array) -> None:
        """Take the tokens (n, d); they are queries, keys and values at once."""
        self.x = x
        self.products = 0
        self.cached: list[Array] = []

    def score(self, i: int, keys: list[Array]) -> list[Exact]:
        """Return ⟨x_i, k⟩ for the keys."""
        self.products += len(keys)
        return [int((self.x[i] * key).sum()) for key in keys]

    def cached_step(self, i: int) -> Array:
        """Return y_i with the keys of the tokens before it remembered."""
        self.cached.append(self.x[i])
        row = softmax_row(array(self.score(i, self.cached)))
        [output] = attend(array([row]), array(self.cached))
        return array(output)

    def from_scratch(self, n: int, causal: bool) -> Array:
        """Return y_1 … y_n, every score taken anew."""
        rows = [self.score(i, list(self.x[: i + 1 if causal else n])) for i in range(n)]
        weights = [softmax_row(array(row)) for row in rows]
        return array([attend(array([row]), self.x[: len(row)])[0] for row in weights])


def test_a_cache_gives_the_same_outputs_for_the_scores_stated() -> None:
    for prompt, tokens in [(0, 1), (0, 4), (2, 3), (3, 1)]:
        x = integers(Random(prompt), (prompt + tokens, 2), -1, 1)
        decoder = Decoder(x)
        for i in range(prompt):
            decoder.cached_step(i)
        before = decoder.products
        whole = causal_attention(x, x, x)
        for i in range(prompt, prompt + tokens):
            at = decoder.products
            assert equal(decoder.cached_step(i), whole[i])
            assert decoder.products - at == scores_for_cached_step(i + 1)
        assert decoder.products - before == total_scores_cached(tokens, prompt=prompt)
        numbers = 2 * sum(key.size for key in decoder.cached)
        assert cached_numbers(prompt + tokens, 2) == numbers
        assert cached_numbers(prompt + tokens, 2, layers=3) == 3 * numbers


@pytest.mark.parametrize("causal", [False, True])
def test_starting_from_scratch_takes_the_scores_stated(causal: bool) -> None:
    for prompt, tokens in [(0, 1), (0, 4), (2, 3), (3, 1)]:
        decoder = Decoder(integers(Random(1), (prompt + tokens, 2), -1, 1))
        for n in range(prompt + 1, prompt + tokens + 1):
            at = decoder.products
            outputs = decoder.from_scratch(n, causal)
            assert decoder.products - at == scores_recomputed(n, causal)
            asked = causal_attention if causal else attention
            assert equal(outputs, asked(*[decoder.x[:n]] * 3))
        assert decoder.products == total_scores_recomputed(tokens, causal, prompt=prompt)
