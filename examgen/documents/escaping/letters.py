"""Letters that a font lacks, for names: as near to them as it comes."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import combining, normalize

MARKS = {"ʿ": "‘", "ʾ": "’", "ʼ": "’"}
"""What stands for these in print, as in ʿAlī."""


def nearest(character: str, has: Callable[[str], bool]) -> str | None:
    """The letter with those of its accents that a font *has*: ê for ễ; None where that is lacking.

    Empty for an accent that goes with no letter of its own.
    """
    if character in MARKS:
        return MARKS[character]
    if not character.isalpha():
        return "" if combining(character) else None
    built = ""
    for piece in normalize("NFD", character):
        joined = normalize("NFC", built + piece)
        if len(joined) == 1 and joined.isalpha() and has(joined):
            built = joined
    return built or None


def spelled_out(character: str) -> str:
    """What stands for a character that cannot be printed."""
    return f"U+{ord(character):04X}"
