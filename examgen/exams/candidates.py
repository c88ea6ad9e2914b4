"""Candidates: which families each slot of a section may take, and why there are none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from random import Random

from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.catalog import Catalog, Entry
from examgen.exams.points import worth_of
from examgen.faults import Fault
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.questions.streams import stream

SAMPLE = 5
"""How many problems are drawn to see whether a family can keep to a bound of hand-work."""
Requirement = tuple[str, Callable[[Entry], bool]]
"""What messages call it, and whether a family meets it."""


@dataclass(frozen=True)
class Wish:
    """What one slot of a section is to ask."""

    level: Level
    topic: str = ""
    """The topic that it must have, if any."""
    tag: str = ""
    """The tag that it must have, if any."""
    others: frozenset[str] = frozenset()
    """Topics and tags that it must not have, as other slots ask for them as often as allowed."""


def wishes(section: Section, rng: Random) -> list[Wish]:
    """A wish for each slot: its level, and the topics and tags that are spread over the slots."""
    topics = spread(section, section.topics, rng)
    tags = spread(section, section.tags, rng)
    bounded = frozenset(section.at_most)
    return [
        Wish(level, topic, tag, bounded - {topic, tag})
        for level, topic, tag in zip(section.levels, topics, tags, strict=True)
    ]


def spread(section: Section, least: Mapping[str, int], rng: Random) -> list[str]:
    """The topics, or the tags, that are asked for, each in slots of its own; "" in the others."""
    names: list[str] = []
    for name, number in least.items():
        names += [name] * rng.randint(number, section.at_most.get(name, number))
    names = names[: section.count]
    names += [""] * (section.count - len(names))
    rng.shuffle(names)
    return names


def requirements(section: Section, wish: Wish, catalog: Catalog) -> Iterator[Requirement]:
    """What a family must meet to fill a slot; those that are costly to look at come last."""
    yield from wishes_of_section(section)
    yield from wishes_of_slot(wish)
    yield (
        f"{section.options} options",
        lambda each: each.options is None or each.options >= section.options,
    )
    yield from bounds(section, wish.level, catalog)


def wishes_of_section(section: Section) -> Iterator[Requirement]:
    """What every slot of a section asks for."""
    if section.response != "any":
        article = "an" if section.response == "open" else "a"
        yield f"{article} {section.response} question", lambda each: fits_response(section, each)
    if section.repeat:
        yield "numbers that can be drawn anew", lambda each: not each.is_fixed
    if section.families:
        yield "one of the families named", lambda each: each.id in section.families
    only, without = {*section.only}, {*section.without}
    if only:
        yield f"only {' or '.join(section.only)}", lambda each: bool(each.words & only)
    if without:
        yield f"without {', '.join(section.without)}", lambda each: not each.words & without


def wishes_of_slot(wish: Wish) -> Iterator[Requirement]:
    """What one slot asks for besides."""
    if wish.topic:
        yield f"the topic {wish.topic}", lambda each: each.topic == wish.topic
    if wish.tag:
        yield f"the tag {wish.tag}", lambda each: wish.tag in each.tags
    yield "not more of a topic or tag than allowed", lambda each: not each.words & wish.others
    yield f"the level {wish.level}", lambda each: wish.level in each.levels


def bounds(section: Section, level: Level, catalog: Catalog) -> Iterator[Requirement]:
    """What a section bounds: to know it, a family must be loaded, or even drawn from."""
    minutes, work = section.minutes_each, section.work_each
    if minutes is not None:
        yield (
            f"at most {minutes} minutes",
            lambda each: catalog.load(each.id).minutes[level] <= minutes,
        )
    if work is not None:
        yield (
            f"at most {work} seconds of hand-work",
            lambda each: least_work(catalog.load(each.id), level) <= work,
        )


@lru_cache(maxsize=1024)
def least_work(family: Family, level: Level) -> int:
    """The least hand-work, in seconds, among a few problems of a family."""
    rng = stream("least work", family.id, level)
    return min(draw(family, level, rng, options=1).work.seconds for _ in range(SAMPLE))


def enough_points(section: Section, wish: Wish, catalog: Catalog) -> Requirement:
    """A requirement checked for chosen families only: for all candidates it would cost more."""
    return (
        "a point for each of its parts",
        lambda each: points_suffice(section, each.id, wish.level, catalog),
    )


def points_suffice(section: Section, family_id: str, level: Level, catalog: Catalog) -> bool:
    """Whether a section's items are worth at least a point for each part of a family."""
    if section.response == "closed":
        return True
    family = catalog.load(family_id)
    return worth_of(section, family) >= most_parts(family, level)


@lru_cache(maxsize=1024)
def most_parts(family: Family, level: Level) -> int:
    """The most parts among a few problems of a family: what has rows may have more or fewer."""
    declared = family.parts_at(level)
    if not any(each.each for each in declared):
        return len(declared)
    rng = stream("most parts", family.id, level)
    return max(len(draw(family, level, rng, options=1).parts) for _ in range(SAMPLE))


def fits_response(section: Section, entry: Entry) -> bool:
    """Whether a family can be asked in a section's way."""
    return section.response == "any" or entry.is_long == (section.response == "open")


def can_be_asked(entry: Entry, section: Section, catalog: Catalog) -> bool:
    """Whether a family fits every slot of a section, whatever it names and the slots wish for."""
    free = replace(section, families=())
    return all(
        is_met(entry)
        for wish in map(Wish, dict.fromkeys(section.levels))
        for _, is_met in (*requirements(free, wish, catalog), enough_points(free, wish, catalog))
    )


@lru_cache(maxsize=1024)
def pool(section: Section, wish: Wish, catalog: Catalog) -> tuple[str, ...]:
    """The families that a slot may take, in the order of the catalog."""
    candidates = list(catalog.entries.values())
    for _, is_met in requirements(section, wish, catalog):
        candidates = [each for each in candidates if is_met(each)]
    return tuple(each.id for each in candidates)


def nothing_fits(blueprint: Blueprint, section: Section, wish: Wish, catalog: Catalog) -> Fault:
    """The fault of a slot that no family fits: which wish was one too many."""
    candidates = [each for each in catalog.entries.values() if each.id not in blueprint.exclude]
    met: list[str] = []
    for name, is_met in (
        *requirements(section, wish, catalog),
        enough_points(section, wish, catalog),
    ):
        left = [each for each in candidates if is_met(each)]
        if not left:
            families = (
                "1 family meets" if len(candidates) == 1 else f"{len(candidates)} families meet"
            )
            others = f"; {families} the other wishes before it" if met else ""
            return Fault(
                blueprint.place(section),
                f"no family for a question in {section.title!r} meets: {', '.join(met)}"
                f"{', ' if met else ''}and {name}{others}",
                "fewer wishes, or families that meet them",
            )
        candidates = left
        met.append(name)
    return Fault(
        blueprint.place(section),
        f"there are not enough families for {section.title!r}",
        "fewer items or wishes",
    )
