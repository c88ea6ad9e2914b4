"""Forms for a class: the same families and levels, equally hard, each in numbers of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

from examgen.exams.assembly import draw_form
from examgen.exams.blueprint import Blueprint
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.exam import Exam
from examgen.exams.items import worth_of
from examgen.exams.selection import Slot, select
from examgen.questions.drawing import draw
from examgen.questions.streams import stream
from examgen.questions.work import Band

SAMPLE = 15
"""Problems drawn to find the usual hand-work of a slot, and how much it varies."""
SPREAD = Fraction(1, 10)
"""By what share of their mean the hand-work of two forms may differ."""


@dataclass(frozen=True)
class Plan:
    """What all forms of one exam share."""

    blueprint: Blueprint
    seed: str
    slots: tuple[Slot, ...]
    bands: tuple[Band, ...]
    """For each item the hand-work that every form's problem should take."""
    points: int
    """The points of each form."""

    def form(self, name: str, known: Catalog | None = None) -> Exam:
        """The form of this name, of the families *known*; it depends on no other form."""
        return draw_form(self.blueprint, self.seed, name, self.slots, self.bands, known=known)


def plan(blueprint: Blueprint, seed: str, known: Catalog | None = None) -> Plan:
    """The plan for the forms of *blueprint* and *seed*: the usual hand-work of each item."""
    known = known or shipped()
    occurrences: Counter[str] = Counter()
    slots, works = select(blueprint, seed, known), []
    for slot in slots:
        occurrences[slot.family] += 1
        works.append(sample(slot, seed, occurrences[slot.family], known))
    points = sum(worth_of(each.section, known.load(each.family)) for each in slots)
    return Plan(blueprint, seed, slots, share(works), points)


def sample(slot: Slot, seed: str, occurrence: int, known: Catalog) -> list[int]:
    """The hand-work of a few problems of a slot, drawn from a stream of their own."""
    rng = stream(seed, "work", slot.family, occurrence)
    family = known.load(slot.family)
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
