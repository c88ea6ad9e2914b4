"""The words in figures: short text, with a little mathematics between dollars.

Between dollars letters are variables, and `_` or `^` lowers or raises the next character or the
`{group}` that follows: `$w_1$`, `$h^{(2)}$`. Signs and Greek letters are typed as such: `$σ$`, `×`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any

from examgen import answers

NOTATION = str.maketrans("", "", "${}")
"""The signs that are not spoken."""


def label(value: Any) -> str:
    """A value in a figure: text as it is, a number in one line and with a true minus sign."""
    if isinstance(value, str):
        return value
    text = str(value) if isinstance(value, int | Fraction) else answers.plain(value)
    return text.replace("-", "−").replace("*", "·")


@lru_cache(maxsize=1024)
def spoken(text: str) -> str:
    """A label as alternative text has it: without the signs of its notation, lines in brackets.

    Kept, for most are small numbers.
    """
    first, *others = text.translate(NOTATION).split("\n")
    return f"{first} ({', '.join(others)})" if others else first


def listed(words: Sequence[str]) -> str:
    """An enumeration in words: `a, b and c`."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last


def sentences(parts: Iterable[str]) -> str:
    """The sentences that are not empty, one after the other."""
    return " ".join(f"{capitalised(each)}." for each in parts if each)


def capitalised(text: str) -> str:
    """A sentence with a capital at its beginning, unless it begins with a variable."""
    is_word = text[:2].isalpha() or text[:2] == "a "
    return f"{text[0].upper()}{text[1:]}" if is_word else text
