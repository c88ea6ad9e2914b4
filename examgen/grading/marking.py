"""Marking an item: correct, carried forward, a known mistake, partly correct, or wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from examgen.answers import Policy
from examgen.exams.exam import Item
from examgen.grading.item_key import ItemKey
from examgen.grading.marks import Mark
from examgen.grading.rulings import NONE, Rulings, with_dropped
from examgen.grading.script import Script


def mark_item(
    item: Item,
    responses: Mapping[str, str],
    policy: Policy,
    *,
    by_record: Collection[str] = frozenset(),
    rulings: Rulings = NONE,
) -> tuple[Mark, ...]:
    """Mark the responses (by label) to one item.

    The parts labelled in *by_record* are marked without the code, and so not followed through.
    *rulings* are what was decided about its parts since it was printed.
    """
    return mark_with(ItemKey(item, by_record, rulings), responses, policy)


def mark_with(key: ItemKey, responses: Mapping[str, str], policy: Policy) -> tuple[Mark, ...]:
    """Mark the responses to the item of a key."""
    if len(key.item.parts) == 1 and not key.rulings.dropped:
        # What one part earns depends on its text alone; most have been met before.
        (part,) = key.item.parts
        known = key.marks.get((part.name, responses.get(part.label, "")))
        if known is not None:
            return (known[0],)
    script = Script(key, policy)
    marks = [script.remember(part, responses.get(part.label, "")) for part in key.item.parts]
    if key.rulings.dropped:
        marks = [with_dropped(mark, key.rulings) for mark in marks]
    return tuple(marks)
