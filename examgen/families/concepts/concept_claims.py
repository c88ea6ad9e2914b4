"""Which statement is true, or which is false."""

from collections.abc import Iterator
from random import Random
from typing import Self

from examgen.families.concepts._claims import BY_ID, BY_TOPIC, INTRODUCTIONS, TOPICS, Claim
from examgen.questions.family import family
from examgen.questions.levels import Level
from examgen.questions.parts import Lure, part
from examgen.questions.work import Work

OTHERS = 6
"""So many claims stand ready, of which the options are chosen."""


@family(
    title="True or false?",
    minutes=(2, 2, 2),
    tags=(
        "lecture-5",
        "lecture-6",
        "lecture-7",
        "lecture-9",
        "lecture-15",
        "lecture-16",
        "lecture-17",
        "lecture-21",
        "lecture-22",
        "lecture-25",
        "lecture-26",
    ),
)
class ConceptClaims:
    """One claim of a topic that is true among false ones, or the reverse, by their ids.

    Easy: no subtle claim. Hard: the right one is subtle.
    """

    right: str
    wrong: tuple[str, ...]

    stem = "<< introduction >>"

    @classmethod
    def draw(cls, rng: Random, level: Level) -> Self:
        """The right claim decides the topic; the others are about other things than each other."""
        right = rng.choice([each for each in BY_ID.values() if fits(each, level)])
        others = [each for each in BY_TOPIC[TOPICS[right.id]] if each.truth != right.truth]
        if level == "easy":
            others = [each for each in others if not each.subtle]
        rng.shuffle(others)
        by_subject = {each.about: each.id for each in others if each.about != right.about}
        return cls(right.id, tuple(by_subject.values())[:OTHERS])

    def __post_init__(self) -> None:
        """Refuse claims that are not in the bank."""
        unknown = {self.right, *self.wrong} - BY_ID.keys()
        if unknown:
            raise ValueError(f"no claims of this bank: {sorted(unknown)}")

    @property
    def asked(self) -> Claim:
        """The right claim."""
        return BY_ID[self.right]

    @property
    def verdict(self) -> str:
        """What the right claim is, and no other."""
        return "true" if self.asked.truth else "false"

    @property
    def introduction(self) -> str:
        """What the claims of the topic take for granted."""
        return INTRODUCTIONS[TOPICS[self.right]]

    @property
    def work(self) -> Work:
        """Four statements to read and think through."""
        return Work(lookups=16)

    @part(
        "Which of these statements is **<< verdict >>**?",
        points=1,
        solution="<< asked.text >> This is << verdict >>. << asked.why >>",
    )
    def statement(self) -> str:
        """The only claim that is as asked."""
        return self.asked.text

    @statement.lures
    def others(self) -> Iterator[Lure]:
        """Each of the others is as it should not be."""
        for claim in map(BY_ID.__getitem__, self.wrong):
            verdict = "That is true." if claim.truth else "That is false."
            yield Lure(claim.id, claim.text, f"{verdict} {claim.why}")


def fits(claim: Claim, level: Level) -> bool:
    """Whether the claim may be the right one at this level."""
    return level == "medium" or claim.subtle == (level == "hard")
