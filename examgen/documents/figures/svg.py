"""Drawings as SVG, for pages of either colour, for print, and as files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import groupby

from examgen.documents.figures.drawing import draw
from examgen.documents.figures.lettering import SCRIPT, SIZES, Run, Size, runs
from examgen.documents.figures.primitives import (
    Anchor,
    Circle,
    Drawing,
    Ink,
    Path,
    Primitive,
    Text,
    Tint,
)
from examgen.documents.figures.svg_paths import number, numbers, outline
from examgen.questions.figures import Figure


@dataclass(frozen=True)
class Palette:
    """What stands for a role: attributes (`{0}` is "stroke" or "fill"); and the type, as one."""

    inks: Mapping[str, str]
    font: str


INLINE = Palette(
    {
        "line": '{0}="currentColor"',
        "muted": '{0}="currentColor" {0}-opacity=".65"',
        "faint": '{0}="currentColor" {0}-opacity=".3"',
        "accent": '{0}="var(--accent,#2b6cb0)"',
        "soft": '{0}="currentColor" {0}-opacity=".07"',
        "wash": '{0}="var(--accent,#2b6cb0)" {0}-opacity=".2"',
    },
    font="",
)
"""For a page whose text is dark on light or light on dark, in its accent and its type."""
EXPLICIT = Palette(
    {
        "line": '{0}="#1a1a1a"',
        "muted": '{0}="#5c5c5c"',
        "faint": '{0}="#b0b0b0"',
        "accent": '{0}="#2b6cb0"',
        "soft": '{0}="#f0f0f0"',
        "wash": '{0}="#d5e2f0"',
    },
    font=' font-family="serif"',
)
"""For white paper."""
CARD = '<rect x="{}" y="{}" width="{}" height="{}" fill="#fff"/>'
"""A file may be shown on a dark page: it brings its own paper."""


def inline_svg(figure: Figure, name: str) -> str:
    """SVG to stand within an HTML page, in the colour of its text; *name* is unique there."""
    return svg(figure, INLINE, name)


def explicit_svg(figure: Figure, name: str = "figure") -> str:
    """SVG with colours of its own, to be put on white paper."""
    return svg(figure, EXPLICIT, name)


def svg_file(figure: Figure) -> str:
    """SVG as a file of its own, which brings its white paper."""
    return svg(figure, EXPLICIT, "figure", card=True) + "\n"


def svg(figure: Figure, palette: Palette, name: str, *, card: bool = False) -> str:
    """A figure, drawn; its description is what a screen reader says of it."""
    return written(draw(figure), figure.title, figure.alt, palette, name, card=card)


def inline_drawing(drawing: Drawing, title: str, alt: str, name: str) -> str:
    """A drawing that is no figure, such as a chart, to stand within an HTML page."""
    return written(drawing, title, alt, INLINE, name)


def written(
    drawing: Drawing, title: str, alt: str, palette: Palette, name: str, *, card: bool = False
) -> str:
    """One drawing with its title and its description."""
    box = drawing.bounds
    size = numbers(box.right - box.left, box.bottom - box.top)
    view = numbers(box.left, box.top, box.right - box.left, box.bottom - box.top)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(view)}" width="{size[0]}" '
        f'height="{size[1]}" role="img" aria-labelledby="{name}-title {name}-text" fill="none" '
        f'stroke-linejoin="round"{palette.font}>',
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-text">{escape(alt)}</desc>',
    ]
    if card:
        lines.append(CARD.format(*view))
    lines += elements(drawing.primitives, palette)
    return "\n".join([*lines, "</svg>"])


def elements(primitives: Iterable[Primitive], palette: Palette) -> Iterator[str]:
    """The elements; neighbours that look alike share their attributes."""
    for (kind, look), group in groupby(primitives, lambda each: (type(each), each.look)):
        if kind is Path:
            outlines = "".join(outline(each) for each in group if isinstance(each, Path))
            yield f'<path d="{outlines}"{paint(palette, *look)}/>'
        elif kind is Circle:
            discs = "".join(disc(each) for each in group if isinstance(each, Circle))
            yield f"<g{paint(palette, *look)}>{discs}</g>"
        else:
            labels = "".join(text(each) for each in group if isinstance(each, Text))
            yield f"<g{lettering(palette, *look)}>{labels}</g>"


def paint(palette: Palette, ink: Ink | None, tint: Tint | None, weight: float, dashed: bool) -> str:
    """The attributes of an area and its outline."""
    area = f" {palette.inks[tint].format('fill')}" if tint else ""
    if not ink:
        return area
    heavy = f' stroke-width="{number(weight)}"' if weight != 1 else ""
    dashes = ' stroke-dasharray="4 3"' if dashed else ""
    return f"{area} {palette.inks[ink].format('stroke')}{heavy}{dashes}"


def lettering(palette: Palette, ink: Ink, size: Size, anchor: Anchor) -> str:
    """The attributes of labels."""
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f' font-size="{number(SIZES[size])}"{placed} {palette.inks[ink].format("fill")}'


def disc(circle: Circle) -> str:
    """A circle."""
    x, y, radius = numbers(*circle.center, circle.radius)
    return f'<circle cx="{x}" cy="{y}" r="{radius}"/>'


def text(label: Text) -> str:
    """A label."""
    x, y = numbers(label.at[0], label.baseline)
    return f'<text x="{x}" y="{y}">{words(label.label, label.size)}</text>'


@lru_cache(maxsize=4096)
def words(label: str, size: Size) -> str:
    """What stands in a label."""
    return "".join(pieces(runs(label), SIZES[size]))


def pieces(found: tuple[Run, ...], size: float) -> Iterator[str]:
    """The text of a label; a shift lasts until the next piece takes it back."""
    height = 0.0
    for run in found:
        wanted = {"": 0.0, "_": 0.22, "^": -0.36}[run.shift] * size
        attributes = f' dy="{number(wanted - height)}"' if wanted != height else ""
        attributes += f' font-size="{number(SCRIPT * size)}"' if run.shift else ""
        attributes += ' font-style="italic"' if run.italic else ""
        height = wanted
        said = escape(run.text, quote=False)
        yield f"<tspan{attributes}>{said}</tspan>" if attributes else said
