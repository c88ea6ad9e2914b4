"""Drawing: again and again, until the problem is worth asking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from random import Random
from typing import Any

import numpy as np

from examgen.exact import Undefined
from examgen.exact.effort import Effort
from examgen.faults import Fault
from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.questions.options import distractors, places
from examgen.questions.problem import Problem
from examgen.questions.work import Band

BUDGET = 3_000_000
"""What drawing one problem of a bank may cost; see `examgen.exact.effort`."""
MAX_DRAWS = 1000
"""A family may reject nineteen draws of twenty; 1,000 rejections in a row are then a defect."""
PATIENCE = 30
"""Problems worth asking that are passed over for one whose right answer has the place drawn."""
UNDEFINED = "its answer is undefined"
OUT_OF_PLACE = "the right answer cannot have the place drawn for it"


def draw(
    family: Family,
    level: Level,
    rng: Random,
    *,
    options: int = 4,
    band: Band | None = None,
    place: int | None = None,
    most: int | None = None,
) -> Problem:
    """The first problem worth asking that *rng* gives; *options* counts those of a closed part.

    With *band*, one whose hand-work is within it. With *place*, one whose right answer can stand
    there among its options in order of size, unless hardly any can. With *most*, none whose
    hand-work takes more seconds. Raises `Fault`, with why draws were rejected, after
    `MAX_DRAWS`.
    """
    rejected: Counter[str] = Counter()
    if family.is_fixed:
        proposed = islice(proposals(family, level, rng, options), 1)
    else:
        proposed = islice(proposals(family, level, rng, options, band, place), MAX_DRAWS)
    for problem, reason in within(BUDGET, proposed) if family.definition else proposed:
        if reason is None and most is not None and problem.work.seconds > most:
            reason = f"more than {most} seconds of hand-work"
        if reason is None:
            return problem
        rejected[reason] += 1
    where = f"{family.id}, {level}"
    if family.is_fixed:
        raise Fault(where, f"it cannot be asked: {next(iter(rejected))}", "other givens or options")
    causes = ", ".join(f"{count} × {reason}" for reason, count in rejected.most_common(3))
    raise Fault(
        where, f"{rejected.total()} draws were rejected ({causes})", "at least one in 20 is good"
    )


def within(
    units: int, proposed: Iterator[tuple[Problem, str | None]]
) -> Iterator[tuple[Problem, str | None]]:
    """The proposals, until they have cost *units* of arithmetic: banks may ask for anything."""
    effort = Effort(units)
    while effort.left > 0:
        with effort:
            proposal = next(proposed, None)
        if proposal is None:
            return
        yield proposal


def proposals(
    family: Family,
    level: Level,
    rng: Random,
    options: int,
    band: Band | None = None,
    place: int | None = None,
) -> Iterator[tuple[Problem, str | None]]:
    """One draw after the other, without end, each with what speaks against asking it."""
    out_of_place = 0
    for tried in count():
        problem = Problem(family, level, family.draw(rng, level))
        reason = objection(problem, options, band, tried)
        if reason is None and place is not None and out_of_place < PATIENCE:
            (part,) = problem.parts
            if place not in places(problem, part, options):
                out_of_place, reason = out_of_place + 1, OUT_OF_PLACE
        yield problem, reason


def objection(
    problem: Problem, options: int, band: Band | None = None, tried: int = 0
) -> str | None:
    """Why a problem is not worth asking, or not within *band* at this try; None if it is.

    Where a person chose the givens, that person decided: they need only be possible to ask.
    """
    fits = getattr(problem.givens, "worth_asking", None)
    by_hand = problem.family.is_chosen
    try:
        if fits is not None and not by_hand and not fits():
            return "the family's own conditions"
        if band is not None and not band.admits(problem.work.seconds, tried):
            return "more or less hand-work than its band"
        key = problem.answer_key
    except Undefined:
        return UNDEFINED
    if by_hand:
        return distractor_objection(problem, options)
    for part in problem.parts:
        if is_degenerate(key[part.name]):
            return f"{part.name} is degenerate"
    return mistake_objection(problem) or distractor_objection(problem, options)


def mistake_objection(problem: Problem) -> str | None:
    """What is wrong if a mistake reaches the right answer, in a table in every row; else None."""
    arise: dict[tuple[str, str], None] = {}
    show: set[tuple[str, str]] = set()
    for part in problem.parts:
        name = part.declared.name
        arise.update(((name, each.name), None) for each, _ in problem.mistakes[part.name])
        show.update((name, each.name) for each, _ in problem.wrong_answers(part))
    for mistake in arise:
        if mistake not in show:
            return f"{mistake[1]} reaches the right answer of {mistake[0]}"
    return None


def distractor_objection(problem: Problem, options: int) -> str | None:
    """What is wrong if a closed problem has too few wrong options; else None."""
    if problem.family.is_long:
        return None
    (part,) = problem.parts
    found = len(distractors(problem, part))
    if found >= options - 1:
        return None
    return f"{found} wrong options that differ, {options - 1} for {options} options"


def is_degenerate(answer: Any) -> bool:
    """Whether an answer can be reached without the work: a constant array, or equal rows."""
    if not isinstance(answer, np.ndarray) or answer.size < 2:
        return False
    rows = answer.tolist()
    if answer.ndim == 1:
        return is_constant(rows)
    if answer.ndim > 2:
        return is_constant(answer.ravel().tolist())
    if answer.shape[1] == 1:
        return is_constant([row[0] for row in rows])
    return any(row == other for i, row in enumerate(rows) for other in rows[:i])


def is_constant(entries: list[Any]) -> bool:
    """Whether all entries are equal."""
    return all(each == entries[0] for each in entries)
