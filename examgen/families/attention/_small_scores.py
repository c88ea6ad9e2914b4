"""Tokens and matrices whose causal scores a hand can work with.

Everything here is a plain integer, because most of what is tried is thrown away. A score
s = q₁k₁ + q₂k₂ is held as a pair: (s, 0), or, where the two columns of W_Q are multiples of ln p
and ln q, the exponents (a, b) in e^s = pᵃ·qᵇ.
"""

from itertools import product
from random import Random
from typing import TypeAlias

Vector: TypeAlias = tuple[int, int]
Matrix: TypeAlias = tuple[Vector, Vector]
"""A matrix by its columns."""
Score: TypeAlias = tuple[int, int]

LARGEST_SCORE, LARGEST_POWER = 9, 100
"""How far a score may lie from 0; where it is a logarithm, how large its power of e may be."""
LARGEST_GAP, LARGEST_SUM = 3, 25
"""How far apart a row's scores may lie; as logarithms, what their powers may add up to."""
LARGEST_STEP_SUM = 36
"""The same for the one row of a step: with no 0 in its query, logarithms seldom tie."""
TRIES = 100
"""So many keys are tried with one query before another query is."""

SHORT: tuple[Vector, ...] = ((1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (1, -1), (-1, 1))
TOKENS: tuple[Vector, ...] = (*SHORT, (-1, 0), (0, -1), (2, 0), (0, 2))
NEWEST: tuple[Vector, ...] = (
    (1, 1), (2, 1), (1, 2), (1, -1), (-1, 1), (2, -1), (-1, 2), (1, -2), (-2, 1), (-1, -1),
)  # fmt: skip
"""No entry is 0: else x W would be a row of W, whatever its other row is."""
MATRICES: tuple[Matrix, ...] = tuple(
    (left, right)
    for left, right in product(SHORT, repeat=2)
    if left[1] != right[0] and left[0] * right[1] != left[1] * right[0]
)
"""Invertible and not symmetric: W for Wᵀ always shows, and none is diagonal."""
SWAP: Matrix = ((0, 1), (1, 0))


def draw_tokens(
    rng: Random, length: int, primes: tuple[int, ...]
) -> tuple[list[Vector], Matrix, Matrix]:
    """Return different tokens, W_Q (without its logarithms) and W_K, drawn until they suit.

    For four tokens W_K exchanges the two features, so that the keys cost no time.
    """
    while True:
        w_q, w_k = rng.choice(MATRICES), SWAP if length == 4 else rng.choice(MATRICES)
        tokens = choose_tokens(rng, length, w_q, w_k, primes)
        scores = [score_row(token, tokens, w_q, w_k, primes) for token in tokens]
        if w_q != w_k and len(tokens) == length and is_good_table(scores, primes):
            return tokens, w_q, w_k


def choose_tokens(
    rng: Random, length: int, w_q: Matrix, w_k: Matrix, primes: tuple[int, ...]
) -> list[Vector]:
    """At most *length* tokens, each with a good row of scores with those before it and itself.

    None is another's opposite: it would have the opposite scores.
    """
    chosen: list[Vector] = []
    for token in rng.sample(TOKENS, len(TOKENS)):
        if len(chosen) == length:
            break
        opposite = (-token[0], -token[1])
        scores = score_row(token, [*chosen, token], w_q, w_k, primes)
        if opposite not in chosen and is_good_row(scores, primes):
            chosen.append(token)
    return chosen


def score_row(
    token: Vector, others: list[Vector], w_q: Matrix, w_k: Matrix, primes: tuple[int, ...]
) -> list[Score]:
    """The scores of one token's query with the keys of others."""
    first, second = times(token, w_q)
    keys = (times(other, w_k) for other in others)
    terms = [(first * key[0], second * key[1]) for key in keys]
    return terms if primes else [(a + b, 0) for a, b in terms]


def times(token: Vector, columns: Matrix) -> Vector:
    """Return x W."""
    (a, c), (b, d) = columns
    return token[0] * a + token[1] * c, token[0] * b + token[1] * d


def is_good_row(
    scores: list[Score], primes: tuple[int, ...], most: int = 3, largest: int = LARGEST_SUM
) -> bool:
    """Whether the unmasked scores of a row differ, *most* of them at most, and not by much."""
    if not min(len(scores), 3) <= len(set(scores)) <= most:
        return False
    low = min(a for a, _ in scores), min(b for _, b in scores)
    if not primes:
        return max(scores)[0] - low[0] <= LARGEST_GAP
    return sum(power((a - low[0], b - low[1]), primes) for a, b in scores) <= largest


def is_good_table(scores: list[list[Score]], primes: tuple[int, ...]) -> bool:
    """Whether S ≠ Sᵀ, no score is large, and every row but the last hides one that is not 0.

    Nor may the diagonal be 0: then S = −Sᵀ, and a token scores 0 with itself whatever it is.
    """
    return (
        scores != [list(row) for row in zip(*scores, strict=True)]
        and any(any(row[i]) for i, row in enumerate(scores))
        and all(is_small(score, primes) for row in scores for score in row)
        and all(any(map(any, row[i + 1 :])) for i, row in enumerate(scores[:-1]))
    )


def is_small(score: Score, primes: tuple[int, ...]) -> bool:
    """Whether a score, or its power of e as a fraction, can be written with small integers."""
    if not primes:
        return abs(score[0]) <= LARGEST_SCORE
    above, below = (power((max(0, a * score[0]), max(0, a * score[1])), primes) for a in (1, -1))
    return max(above, below) <= LARGEST_POWER


def power(exponents: Vector, primes: tuple[int, ...]) -> int:
    """Return pᵃ·qᵇ."""
    return int(primes[0] ** exponents[0] * primes[1] ** exponents[1])


def draw_step(
    rng: Random, cached: int, primes: tuple[int, ...]
) -> tuple[Vector, list[Vector], Matrix, Matrix]:
    """Return a new token, so many keys before its own, W_Q (without its logarithms) and W_K.

    The scores of the token's query with all keys, its own as the last, are a good row. Neither
    token nor query has a 0. Keys are sought for one query after the other: to draw all anew each
    time would favour the few queries that many keys suit.
    """
    most = cached + 1 if primes else 3
    while True:
        token, w_q = rng.choice(NEWEST), rng.choice(MATRICES)
        first, second = times(token, w_q)
        for _ in range(TRIES if first and second else 0):
            keys, w_k = rng.sample(TOKENS, cached), rng.choice(MATRICES)
            products = [(first * key[0], second * key[1]) for key in (*keys, times(token, w_k))]
            scores = products if primes else [(a + b, 0) for a, b in products]
            good = is_good_row(scores, primes, most, LARGEST_STEP_SUM)
            if w_k != w_q and good and all(is_small(score, primes) for score in scores):
                return token, keys, w_q, w_k
