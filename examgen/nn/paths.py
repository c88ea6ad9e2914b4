"""Paths through residual blocks: at each block a path takes the branch or the skip.

A path is one term of the product (1 + f_1) … (1 + f_L), multiplied out; its length is the number of
branches in it (Veit, Wilber and Belongie, "Residual networks behave like ensembles of relatively
shallow networks", 2016).
"""

from math import comb


def path_count(blocks: int) -> int:
    """Return 2^L, how many paths there are."""
    return int(2**blocks)


def paths_of_length(blocks: int, length: int) -> int:
    """Return C(L, m), how many take exactly m branches."""
    return comb(blocks, length)


def paths_up_to(blocks: int, length: int) -> int:
    """Return how many take at most m branches."""
    return sum(paths_of_length(blocks, each) for each in range(length + 1))


def branches_taken(blocks: int) -> int:
    """Return L · 2^(L−1), the lengths of all paths together: each branch is on half of them."""
    return blocks * path_count(blocks) // 2
