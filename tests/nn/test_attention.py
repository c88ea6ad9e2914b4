"""Attention against torch, the exact values of the course, and the laws it obeys."""

from fractions import Fraction
from random import Random
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from examgen.exact import (
    NEG_INF,
    Array,
    Exact,
    Undefined,
    array,
    divide,
    equal,
    exp,
    ln,
    ratio,
    sqrt,
)
from examgen.nn.attention import (
    attend,
    attention,
    causal_attention,
    mask_causally,
    project,
    scores,
    softmax_row,
    softmax_rows,
)
from examgen.nn.dense import identity, matmul, transpose
from examgen.nn.shapes import DoesNotFit
from tests.nn.drawn import floats, integers, listed, streams, tensor

CORNERS = array([[1, 0], [0, 1], [1, 1]])


def drawn(rng: Random, own: bool = False) -> tuple[Array, Array, Array]:
    """Draw queries, keys and values; of one length where it is self-attention."""
    asked, told, width = rng.randint(1, 4), rng.randint(1, 4), rng.choice([1, 2, 3, 4])
    told = asked if own else told
    queries, keys = integers(rng, (asked, width), -2, 2), integers(rng, (told, width), -2, 2)
    return queries, keys, integers(rng, (told, rng.randint(1, 3)), -2, 2)


def close(ours: Array, theirs: Any) -> bool:
    """Compare exact values with a tensor of doubles."""
    return bool(floats(ours) == pytest.approx(np.array(listed(theirs)), rel=1e-9, abs=1e-12))


def test_scaled_causal_attention_as_in_the_problem_set() -> None:
    a = exp(ratio(1, sqrt(2)))
    masked = mask_causally(scores(CORNERS, CORNERS, divisor=sqrt(2)))
    side, far = ratio(1, sqrt(2)), sqrt(2)
    expected = array([[side, NEG_INF, NEG_INF], [0, side, NEG_INF], [side, side, far]])
    assert equal(masked, expected)
    weights = softmax_rows(masked)
    thirds = [ratio(1, 2 + a), ratio(1, 2 + a), ratio(a, 2 + a)]
    assert equal(weights, array([[1, 0, 0], [ratio(1, 1 + a), ratio(a, 1 + a), 0], thirds]))
    outputs = causal_attention(CORNERS, CORNERS, CORNERS, divisor=sqrt(2))
    last = ratio(1 + a, 2 + a)
    assert equal(outputs, array([[1, 0], [ratio(1, 1 + a), ratio(a, 1 + a)], [last, last]]))
    assert floats(weights)[2] == pytest.approx([0.24826, 0.24826, 0.50349], abs=5e-6)
    assert floats(outputs)[1:] == pytest.approx(
        np.array([[0.33024, 0.66976], [0.75174, 0.75174]]), abs=5e-6
    )


def test_weights_are_fractions_where_the_scores_are_logarithms() -> None:
    queries = project(CORNERS, array([[ln(2), ln(3)], [0, ln(2)]]))
    keys = project(CORNERS, array([[1, 0], [1, 1]]))
    found = scores(queries, keys)
    assert equal(exp(found), array([[2, 6, 12], [1, 2, 2], [2, 12, 24]]))
    tenths = [Fraction(1, 10), Fraction(3, 10), Fraction(6, 10)]
    fifths = [Fraction(1, 5), Fraction(2, 5), Fraction(2, 5)]
    rest = [Fraction(1, 19), Fraction(6, 19), Fraction(12, 19)]
    assert softmax_rows(found).tolist() == [tenths, fifths, rest]


def test_the_lectures_first_attempt_attends_to_inner_products() -> None:
    row = softmax_row(scores(CORNERS, CORNERS)[0])
    e = exp(1)
    assert equal(row, array([ratio(e, 1 + 2 * e), ratio(1, 1 + 2 * e), ratio(e, 1 + 2 * e)]))


@pytest.mark.parametrize("causal", [False, True])
def test_unscaled_attention_agrees_with_torch(torch: ModuleType, causal: bool) -> None:
    ours = causal_attention if causal else attention
    for seed, rng in streams():
        queries, keys, values = drawn(rng)
        theirs = torch.nn.functional.scaled_dot_product_attention(
            *(tensor(torch, x)[None] for x in (queries, keys, values)), is_causal=causal, scale=1.0
        )[0]
        assert close(ours(queries, keys, values), theirs), seed


@pytest.mark.parametrize("causal", [False, True])
def test_scaled_attention_agrees_with_torch(torch: ModuleType, causal: bool) -> None:
    ours = causal_attention if causal else attention
    for seed, rng in streams():
        queries, keys, values = drawn(rng)
        theirs = torch.nn.functional.scaled_dot_product_attention(
            *(tensor(torch, x)[None] for x in (queries, keys, values)), is_causal=causal
        )[0]
        divisor = sqrt(queries.shape[1])
        assert close(ours(queries, keys, values, divisor=divisor), theirs), seed


