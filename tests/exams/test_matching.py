"""Matching finds a choice for every slot whenever there is one."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from examgen.exams.matching import match

POOLS = st.lists(st.lists(st.sampled_from("abcde"), unique=True, max_size=4), max_size=4)


def test_a_slot_gives_way_to_one_that_has_no_other_choice() -> None:
    assert match([["a", "b"], ["a"]]) == ["b", "a"]


@given(POOLS)
def test_as_many_slots_are_filled_as_can_be(pools: list[list[str]]) -> None:
    chosen = match(pools)
    filled = [name for name in chosen if name is not None]
    assert len(set(filled)) == len(filled)
    assert all(name is None or name in pool for name, pool in zip(chosen, pools, strict=True))
    best = max(
        sum(name in pool for name, pool in zip(names, pools, strict=False))
        for names in permutations([*"abcde", *("-" * len(pools))], len(pools))
    )
    assert len(filled) == best
