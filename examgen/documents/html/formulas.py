r"""Formulas in HTML: native MathML, annotated with the TeX of what a copy would lose.

Only what the house notation allows reaches the converter, which refuses what it does not know:
no formula is ever set by halves.
"""

from __future__ import annotations

import re
from functools import lru_cache

from math_core import LatexError, LatexToMathML

from examgen.documents.html.thinning import thinned
from examgen.documents.notation.checking import LAST_BREAK, objections
from examgen.faults import Fault

MACROS = {"dotsb": r"\cdots", "dotsc": r"\ldots", "widetilde": r"\tilde"}
"""House notation that the converter lacks, by what is as good."""
GROWS = re.compile("<mfrac|<msqrt|<mroot|<m?under|<mover|[∑∏∫⋃⋂]")
"""What is set larger on a line of its own."""
AS_TEXT = re.compile(r"\d+(?: \\times \d+)+|\(\d+(?:,|(?:, \d+)+)\)", re.ASCII)
"""A size or a shape, which is read the same without MathML."""
TIMES = r"\times"


@lru_cache(maxsize=1)
def converter() -> LatexToMathML:
    """The one converter; it keeps nothing from one formula to the next."""
    return LatexToMathML(fancy_error=False, macros=MACROS)


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
    return thinned(written, tex)


def within_line(source: str) -> str:
    """The formula within a line; what is as good as text is text, in one piece."""
    tex = source.strip()
    if tex.isdecimal():
        return tex
    if AS_TEXT.fullmatch(tex):
        return f"<span>{tex.replace(TIMES, '×')}</span>"
    return mathml(source)


def full_size(source: str) -> str:
    """A formula within a line, its fractions as large as on a line of its own."""
    written = within_line(source)
    return written.replace("<math>", "<math class=full>", 1) if GROWS.search(written) else written
