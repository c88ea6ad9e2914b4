"""The next exam: a blueprint aimed at what went wrong, and a reason for every question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from random import Random

from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.candidates import can_be_asked
from examgen.exams.catalog import Catalog, Entry
from examgen.faults import Fault

OF_A_MISTAKE, OF_A_FAMILY, OF_A_TOPIC = 3.0, 2.0, 1.0
"""How much each sort of weakness draws a family into the next exam."""
SEEN = 0.4
"""What is left of a mistake's pull after each chosen question that invites it."""
AGAIN = 0.5
"""What is left of a family's score if one chosen before asks the same idea."""
CHANCE = 0.5
"""The part of a family's score that chance moves, so that two practice exams differ."""
ATTEMPTS = 200


@dataclass(frozen=True)
class Weaknesses:
    """What one student, or a class, got wrong in an exam."""

    mistakes: Mapping[str, int] = field(default_factory=dict)
    """How often each misconception showed; of a class, in how many students."""
    places: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """The labels where each was seen."""
    families: Mapping[str, float] = field(default_factory=dict)
    """The share of the points lost in each family that was asked."""
    topics: Mapping[str, float] = field(default_factory=dict)
    """The share of the points lost in each topic that was asked."""


@dataclass(frozen=True)
class Reason:
    """Why a question is there."""

    family: str
    mistakes: tuple[str, ...]
    """The misconceptions that were made before and that it invites again."""
    topic: str
    lost: float | None
    """The share of the points lost in its topic; None where that was not asked."""


def aim(
    blueprint: Blueprint, weak: Weaknesses, catalog: Catalog, rng: Random
) -> tuple[Blueprint, tuple[Reason, ...]]:
    """The blueprint with a family for every slot, the most needed first chosen, and the reasons.

    The format stays: sections, counts, points and levels, and what is excluded; what was included
    or drawn again was meant for that exam alone. Raises `Fault` where there are too few families,
    or none that keep to its minutes.
    """
    allowed = {id_: each for id_, each in catalog.entries.items() if id_ not in blueprint.exclude}
    least = 0
    for _ in range(ATTEMPTS):
        left = {name: float(count) for name, count in weak.mistakes.items()}
        sections, reasons, chosen = [], [], list[Entry]()
        for section in blueprint.sections:
            names = list(choose(section, weak, left, Catalog(allowed), chosen, rng))
            free = replace(section, topics={}, tags={}, at_most={}, distinct_topics=False)
            sections.append(replace(free, families=tuple(names)))
            reasons += [reason(name, weak, catalog) for name in names]
        minutes = [
            catalog.load(name).minutes[level]
            for section in sections
            for name, level in zip(section.families, section.levels, strict=True)
        ]
        least = min(least or sum(minutes), sum(minutes))
        if sum(minutes) <= blueprint.minutes:
            aimed = replace(blueprint, sections=tuple(sections), include=(), redraws={})
            return aimed, tuple(reasons)
    raise Fault(
        blueprint.source,
        f"what should be practised takes {least} minutes or more, the exam {blueprint.minutes}",
        "a blueprint with fewer items or more minutes",
    )


def choose(
    section: Section,
    weak: Weaknesses,
    left: dict[str, float],
    catalog: Catalog,
    chosen: list[Entry],
    rng: Random,
) -> Iterator[str]:
    """The families for one section, which join those *chosen* before.

    *left* says how strongly each mistake still pulls.
    """
    pool = [each for each in catalog.entries.values() if can_be_asked(each, section, catalog)]
    spread = Counter(name for each in pool for name in invited(each, catalog))
    for _ in range(section.count):
        free = [each for each in pool if each not in chosen]
        if not free:
            raise Fault(
                section.named,
                f"{section.count} items, but only {len(pool)} families fit it",
                "fewer items",
            )
        best = max(
            free,
            key=lambda each: (
                score(each, weak, left, spread, catalog) * novelty(each, chosen) * luck(rng)
            ),
        )
        chosen.append(best)
        for name in invited(best, catalog) & left.keys():
            left[name] *= SEEN
        yield best.id


def novelty(entry: Entry, chosen: list[Entry]) -> float:
    """The share of its score that a family keeps beside those chosen before it."""
    asked = {idea for each in chosen for idea in each.ideas}
    return 1 if asked.isdisjoint(entry.ideas) else AGAIN


def luck(rng: Random) -> float:
    """A random factor about 1 for a score."""
    return 1 - CHANCE / 2 + CHANCE * rng.random()


def score(
    entry: Entry, weak: Weaknesses, left: dict[str, float], spread: Counter[str], catalog: Catalog
) -> float:
    """How much a family is needed: its mistakes, each less where many families invite it."""
    pull = sum(left[name] / sqrt(spread[name]) for name in invited(entry, catalog) & left.keys())
    own, topic = weak.families.get(entry.id, 0.0), weak.topics.get(entry.topic, 0.0)
    return OF_A_MISTAKE * pull + OF_A_FAMILY * own + OF_A_TOPIC * topic + 0.01


def invited(entry: Entry, catalog: Catalog) -> frozenset[str]:
    """The misconceptions that a family invites."""
    return frozenset(
        each.name for part in catalog.load(entry.id).parts for each in part.misconceptions
    )


def reason(family: str, weak: Weaknesses, catalog: Catalog) -> Reason:
    """Why a family was chosen."""
    entry = catalog.entry(family)
    made = sorted(
        (name for name in invited(entry, catalog) if weak.mistakes.get(name)),
        key=lambda name: (-weak.mistakes[name], name),
    )
    return Reason(family, tuple(made), entry.topic, weak.topics.get(entry.topic))
