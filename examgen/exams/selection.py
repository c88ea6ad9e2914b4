"""Selection: which families an exam asks, at which levels. The same for all forms of a seed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.catalog import Catalog, Entry, shipped
from examgen.exams.matching import match
from examgen.faults import Fault
from examgen.questions.levels import Level
from examgen.questions.streams import stream

ATTEMPTS = 200
"""How many selections are tried for one that keeps to the time budget."""


@dataclass(frozen=True)
class Slot:
    """One item to be drawn."""

    section: Section
    family: str
    level: Level


def select(blueprint: Blueprint, seed: str, known: Catalog | None = None) -> tuple[Slot, ...]:
    """The slots of the exam, in printed order; raises `Fault` where constraints cannot be met.

    *known* are the families there are, by default the shipped ones.
    """
    known = known or shipped()
    rng = stream(seed, "selection")
    for section in blueprint.sections:
        check_section(blueprint, section, known)
    minutes: list[int] = []
    for _ in range(ATTEMPTS):
        slots = tuple(fill(blueprint, rng, known))
        minutes.append(sum(known.load(each.family).minutes[each.level] for each in slots))
        if minutes[-1] <= blueprint.minutes:
            return slots
    raise Fault(
        blueprint.source,
        f"the items drawn take {min(minutes)} minutes or more, the exam {blueprint.minutes}",
        "fewer items, easier levels, or more minutes",
    )


def fill(blueprint: Blueprint, rng: Random, known: Catalog) -> Iterator[Slot]:
    """Draw a family for each slot, none twice."""
    wanted = [
        (section, pool) for section in blueprint.sections for pool in pools(section, rng, known)
    ]
    chosen = match([pool for _, pool in wanted])
    if None in chosen:
        section, pool = wanted[chosen.index(None)]
        raise Fault(
            f"{blueprint.source}:{section.line}",
            f"there are not enough families for {section.title!r}: its slots compete for "
            f"{', '.join(sorted(pool)) or 'none'}",
            "fewer items, smaller topic numbers, or other families",
        )
    for section in blueprint.sections:
        names = [name for (owner, _), name in zip(wanted, chosen, strict=True) if owner is section]
        if not is_fixed(section):
            rng.shuffle(names)
        for name, level in zip(names, section.levels, strict=True):
            yield Slot(section, name or "", level)


def pools(section: Section, rng: Random, known: Catalog) -> list[list[str]]:
    """For each slot of a section the families it may take, in random order."""
    if is_fixed(section):
        return [[name] for name in section.families]
    by_topic = candidates(section, known)
    if section.distinct_topics:
        by_topic = {topic: [rng.choice(names)] for topic, names in by_topic.items()}
    required = [
        list(by_topic.get(topic, []))
        for topic, least in section.topics.items()
        for _ in range(least)
    ]
    free = [name for names in by_topic.values() for name in names]
    slots = required + [list(free) for _ in range(section.count - len(required))]
    for pool in slots:
        rng.shuffle(pool)
    return slots


def candidates(section: Section, known: Catalog) -> Mapping[str, list[str]]:
    """The families a section may draw, by topic."""
    found: dict[str, list[str]] = {}
    for entry in known.entries.values():
        fits = can_be_asked(entry, section)
        if fits and (not section.families or entry.id in section.families):
            found.setdefault(entry.topic, []).append(entry.id)
    return found


def is_fixed(section: Section) -> bool:
    """Whether the section names a family for every slot."""
    return len(section.families) == section.count


def check_section(blueprint: Blueprint, section: Section, known: Catalog) -> None:
    """Refuse what no draw could meet."""
    where = f"{blueprint.source}:{section.line}"
    wrong = [name for name in section.families if not fits_response(section, known.entry(name))]
    if wrong:
        kind = "have one part" if section.response == "closed" else "have several parts"
        raise Fault(where, f"{', '.join(wrong)} in a section of {section.response} items", kind)
    if len(set(section.families)) < len(section.families):
        raise Fault(where, "a family is named twice", "each at most once in an exam")
    least = sum(section.topics.values())
    if least > section.count:
        raise Fault(where, f"topics ask for {least} items of {section.count}", "count = more")
    if section.distinct_topics and any(number > 1 for number in section.topics.values()):
        raise Fault(where, "two items of a topic, but distinct_topics", "one of the two")
    if section.families and len(section.families) < section.count:
        raise Fault(where, f"{len(section.families)} families for {section.count} items", "more")


def fits_response(section: Section, entry: Entry) -> bool:
    """Whether a family can be asked in a section's way."""
    return entry.is_long == (section.response == "open")


def can_be_asked(entry: Entry, section: Section) -> bool:
    """Whether a family fits any slot of a section: its response, its levels, its options."""
    enough = entry.options is None or entry.options >= section.options
    return fits_response(section, entry) and enough and set(section.levels) <= set(entry.levels)
