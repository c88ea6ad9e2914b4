"""Forms for a class: the same families and levels, equally hard, with different numbers.

Every form is dealt its items from a stock of variants of each, a hundred unless the blueprint says
otherwise. A stream of the form's own decides which, so that a form stays what it is whoever joins
or leaves; two forms share a given item once in a hundred. Drawing for a large class therefore costs
no more than for a small one, students of different forms can be compared on a variant, and all
variants are drawn within one band of hand-work.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import lru_cache
from statistics import median_low
from typing import Any

from examgen.exams.assembly import (
    ONLY_FORM,
    check_redraws,
    draw_another,
    earlier,
    exam_id,
    exam_of,
    places,
)
from examgen.exams.blueprint import Blueprint
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.exam import KEPT_ITEMS, Exam, Item
from examgen.exams.items import Place
from examgen.exams.points import worth_of
from examgen.exams.selection import Slot, select
from examgen.questions.drawing import draw
from examgen.questions.streams import stream
from examgen.questions.work import Band

SAMPLE = 15
"""How many problems are drawn to find the usual hand-work of a slot, and how it varies."""
SPREAD = Fraction(1, 10)
"""By what share of their mean the hand-work of two forms may differ."""


@dataclass(frozen=True)
class Plan:
    """What all forms of one exam share."""

    id: str
    """What names the plan: the exam's id without a form."""
    blueprint: Blueprint = field(compare=False)
    seed: str = field(compare=False)
    slots: tuple[Slot, ...] = field(compare=False)
    bands: tuple[Band, ...] = field(compare=False)
    """For each item the hand-work that every variant should take."""
    points: int = field(compare=False)
    """The points of each form."""

    def form(self, name: str, catalog: Catalog | None = None) -> Exam:
        """The form of this name, with families of *catalog*; it depends on no other form."""
        catalog = catalog or shipped()
        items: list[Item] = []
        for place in places(self.slots, self.seed, name):
            items.append(self.deal(place, earlier(items, place), catalog))
        drawn = exam_of(self.blueprint, self.seed, name, items)
        return replace(drawn, id=self.form_id(name))

    def form_id(self, name: str) -> str:
        """What names the form of this name.

        An exam of one form calls this `A`, too, but draws its items itself: sheets of the one must
        not be taken for sheets of the other.
        """
        return exam_id(
            self.blueprint, self.seed, f"{name} of several" if name == ONLY_FORM else name
        )

    def deal(self, place: Place, seen: Sequence[Mapping[str, Any]], catalog: Catalog) -> Item:
        """The variant for a place, chosen by a stream of the form's own.

        Where the form asks that problem already (a family may be there twice), another is drawn.
        """
        named = (place.form, place.slot.family, place.occurrence)
        which = stream(place.seed, "dealt", *named).randint(1, self.blueprint.variants)
        dealt = variant(self, place.number, which, catalog)
        return dealt if dealt.givens not in seen else self.draw(place, seen, catalog)

    def draw(self, place: Place, seen: Sequence[Mapping[str, Any]], catalog: Catalog) -> Item:
        """An item within its band, none of those *seen*."""
        again = self.blueprint.redraws.get(place.number, 0)
        return draw_another(place, seen, again, band=self.bands[place.number - 1], catalog=catalog)


@lru_cache(maxsize=KEPT_ITEMS)
def variant(plan: Plan, number: int, which: int, catalog: Catalog) -> Item:
    """A variant of an item of the forms, drawn when it is first asked for."""
    *_, place = places(plan.slots[:number], plan.seed, f"variant {which}")
    return plan.draw(place, (), catalog)


def plan(blueprint: Blueprint, seed: str, catalog: Catalog | None = None) -> Plan:
    """The plan for the forms of *blueprint* and *seed*: the usual hand-work of each item."""
    catalog = catalog or shipped()
    slots = select(blueprint, seed, catalog)
    check_redraws(blueprint, slots)
    works = [sample(place, catalog) for place in places(slots, seed, "work")]
    points = sum(worth_of(each.section, catalog.load(each.family)) for each in slots)
    return Plan(exam_id(blueprint, seed, ""), blueprint, seed, slots, share(works), points)


def sample(place: Place, catalog: Catalog) -> list[int]:
    """The hand-work of a few problems for a place, drawn from a stream of their own."""
    slot = place.slot
    rng = stream(place.seed, place.form, slot.family, place.occurrence)
    family = catalog.load(slot.family)
    section = slot.section
    drawn = (
        draw(family, slot.level, rng, options=section.options, most=section.work_each)
        for _ in range(SAMPLE)
    )
    return [problem.work.seconds for problem in drawn]


def share(works: Sequence[Sequence[int]]) -> tuple[Band, ...]:
    """A band for each item, from the hand-work that some of its problems take, in seconds.

    What a form may be off as a whole is shared among its items. A fifth of it goes to each in
    proportion to its work, the rest to those whose work varies, as much as it does: an item that
    hardly varies needs no more, and one that does would be drawn in vain too often.
    """
    usual = [median_low(each) for each in works]
    varies = [max(each) - min(each) for each in works]
    allowed = SPREAD / 2 * sum(usual)
    rest = allowed * 4 / 5
    of_variation = rest / sum(varies) if sum(varies) > rest else Fraction(1)
    return tuple(
        Band(middle, SPREAD / 10 * middle + of_variation * varied)
        for middle, varied in zip(usual, varies, strict=True)
    )


def item_seconds(exam: Exam) -> tuple[int, ...]:
    """The hand-work of each item; 0 where the installed code does not know its problem."""
    return tuple(item.problem.work.seconds if item.problem else 0 for item in exam.items)


def spread(totals: Sequence[int]) -> Fraction:
    """By what share of their mean the hardest and the easiest of several forms differ."""
    whole = sum(totals)
    return Fraction((max(totals) - min(totals)) * len(totals), whole) if whole else Fraction(0)
