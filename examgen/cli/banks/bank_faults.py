"""What only shows when the items of a bank are drawn: each fault at its line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from examgen.documents.foreign import objections, texts_of
from examgen.exams.points import own_worth
from examgen.faults import Fault
from examgen.questions.banks.bank import BankItem
from examgen.questions.banks.passages import a_passage
from examgen.questions.banks.records import Declared, never_met
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.questions.problem import Problem
from examgen.questions.streams import stream
from examgen.questions.tells import chance, lengths_of
from examgen.questions.worth import exceeds
from examgen.tables.places import Path

PAGES = 8
"""Problems of an item and level whose texts are looked at."""
PROPOSED = 100
"""Proposals, at least, by which a condition is found never to hold."""
FEW = 8
"""Items with fixed options from which on the lengths of their right ones are compared."""
LONGEST = 2 / 5
STICKS_OUT, SLACK = 3 / 2, 10
"""How much longer than all others the right option may be: as a factor, and in characters."""
UNLIKELY = 2
"""Standard deviations from that share that are let through."""
TEXTS = ("stem", "prompt", "solution", "text", "feedback")
TABLES = ("part", "option", "mistake")
"""The keys of an item, or of a table in it, that hold texts and further tables."""
NUMBER = re.compile(r"\b\d+\b(?!:)")
"""A number in a fault, but for that of its line."""
VALUE = re.compile(r"<<.*?>>", re.DOTALL)
"""The place of a value in a text."""


def item_faults(item: BankItem, family: Family, samples: int) -> Iterator[Fault]:
    """What only shows when an item is drawn, each at its line."""
    for level in family.levels:
        yield from condition_faults(item, family, level, max(samples, PROPOSED))
    drawn = [each for level in family.levels for each in problems(family, level, samples)]
    yield from points_faults(item, family, drawn)
    paged = [
        problem
        for level in family.levels
        for problem in [each for each in drawn if each.level == level][:PAGES]
    ]
    yield from different([[*page_faults(item, problem)] for problem in paged])
    seen = {place(item, key) for problem in paged for key, _ in texts_of(problem)}
    yield from unfilled_faults(item, seen)
    if not family.is_chosen:
        yield from absent_mistakes(item, family, drawn)


def absent_mistakes(item: BankItem, family: Family, drawn: Sequence[Problem]) -> Iterator[Fault]:
    """The mistakes that lead to a wrong answer in none of the problems drawn."""
    shown = {
        each.name
        for problem in drawn
        for part in problem.parts
        for each, _ in problem.wrong_answers(part)
    }
    declared = [each.name for part in family.parts for each in part.misconceptions]
    for name in declared if drawn else ():
        if name not in shown:
            where = item.fields.source.where(place(item, name))
            yield Fault(where, f"the mistake {name} never shows up", "an answer that differs")


def different(pages: Iterable[Sequence[Fault]]) -> Iterator[Fault]:
    """The faults of several draws, each once, also where only its numbers differ."""
    said: set[tuple[str, int]] = set()
    for page in pages:
        alike: Counter[str] = Counter()
        for fault in page:
            text = NUMBER.sub("", str(fault))
            alike[text] += 1
            if (text, alike[text]) not in said:
                said.add((text, alike[text]))
                yield fault


def problems(family: Family, level: Level, samples: int) -> Iterator[Problem]:
    """Some problems, none where the item cannot be drawn."""
    rng = stream("pages", family.id, level)
    for _ in range(1 if family.is_fixed else samples):
        try:
            yield draw(family, level, rng, options=1)
        except Fault:
            return


def condition_faults(
    item: BankItem, family: Family, level: Level, proposals: int
) -> Iterator[Fault]:
    """Conditions that cannot be met."""
    declared = getattr(family.givens, "__declared__", None)
    if isinstance(declared, Declared):
        rng = stream("conditions", family.id, level)
        proposed = [family.draw(rng, level) for _ in range(proposals)]
        for reason in never_met(declared, proposed):
            where = item.fields.source.where((*item.fields.path, "where"))
            yield Fault(where, f"{reason} in {len(proposed)} draws ({level})", "other ranges")


def points_faults(item: BankItem, family: Family, drawn: Sequence[Problem]) -> Iterator[Fault]:
    """Points of an item's own that leave a part without any: it can hardly ever be asked."""
    worth, most = own_worth(family), max((len(each.parts) for each in drawn), default=0)
    if worth < most:
        where = item.fields.source.where((*item.fields.path, "points"))
        found = f"{family.id}: too few points, {worth}, for {most} parts that earn whole points"
        yield Fault(where, found, f"at least {most} points")


