"""Points: an item's whole points shared among its parts by their weights."""

from __future__ import annotations

from collections.abc import Sequence


def apportion(points: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share *points* out in whole points by the method of largest remainders (Hamilton).

    Equal remainders go to the earlier part.
    """
    total = sum(weights)
    shares = [points * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(points * weights[i] % total), i))
    for index in by_remainder[: points - sum(shares)]:
        shares[index] += 1
    return tuple(shares)
