"""Figures of an item analysis as people read them; a dash where one is not defined."""

from __future__ import annotations

DASH = "–"


def points(value: float | None) -> str:
    """Points, to a tenth."""
    return DASH if value is None else f"{value:.1f}"


def share(value: float | None) -> str:
    """A share in whole percent."""
    return DASH if value is None else f"{100 * value:.0f} %"


def coefficient(value: float | None) -> str:
    """A correlation and the like, to hundredths, with a true minus sign."""
    if value is None:
        return DASH
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")


def words(mistakes: tuple[str, ...]) -> str:
    """The names of mistakes in words."""
    return " or ".join(name.replace("_", " ") for name in mistakes)
