"""Assembly: blueprint and seed become an exam."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from examgen import __version__
from examgen.exams.blueprint import Blueprint
from examgen.exams.catalog import Catalog
from examgen.exams.exam import Exam, Item
from examgen.exams.items import Place, draw_item
from examgen.exams.record import plain_blueprint
from examgen.exams.selection import Slot, select
from examgen.faults import Fault
from examgen.questions.work import Band

TOOL = f"examgen {__version__}"
ONLY_FORM = "A"
MOST_TRIES = 60
"""Draws after which a family is taken to have no other problem."""


def assemble(
    blueprint: Blueprint, seed: str, form: str = ONLY_FORM, catalog: Catalog | None = None
) -> Exam:
    """Draw the exam that *blueprint* and *seed* determine, in one of its forms.

    Families are taken from *catalog*, by default the shipped one.
    """
    slots = select(blueprint, seed, catalog)
    check_redraws(blueprint, slots)
    items: list[Item] = []
    for place in places(slots, seed, form):
        again = blueprint.redraws.get(place.number, 0)
        items.append(draw_another(place, earlier(items, place), again, catalog=catalog))
    return exam_of(blueprint, seed, form, items)


def places(slots: Sequence[Slot], seed: str, form: str) -> Iterator[Place]:
    """The places of a form: a stream for every item, so that another slot changes no other item."""
    occurrences: Counter[str] = Counter()
    for number, slot in enumerate(slots, start=1):
        occurrences[slot.family] += 1
        yield Place(number, slot, seed, form, occurrences[slot.family])


def earlier(items: Sequence[Item], place: Place) -> list[Mapping[str, Any]]:
    """The givens of the items before that are of the same family."""
    return [each.givens for each in items if each.family == place.slot.family]


def check_redraws(blueprint: Blueprint, slots: Sequence[Slot]) -> None:
    """Raise `Fault` where an item is to be redrawn that does not exist."""
    strange = sorted(set(blueprint.redraws) - set(range(1, len(slots) + 1)))
    if strange:
        raise Fault(f"item {strange[0]}", "there is no such item to redraw", f"1 to {len(slots)}")


def exam_of(blueprint: Blueprint, seed: str, form: str, items: Sequence[Item]) -> Exam:
    """The exam of these items."""
    return Exam(TOOL, exam_id(blueprint, seed, form), form, seed, blueprint, tuple(items))


def draw_another(
    place: Place,
    earlier: Sequence[Mapping[str, Any]],
    again: int,
    *,
    band: Band | None = None,
    catalog: Catalog | None = None,
) -> Item:
    """Draw an item whose givens are not among *earlier*, and then another one, *again* times.

    Its hand-work is within *band*, as long as the family has such problems; then it is the nearest
    one to the band that there is, less before more, so that forms stay as equal as they can be.
    """
    items = [*islice(others(place, earlier, again, band, catalog), again + 1)]
    if band is not None and len(items) <= again:
        seen = [*earlier, *(each.givens for each in items)]
        items += sorted(others(place, seen, again, None, catalog), key=partial(distance, band))
    if len(items) > again:
        return items[again]
    raise Fault(
        f"item {place.number} ({place.slot.family})",
        f"there is no problem left besides the {len(earlier) + len(items)} drawn before",
        f"fewer items of {place.slot.family}; --exclude {place.slot.family} asks something else",
    )


def others(
    place: Place,
    seen: Sequence[Mapping[str, Any]],
    again: int,
    band: Band | None,
    catalog: Catalog | None,
) -> Iterator[Item]:
    """The different problems that some draws for a place give, without those *seen*."""
    seen = [*seen]
    for tried in range(MOST_TRIES + again):
        item = draw_item(place, tried=tried, band=band, catalog=catalog)
        if item.givens not in seen:
            seen.append(item.givens)
            yield item


def distance(band: Band, item: Item) -> tuple[int, int]:
    """How far the hand-work of a newly drawn item is from the middle of *band*; then how much."""
    seconds = item.problem.work.seconds if item.problem else 0
    return abs(seconds - band.usual), seconds


def exam_id(blueprint: Blueprint, seed: str, form: str) -> str:
    """A name for the exam that tells nothing about it: the beginning of a hash."""
    named = json.dumps([seed, plain_blueprint(blueprint), form, TOOL])
    return hashlib.sha256(named.encode()).hexdigest()[:12]
