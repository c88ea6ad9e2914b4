"""Selection: which families an exam asks, at which levels. The same for all forms of a seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.candidates import Wish, nothing_fits, points_suffice, pool, wishes
from examgen.exams.catalog import IDEA, Catalog, shipped
from examgen.exams.matching import match
from examgen.exams.sections import check_section, is_fixed
from examgen.faults import Fault
from examgen.questions.levels import Level
from examgen.questions.streams import stream

ATTEMPTS = 200
"""How many selections are tried for one that keeps to all wishes and to the time."""


@dataclass(frozen=True)
class Slot:
    """One item to be drawn."""

    section: Section
    family: str
    level: Level


@dataclass(frozen=True)
class Opening:
    """A slot that is not filled yet: what it wishes for, and the families that it may take."""

    section: Section
    wish: Wish
    pool: tuple[str, ...]


def select(blueprint: Blueprint, seed: str, catalog: Catalog | None = None) -> tuple[Slot, ...]:
    """The slots of the exam, in printed order; raises `Fault` where constraints cannot be met.

    Families are taken from *catalog*, by default the shipped one.
    """
    catalog = catalog or shipped()
    rng = stream(seed, "selection")
    for name in (*blueprint.include, *blueprint.exclude):
        catalog.entry(name)
    for section in blueprint.sections:
        check_section(blueprint, section, catalog)
    minutes: list[int] = []
    faults: list[Fault] = []
    for _ in range(ATTEMPTS):
        try:
            slots = tuple(fill(blueprint, rng, catalog))
        except Fault as fault:
            # Without its traceback, which would keep this frame alive, and the frame the fault.
            faults.append(fault.with_traceback(None))
            continue
        minutes.append(sum(catalog.load(each.family).minutes[each.level] for each in slots))
        if minutes[-1] <= blueprint.minutes:
            return slots
    if not minutes:
        raise faults[0]
    raise Fault(
        blueprint.source,
        f"the items drawn take {min(minutes)} minutes or more, the exam {blueprint.minutes}",
        "fewer items, easier levels, or more minutes",
    )


def fill(blueprint: Blueprint, rng: Random, catalog: Catalog) -> Iterator[Slot]:
    """Draw a family for each slot, none twice but where a section repeats it."""
    opened = [list(openings(blueprint, each, rng, catalog)) for each in blueprint.sections]
    chosen = with_enough_points(blueprint, opened, catalog)
    check_chosen(blueprint, chosen, catalog)
    for opening, name in chosen:
        yield Slot(opening.section, name or "", opening.wish.level)


def with_enough_points(
    blueprint: Blueprint, opened: list[list[Opening]], catalog: Catalog
) -> list[tuple[Opening, str | None]]:
    """Choose a family for each slot that has no more parts than the slot has points.

    One that has is left out of the choices there; so an exam without such is as if nobody had
    looked.
    """
    while True:
        chosen = with_different_ideas(blueprint, opened, catalog)
        misfits = [
            (each.section, each.wish.level, name)
            for each, name in chosen
            if name and not points_suffice(each.section, name, each.wish.level, catalog)
        ]
        if not misfits:
            return chosen
        opened = [[without(each, misfits) for each in section] for section in opened]


def without(opening: Opening, misfits: list[tuple[Section, Level, str]]) -> Opening:
    """An opening with none of the families that do not fit its section at its level."""
    section, level = opening.section, opening.wish.level
    kept = tuple(name for name in opening.pool if (section, level, name) not in misfits)
    return replace(opening, pool=kept)


def with_different_ideas(
    blueprint: Blueprint, opened: list[list[Opening]], catalog: Catalog
) -> list[tuple[Opening, str | None]]:
    """Choose a family for each slot, no two of which ask the same idea.

    Of two that would, one is left out of all choices; so an exam in which there are none is as if
    nobody had looked.
    """
    left_out: set[str] = set()
    while True:
        chosen = choose(blueprint, opened, left_out)
        name = one_too_many(blueprint, chosen, catalog)
        if name is None or any(each is None for _, each in chosen):
            return chosen
        left_out.add(name)


def choose(
    blueprint: Blueprint, opened: list[list[Opening]], left_out: set[str]
) -> list[tuple[Opening, str | None]]:
    """A family for each slot, none twice but where a section repeats it."""
    matched = [each for section in opened for each in section if not each.section.repeat]
    pools = [[name for name in each.pool if name not in left_out] for each in matched]
    choices = iter(match(pools, blueprint.include))
    chosen: list[tuple[Opening, str | None]] = []
    for section in opened:
        if section[0].section.repeat:
            chosen += zip(section, repeated(blueprint, section), strict=True)
        else:
            chosen += [(each, next(choices)) for each in section]
    return chosen


def one_too_many(
    blueprint: Blueprint, chosen: list[tuple[Opening, str | None]], catalog: Catalog
) -> str | None:
    """A family that asks an idea of another one, if it can give way.

    What was named stays, and a long question, for which there are few others, before a short one.
    """

    def is_named(opening: Opening, name: str) -> bool:
        section = opening.section
        return name in blueprint.include or section.repeat or is_fixed(section)

    asked = [(is_named(each, name), catalog.entry(name)) for each, name in chosen if name]
    seen: dict[str, str] = {}
    for named, entry in sorted(asked, key=lambda each: (not each[0], not each[1].is_long)):
        if not named and any(seen.get(idea, entry.id) != entry.id for idea in entry.ideas):
            return entry.id
        seen.update(dict.fromkeys(entry.ideas, entry.id))
    return None


def openings(
    blueprint: Blueprint, section: Section, rng: Random, catalog: Catalog
) -> Iterator[Opening]:
    """The slots of a section, each with the families that it may take, in random order.

    What is excluded is left out after the order is drawn, so that the rest stays as it was.
    """
    wished = wishes(section, rng)
    if is_fixed(section):
        for wish, name in zip(wished, section.families, strict=True):
            yield Opening(section, wish, (name,))
        return
    kept: dict[str, str] = {}
    for wish in wished:
        names = [*pool(section, wish, catalog)]
        rng.shuffle(names)
        names = [name for name in names if name not in blueprint.exclude]
        if section.distinct_topics:
            # One family stands for its topic in all slots; an included one comes first.
            for name in (*(each for each in names if each in blueprint.include), *names):
                kept.setdefault(catalog.entries[name].topic, name)
            names = [name for name in names if kept[catalog.entries[name].topic] == name]
        yield Opening(section, wish, tuple(names))


def repeated(blueprint: Blueprint, section: list[Opening]) -> list[str | None]:
    """The families of a section that asks the same again: those named in turn, else one."""
    first = section[0]
    named = [name for name in first.section.families if name not in blueprint.exclude]
    fitting = [name for name in first.pool if all(name in each.pool for each in section)]
    wanted = [name for name in blueprint.include if name in fitting]
    names = wanted or named or fitting[:1]
    return [names[n % len(names)] if names else None for n in range(len(section))]


def check_chosen(
    blueprint: Blueprint, chosen: list[tuple[Opening, str | None]], catalog: Catalog
) -> None:
    """Refuse a choice that leaves a slot empty, or an included family out."""
    for opening, name in chosen:
        if name is None and not opening.pool:
            raise nothing_fits(blueprint, opening.section, opening.wish, catalog)
    for opening, name in chosen:
        if name is None:
            raise Fault(
                blueprint.place(opening.section),
                f"there are not enough families for {opening.section.title!r}: its slots compete "
                f"for {', '.join(sorted(opening.pool))}",
                "fewer items, smaller topic numbers, or other families (of those with the same tag "
                f"{IDEA}… one is asked)",
            )
    asked = {name for _, name in chosen}
    for name in blueprint.include:
        if name not in asked:
            raise Fault(
                repr(name),
                f"no question of {blueprint.source} can be it",
                "a section that it fits: its response, topic, tags, level, options and time",
            )
