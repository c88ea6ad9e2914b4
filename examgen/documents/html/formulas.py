r"""Formulas in HTML: native MathML, with their TeX as annotation for whoever copies it.

Only what the house notation allows reaches the converter, which refuses what it does not know:
no formula is ever set by halves.
"""

from __future__ import annotations

from functools import lru_cache

from math_core import LatexError, LatexToMathML

from examgen.documents.latex_math import LAST_BREAK, objections
from examgen.faults import Fault

MACROS = {"dotsb": r"\cdots", "dotsc": r"\ldots", "widetilde": r"\tilde"}
"""House notation that the converter lacks, by what is as good."""
ALIGNMENTS = {
    ' style="text-align: right;justify-items: end;padding-right: 0;"': ' class="r"',
    ' style="text-align: left;justify-items: start;padding-left: 0;"': ' class="l"',
}
"""The converter's styles of aligned cells, and the style sheet's names for them."""


@lru_cache(maxsize=1)
def converter() -> LatexToMathML:
    """The one converter; it keeps nothing from one formula to the next."""
    return LatexToMathML(annotation=True, fancy_error=False, macros=MACROS)


@lru_cache(maxsize=8192)
def mathml(source: str, *, display: bool = False) -> str:
    """The formula within a line, or for a line of its own; raises `Fault` where it is none."""
    tex = LAST_BREAK.sub("", " ".join(source.split()))
    for reason, allowed in objections(tex):
        raise Fault(f"the formula {tex!r}", reason, allowed)
    try:
        written = converter().convert_with_local_state(tex, displaystyle=display)
    except LatexError as error:
        raise Fault(f"the formula {tex!r}", f"HTML cannot show it ({error})") from error
    for style, name in ALIGNMENTS.items():
        written = written.replace(style, name)
    return written


def full_size(source: str) -> str:
    """A formula within a line, its fractions as large as on a line of its own."""
    return mathml(source).replace("<math>", '<math displaystyle="true">', 1)
