"""Scaled dot-product attention in the row convention: X is (n, d), Q = X W_Q, row i is the query.

The causal mask is inclusive: position i attends to every j ≤ i. Vaswani et al. 2017, with the
divisor √d_k left to the caller (the lecture divides by nothing).
"""

from collections.abc import Sequence

from examgen.exact import NEG_INF, Array, Exact, Undefined, array, divide, exp, ratio
from examgen.nn.dense import matmul, transpose
from examgen.nn.shapes import DoesNotFit


def project(x: Array, w: Array) -> Array:
    """Return the queries, keys or values X W, (n, d) by (d, d_k)."""
    return matmul(x, w)


def scores(queries: Array, keys: Array, *, divisor: Exact = 1) -> Array:
    """Return S = Q Kᵀ / divisor of shape (n_q, n_k): s_ij = ⟨q_i, k_j⟩ / divisor."""
    products = matmul(queries, transpose(keys))
    return products if divisor == 1 else divide(products, divisor)


def mask_causally(scores: Array) -> Array:
    """Return the scores (n_q, n_k) with −∞ wherever the key comes after the query, j > i."""
    _check_matrix(scores)
    return array(
        [
            [score if j <= i else NEG_INF for j, score in enumerate(row)]
            for i, row in enumerate(scores.tolist())
        ]
    )


def softmax_row(row: Array) -> Array:
    """Return e^{s_j} / Σ_k e^{s_k} for one query's scores (n,); a masked score gets weight 0.

    Raise Undefined where every score is masked.
    """
    if row.ndim != 1:
        raise DoesNotFit(f"softmax of a row of shape {row.shape}; a row has one axis")
    return array(_softmax(row.tolist()))


def softmax_rows(scores: Array) -> Array:
    """Return the attention weights A (n_q, n_k): softmax over the keys, along each row of S."""
    _check_matrix(scores)
    return array([_softmax(row) for row in scores.tolist()])


def attend(weights: Array, values: Array) -> Array:
    """Return Y = A V of shape (n_q, d_v): each output mixes the values by its row of weights."""
    return matmul(weights, values)


def attention(queries: Array, keys: Array, values: Array, *, divisor: Exact = 1) -> Array:
    """Return Y = softmax(Q Kᵀ / divisor) V, nothing masked."""
    return attend(softmax_rows(scores(queries, keys, divisor=divisor)), values)


def causal_attention(queries: Array, keys: Array, values: Array, *, divisor: Exact = 1) -> Array:
    """Return Y = softmax(mask(Q Kᵀ / divisor)) V, position i attending to j ≤ i."""
    masked = mask_causally(scores(queries, keys, divisor=divisor))
    return attend(softmax_rows(masked), values)


def reorder(x: Array, order: Sequence[int]) -> Array:
    """Return P X for X (n, d): row i of the result is row order[i] of X, both from 0."""
    return array([x.tolist()[token] for token in order])


def reorder_pairs(table: Array, order: Sequence[int]) -> Array:
    """Return P T Pᵀ for T (n, n), the scores or weights of all pairs of reordered tokens."""
    return transpose(reorder(transpose(reorder(table, order)), order))


def attention_shapes(
    *, queries: int, keys: int, width: int, key_width: int, value_width: int
) -> dict[str, tuple[int, ...]]:
    """Return every matrix's shape where `queries` tokens attend to `keys` tokens of `width`.

    The projections are (d, d_k) and (d, d_v); S and A have a row a query and a column a key.
    """
    return {
        "W_Q": (width, key_width),
        "W_K": (width, key_width),
        "W_V": (width, value_width),
        "Q": (queries, key_width),
        "K": (keys, key_width),
        "V": (keys, value_width),
        "S": (queries, keys),
        "A": (queries, keys),
        "Y": (queries, value_width),
    }


def head_shapes(
    *, batch: int, heads: int, queries: int, keys: int, width: int
) -> dict[str, tuple[int, ...]]:
    """Return the shapes (batch, heads, …) in multi-head attention, heads of width / heads features.

    `joined` are the outputs of all heads side by side, (batch, queries, width).
    """
    own = width // heads
    one = attention_shapes(queries=queries, keys=keys, width=width, key_width=own, value_width=own)
    return {name: (batch, heads, *one[name]) for name in "QKVSAY"} | {
        "joined": (batch, queries, width)
    }


def scores_for_cached_step(n: int) -> int:
    """Return how many ⟨q, k⟩ the n-th token costs with cached keys: its query meets n keys."""
    return n


def scores_recomputed(n: int, causal: bool) -> int:
    """Return how many ⟨q, k⟩ n tokens cost from scratch: n², or n(n + 1)/2 unmasked causal ones."""
    return n * (n + 1) // 2 if causal else n * n


def total_scores_cached(tokens: int, *, prompt: int = 0) -> int:
    """Return Σ_{i=1}^m (P + i), what m tokens after P cached ones cost; the P's own not counted."""
    return tokens * prompt + tokens * (tokens + 1) // 2


def total_scores_recomputed(tokens: int, causal: bool, *, prompt: int = 0) -> int:
    """Return Σ_{i=1}^m scores_recomputed(P + i): each of m tokens after P ones from scratch."""
    through, before = prompt + tokens, prompt
    return _recomputed_up_to(through, causal) - _recomputed_up_to(before, causal)


def cached_numbers(tokens: int, width: int, *, layers: int = 1) -> int:
    """Return how many numbers a cache holds: a key and a value of `width` per token and layer."""
    return 2 * tokens * width * layers


def _softmax(row: list[Exact]) -> list[Exact]:
    powers = [exp(score) for score in row]
    total = sum(powers)
    if total == 0:
        raise Undefined("softmax of a row in which every score is masked")
    return [ratio(power, total) for power in powers]


def _recomputed_up_to(n: int, causal: bool) -> int:
    # Σ i(i + 1)/2 = n(n + 1)(n + 2)/6 and Σ i² = n(n + 1)(2n + 1)/6.
    return n * (n + 1) * ((n + 2) if causal else (2 * n + 1)) // 6


def _check_matrix(scores: Array) -> None:
    if scores.ndim != 2:
        raise DoesNotFit(f"scores of shape {scores.shape}; they have two axes")
