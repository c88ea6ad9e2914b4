"""Which options a text names by their value or by their own words."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np

from examgen.answers.arithmetic.values import Computable
from examgen.answers.notation.grammar import Grammar
from examgen.answers.readers.arrays import read_array
from examgen.answers.readers.indices import read_indices
from examgen.answers.readers.scalars import read_scalar
from examgen.answers.readers.shapes import read_shape
from examgen.answers.readers.texts import same_words
from examgen.answers.reading import Choice, Reading, Several
from examgen.answers.writing import plain
from examgen.exact import Shape, equal

LONGEST = 1_000
"""Characters in which the value of an option is looked for; a response is shorter by far."""


def options_that_say(text: str, options: Sequence[Choice]) -> list[str]:
    """The letters of the options whose value or own text this is; each notation is read once."""
    read = cache(lambda notation: read_as(notation, text))
    return [each.letter for each in options if text and says(text, each.value, read)]


def says(text: str, value: Any, read: Any) -> bool:
    """Whether a text is a value, in any notation of its kind."""
    if isinstance(value, str):
        return same_words(text, value)
    if text == plain(value):
        return True
    if len(text) > LONGEST:
        return False
    reading: Reading = read(notation_of(value))
    found = reading.value
    if found is None or reading.alternatives or isinstance(found, Several | Computable):
        return False
    if isinstance(value, np.ndarray) != isinstance(found, np.ndarray):
        return False
    return equal(found, value) if isinstance(found, np.ndarray) else bool(found == value)


def notation_of(value: Any) -> str:
    """How a value is written."""
    if isinstance(value, Shape):
        return "shape"
    if isinstance(value, frozenset):
        return "indices"
    if isinstance(value, np.ndarray):
        return "array"
    return "integer" if isinstance(value, int) else "number"


def read_as(notation: str, text: str) -> Reading:
    """The reading of a text in one notation."""
    match notation:
        case "shape":
            return read_shape(text, Grammar(grouping=False, euler=False))
        case "indices":
            return read_indices(text)
        case "array":
            return read_array(text, Grammar(grouping=False))
    return read_scalar(text, Grammar(whole=notation == "integer"))
