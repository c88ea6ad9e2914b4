"""How much of a text is taken on. Everything is counted before it is computed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """How long a text may be, in characters, tokens, digits of a number, entries.

    `work`: what closed forms may cost, in products of two terms; see `Work`.
    """

    characters: int
    tokens: int
    digits: int
    entries: int
    work: int


STUDENT = Limits(characters=4_000, tokens=1_200, digits=60, entries=1_024, work=20_000)

RECORD = Limits(characters=1_000_000, tokens=200_000, digits=4_000, entries=100_000, work=10**9)
"""Our own records are longer, but never hostile. CPython reads at most 4,300 digits."""

NESTING = 60
SET_ENTRIES = 64
AXES = 8
EXPONENT = 10_000
POWER_BITS = 20_000
FACTORIAL = 500

RESULT_BITS = 2 * POWER_BITS
"""Numerators and denominators on the way; sums of quotients grow without any power."""

READINGS = 16
"""Readings of one ambiguous response."""
