"""Assembly: blueprint and seed become an exam."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from random import Random
from string import ascii_lowercase
from typing import Any

from examgen import __version__, answers
from examgen.exams.blueprint import Blueprint, Section
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.exam import Exam, ExamPart, Item, Mistake, PrintedOption
from examgen.exams.points import apportion
from examgen.exams.record import plain_blueprint
from examgen.exams.selection import Slot, select
from examgen.faults import Fault
from examgen.questions import wording
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.givens import write_givens
from examgen.questions.levels import Level
from examgen.questions.options import Option, choose_options
from examgen.questions.parts import Misconception
from examgen.questions.problem import Part, Problem
from examgen.questions.streams import stream

TOOL = f"examgen {__version__}"
ONLY_FORM = "A"
POINTS, LONG_POINTS = 5, 20
"""What a short and a long item are worth where nobody says."""
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
    seconds: Sequence[int] = (),
    *,
    known: Catalog | None = None,
) -> Exam:
    """Draw a form with these items; *seconds* is the hand-work of each, if they are to be alike.

    Every item draws from a stream of its own, so that another slot changes no other item.
    """
    strange = sorted(set(blueprint.redraws) - set(range(1, len(slots) + 1)))
    if strange:
        raise Fault(f"item {strange[0]}", "there is none to draw anew", f"1 to {len(slots)}")
    items: list[Item] = []
    occurrences: Counter[str] = Counter()
    for number, (slot, usual) in enumerate(zip_longest(slots, seconds), start=1):
        occurrences[slot.family] += 1
        place = Place(number, slot, seed, form, occurrences[slot.family])
        earlier = [each.givens for each in items if each.family == slot.family]
        again = blueprint.redraws.get(number, 0)
        items.append(draw_another(place, earlier, again, seconds=usual, known=known))
    return Exam(TOOL, exam_id(blueprint, seed, form), form, seed, blueprint, tuple(items))


@dataclass(frozen=True)
class Place:
    """An item's place: what names its stream."""

    number: int
    slot: Slot
    seed: str
    form: str
    occurrence: int


def draw_another(
    place: Place,
    earlier: Sequence[Mapping[str, Any]],
    again: int,
    *,
    seconds: int | None,
    known: Catalog | None,
) -> Item:
    """Draw an item whose givens are not among *earlier*, and so many times *again* another one."""
    seen = [*earlier]
    for tried in range(MOST_TRIES + again):
        item = draw_item(
            place.number,
            place.slot,
            place.seed,
            place.form,
            place.occurrence,
            tried=tried,
            seconds=seconds,
            known=known,
        )
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


def draw_item(
    number: int,
    slot: Slot,
    seed: str,
    form: str,
    occurrence: int,
    *,
    tried: int = 0,
    seconds: int | None = None,
    known: Catalog | None = None,
) -> Item:
    """Draw one item, with about so many *seconds* of hand-work, and write down its key.

    *tried* says how many other draws there were for this place.
    """
    drawn = draw_problem(slot, seed, form, occurrence, tried=tried, seconds=seconds, known=known)
    problem, section = drawn.problem, slot.section
    family = problem.family
    worth = worth_of(section, family)
    points = apportion(worth, [part.declared.points for part in problem.parts])
    if 0 in points:
        raise Fault(
            f"section {section.title!r}, line {section.line}",
            f"{worth} points for the {len(points)} parts of {slot.family}",
            f"at least {len(points)} points",
        )
    if drawn.is_closed:
        (part,) = problem.parts
        chosen = choose_options(problem, part, section.options, drawn.rng, drawn.place)
        parts = [closed_part(problem, part, str(number), points[0], chosen)]
    else:
        letters = zip(problem.parts, points, ascii_lowercase, strict=False)
        parts = [open_part(problem, part, f"{number}{c}", worth) for part, worth, c in letters]
    givens = write_givens(problem.givens)
    return Item(number, slot.family, slot.level, givens, tuple(parts), family.definition, problem)


@dataclass(frozen=True)
class Drawn:
    """A problem for a slot, and what its options are drawn with if it is closed."""

    problem: Problem
    rng: Random
    place: int | None
    """Where the right answer is to stand among the options, from 0; None for an open problem."""

    @property
    def is_closed(self) -> bool:
        """Whether it is printed with options."""
        return self.place is not None


def draw_problem(
    slot: Slot,
    seed: str,
    form: str,
    occurrence: int,
    *,
    tried: int = 0,
    seconds: int | None = None,
    known: Catalog | None = None,
) -> Drawn:
    """Draw the problem of an item from the stream that the item's place names."""
    rng = stream(seed, form, slot.family, occurrence, *(("again", tried) if tried else ()))
    section = slot.section
    family = (known or shipped()).load(slot.family)
    closed = not family.is_long if section.response == "any" else section.response == "closed"
    place = rng.randint(0, section.options - 1) if closed else None
    problem = draw(
        family,
        slot.level,
        rng,
        options=section.options,
        seconds=seconds,
        place=place,
        most=section.work_each,
    )
    return Drawn(problem, rng, place)


def worth_of(section: Section, family: Family) -> int:
    """The points of an item: the section's, else its own, else what is usual."""
    return section.points or family.points or (LONG_POINTS if family.is_long else POINTS)


def practice_slot(family: Family, level: Level | None) -> Slot:
    """A slot of its own for one family, as the default blueprint would print it.

    Without a *level* it is the middle one of those that the family has.
    """
    level = level or family.levels[len(family.levels) // 2]
    if level not in family.levels:
        raise Fault(family.id, f"it is not asked at the level {level}", ", ".join(family.levels))
    part = family.parts[0]
    section = Section(
        title=family.title,
        response="any",
        count=1,
        points=0,
        levels=(level,),
        options=4 if part.find_lures else min(4, 1 + len(part.misconceptions)),
    )
    return Slot(section, family.id, level)


def open_part(problem: Problem, part: Part, label: str, points: int) -> ExamPart:
    """The record of a part that is answered in writing."""
    answer = answers.plain(problem.answer_key[part.name])
    kind = part.declared.kind.name
    named = tuple(
        mistake(problem, part, made, wrong, made.credit)
        for made, wrong in problem.wrong_answers(part)
    )
    return ExamPart(label, part.name, kind, points, answer, named)


def closed_part(
    problem: Problem, part: Part, label: str, points: int, options: tuple[Option, ...]
) -> ExamPart:
    """The record of a part with options: a wrong option earns nothing, whatever led there."""
    (right,) = (option.letter for option in options if not option.misconceptions)
    printed = tuple(
        PrintedOption(each.letter, answers.plain(each.value), each.misconceptions)
        for each in options
    )
    offered = {name for option in options for name in option.misconceptions}
    named = tuple(
        mistake(problem, part, made, wrong, Fraction(0))
        for made, wrong in problem.wrong_answers(part)
        if made.name in offered
    )
    return ExamPart(label, part.name, "choice", points, right, named, printed)


def mistake(
    problem: Problem, part: Part, made: Misconception, wrong: Any, credit: Fraction
) -> Mistake:
    """The record of a wrong answer that a part invites, with the feedback filled in."""
    feedback = wording.feedback(problem, part, made.feedback, wrong)
    return Mistake(made.name, answers.plain(wrong), feedback, credit)
