r"""Formulas in HTML: native MathML, with their TeX as annotation for whoever copies it.

Only what the house notation allows reaches the converter, which refuses what it does not know:
no formula is ever set by halves.
"""

from __future__ import annotations

import re
from functools import lru_cache

from math_core import LatexError, LatexToMathML

from examgen.documents.latex_math import LAST_BREAK, objections
from examgen.faults import Fault

MACROS = {"dotsb": r"\cdots", "dotsc": r"\ldots", "widetilde": r"\tilde"}
"""House notation that the converter lacks, by what is as good."""
SHORTER = {
    ' style="text-align: right;justify-items: end;padding-right: 0;"': ' class="r"',
    ' style="text-align: left;justify-items: start;padding-left: 0;"': ' class="l"',
    '<mtable displaystyle="false" scriptlevel="0">': "<mtable>",
    ' scriptlevel="0"': "",
}
"""What the converter writes, by what says the same: names of the style sheet, defaults."""
NAMED = re.compile(r"<mrow><mspace/>(<mi>\w+</mi>)</mrow>")
"""The name of an operator, with the space before it that it need not have."""
ITSELF = re.compile(r"[A-Za-z]|\d+")
"""A formula that needs no annotation: its source is what one reads."""
SEMANTICS = re.compile(r"<semantics>(.*)<annotation .*</semantics>", re.DOTALL)


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
    return thinned(SEMANTICS.sub(r"\1", written) if ITSELF.fullmatch(tex) else written)


def thinned(written: str) -> str:
    """The same MathML in fewer bytes: a key has hundreds of formulas."""
    for long, short in SHORTER.items():
        written = written.replace(long, short)
    return NAMED.sub(r"\1", written)


def full_size(source: str) -> str:
    """A formula within a line, its fractions as large as on a line of its own."""
    return mathml(source).replace("<math>", '<math displaystyle="true">', 1)
