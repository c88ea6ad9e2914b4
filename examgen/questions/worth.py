"""What a family owes over many draws: the defects that only a survey shows."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from statistics import median

from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.questions.survey import Survey

LEAST_ACCEPTED = 1 / 20
COMMONEST = 1 / 3
"""No answer, and no printed option, may come up more often, unless the part states its values."""
UNEVEN = 3 / 2
"""By how much the commonest of a part's stated values may exceed its even share."""
TELLING = 8 / 5
"""How much better than chance a guess by size, length or likeness may do."""
DEVIATIONS = 4
"""Standard deviations by which a place in order of size may miss its share of right options."""
BAND = 2
"""Hand-work may be the median times or divided by this, …"""
SLACK = 20
"""… give or take this many seconds."""


def defects(
    family: Family, level: Level, found: Survey, *, options: int = 4, deviations: float = 0
) -> Iterator[str]:
    """What is wrong with a family at one level, a sentence each.

    *deviations* says by how many standard deviations a share may exceed its limit in a survey too
    small to tell.
    """
    if found.acceptance < LEAST_ACCEPTED:
        causes = ", ".join(f"{count} × {why}" for why, count in found.rejections.most_common(3))
        share = f"one proposal in {1 / found.acceptance:.0f}" if found.acceptance else "no proposal"
        yield f"{share} is accepted ({causes})"
    if found.problems:
        yield from repetitions(family, level, found, options, deviations)
        yield from work_defects(family, level, found)
    if found.options:
        yield from giveaways(found, options, deviations)


def exceeds(share: float, limit: float, problems: int, deviations: float) -> bool:
    """Whether a share is over its limit by more than chance explains."""
    return share > limit + deviations * sqrt(limit * max(0, 1 - limit) / problems)


def repetitions(
    family: Family, level: Level, found: Survey, options: int, deviations: float
) -> Iterator[str]:
    """Answers and options that come up too often."""
    for part in family.parts_at(level):
        limit = UNEVEN / part.values if part.values else COMMONEST
        answer, share = found.commonest_answer(part.name)
        if exceeds(share, min(1, limit), found.problems, deviations):
            yield f"{part.name} is {answer} in {share:.0%} of the draws"
        if found.options:
            limit = UNEVEN * options / part.values if part.values else COMMONEST
            option, share = found.commonest_option
            if exceeds(share, min(1, limit), found.problems, deviations):
                yield f"{option} is an option in {share:.0%} of the draws"


def giveaways(found: Survey, options: int, deviations: float) -> Iterator[str]:
    """Ways to find the right option without the work."""
    even, limit = found.problems / options, TELLING / options
    uneven = DEVIATIONS * sqrt(even * (1 - 1 / options))
    for place in range(options):
        if abs(found.places[place] - even) > uneven:
            share = found.places[place] / found.problems
            yield f"the right option is number {place + 1} in order of size in {share:.0%}"
    for name, hits in found.hits.items():
        if exceeds(hits / found.problems, limit, found.problems, deviations):
            yield f"the right option is {name} in {hits / found.problems:.0%}"


def work_defects(family: Family, level: Level, found: Survey) -> Iterator[str]:
    """Hand-work that is not stated, out of its band, or more than the minutes allow."""
    if 0 in found.seconds:
        yield "it states no hand-work (the property `work`)"
        return
    middle = median(found.seconds)
    least, most = min(found.seconds), max(found.seconds)
    if least < middle / BAND - SLACK or most > middle * BAND + SLACK:
        yield f"its hand-work is {least} to {most} seconds, {middle:.0f} in the median"
    if middle > 60 * family.minutes[level]:
        yield f"its hand-work is {middle:.0f} seconds, its time {family.minutes[level]} minutes"
