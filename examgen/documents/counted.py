"""Numbers with their nouns."""

from fractions import Fraction
from functools import lru_cache

from examgen.grading.marks import rounded


@lru_cache(maxsize=1024)
def points(number: Fraction | int) -> str:
    """Points in words: "1 point", "2.5 points"."""
    shown = rounded(Fraction(number))
    return f"{shown} {'point' if shown == 1 else 'points'}"
