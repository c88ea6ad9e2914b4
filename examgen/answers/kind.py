"""What there is to know of a kind of answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import Any, Protocol

from examgen.answers.policy import EXACT, Policy
from examgen.answers.reading import Choice, Reading
from examgen.answers.verdicts import Judgement

LONGEST_RECALLED = 1_000
"""Characters."""


class Read(Protocol):
    """Reads a student's text; never raises."""

    def __call__(self, text: str, *, options: Sequence[Choice] = ()) -> Reading:
        """The reading of the text; `options` are those of a closed question."""


class Judge(Protocol):
    """Judges a reading against the key."""

    def __call__(self, key: Any, reading: Reading, policy: Policy = EXACT) -> Judgement:
        """The judgement."""


def recalled(parse: Callable[[str], Any]) -> Callable[[str], Any]:
    """A parser that knows the last short texts: all sheets of an exam have the same keys.

    The values are never changed, arrays are read-only.
    """
    known = lru_cache(maxsize=1024)(parse)

    def short_or_long(text: str) -> Any:
        return known(text) if len(text) <= LONGEST_RECALLED else parse(text)

    return wraps(parse)(short_or_long)


MASKED = "; -inf for −∞"
"""What hints say besides, on the sheet of an exam that asks for masked scores."""


@dataclass(frozen=True)
class Hint:
    """What the blank answer sheet says of a kind, and the examples in it."""

    text: str
    examples: tuple[str, ...] = ()


def hints(plain: str, pattern: str, *examples: tuple[str, ...]) -> tuple[Hint, ...]:
    """The *pattern* with each of the *examples*, then the *plain* hint, which has none."""
    return (*(Hint(pattern.format(*each), each) for each in examples), Hint(plain))


@dataclass(frozen=True)
class Kind:
    """How answers of one kind are hinted, checked, read, parsed and judged.

    `hints` say on the blank answer sheet what may be written, never how large this answer is. They
    differ in their examples only, and the last has none: no sheet may print an answer as example.
    `accepts` says what is wrong with a value that is no answer of this kind, else None.
    `parse` reads our own plain notation back and raises ValueError for anything else.
    """

    name: str
    hints: tuple[Hint, ...]
    accepts: Callable[[Any], str | None]
    read: Read
    parse: Callable[[str], Any]
    judge: Judge

    @property
    def hint(self) -> str:
        """The first hint, where there is no answer that it could give away."""
        return self.hints[0].text