def page_faults(item: BankItem, problem: Problem) -> Iterator[Fault]:
    """Texts that are not fit for a page."""
    for key, text in texts_of(problem):
        for reason, allowed in objections(text):
            where = item.fields.source.where(place(item, key))
            yield Fault(where, f"{problem.family.id}, {key}: {reason}", allowed)


def unfilled_faults(item: BankItem, seen: Collection[Path] = ()) -> Iterator[Fault]:
    """Texts that no page showed (at *seen*), since the item or a mistake of it cannot be drawn.

    A value is only known once it is drawn, and 1 stands for each.
    """
    for path, text in passages(item.fields.path, item.fields.data):
        if path not in seen and path[:-1] not in seen and is_passage(text):
            for reason, allowed in objections(VALUE.sub("1", text)):
                found = f"{item.head.id}, {path[-1]}: {reason}"
                yield Fault(item.fields.source.where(path), found, allowed)


def passages(path: Path, table: Any) -> Iterator[tuple[Path, Any]]:
    """All texts of an item, or of a table in it, and where they stand."""
    if not isinstance(table, dict):
        return
    for key, value in table.items():
        if key in TEXTS:
            yield (*path, key), value
        elif key in TABLES and isinstance(value, list):
            for number, each in enumerate(value):
                yield from passages((*path, key, number), each)


def is_passage(text: Any) -> bool:
    """Whether a text is one that could be printed, and leaves nothing out by a condition."""
    try:
        return "<%" not in a_passage(text)
    except ValueError:
        return False


def place(item: BankItem, key: str) -> Path:
    """Where in its bank a text or a mistake of an item stands."""
    path, data = item.fields.path, item.fields.data
    if key in data:
        return (*path, key)
    parts = [((), data), *((("part", n), each) for n, each in enumerate(data.get("part", ())))]
    for prefix, part in parts:
        if key in part:
            return (*path, *prefix, key)
        for table in ("mistake", "option"):
            for number, each in enumerate(part.get(table, ())):
                if each.get("name") == key or (key == "text" and each.get("right")):
                    return (*path, *prefix, table, number)
    return path


def option_lengths(family: Family) -> list[int]:
    """How much there is to read in each option, the right one first; of a family in words."""
    problem = draw(family, family.levels[0], stream("lengths"), options=1)
    (part,) = problem.parts
    wrong = (each for _, each in problem.wrong_answers(part))
    return lengths_of([problem.answer_key[part.name], *wrong])


def length_faults(bank: str, families: Iterable[tuple[BankItem, Family]]) -> Iterator[Fault]:
    """Right options that are too often the longest, the shortest, or otherwise stick out."""
    longest = shortest = count = 0.0
    for item, family in families:
        if not family.is_fixed or family.parts[0].kind.name != "text":
            continue
        right, *wrong = option_lengths(family)
        if right > STICKS_OUT * max(wrong) + SLACK:
            where = item.fields.source.where((*item.fields.path, "option"))
            yield Fault(where, "the right option is by far the longest", "options of one length")
        count += 1
        longest += chance([right, *wrong], 0)
        shortest += chance([-right, *(-each for each in wrong)], 0)
    for name, hits in (("longest", longest), ("shortest", shortest)):
        if count >= FEW and exceeds(hits / count, LONGEST, int(count), UNLIKELY):
            found = f"the right option is the {name} in {hits:.0f} of {count:.0f} items"
            yield Fault(bank, found, "options of about one length, or of lengths that vary")
