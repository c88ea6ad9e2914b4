"""Which data a model is made for."""

from collections.abc import Iterator
from random import Random
from typing import Self

from examgen.families.concepts._scenarios import (
    BY_ID,
    BY_STRUCTURE,
    STRUCTURES,
    Scenario,
    Structure,
)
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import Lure, part
from examgen.questions.work import Work

MODELS: dict[Structure, str] = {
    "columns": "a linear model",
    "grid": "a convolutional network",
    "tokens": "a transformer",
}
OTHERS = 6
"""So many scenarios stand ready, of which the options are chosen."""


@family(
    title="Which data for which model?",
    minutes=(1, 2, 2),
    tags=(
        "lecture-4",
        "lecture-19",
        "idea-data-to-model",
    ),
)
class ConceptDataToModel:
    """One data set of the structure that a model assumes among others that lack it, by their ids.

    Easy: data whose structure is plain to see. Medium: any. Hard: the right one looks like another.
    """

    right: str
    wrong: tuple[str, ...]

    stem = r"""
    Three models, and the structure in the data that each of them builds on:

    * *a linear model*: every feature has a meaning of its own, the same in every example. Features
      have no order and no neighbours.
    * *a convolutional network*: the features lie on a grid of one or more axes. Neighbours belong
      together, and a small pattern means the same wherever on the grid it stands.
    * *a transformer*: an example is a sequence of tokens. What one token means may hang on any
      other, near or far.
    """

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """The right one decides the model; as many of each of the other two stand ready."""
        structure = rng.choice([*BY_STRUCTURE])
        right = rng.choice([each for each in BY_STRUCTURE[structure] if fits(each, level)])
        others = []
        for other in BY_STRUCTURE:
            if other != structure:
                known = [each for each in BY_STRUCTURE[other] if level != "easy" or not each.subtle]
                others += rng.sample(known, OTHERS // 2)
        rng.shuffle(others)
        return cls(right.id, tuple(each.id for each in others))

    def __post_init__(self) -> None:
        """Refuse scenarios that are not in the bank, and any that the model fits as well."""
        unknown = {self.right, *self.wrong} - BY_ID.keys()
        if unknown:
            raise ValueError(f"no scenarios of this bank: {sorted(unknown)}")
        alike = [each for each in self.wrong if STRUCTURES[each] == STRUCTURES[self.right]]
        if alike:
            raise ValueError(f"of the same structure as {self.right}: {alike}")

    @property
    def asked(self) -> Scenario:
        """The right scenario."""
        return BY_ID[self.right]

    @property
    def model(self) -> str:
        """The model that the right scenario is made for."""
        return MODELS[STRUCTURES[self.right]]

    @property
    def work(self) -> Work:
        """Four descriptions to read and think through."""
        return Work(lookups=14)

    @part(
        "Which of these data have the structure that *<< model >>* builds on?",
        points=1,
        solution="<< asked.text >>. << asked.why >> So << model >> fits.",
    )
    def data(self) -> str:
        """The only data set of this structure."""
        return self.asked.text

    @data.lures
    def others(self) -> Iterator[Lure]:
        """Each of the others is made for another model."""
        for scenario in map(BY_ID.__getitem__, self.wrong):
            fitting = MODELS[STRUCTURES[scenario.id]]
            yield Lure(scenario.id, scenario.text, f"{scenario.why} So {fitting} fits better.")


def fits(scenario: Scenario, level: Level) -> bool:
    """Whether the scenario may be the right one at this level."""
    return level == "medium" or scenario.subtle == (level == "hard")
