"""Forms for a class: the same families and levels, equally hard, each in numbers of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median_low

from examgen.exams.assembly import draw_form, worth_of
from examgen.exams.blueprint import Blueprint
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.exam import Exam
from examgen.exams.selection import Slot, select
from examgen.questions.drawing import draw
from examgen.questions.streams import stream

SAMPLE = 9
"""Problems drawn to find the usual hand-work of a slot."""


@dataclass(frozen=True)
class Plan:
    """What all forms of one exam share."""

    blueprint: Blueprint
    seed: str
    slots: tuple[Slot, ...]
    seconds: tuple[int, ...]
    """For each item the hand-work that every form's problem should take."""
    points: int
    """The points of each form."""

    def form(self, name: str, known: Catalog | None = None) -> Exam:
        """The form of this name, of the families *known*; it depends on no other form."""
        return draw_form(self.blueprint, self.seed, name, self.slots, self.seconds, known=known)


def plan(blueprint: Blueprint, seed: str, known: Catalog | None = None) -> Plan:
    """The plan for the forms of *blueprint* and *seed*: the usual hand-work of each item."""
    known = known or shipped()
    occurrences: Counter[str] = Counter()
    slots, seconds = select(blueprint, seed, known), []
    for slot in slots:
        occurrences[slot.family] += 1
        seconds.append(usual_seconds(slot, seed, occurrences[slot.family], known))
    points = sum(worth_of(each.section, known.load(each.family)) for each in slots)
    return Plan(blueprint, seed, slots, tuple(seconds), points)


def usual_seconds(slot: Slot, seed: str, occurrence: int, known: Catalog) -> int:
    """The median hand-work of a few problems of a slot, drawn from a stream of their own."""
    rng = stream(seed, "work", slot.family, occurrence)
    family = known.load(slot.family)
    section = slot.section
    drawn = (
        draw(family, slot.level, rng, options=section.options, most=section.work_each)
        for _ in range(SAMPLE)
    )
    return median_low(problem.work.seconds for problem in drawn)


def item_seconds(exam: Exam) -> tuple[int, ...]:
    """The hand-work of each item; 0 where the installed code does not know its problem."""
    return tuple(item.problem.work.seconds if item.problem else 0 for item in exam.items)


def spread(totals: Sequence[int]) -> Fraction:
    """By what share of their mean the hardest and the easiest of several forms differ."""
    whole = sum(totals)
    return Fraction((max(totals) - min(totals)) * len(totals), whole) if whole else Fraction(0)
