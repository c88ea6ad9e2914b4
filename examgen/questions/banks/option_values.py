"""Options that say a number or a shape: read as a record of them would be, but cheaply.

Grading reads what the record says of an option with the limits of our own records. So a text that
would take long to read there must not become an option.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any

from examgen.answers.limits import RECORD, STUDENT, Limits
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.names import look_up
from examgen.answers.readers.arrays import read_array
from examgen.answers.readers.scalars import read_scalar
from examgen.answers.readers.shapes import read_shape
from examgen.answers.reading import Reading
from examgen.exact import Closed, Shape
from examgen.questions.banks.expressions import WORD
from examgen.questions.banks.passages import a_line

LONGEST = 300
"""Characters of an option."""
LIMITS = Limits(LONGEST, RECORD.tokens, RECORD.digits, RECORD.entries, STUDENT.effort)
"""Those of records, but for the effort."""
IN_NUMBERS = ("function", "constant")


def an_option(value: Any) -> str:
    """The text of an option: one line, which is quickly read again."""
    text = a_line(value)
    if len(text) > LONGEST:
        raise ValueError(f"{len(text)} characters, more than {LONGEST}")
    for reading in readings(text):
        if reading.state == "read" and not is_exact(reading.value):
            raise ValueError("a formula without an exact value, or one that takes long to compute")
    return text


def is_exact(value: Any) -> bool:
    """Whether a value was computed exactly; arrays hold exact entries, or are tables."""
    return isinstance(value, int | Fraction | Closed | Shape) or hasattr(value, "dtype")


@lru_cache(maxsize=1024)
def readings(text: str) -> tuple[Reading, ...]:
    """The text as an array, if it begins like one; else as a shape and as a number."""
    grammar = Grammar(limits=LIMITS, grouping=False)
    bare = text.strip(" $")
    if bare[:1] == "[":
        return (read_array(bare, grammar),)
    number = read_scalar(bare, grammar)
    return (read_shape(bare, grammar), number) if bare[:1] == "(" else (number,)


def option_value(text: str) -> Any:
    """The number or the shape that an option says and nothing else, or the text itself."""
    if not all(is_of_numbers(word) for word in WORD.findall(text)):
        return text
    for reading in readings(text):
        if reading.state == "read" and not reading.alternatives and is_exact(reading.value):
            return reading.value
    return text


def is_of_numbers(word: str) -> bool:
    """Whether a word is a function or a constant: `ln`, `e`."""
    found = look_up(word)
    return found is not None and found[0] in IN_NUMBERS
