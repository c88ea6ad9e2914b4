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


@dataclass(frozen=True)
class Kind:
    """How answers of one kind are hinted, checked, read, parsed and judged.

    `hint` says on the blank answer sheet what may be written, never how large this answer is.
    `accepts` says what is wrong with a value that is no answer of this kind, else None.
    `parse` reads our own plain notation back and raises ValueError for anything else.
    """

    name: str
    hint: str
    accepts: Callable[[Any], str | None]
    read: Read
    parse: Callable[[str], Any]
    judge: Judge
