"""Drawing figures: one geometry, and a thin writer each for SVG and TikZ."""

from examgen.documents.figures.drawing import draw
from examgen.documents.figures.svg import explicit_svg, inline_drawing, inline_svg, svg_file
from examgen.documents.figures.tikz import tikz

__all__ = ["draw", "explicit_svg", "inline_drawing", "inline_svg", "svg_file", "tikz"]
