"""Figures of an item analysis as people read them; a dash where one is not defined."""

from __future__ import annotations

from examgen.grading.analysis.flags import percent
from examgen.grading.marks import half_up

DASH = "–"


def points(value: float | None) -> str:
    """Points, to a tenth."""
    return DASH if value is None else signed(half_up(value, 1))


def share(value: float | None) -> str:
    """A share in whole percent."""
    return DASH if value is None else signed(percent(value))


def coefficient(value: float | None) -> str:
    """A correlation and the like, to hundredths, with a true minus sign."""
    if value is None:
        return DASH
    return signed(half_up(value, 2))


def signed(text: str) -> str:
    """A figure with a true minus sign, unless it is 0 as it is shown."""
    return text.replace("-", "−" if any(digit in text for digit in "123456789") else "")
