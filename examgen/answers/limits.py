"""How much of a text is taken on. Everything is counted before it is computed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long a text may be, in characters, tokens, digits of a number, entries.

    `effort`: what may be spent on reading one answer, see `examgen.exact.effort`.
    """

    characters: int
    tokens: int
    digits: int
    entries: int
    effort: int


STUDENT = Limits(characters=4_000, tokens=1_200, digits=60, entries=1_024, effort=12_000)

RECORD = Limits(characters=1_000_000, tokens=200_000, digits=4_000, entries=100_000, effort=10**9)
"""Our own records are longer, but never hostile. CPython reads at most 4,300 digits."""

JUDGING = 8_000
"""What may be spent on judging one answer."""
KEY = 5_000
"""What may be spent on the key, or the options, that a stranger gives with an answer."""
RESERVE = 1_500
"""What exact arithmetic leaves for ball arithmetic while an answer or a key is read."""
JUDGING_RESERVE = 3_000
"""The same while it is judged, where balls of high precision are compared."""
TOKEN = 8
"""What a token costs, read, parsed and run, beside the arithmetic."""
STEP = 3
"""What a step of a program costs, run once more."""
ENTRY = 15
"""What each number costs, beside its tokens."""

NESTING = 60
"""Brackets inside each other."""

SET_ENTRIES = 64
"""Numbers in a set of indices."""

AXES = 8
"""Levels of nesting in an array."""

EXPONENT = 10_000
"""Absolute value of an exponent."""

POWER_BITS = 20_000
"""Bits of a power of rational numbers."""

FACTORIAL = 500
"""The n of n! and of binom(n, k)."""

RESULT_BITS = 2 * POWER_BITS
"""Bits of a numerator and denominator on the way; sums of quotients grow without any power."""

PIECES = 20
"""Sides of equations, and answers in one slot."""

READINGS = 16
"""Readings of one ambiguous response."""
