"""Matching slots with families, so that none is asked twice."""

from __future__ import annotations

from collections.abc import Sequence


def match(pools: Sequence[Sequence[str]]) -> list[str | None]:
    """A different choice for each pool, as many as can be; None for a pool left without.

    Augmenting paths (Kuhn 1955): a pool may take a name from another that can take a later one
    of its own. Earlier names of a pool are preferred.
    """
    owner: dict[str, int] = {}

    def place(slot: int, tried: set[str]) -> bool:
        for name in pools[slot]:
            if name in tried:
                continue
            tried.add(name)
            if name not in owner or place(owner[name], tried):
                owner[name] = slot
                return True
        return False

    for slot in range(len(pools)):
        place(slot, set())
    chosen: list[str | None] = [None] * len(pools)
    for name, slot in owner.items():
        chosen[slot] = name
    return chosen
