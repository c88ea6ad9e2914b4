"""Drawings as SVG, for pages of either colour, for print, and as files of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby

from examgen.documents.figures.drawing import draw
from examgen.documents.figures.lettering import SIZES, Run, Size, runs
from examgen.documents.figures.primitives import Circle, Drawing, Path, Primitive, Text
from examgen.documents.figures.svg_looks import Attributes, Classes, Looks
from examgen.documents.figures.svg_paths import number, numbers, outline
from examgen.questions.figures import Figure

CARD = '<rect x="{}" y="{}" width="{}" height="{}" fill="#fff"/>'
"""A file may be shown on a dark page: it brings its own paper."""


@lru_cache(maxsize=256)
def inline_svg(figure: Figure, name: str) -> str:
    """SVG to stand within an HTML page, in its colours and type; *name* is unique there.

    Kept, because a key shows the figures of its paper.
    """
    return svg(figure, Classes(), name)


def explicit_svg(figure: Figure, name: str = "figure") -> str:
    """SVG with colours of its own, to be put on white paper."""
    return svg(figure, Attributes(), name)


@lru_cache(maxsize=256)
def svg_file(figure: Figure) -> str:
    """SVG as a file of its own, which brings its white paper.

    Kept, because half of the figures, those without numbers, stand in many forms.
    """
    return svg(figure, Attributes(), "figure", card=True) + "\n"


def svg(figure: Figure, looks: Looks, name: str, *, card: bool = False) -> str:
    """A figure, drawn; its description is what a screen reader says of it."""
    return written(draw(figure), figure.title, figure.alt, looks, name, card=card)


def inline_drawing(drawing: Drawing, title: str, alt: str, name: str) -> str:
    """A drawing that is no figure, such as a chart, to stand within an HTML page."""
    return written(drawing, title, alt, Classes(), name)


def written(
    drawing: Drawing, title: str, alt: str, looks: Looks, name: str, *, card: bool = False
) -> str:
    """One drawing with its title and its description."""
    box = drawing.bounds
    view = numbers(box.left, box.top, box.right - box.left, box.bottom - box.top)
    space, height = "", ""
    if looks.root:  # within a page a browser knows the name, and the height from the width
        space, height = ' xmlns="http://www.w3.org/2000/svg"', f' height="{view[3]}"'
    lines = [
        f'<svg{space} viewBox="{" ".join(view)}" width="{view[2]}"{height} role="img" '
        f'aria-labelledby="{name}-t {name}-d"{looks.root}>',
        f'<title id="{name}-t">{escape(title)}</title>',
        f'<desc id="{name}-d">{escape(alt)}</desc>',
    ]
    if card:
        lines.append(CARD.format(*view))
    lines += elements(drawing.primitives, looks)
    return "\n".join([*lines, "</svg>"])


def elements(primitives: Iterable[Primitive], looks: Looks) -> Iterator[str]:
    """The elements; neighbours that look alike share their attributes."""
    for (kind, look), group in groupby(primitives, lambda each: (type(each), each.look)):
        if kind is Path:
            outlines = "".join(outline(each) for each in group if isinstance(each, Path))
            yield f'<path d="{outlines}"{looks.paint(look)}/>'
        elif kind is Circle:
            discs = [disc(each) for each in group if isinstance(each, Circle)]
            yield together(discs, looks.paint(look))
        else:
            labels = [each for each in group if isinstance(each, Text)]
            yield together(list(texts(labels, looks)), looks.lettering(look))


def together(alike: Sequence[str], attributes: str) -> str:
    """Elements that share these attributes."""
    if len(alike) == 1:
        tag, rest = alike[0].split(" ", 1)
        return f"{tag}{attributes} {rest}"
    return f"<g{attributes}>{''.join(alike)}</g>" if attributes else "".join(alike)


def disc(circle: Circle) -> str:
    """A circle."""
    x, y, radius = numbers(*circle.center, circle.radius)
    return f'<circle cx="{x}" cy="{y}" r="{radius}"/>'


def texts(labels: Sequence[Text], looks: Looks) -> Iterator[str]:
    """The labels; single digits and letters of a line are one text with many places."""
    for y, group in groupby(labels, lambda each: each.baseline):
        row = list(group)
        single = [each for each in row if is_single(each)]
        if len(single) > 1:
            xs, said = " ".join(numbers(*(e.at[0] for e in single))), [e.label for e in single]
            yield f'<text x="{xs}" y="{number(y)}">{"".join(said)}</text>'
            row = [each for each in row if not is_single(each)]
        yield from (text(each, looks) for each in row)


def is_single(label: Text) -> bool:
    """Whether it is a single character that stands for itself."""
    return len(label.label) == 1 and label.label.isalnum()


def text(label: Text, looks: Looks) -> str:
    """A label."""
    x, y = numbers(label.at[0], label.baseline)
    return f'<text x="{x}" y="{y}">{words(label.label, label.size, looks)}</text>'


@lru_cache(maxsize=4096)
def words(label: str, size: Size, looks: Looks) -> str:
    """What stands in a label."""
    return "".join(pieces(runs(label), size, looks))


def pieces(found: tuple[Run, ...], size: Size, looks: Looks) -> Iterator[str]:
    """The text of a label; a shift lasts until the next piece takes it back."""
    height = 0.0
    for run in found:
        wanted = {"": 0.0, "_": 0.22, "^": -0.36}[run.shift] * SIZES[size]
        lowered = number(wanted - height) if wanted != height else ""
        height = wanted
        said = escape(run.text, quote=False)
        tag = "tspan" + looks.run(run, size, lowered)
        yield f"<{tag}>{said}</tspan>" if lowered or run.italic else said
