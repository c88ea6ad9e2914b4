"""Matching slots with families, so that none is asked twice."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def match(pools: Sequence[Sequence[str]], first: Collection[str] = ()) -> list[str | None]:
    """A different choice for each pool, as many as can be; None for a pool left without.

    Augmenting paths (Kuhn 1955): a pool may take a name from another that can take a later one
    of its own. Earlier names of a pool are preferred. As many names of *first* as can be are among
    the choices: a name that has a pool keeps one.
    """
    owner: dict[str, int] = {}

    def place(slot: int, tried: set[str], allowed: Collection[str] | None) -> bool:
        for name in pools[slot]:
            if name in tried or (allowed is not None and name not in allowed):
                continue
            tried.add(name)
            if name not in owner or place(owner[name], tried, allowed):
                owner[name] = slot
                return True
        return False

    for slot in range(len(pools)):
        place(slot, set(), first)
    for slot in set(range(len(pools))) - set(owner.values()):
        place(slot, set(), None)
    chosen: list[str | None] = [None] * len(pools)
    for name, slot in owner.items():
        chosen[slot] = name
    return chosen
