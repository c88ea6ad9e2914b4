"""Drawings as SVG, for pages of either colour, for print, and as files of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from examgen.documents.figures.drawing import draw
from examgen.documents.figures.lettering import SCRIPT, SIZES, Run, runs
from examgen.documents.figures.primitives import Circle, Path, Point, Primitive, Text
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
    """One drawing; its description is what a screen reader says of it."""
    drawing = draw(figure)
    box = drawing.bounds
    size = numbers(box.right - box.left, box.bottom - box.top)
    view = numbers(box.left, box.top, box.right - box.left, box.bottom - box.top)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(view)}" width="{size[0]}" '
        f'height="{size[1]}" role="img" aria-labelledby="{name}-title {name}-text" fill="none" '
        f'stroke-linejoin="round"{palette.font}>',
        f'<title id="{name}-title">{escape(figure.title)}</title>',
        f'<desc id="{name}-text">{escape(figure.alt)}</desc>',
    ]
    if card:
        lines.append(CARD.format(*view))
    lines += [element(each, palette) for each in drawing.primitives]
    return "\n".join([*lines, "</svg>"])


def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def numbers(*values: float) -> list[str]:
    """Several coordinates."""
    return [number(each) for each in values]


def element(primitive: Primitive, palette: Palette) -> str:
    """The element of a primitive."""
    match primitive:
        case Path():
            outline = rounded(primitive) if primitive.rounded else straight(primitive)
            dashes = ' stroke-dasharray="4 3"' if primitive.dashed else ""
            return f'<path d="{outline}"{paint(primitive, palette)}{dashes}/>'
        case Circle():
            x, y, radius = numbers(*primitive.center, primitive.radius)
            return f'<circle cx="{x}" cy="{y}" r="{radius}"{paint(primitive, palette)}/>'
        case Text():
            return text(primitive, palette)


def paint(primitive: Path | Circle, palette: Palette) -> str:
    """The attributes of its area and its outline."""
    area = f" {palette.inks[primitive.tint].format('fill')}" if primitive.tint else ""
    if not primitive.ink:
        return area
    heavy = f' stroke-width="{number(primitive.weight)}"' if primitive.weight != 1 else ""
    return f"{area} {palette.inks[primitive.ink].format('stroke')}{heavy}"


def straight(path: Path) -> str:
    """A path from point to point."""
    corners = "L".join(" ".join(numbers(*point)) for point in path.points)
    return f"M{corners}{'Z' if path.closed else ''}"


def rounded(path: Path) -> str:
    """A path with a curve at each corner."""
    if path.closed:
        before, after = (path.points[-1], *path.points), (*path.points[1:], path.points[0])
        curves = list(turns(before, path.points, after, path.rounded))
        return f"M{'L'.join(curves)}Z"
    first, *corners, last = path.points
    curves = list(turns(path.points, corners, path.points[2:], path.rounded))
    start, end = (" ".join(numbers(*point)) for point in (first, last))
    return f"M{'L'.join([start, *curves, end])}"


def turns(
    before: Sequence[Point], corners: Sequence[Point], after: Sequence[Point], radius: float
) -> Iterator[str]:
    """Each corner as the point where its curve begins, and the curve."""
    for start, corner, end in zip(before, corners, after, strict=False):
        near, far = toward(corner, start, radius), toward(corner, end, radius)
        yield f"{' '.join(numbers(*near))}Q{' '.join(numbers(*corner, *far))}"


def toward(start: Point, end: Point, distance: float) -> Point:
    """The point this far on the way, at most half of it."""
    (x, y), (to_x, to_y) = start, end
    length = max(abs(to_x - x), abs(to_y - y)) or 1.0
    share = min(distance / length, 0.5)
    return x + share * (to_x - x), y + share * (to_y - y)


def text(label: Text, palette: Palette) -> str:
    """A label, its pieces shifted and slanted."""
    x, y = numbers(label.at[0], label.baseline)
    size = SIZES[label.size]
    anchor = f' text-anchor="{label.anchor}"' if label.anchor != "start" else ""
    color = palette.inks[label.ink].format("fill")
    inner = "".join(pieces(runs(label.label), size))
    return f'<text x="{x}" y="{y}" font-size="{number(size)}"{anchor} {color}>{inner}</text>'


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
