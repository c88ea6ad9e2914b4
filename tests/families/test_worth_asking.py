"""What every family owes over many draws: variety, no giveaways, hand-work in a band."""

import pytest

from examgen.exams import catalog
from examgen.questions.levels import Level
from examgen.questions.streams import stream
from examgen.questions.survey import survey
from examgen.questions.worth import defects
from tests.families.drawn import CASES

FEW, MANY = 80, 300


def found_in(family: str, level: Level, problems: int, deviations: float) -> list[str]:
    declared = catalog.load(family)
    found = survey(declared, level, stream("survey", family, level), problems)
    return [*defects(declared, level, found, deviations=deviations)]


@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_worth_asking(family: str, level: Level) -> None:
    """So few draws can only show what is far off: 3.5 deviations, one false alarm in 4,000."""
    assert not found_in(family, level, FEW, 3.5)


@pytest.mark.slow
@pytest.mark.parametrize(("family", "level"), CASES)
def test_it_is_worth_asking_again_and_again(family: str, level: Level) -> None:
    assert not found_in(family, level, MANY, 0)
