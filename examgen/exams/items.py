"""Items: a place in an exam becomes a problem with its record."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from random import Random
from string import ascii_lowercase
from typing import Any

from examgen import answers
from examgen.exams.blueprint import Section
from examgen.exams.catalog import Catalog, shipped
from examgen.exams.exam import ExamPart, Item, Mistake, PrintedOption
from examgen.exams.points import apportion, worth_of
from examgen.exams.selection import Slot
from examgen.faults import Fault
from examgen.questions import wording
from examgen.questions.drawing import draw
from examgen.questions.family import Family
from examgen.questions.givens import write_givens
from examgen.questions.levels import Level
from examgen.questions.options import DrawnOption, choose_options
from examgen.questions.parts import Misconception
from examgen.questions.problem import Part, Problem
from examgen.questions.streams import stream
from examgen.questions.work import Band


@dataclass(frozen=True)
class Place:
    """An item's place in an exam; its fields name the stream that the item is drawn from."""

    number: int
    slot: Slot
    seed: str
    form: str
    """The form that it is drawn for, or the variant that several forms share."""
    occurrence: int = 1
    """Which one of its family it is in the exam, from 1."""


def draw_item(
    place: Place, *, tried: int = 0, band: Band | None = None, catalog: Catalog | None = None
) -> Item:
    """Draw one item, its hand-work within *band*, and write down its key.

    *tried* says how many other draws there were for this place.
    """
    drawn = draw_problem(place, tried=tried, band=band, catalog=catalog)
    problem, number, slot = drawn.problem, place.number, place.slot
    section = slot.section
    family = problem.family
    worth = worth_of(section, family)
    points = apportion(worth, [part.declared.points_at[slot.level] for part in problem.parts])
    if 0 in points:
        raise Fault(
            section.named,
            f"too few points, {worth}, for the {len(points)} parts of {slot.family}",
            f"at least {len(points)} points",
        )
    if drawn.is_closed:
        (part,) = problem.parts
        chosen = choose_options(problem, part, section.options, drawn.rng, drawn.place)
        parts = [closed_part(problem, part, str(number), points[0], chosen)]
    else:
        places = zip(problem.parts, labels(number, slot.family, len(points)), points, strict=True)
        parts = [open_part(problem, *each) for each in places]
    givens = write_givens(problem.givens)
    return Item(number, slot.family, slot.level, givens, tuple(parts), family.definition, problem)


def labels(number: int, family: str, count: int) -> list[str]:
    """The labels of the parts of an item: a part alone has the item's number.

    Raises `Fault` where the alphabet does not reach.
    """
    if count > len(ascii_lowercase):
        found = f"{count} parts in one problem, which leaves some without a letter"
        raise Fault(family, found, f"at most {len(ascii_lowercase)} parts")
    return [str(number)] if count == 1 else [f"{number}{c}" for c in ascii_lowercase[:count]]


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
    place: Place, *, tried: int = 0, band: Band | None = None, catalog: Catalog | None = None
) -> Drawn:
    """Draw the problem of an item from the stream that the item's place names."""
    slot, again = place.slot, ("again", tried) if tried else ()
    rng = stream(place.seed, place.form, slot.family, place.occurrence, *again)
    section = slot.section
    family = (catalog or shipped()).load(slot.family)
    closed = not family.is_long if section.response == "any" else section.response == "closed"
    stands = rng.randint(0, section.options - 1) if closed else None
    problem = draw(
        family,
        slot.level,
        rng,
        options=section.options,
        band=band,
        place=stands,
        most=section.work_each,
    )
    return Drawn(problem, rng, stands)


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
    answer = problem.plain_key[part.name]
    kind = part.declared.kind.name
    named = tuple(
        mistake(problem, part, misconception, wrong, misconception.credit)
        for misconception, wrong in problem.wrong_answers(part)
    )
    return ExamPart(label, part.name, kind, points, answer, named)


def closed_part(
    problem: Problem, part: Part, label: str, points: int, options: tuple[DrawnOption, ...]
) -> ExamPart:
    """The record of a part with options: a wrong option earns nothing, whatever led there."""
    (right,) = (option.letter for option in options if not option.misconceptions)
    printed = tuple(
        PrintedOption(each.letter, answers.plain(each.value), each.misconceptions)
        for each in options
    )
    offered = {name for option in options for name in option.misconceptions}
    named = tuple(
        mistake(problem, part, misconception, wrong, Fraction(0))
        for misconception, wrong in problem.wrong_answers(part)
        if misconception.name in offered
    )
    return ExamPart(label, part.name, "choice", points, right, named, printed)


def mistake(
    problem: Problem, part: Part, misconception: Misconception, wrong: Any, credit: Fraction
) -> Mistake:
    """The record of a wrong answer that a part invites, with the feedback filled in."""
    feedback = wording.feedback(problem, part, misconception.feedback, wrong)
    return Mistake(misconception.name, answers.plain(wrong), feedback, credit)
