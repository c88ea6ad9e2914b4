"""A claim: a sentence about networks that is true or false, and why."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Claim:
    """A sentence that is true or false, whatever stands beside it.

    Claims *about* the same never stand together: one would answer the other. A *subtle* one needs
    a second thought.
    """

    id: str
    truth: bool
    about: str
    text: str
    why: str
    subtle: bool = False
