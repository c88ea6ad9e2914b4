"""Which PDF engine there is."""

from __future__ import annotations

from typing import Literal

from examgen.documents.look import Look
from examgen.documents.pdf import latex, typst
from examgen.documents.pdf.engine import Engine
from examgen.faults import Fault, MissingTool

Wanted = Literal["auto", "latex", "typst"]
PIP = 'pip install "examgen-ml[pdf]"'


def choose(wanted: Wanted, look: Look) -> Engine:
    """The engine *wanted*; for "auto" LaTeX, and where that is not here Typst.

    Raises `MissingTool` with the cure where there is none, and `Fault` where the engine wanted
    cannot set pages of that look.
    """
    if look.style == "exam" and wanted == "typst":
        raise Fault("--pdf-engine typst", "the style exam is LaTeX's", "--pdf-engine latex")
    only_latex = wanted == "latex" or look.style == "exam"
    lacks_latex = latex.missing(look.style) if wanted != "typst" else []
    if wanted != "typst" and not lacks_latex:
        return latex.PdfLatex()
    lacks_typst = typst.missing() if not only_latex else []
    if not only_latex and not lacks_typst:
        return typst.Typst()
    reasons = [
        f"{title} is not here (no {', '.join(lacks)})"
        for title, lacks in (("LaTeX", lacks_latex), ("Typst", lacks_typst))
        if lacks
    ]
    cures = [PIP] * bool(lacks_typst) + [latex.cure(look.style)] * bool(lacks_latex)
    raise MissingTool(f"--pdf-engine {wanted}", " and ".join(reasons), " or ".join(cures))
