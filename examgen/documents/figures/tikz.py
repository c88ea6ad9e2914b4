r"""Drawings as TikZ; the styles stand in the preamble (`templates/latex/figures.tex.jinja`)."""

from __future__ import annotations

from functools import lru_cache

from examgen.documents.escaping import latex
from examgen.documents.figures.drawing import draw
from examgen.documents.figures.lettering import Run, runs
from examgen.documents.figures.primitives import Circle, Path, Point, Primitive, Text
from examgen.documents.figures.svg_paths import decimal, number
from examgen.documents.kept_pages import KEPT_FIGURES
from examgen.kept import kept
from examgen.questions.figures import Figure

LINE = 96
"""Hexadecimal digits of a description on a line of the source."""
ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}


@kept(KEPT_FIGURES)
def tikz(figure: Figure) -> str:
    r"""A `tikzpicture`; only the core of TikZ is used.

    `\\described` lets the PDF say the figure in words; the source says it in a comment.
    """
    words = f"\\described{{{in_utf16(figure.alt)}}}{{%"
    picture = [
        "\\begin{tikzpicture}[figure]",
        *map(command, draw(figure).primitives),
        "\\end{tikzpicture}",
    ]
    return "\n".join([f"% {' '.join(figure.alt.split())}", words, *picture]) + "}"


def in_utf16(text: str) -> str:
    """Text as the digits of a hexadecimal PDF string, on lines of a decent length."""
    digits = f"feff{text.encode('utf-16-be').hex()}"
    return "%\n".join(digits[start : start + LINE] for start in range(0, len(digits), LINE))


def place(point: Point) -> str:
    """A point."""
    x, y = point
    return f"({decimal(round(10 * x))},{decimal(round(10 * y))})"


def command(primitive: Primitive) -> str:
    """The command that draws a primitive."""
    match primitive:
        case Path():
            corners = " -- ".join(map(place, primitive.points))
            return f"\\path[{style(primitive)}] {corners}{' -- cycle' if primitive.closed else ''};"
        case Circle():
            radius = f"circle [radius={number(0.75 * primitive.radius)}bp]"
            return f"\\path[{style(primitive)}] {place(primitive.center)} {radius};"
        case Text():
            return text(primitive)


def style(primitive: Path | Circle) -> str:
    """The options of an area and its outline."""
    options = [f"fill=figure-{primitive.tint}"] if primitive.tint else []
    if primitive.ink:
        options.append(f"draw=figure-{primitive.ink}")
        if primitive.weight != 1:
            options.append(f"line width={number(0.75 * primitive.weight)}bp")
    if isinstance(primitive, Path):
        options += ["dash pattern=on 3bp off 2.2bp"] if primitive.dashed else []
        options += [f"rounded corners={number(0.55 * primitive.rounded)}bp"] * bool(
            primitive.rounded
        )
    return ",".join(options)


def text(label: Text) -> str:
    """A label."""
    at = place((label.at[0], label.baseline))
    size = "" if label.size == "normal" else "figure-small,"
    color = "" if label.ink == "line" else f",text=figure-{label.ink}"
    return f"\\node[{size}anchor={ANCHORS[label.anchor]}{color}] at {at} {{{words(label.label)}}};"


@lru_cache(maxsize=4096)
def words(label: str) -> str:
    """What stands in a label; pieces of mathematics that meet are one."""
    return "".join(map(piece, runs(label))).replace("$$", "")


def piece(run: Run) -> str:
    """A piece of a label: variables and what is shifted as mathematics."""
    if run.shift:
        inner = symbols(run.text) if run.italic else rf"\mathrm{{{symbols(run.text)}}}"
        return f"${run.shift}{{{inner}}}$"
    return f"${symbols(run.text)}$" if run.italic else latex.escape(run.text)


def symbols(characters: str) -> str:
    """Characters in mathematics."""
    return "".join(f"{latex.MATH.get(each, latex.escape(each))} " for each in characters).strip()
