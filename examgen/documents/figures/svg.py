"""Drawings as SVG, for pages of either colour, for print, and as files of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import compress, groupby
from typing import cast

from examgen.documents.figures.drawing import draw
from examgen.documents.figures.lettering import SIZES, Run, Size, runs
from examgen.documents.figures.primitives import (
    Circle,
    Drawing,
    Look,
    Path,
    Text,
)
from examgen.documents.figures.svg_looks import ATTRIBUTES, CLASSES, ROOT, Looks
from examgen.documents.figures.svg_paths import in_tenths, number, numbers, outline, pair
from examgen.documents.kept_pages import KEPT_FIGURES
from examgen.kept import kept
from examgen.questions.figures import Figure

CARD = '<rect x="{}" y="{}" width="{}" height="{}" fill="#fff"/>'
"""A file may be shown on a dark page: it brings its own paper."""


@kept(KEPT_FIGURES)
def inline_svg(figure: Figure) -> str:
    """SVG to stand within an HTML page, in its colours and type.

    Kept, because a key shows the figures of its paper.
    """
    return inline_drawing(draw(figure), figure.title, figure.alt)


def explicit_svg(figure: Figure) -> str:
    """SVG with colours of its own, to be put on white paper."""
    return standing(draw(figure), figure.title, figure.alt)


@kept(KEPT_FIGURES)
def svg_file(figure: Figure) -> str:
    """SVG as a file of its own, which brings its white paper.

    Kept, because half of the figures, those without numbers, stand in many forms.
    """
    return standing(draw(figure), figure.title, figure.alt, card=True) + "\n"


def inline_drawing(drawing: Drawing, title: str, alt: str) -> str:
    """A drawing that may be no figure, such as a chart, to stand within an HTML page.

    Its title and description are what a screen reader says of it. A browser knows the name space,
    and the height from the width.
    """
    view = view_of(drawing)
    said = escape(f"{title}. {alt}")
    opening = f'<svg viewBox="{" ".join(view)}" width="{view[2]}" role="img" aria-label="{said}">'
    return "\n".join([opening, *elements(drawing, CLASSES), "</svg>"])


def standing(drawing: Drawing, title: str, alt: str, *, card: bool = False) -> str:
    """A drawing that needs no page, with its title and its description."""
    view = view_of(drawing)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{" ".join(view)}" width="{view[2]}" '
        f'height="{view[3]}" role="img" aria-labelledby="figure-t figure-d"{ROOT}>',
        f'<title id="figure-t">{escape(title)}</title>',
        f'<desc id="figure-d">{escape(alt)}</desc>',
    ]
    if card:
        lines.append(CARD.format(*view))
    lines += elements(drawing, ATTRIBUTES)
    return "\n".join([*lines, "</svg>"])


def view_of(drawing: Drawing) -> list[str]:
    """Where a drawing begins, its width and its height."""
    box = drawing.bounds
    return numbers(box.left, box.top, box.right - box.left, box.bottom - box.top)


def elements(drawing: Drawing, looks: Looks) -> Iterator[str]:
    """The elements; neighbours that look alike share their attributes."""
    for layer in drawing.layers:
        first = layer[0]
        if isinstance(first, Path):
            outlines = "".join(map(outline, cast(Sequence[Path], layer)))
            yield f'<path d="{outlines}"{looks.paint(first.look)}/>'
        elif isinstance(first, Circle):
            yield circles(cast(Sequence[Circle], layer), first.look, looks)
        else:
            labels = cast(Sequence[Text], layer)
            for slanted in (False, True):
                alike = [each for each in labels if looks.slants(each.label) is slanted]
                if alike:
                    lines = list(texts(alike, looks, slanted=slanted))
                    yield together(lines, looks.lettering(first.look, slanted=slanted))


def together(alike: Sequence[str], attributes: str) -> str:
    """Elements that share these attributes."""
    if len(alike) == 1:
        tag, rest = alike[0].split(" ", 1)
        return f"{tag}{attributes} {rest}"
    return f"<g{attributes}>{''.join(alike)}</g>" if attributes else "".join(alike)


def circles(alike: Sequence[Circle], look: Look, looks: Looks) -> str:
    """Circles; several discs of one size may be the dots of one path."""
    radii = {each.radius for each in alike}
    if len(alike) > 1 and len(radii) == 1 and (dots := looks.dots(look, *radii)):
        way = "".join(f"M{pair(*in_tenths(each.center))}h0" for each in alike)
        return f'<path d="{way}"{dots}/>'
    return together([circle(each) for each in alike], looks.paint(look))


def circle(drawn: Circle) -> str:
    """A circle."""
    x, y, radius = numbers(*drawn.center, drawn.radius)
    return f'<circle cx="{x}" cy="{y}" r="{radius}"/>'


def texts(labels: Sequence[Text], looks: Looks, *, slanted: bool) -> Iterator[str]:
    """The labels; those of a line stand in one text, which has many places, if it can."""
    for _, group in groupby(labels, lambda each: each.at[1]):
        row = list(group)
        said = [only_character(each.label, slanted) for each in row]
        if len(row) - said.count("") > 1:
            xs = " ".join(numbers(*(each.at[0] for each in compress(row, said))))
            yield f'<text x="{xs}" y="{number(row[0].baseline)}">{"".join(said)}</text>'
            row = [each for each, character in zip(row, said, strict=True) if not character]
        for each in row:
            yield text(each, looks)


@lru_cache(maxsize=1024)
def only_character(label: str, slanted: bool) -> str:
    """The single digit or letter that is all of a label, if it is in this shape."""
    first, *others = runs(label) or [Run("")]
    alone = not others and not first.shift and first.italic is slanted
    return first.text if alone and len(first.text) == 1 and first.text.isalnum() else ""


def text(label: Text, looks: Looks) -> str:
    """A label."""
    x, y = numbers(label.at[0], label.baseline)
    return f'<text x="{x}" y="{y}">{words(label.label, label.size, looks)}</text>'


@lru_cache(maxsize=4096)
def words(label: str, size: Size, looks: Looks) -> str:
    """What stands in a label."""
    return "".join(pieces(runs(label), size, looks, slanted=looks.slants(label)))


def pieces(found: tuple[Run, ...], size: Size, looks: Looks, *, slanted: bool) -> Iterator[str]:
    """The text of a label; a shift lasts until the next piece takes it back."""
    height = 0.0
    for run in found:
        wanted = {"": 0.0, "_": 0.22, "^": -0.36}[run.shift] * SIZES[size]
        lowered = number(wanted - height) if wanted != height else ""
        height = wanted
        said = escape(run.text, quote=False)
        tag = "tspan" + looks.run(run, size, lowered)
        yield f"<{tag}>{said}</tspan>" if lowered or run.italic is not slanted else said
