"""The colours of HTML pages keep the contrast that WCAG asks for, by day and by night."""

import re

import pytest

from examgen.resources import folder

STYLE = (folder("templates") / "html" / "style.css").read_text(encoding="utf-8")
ROOTS = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
LIGHT, DARK, PRINT = (dict(re.findall(r"--(\w+): (#[0-9a-f]+);", root)) for root in ROOTS)
TEXT = ("ink", "muted", "accent", "good", "bad")


def channels(color: str) -> list[float]:
    """Red, green and blue between 0 and 1."""
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    return [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]


def luminance(color: str) -> float:
    """The relative luminance of WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2, from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_wcags() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("colors", [LIGHT, DARK, PRINT], ids=["light", "dark", "print"])
@pytest.mark.parametrize("name", TEXT)
def test_text_stands_out(colors: dict[str, str], name: str) -> None:
    for ground in ("paper", "shade"):
        assert contrast(colors[name], colors[ground]) >= 4.5
    if name == "ink":
        assert contrast(colors[name], colors["paper"]) >= 12
