"""What every family owes over many draws: variety, no giveaways, hand-work in a band."""

from collections import Counter
from functools import lru_cache

import pytest
from scipy.stats import chisquare

from examgen.exams import catalog
from examgen.questions.levels import Level
from examgen.questions.streams import stream
from examgen.questions.survey import Survey, survey
from examgen.questions.tells import TELLS
from examgen.questions.worth import defects
from tests.families.drawn import CASES

FEW, MANY = 80, 300
ALPHA = 0.001


@lru_cache(maxsize=256)
def found(family: str, level: Level, problems: int) -> Survey:
    return survey(catalog.load(family), level, stream("survey", family, level), problems)


def defects_of(family: str, level: Level, problems: int, deviations: float) -> list[str]:
    seen = found(family, level, problems)
    return [*defects(catalog.load(family), level, seen, deviations=deviations)]


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_worth_asking(family: str, level: Level) -> None:
    """So few draws can only show what is far off: 3.5 deviations, one false alarm in 4,000."""
    assert not defects_of(family, level, FEW, 3.5)


@pytest.mark.slow
@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_worth_asking_again_and_again(family: str, level: Level) -> None:
    assert not defects_of(family, level, MANY, 0)


@pytest.mark.slow
def test_over_all_families_no_guess_pays() -> None:
    """A quarter would be chance; places in order of size are even."""
    surveys = [found(family, level, MANY) for family, level in CASES]
    closed = [each for each in surveys if each.options]
    places: Counter[int] = sum((each.places for each in closed), Counter())
    assert chisquare([places[place] for place in range(4)]).pvalue > ALPHA
    drawn = sum(each.problems for each in closed)
    hits = {name: sum(each.hits[name] for each in closed) / drawn for name in TELLS}
    assert max(hits.values()) < 0.3, hits
