"""Grading: what stands on a sheet becomes its marks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from examgen.exams.exam import KEPT_ITEMS, Exam, Item
from examgen.grading.item_key import ItemKey
from examgen.grading.marking import mark_with
from examgen.grading.marks import Mark
from examgen.grading.rulings import NONE, Rulings
from examgen.kept import interned, kept

BY_CODE: frozenset[str] = frozenset()
"""No part is marked by the record alone."""


def mark_responses(
    exam: Exam,
    responses: Mapping[str, str],
    *,
    keys: Sequence[ItemKey] | None = None,
    by_record: Collection[str] = frozenset(),
    rulings: Rulings = NONE,
) -> tuple[Mark, ...]:
    """Mark the responses to an exam, by label; what is not answered is blank.

    The parts labelled in *by_record* are marked by the record alone. Who marks many sheets of a
    form finds its *keys* beforehand.
    """
    policy = exam.blueprint.policy
    known = item_keys(exam, by_record, rulings) if keys is None else keys
    return tuple(mark for key in known for mark in mark_with(key, responses, policy))


def item_keys(
    exam: Exam, by_record: Collection[str] = frozenset(), rulings: Rulings = NONE
) -> tuple[ItemKey, ...]:
    """The keys to the items of an exam."""
    if not by_record and rulings == NONE:  # the usual case
        return tuple(key_of(item, BY_CODE, NONE) for item in exam.items)
    keys = []
    for item in exam.items:
        labels = frozenset(part.label for part in item.parts)
        marked_so = interned(labels.intersection(by_record)) or BY_CODE
        about = rulings.about(labels)
        keys.append(key_of(item, marked_so, NONE if about == NONE else interned(about)))
    return tuple(keys)


@kept(KEPT_ITEMS)
def key_of(item: Item, by_record: frozenset[str], rulings: Rulings) -> ItemKey:
    """The key to an item; the same in all forms of a class that ask it."""
    return ItemKey(item, by_record, rulings)
