"""Which PDF engine there is."""

from __future__ import annotations

from typing import Literal

from examgen.documents.pdf import latex, typst
from examgen.documents.pdf.engine import Engine
from examgen.faults import MissingTool

Wanted = Literal["auto", "latex", "typst"]
TITLES = {"latex": "LaTeX", "typst": "Typst"}
CURES = {"latex": latex.CURE, "typst": 'pip install "examgen-ml[pdf]"'}


def choose(wanted: Wanted) -> Engine:
    """The engine *wanted*; for "auto" LaTeX, and where that is not here Typst.

    Raises `MissingTool` with the cure where there is none.
    """
    lacks = {"latex": latex.missing, "typst": typst.missing}
    asked = list(lacks) if wanted == "auto" else [wanted]
    found = {}
    for name in asked:
        found[name] = lacks[name]()
        if not found[name]:
            return latex.PdfLatex() if name == "latex" else typst.Typst()
    reasons = (f"{TITLES[name]} is not here (no {', '.join(found[name])})" for name in asked)
    cures = (CURES[name] for name in reversed(asked))
    raise MissingTool(f"--pdf-engine {wanted}", " and ".join(reasons), " or ".join(cures))
