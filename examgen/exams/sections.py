"""Sections of a blueprint that no draw could fill: refused before anything is drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle

from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.candidates import fits_response, most_parts, points_suffice
from examgen.exams.catalog import Catalog
from examgen.exams.points import worth_of
from examgen.faults import Fault
from examgen.questions.levels import Level


def is_fixed(section: Section) -> bool:
    """Whether the section names a family for every slot."""
    return len(section.families) == section.count


def check_section(blueprint: Blueprint, section: Section, catalog: Catalog) -> None:
    """Refuse what no draw could meet."""
    for found, allowed in objections(blueprint, section, catalog):
        raise Fault(blueprint.place(section), found, allowed)


def objections(
    blueprint: Blueprint, section: Section, catalog: Catalog
) -> Iterator[tuple[str, str]]:
    """What contradicts itself in a section, and what is allowed."""
    wrong = [name for name in section.families if not fits_response(section, catalog.entry(name))]
    if wrong:
        kind = "have one part" if section.response == "closed" else "have several parts"
        yield f"{', '.join(wrong)} in a section of {section.response} items", kind
    if not section.repeat:
        yield from count_objections(section, catalog)
    for name in ("topics", "tags"):
        yield from number_objections(section, name, getattr(section, name))
    if section.distinct_topics and any(least > 1 for least in section.topics.values()):
        yield "two items of a topic, but distinct_topics", "one of the two"
    if is_fixed(section) or section.repeat:
        yield from level_objections(section, catalog)
    if is_fixed(section):
        named = sorted(set(section.families) & set(blueprint.exclude))
        if named:
            yield f"{', '.join(named)} is excluded, but named here", "one of the two"


def count_objections(section: Section, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """What is wrong with the number of items where none may be asked twice."""
    if len(set(section.families)) < len(section.families):
        yield "a family is named twice", "each at most once in an exam, or repeat = true"
    if section.families and len(section.families) < section.count:
        found = f"{len(section.families)} families for {section.count} items"
        yield found, "more, or repeat = true"
    if section.count > len(catalog.entries):
        found = f"there are not enough families for {section.title!r}"
        yield found, f"{len(catalog.entries)} items at most, or repeat = true"


def level_objections(section: Section, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Families that cannot be asked at the level, or for the points, of the slot they are for."""
    for name, level in zip(cycle(section.families), section.levels, strict=False):
        asked = catalog.entry(name).levels
        if level not in asked:
            yield f"{name} is not asked at the level {level}", f"{', '.join(asked)}"
        elif not points_suffice(section, name, level, catalog):
            yield too_few(section, name, level, catalog)


def too_few(section: Section, name: str, level: Level, catalog: Catalog) -> tuple[str, str]:
    """What is said of a family with more parts than an item has points."""
    family = catalog.load(name)
    parts = most_parts(family, level)
    found = (
        f"too few points, {worth_of(section, family)}, for the {parts} parts of {name} at the "
        f"level {level}"
    )
    return found, f"at least {parts} points"


def number_objections(
    section: Section, name: str, least: Mapping[str, int]
) -> Iterator[tuple[str, str]]:
    """What is wrong with the numbers of topics, or of tags."""
    total = sum(least.values())
    if total > section.count:
        yield f"{name} ask for {total} items of {section.count}", "count = more"
    for word in sorted(least.keys() & set(section.without)):
        if least[word]:
            yield f"{word} is asked for and left out", "one of the two"
