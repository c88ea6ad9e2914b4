"""The structure of a formula as a line of text, from Typst's reading and from MathML.

The MathML is written from the TeX by math-core, which shares no code with us: where both lines are
equal, nothing was lost, added or moved on the way to Typst.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from unicodedata import normalize
from xml.etree import ElementTree

from math_core import LatexToMathML

from examgen.documents.html.formulas import MACROS
from examgen.documents.notation.checking import checked

CONVERTER = LatexToMathML(annotation=False, fancy_error=False, macros=MACROS)
INVISIBLE = str.maketrans("", "", " \u00a0\u2005\u2009\u2003\u2061\u2062\u2063\u200b\ufe00")
ALIKE = str.maketrans({"∣": "|", "′": "'", "∗": "*", "ϕ": "φ", "⟂": "⊥", "⋅": "·", "⊨": "⊧"})
ACCENTS = set("ˆ^˜~¯→˙¨´`˘ˇ‾_⏞⏟") | set(map(chr, range(0x300, 0x370))) | {"\u20d7"}
LINES = ("overline", "underline", "overbrace", "underbrace")


def plain(text: str) -> str:
    """Signs that mean the same are the same, and spaces mean nothing."""
    return normalize("NFKC", text.translate(ALIKE)).translate(ALIKE).translate(INVISIBLE)


def by_typst(formulas: Iterable[str]) -> list[str]:
    """What Typst understands of formulas in its own notation."""
    import typst  # the extra [pdf]: tests that call this skip where it is missing

    lines = "\n".join(f"#within($ {each} $)" for each in formulas)
    source = f"#let within(body) = body\n{lines}\n"
    found = json.loads(typst.query(source.encode(), "math.equation"))
    return [of_typst(each["body"]) for each in found if each.get("block")]


def of_typst(node: Any) -> str:
    """The line of a piece of Typst's content."""
    match node:
        case {"func": "sequence", "children": children}:
            return "".join(map(of_typst, children))
        case {"func": "text" | "symbol", "text": text}:
            return plain(text)
        case {"func": "space" | "h" | "align-point"}:
            return ""
        case {"func": "frac", "num": top, "denom": bottom}:
            return f"({of_typst(top)}/{of_typst(bottom)})"
        case {"func": "binom", "upper": top, "lower": [bottom]}:
            return f"(({of_typst(top)}/{of_typst(bottom)}))"
        case {"func": "attach", "base": main, **scripts}:
            below = f"_{{{of_typst(scripts['b'])}}}" if "b" in scripts else ""
            above = "".join(of_typst(scripts[each]) for each in ("tr", "t") if each in scripts)
            return f"{of_typst(main)}{below}" + (f"^{{{above}}}" if above else "")
        case {"func": "primes", "count": count}:
            return "'" * int(count)
        case {"func": "root", "radicand": inner, **more}:
            return f"√[{of_typst(more['index']) if 'index' in more else ''}]{{{of_typst(inner)}}}"
        case {"func": "accent", "base": inner}:
            return f"accent{{{of_typst(inner)}}}"
        case {"func": name, "body": inner} if name in LINES:
            return f"accent{{{of_typst(inner)}}}"
        case {"func": "mat", "delim": edges, "rows": rows}:
            body = ";".join(",".join(map(of_typst, row)) for row in rows)
            return f"{plain(edges[0] or '')}<{body}>{plain(edges[1] or '')}"
        case {"func": "cases", "children": rows}:
            return f"{{<{';'.join(map(of_typst, rows))}>"
        case {"func": "op", "text": inner} | {"child": inner} | {"body": inner} | {"base": inner}:
            return of_typst(inner)
    raise ValueError(f"Typst's {node} is not known to the oracle")


def by_mathml(tex: str) -> str:
    """What math-core understands of a formula in TeX."""
    without_heights = tex.replace(r"\\[3pt]", r"\\")
    written = CONVERTER.convert_with_local_state(checked(without_heights), displaystyle=True)
    root = ElementTree.fromstring(written.replace("&ApplyFunction;", ""))
    return of_mathml(root).replace("···", "⋯")


def of_mathml(element: ElementTree.Element) -> str:
    """The line of a piece of MathML."""
    inner = [of_mathml(each) for each in element]
    match element.tag:
        case "mi" | "mo" | "mn" | "mtext":
            return plain("".join(element.itertext()))
        case "mfrac":
            return f"({inner[0]}/{inner[1]})"
        case "msqrt":
            return f"√[]{{{''.join(inner)}}}"
        case "mroot":
            return f"√[{inner[1]}]{{{inner[0]}}}"
        case "mover" | "munder" if inner[1] == "":
            return inner[0]
        case "mover" | "munder" if inner[1] in ACCENTS:
            return f"accent{{{inner[0]}}}"
        case "msub" | "munder":
            return f"{inner[0]}_{{{inner[1]}}}"
        case "msup" | "mover":
            return f"{inner[0]}^{{{inner[1]}}}"
        case "msubsup" | "munderover":
            return f"{inner[0]}_{{{inner[1]}}}^{{{inner[2]}}}"
        case "mtable":
            return f"<{';'.join(inner)}>"
        case "mtr":
            aligned = any("text-align" in each.get("style", "") for each in element)
            return ("" if aligned else ",").join(inner)
    return "".join(inner)
