"""What a family owes over many draws: the defects that only a survey shows."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from statistics import median

from examgen.questions.family import Family
from examgen.questions.levels import Level
from examgen.questions.survey import Survey
from examgen.questions.tells import SAME_IF_POSITIVE

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
    family: Family, level: Level, survey: Survey, *, options: int = 4, deviations: float = 0
) -> Iterator[str]:
    """What is wrong with a family at one level, a sentence each.

    *deviations* says by how many standard deviations a share may exceed its limit in a survey too
    small to tell.
    """
    if survey.acceptance < LEAST_ACCEPTED:
        causes = ", ".join(f"{count} × {why}" for why, count in survey.rejections.most_common(3))
        share = (
            f"one proposal in {1 / survey.acceptance:.0f}" if survey.acceptance else "no proposal"
        )
        yield f"{share} is accepted ({causes})"
    if survey.problems:
        yield from repetitions(family, level, survey, options, deviations)
        yield from work_defects(family, level, survey)
    if survey.options:
        yield from giveaways(survey, options, deviations)


def exceeds(share: float, limit: float, problems: int, deviations: float) -> bool:
    """Whether a share is over its limit by more than chance explains."""
    return share > limit + deviations * sqrt(limit * max(0, 1 - limit) / problems)


def repetitions(
    family: Family, level: Level, survey: Survey, options: int, deviations: float
) -> Iterator[str]:
    """Answers and options that come up too often."""
    for part in family.parts_at(level):
        limit = UNEVEN / part.values if part.values else COMMONEST
        answer, share = survey.commonest_answer(part.name)
        if exceeds(share, min(1, limit), survey.problems, deviations):
            yield f"{part.name} is {answer} in {share:.0%} of the draws"
        if survey.options:
            limit = UNEVEN * options / part.values if part.values else COMMONEST
            option, share = survey.commonest_option
            if exceeds(share, min(1, limit), survey.problems, deviations):
                yield f"{option} is an option in {share:.0%} of the draws"


def giveaways(survey: Survey, options: int, deviations: float) -> Iterator[str]:
    """Ways to find the right option without the work."""
    even, limit = survey.problems / options, TELLING / options
    uneven = DEVIATIONS * sqrt(even * (1 - 1 / options))
    for place in range(options):
        if abs(survey.places[place] - even) > uneven:
            share = survey.places[place] / survey.problems
            yield f"the right option is number {place + 1} in order of size in {share:.0%}"
    for name, hits in survey.hits.items():
        if hits == survey.hits.get(SAME_IF_POSITIVE.get(name, "")):
            continue
        if exceeds(hits / survey.problems, limit, survey.problems, deviations):
            yield f"the right option is {name} in {hits / survey.problems:.0%}"


def work_defects(family: Family, level: Level, survey: Survey) -> Iterator[str]:
    """Hand-work that is not stated, out of its band, or more than the minutes allow."""
    if 0 in survey.seconds:
        yield "it states no hand-work (the property `work`)"
        return
    middle = median(survey.seconds)
    least, most = min(survey.seconds), max(survey.seconds)
    if least < middle / BAND - SLACK or most > middle * BAND + SLACK:
        yield f"its hand-work is {least} to {most} seconds, {middle:.0f} in the median"
    if middle > 60 * family.minutes[level]:
        yield f"its hand-work is {middle:.0f} seconds, its time {family.minutes[level]} minutes"