def test_projections_and_weights_agree_with_torchs_layer(torch: ModuleType) -> None:
    for seed, rng in streams():
        tokens, width = rng.randint(1, 4), rng.randint(1, 3)
        x = integers(rng, (tokens, width), -1, 1)
        w_q, w_k, w_v = (integers(rng, (width, width), -1, 1) for _ in range(3))
        layer = torch.nn.MultiheadAttention(width, 1, bias=False, batch_first=True).double()
        # torch multiplies from the right by the transposed matrices it stores.
        stored = torch.cat([tensor(torch, transpose(w)) for w in (w_q, w_k, w_v)])
        layer.in_proj_weight.data = stored.detach()
        layer.out_proj.weight.data = torch.eye(width, dtype=torch.double)
        hidden = ~torch.ones(tokens, tokens, dtype=torch.bool).tril()
        given = tensor(torch, x)[None]
        theirs, weights = layer(given, given, given, attn_mask=hidden)
        queries, keys, values = project(x, w_q), project(x, w_k), project(x, w_v)
        divisor = sqrt(width)
        ours = softmax_rows(mask_causally(scores(queries, keys, divisor=divisor)))
        assert close(ours, weights[0]), seed
        assert close(causal_attention(queries, keys, values, divisor=divisor), theirs[0]), seed


def test_scores_are_the_products_of_query_and_key() -> None:
    for seed, rng in streams(100):
        queries, keys, _ = drawn(rng)
        for i, j in np.ndindex(len(queries), len(keys)):
            one = sum(a * b for a, b in zip(queries[i], keys[j], strict=True))
            assert scores(queries, keys)[i, j] == one, seed
            assert equal(scores(queries, keys, divisor=2)[i, j], ratio(one, 2)), seed


@pytest.mark.parametrize("shape", [(1, 1), (4, 4), (2, 4), (4, 2)])
def test_the_mask_is_the_inclusive_lower_triangle(shape: tuple[int, int]) -> None:
    masked = mask_causally(array(np.full(shape, 7)))
    allowed = np.tril(np.ones(shape, dtype=int))
    assert [[int(s is not NEG_INF) for s in row] for row in masked] == allowed.tolist()
    assert {s for s in masked.ravel().tolist() if s is not NEG_INF} == {7}


def test_rows_of_weights_sum_to_one() -> None:
    for seed, rng in streams(50):
        queries, keys, _ = drawn(rng, own=True)
        masked = mask_causally(scores(queries, keys, divisor=sqrt(2)))
        for row in softmax_rows(masked):
            assert equal(attend(array([list(row)]), array([[1]] * len(row))), array([[1]])), seed


def test_a_constant_added_to_a_row_changes_no_weight() -> None:
    for seed, rng in streams(50):
        row = integers(rng, (rng.randint(1, 4),))
        shifts: list[Exact] = [5, Fraction(-1, 2), ln(3), sqrt(2)]
        for shift in shifts:
            assert equal(softmax_row(array(row + shift)), softmax_row(row)), seed


def test_a_masked_score_weighs_nothing() -> None:
    row = array([1, NEG_INF, 2, NEG_INF])
    seen = softmax_row(array([1, 2]))
    assert equal(softmax_row(row), array([seen[0], 0, seen[1], 0]))


def test_a_row_in_which_everything_is_masked_is_undefined() -> None:
    with pytest.raises(Undefined, match="masked"):
        softmax_row(array([NEG_INF, NEG_INF]))
    strict = array([[NEG_INF, NEG_INF], [1, NEG_INF]])
    with pytest.raises(Undefined, match="masked"):
        softmax_rows(strict)


def test_earlier_outputs_do_not_change_when_a_token_is_appended() -> None:
    for seed, rng in streams(50):
        queries, keys, values = drawn(rng, own=True)
        shorter = causal_attention(queries[:-1], keys[:-1], values[:-1]) if len(keys) > 1 else None
        whole = causal_attention(queries, keys, values)
        assert shorter is None or equal(whole[:-1], shorter), seed
        # The last token sees everything, so its row is that of attention without a mask.
        assert equal(whole[-1:], attention(queries[-1:], keys, values)), seed


def test_permuted_tokens_permute_the_outputs_unless_masked() -> None:
    x = array([[1, 0], [2, 1], [-1, 1]])
    order = [2, 0, 1]
    assert equal(attention(x[order], x[order], x[order]), attention(x, x, x)[order])
    swap = identity(3)[order]
    weights, permuted = softmax_rows(scores(x, x)), softmax_rows(scores(x[order], x[order]))
    assert equal(permuted, matmul(matmul(swap, weights), transpose(swap)))
    masked = causal_attention(x, x, x)[order]
    assert not equal(causal_attention(x[order], x[order], x[order]), masked)


def test_dividing_scores_and_scaling_queries_are_the_same() -> None:
    queries, keys, _ = drawn(Random(3))
    assert equal(scores(divide(queries, 3), keys), scores(queries, keys, divisor=3))


def test_shapes_that_do_not_go_together_are_refused() -> None:
    square, row = identity(2), array([1, 2])
    with pytest.raises(DoesNotFit):
        scores(square, array([[1, 2, 3]]))
    with pytest.raises(DoesNotFit):
        attend(square, array([[1, 2]]))
    with pytest.raises(DoesNotFit):
        softmax_row(square)
    for two_axes in (softmax_rows, mask_causally):
        with pytest.raises(DoesNotFit):
            two_axes(row)
