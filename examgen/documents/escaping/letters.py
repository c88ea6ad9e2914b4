"""Letters that a font lacks, for names: as near to them as it comes."""

from __future__ import annotations

from collections.abc import Callable
from unicodedata import normalize

MARKS = {"ʿ": "‘", "ʾ": "’", "ʼ": "’"}
"""What stands for these in print, as in ʿAlī."""


def nearest(character: str, has: Callable[[str], bool]) -> str:
    """The letter with those of its accents that a font *has*: ê for ễ; empty where it has none."""
    if character in MARKS:
        return MARKS[character]
    if not character.isalpha():
        return ""
    built = ""
    for piece in normalize("NFD", character):
        joined = normalize("NFC", built + piece)
        if len(joined) == 1 and joined.isalpha() and has(joined):
            built = joined
    return built
