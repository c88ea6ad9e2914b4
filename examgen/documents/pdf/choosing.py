"""Which PDF engine there is."""

from __future__ import annotations

from typing import Literal

from examgen.documents.pdf import latex
from examgen.documents.pdf.engine import Engine
from examgen.faults import MissingTool

Wanted = Literal["auto", "latex", "typst"]
EXTRA = 'pip install "examgen-ml[pdf]"'


def choose(wanted: Wanted) -> Engine:
    """The engine *wanted*: the best there is for "auto".

    Raises `MissingTool` with the cure where it is not here.
    """
    lacks = latex.missing()
    if not lacks:
        return latex.PdfLatex()
    raise MissingTool(
        f"--pdf-engine {wanted}", f"LaTeX is not here (no {', '.join(lacks)})", latex.CURE
    )
