"""Drawings as SVG, for pages of either colour, for print, and as files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    Point,
    Primitive,
    Text,
    Tint,
)
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


@lru_cache(maxsize=4096)
def number(value: float) -> str:
    """A coordinate, to a tenth of a pixel."""
    rounded = round(value, 1)
    whole = int(rounded)
    return str(whole) if whole == rounded else str(rounded)


def numbers(*values: float) -> list[str]:
    """Several coordinates."""
    return [number(each) for each in values]


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


def outline(path: Path) -> str:
    """The way of a path, from point to point or with a curve at each corner."""
    steps = rounded(path) if path.rounded else [(point,) for point in path.points]
    here = tenths(steps[0][-1])
    written = [f"M{' '.join(numbers(*here))}"]
    for step in steps[1:]:
        spots = [tenths(point) for point in step]
        written.append(relative(here, spots))
        here = spots[-1]
    return "".join(written) + ("z" if path.closed else "")


def tenths(point: Point) -> Point:
    """A point to a tenth of a pixel, so that differences do not add up."""
    return round(point[0], 1), round(point[1], 1)


def relative(here: Point, spots: Sequence[Point]) -> str:
    """The command that goes on to a point, or by a curve around the first to the second."""
    across, down = zip(*((x - here[0], y - here[1]) for x, y in spots), strict=True)
    if len(spots) > 1:
        return "q" + " ".join(
            number(each) for pair in zip(across, down, strict=True) for each in pair
        )
    if not down[0]:
        return f"h{number(across[0])}"
    return f"l{number(across[0])} {number(down[0])}" if across[0] else f"v{number(down[0])}"


def rounded(path: Path) -> list[tuple[Point, ...]]:
    """The steps of a path: a straight one up to each corner, a curve around it."""
    points = path.points
    if path.closed:
        before, after = (points[-1], *points), (*points[1:], points[0])
        return list(turns(before, points, after, path.rounded))
    inner = turns(points, points[1:-1], points[2:], path.rounded)
    return [(points[0],), *inner, (points[-1],)]


def turns(
    before: Sequence[Point], corners: Sequence[Point], after: Sequence[Point], radius: float
) -> Iterator[tuple[Point, ...]]:
    """For each corner the point where its curve begins, and the curve."""
    for start, corner, end in zip(before, corners, after, strict=False):
        yield (toward(corner, start, radius),)
        yield corner, toward(corner, end, radius)


def toward(start: Point, end: Point, distance: float) -> Point:
    """The point this far on the way, at most half of it."""
    (x, y), (to_x, to_y) = start, end
    length = max(abs(to_x - x), abs(to_y - y)) or 1.0
    share = min(distance / length, 0.5)
    return x + share * (to_x - x), y + share * (to_y - y)


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
