"""How SVG says what its elements look like: by attributes in a file, by classes within a page."""

from __future__ import annotations

from typing import TypeAlias

from examgen.documents.figures.lettering import SCRIPT, SIZES, Run, Size, runs
from examgen.documents.figures.primitives import Anchor, Ink, Look, TextLook, Tint
from examgen.documents.figures.svg_paths import number

BOLD = 1.5
COLORS: dict[Tint, str] = {
    "line": "#1a1a1a",
    "muted": "#5c5c5c",
    "faint": "#b0b0b0",
    "accent": "#2b6cb0",
    "soft": "#f0f0f0",
    "wash": "#d5e2f0",
}
AREAS: dict[Tint, str] = {
    "line": "solid",
    "muted": "solid-muted",
    "faint": "solid-faint",
    "accent": "solid-accent",
    "soft": "soft",
    "wash": "wash",
}
"""The classes of areas and labels; those of lines are called like their inks."""


ROOT = ' fill="none" stroke-linejoin="round" font-family="serif"'
"""What lines and labels have in common where no style sheet says it."""


class Attributes:
    """Colours of its own, for white paper."""

    def paint(self, look: Look) -> str:
        """Presentation attributes."""
        ink, tint, weight, dashed = look
        area = f' fill="{COLORS[tint]}"' if tint else ""
        if not ink:
            return area
        heavy = f' stroke-width="{number(weight)}"' if weight != 1 else ""
        dashes = ' stroke-dasharray="4 3"' if dashed else ""
        return f'{area} stroke="{COLORS[ink]}"{heavy}{dashes}'

    def dots(self, _: Look, __: float) -> str:
        """Nothing: a file has its discs as circles."""
        return ""

    def slants(self, _: str) -> bool:
        """Never: each piece says it."""
        return False

    def lettering(self, look: TextLook, *, slanted: bool) -> str:
        """Presentation attributes."""
        ink, size, anchor = look
        placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
        placed += ' font-style="italic"' if slanted else ""
        return f' font-size="{number(SIZES[size])}"{placed} fill="{COLORS[ink]}"'

    def run(self, run: Run, size: Size, lowered: str) -> str:
        """Presentation attributes; *lowered* is by how much more than the last piece."""
        shift = f' dy="{lowered}"' if lowered else ""
        shift += f' font-size="{number(SCRIPT * SIZES[size])}"' if run.shift else ""
        return shift + (' font-style="italic"' if run.italic else "")


class Classes:
    """The classes of `templates/html/figures.css`, which knows light, dark and print."""

    def paint(self, look: Look) -> str:
        """A class for the area, one for the line, and what is rare as an attribute."""
        ink, tint, weight, dashed = look
        names = [AREAS[tint]] if tint else []
        if not ink:
            return classed(names)
        names += [ink, *(["bold"] if weight == BOLD else []), *(["dashed"] if dashed else [])]
        heavy = f' stroke-width="{number(weight)}"' if weight not in (1, BOLD) else ""
        return classed(names) + heavy

    def dots(self, look: Look, radius: float) -> str:
        """As `paint` for discs that are the round ends of lines without length."""
        ink, tint, _, _ = look
        if ink or tint not in ("line", "accent"):
            return ""
        return classed([AREAS[tint], "dots"]) + f' stroke-width="{number(2 * radius)}"'

    def slants(self, label: str) -> bool:
        """Whether all on its line is slanted: then the label is, and not its pieces."""
        return {run.italic for run in runs(label) if not run.shift} == {True}

    def lettering(self, look: TextLook, *, slanted: bool) -> str:
        """Classes for all but the usual: a label of normal size about its middle."""
        ink, size, anchor = look
        unusual: list[tuple[Ink | Size | Anchor, str, str]] = [
            (ink, "line", AREAS[ink]),
            (size, "normal", size),
            (anchor, "middle", anchor),
        ]
        names = [name for found, usual, name in unusual if found != usual]
        return classed([*names, "slanted"] if slanted else names)

    def run(self, run: Run, _: Size, lowered: str) -> str:
        """The style sheet takes pieces for slanted, and shifted ones for small and upright."""
        if not lowered:
            return ""
        slant = ["slanted"] if run.italic else []
        return classed(slant + ([] if run.shift else ["back"])) + f' dy="{lowered}"'


Looks: TypeAlias = Attributes | Classes
ATTRIBUTES, CLASSES = Attributes(), Classes()
"""One of each is enough, and what is kept for it is found by asking whether it is the same."""


def classed(names: list[str]) -> str:
    """A class attribute, where there is any class."""
    return f' class="{" ".join(names)}"' if names else ""
