"""What may stand in an answer of each sort."""

from dataclasses import dataclass

from examgen.answers.limits import STUDENT, Limits


@dataclass(frozen=True)
class Grammar:
    """How numbers are written where a kind of answer is asked.

    `grouping`: commas and spaces may group the digits of one number (else they separate);
    `euler`: `e` can be the number e, so that `3e-2` has two readings; `whole`: an integer is
    asked, so `1,234` has one; `variables`: single letters stand for numbers; `counts`: something
    is counted, so number words are read, and `8x8` can be the side of a square; `names`: words
    that were declared to stand for numbers.
    """

    limits: Limits = STUDENT
    grouping: bool = True
    euler: bool = True
    whole: bool = False
    variables: bool = False
    counts: bool = False
    names: frozenset[str] = frozenset()
