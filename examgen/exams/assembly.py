"""Assembly: blueprint and seed become an exam."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import zip_longest
from string import ascii_lowercase

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
from examgen.questions.problem import Part, Problem
from examgen.questions.streams import stream

TOOL = f"examgen {__version__}"
ONLY_FORM = "A"


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
    items: list[Item] = []
    occurrences: Counter[str] = Counter()
    for number, (slot, usual) in enumerate(zip_longest(slots, seconds), start=1):
        occurrences[slot.family] += 1
        occurrence = occurrences[slot.family]
        items.append(draw_item(number, slot, seed, form, occurrence, seconds=usual, known=known))
    return Exam(TOOL, exam_id(blueprint, seed, form), form, seed, blueprint, tuple(items))


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
    seconds: int | None = None,
    known: Catalog | None = None,
) -> Item:
    """Draw one item, with about so many *seconds* of hand-work, and write down its key."""
    rng = stream(seed, form, slot.family, occurrence)
    section = slot.section
    family = (known or shipped()).load(slot.family)
    closed = section.response == "closed"
    place = rng.randint(0, section.options - 1) if closed else None
    problem = draw(family, slot.level, rng, options=section.options, seconds=seconds, place=place)
    points = apportion(section.points, [part.declared.points for part in problem.parts])
    if 0 in points:
        raise Fault(
            f"section {section.title!r}, line {section.line}",
            f"{section.points} points for the {len(points)} parts of {slot.family}",
            f"at least {len(points)} points",
        )
    if closed:
        (part,) = problem.parts
        chosen = choose_options(problem, part, section.options, rng, place)
        parts = [closed_part(problem, part, str(number), points[0], chosen)]
    else:
        letters = zip(problem.parts, points, ascii_lowercase, strict=False)
        parts = [open_part(problem, part, f"{number}{c}", worth) for part, worth, c in letters]
    givens = write_givens(problem.givens)
    return Item(number, slot.family, slot.level, givens, tuple(parts), family.definition, problem)


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
        response="open" if family.is_long else "closed",
        count=1,
        points=family.points or (20 if family.is_long else 5),
        levels=(level,),
        options=4 if part.find_lures else min(4, 1 + len(part.misconceptions)),
    )
    return Slot(section, family.id, level)


def open_part(problem: Problem, part: Part, label: str, points: int) -> ExamPart:
    """The record of a part that is answered in writing."""
    answer = answers.plain(problem.answer_key[part.name])
    kind = part.declared.kind.name
    return ExamPart(label, part.name, kind, points, answer, mistakes(problem, part))


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
        Mistake(each.name, each.answer, each.feedback, Fraction(0))
        for each in mistakes(problem, part)
        if each.name in offered
    )
    return ExamPart(label, part.name, "choice", points, right, named, printed)


def mistakes(problem: Problem, part: Part) -> tuple[Mistake, ...]:
    """The wrong answers this part invites, with the feedback filled in."""
    return tuple(
        Mistake(
            each.name,
            answers.plain(wrong),
            wording.feedback(problem, part, each.feedback, wrong),
            each.credit,
        )
        for each, wrong in problem.wrong_answers(part)
    )
