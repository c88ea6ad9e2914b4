"""Attention masks as matrices of 0 and 1: which query (row) may attend to which key (column)."""

from collections.abc import Callable

from examgen.exact import Array, array

Rule = Callable[[int, int], bool]
"""Whether query i may attend to key j, both from 1."""


def mask_matrix(tokens: int, allows: Rule) -> Array:
    """Return the (n, n) matrix with 1 where query i may attend to key j, 0 where it is masked."""
    numbers = range(1, tokens + 1)
    return array([[int(allows(i, j)) for j in numbers] for i in numbers])


def causal(i: int, j: int) -> bool:
    """Whether key j comes not after query i."""
    return j <= i


def one_text(i: int, j: int, first: int) -> bool:
    """Whether both are among the *first* tokens, or both after them."""
    return (i <= first) == (j <= first)


def packed(first: int) -> Rule:
    """Return the rule of two texts in a row, the *first* tokens and the rest, each causal."""
    return lambda i, j: causal(i, j) and one_text(i, j, first)


def window(width: int, first: int = 0) -> Rule:
    """Return the rule of a window: query i sees i − width < j ≤ i, and the *first* tokens."""
    return lambda i, j: causal(i, j) and (i - width < j or j <= first)
