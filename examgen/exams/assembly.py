"""Assembly: blueprint and seed become an exam."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import zip_longest
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
    blueprint: Blueprint, seed: str, form: str = ONLY_FORM, known: Catalog | None = None
) -> Exam:
    """Draw the exam that *blueprint* and *seed* determine, in one of its forms.

    *known* are the families there are, by default the shipped ones.
    """
    return draw_form(blueprint, seed, form, select(blueprint, seed, known), known=known)


def draw_form(
    blueprint: Blueprint,
    seed: str,
    form: str,
    slots: Sequence[Slot],
    bands: Sequence[Band] = (),
    *,
    known: Catalog | None = None,
) -> Exam:
    """Draw a form with these items; *bands* bound the hand-work of each, if they are to be alike.

    Every item draws from a stream of its own, so that another slot changes no other item.
    """
    strange = sorted(set(blueprint.redraws) - set(range(1, len(slots) + 1)))
    if strange:
        raise Fault(f"item {strange[0]}", "there is none to draw anew", f"1 to {len(slots)}")
    items: list[Item] = []
    occurrences: Counter[str] = Counter()
    for number, (slot, band) in enumerate(zip_longest(slots, bands), start=1):
        occurrences[slot.family] += 1
        place = Place(number, slot, seed, form, occurrences[slot.family])
        earlier = [each.givens for each in items if each.family == slot.family]
        again = blueprint.redraws.get(number, 0)
        items.append(draw_another(place, earlier, again, band=band, known=known))
    return Exam(TOOL, exam_id(blueprint, seed, form), form, seed, blueprint, tuple(items))


def draw_another(
    place: Place,
    earlier: Sequence[Mapping[str, Any]],
    again: int,
    *,
    band: Band | None,
    known: Catalog | None,
) -> Item:
    """Draw an item whose givens are not among *earlier*, and so many times *again* another one."""
    seen = [*earlier]
    for tried in range(MOST_TRIES + again):
        item = draw_item(place, tried=tried, band=band, known=known)
        if item.givens not in seen:
            if len(seen) == len(earlier) + again:
                return item
            seen.append(item.givens)
    raise Fault(
        f"item {place.number} ({place.slot.family})",
        f"there is no other problem besides the {len(seen)} drawn before",
        f"--exclude {place.slot.family} asks something else",
    )


def exam_id(blueprint: Blueprint, seed: str, form: str) -> str:
    """A name for the exam that tells nothing about it: the beginning of a hash."""
    named = json.dumps([seed, plain_blueprint(blueprint), form, TOOL])
    return hashlib.sha256(named.encode()).hexdigest()[:12]
