r"""LaTeX commands in a student's answer, as tokens (`\frac`, `\cdot`, `\begin{bmatrix}`)."""

import re

from examgen.answers.notation.tokens import Token
from examgen.answers.reading import Unreadable
from examgen.answers.visible import quoted

COMMAND = re.compile(r"\\([A-Za-z]+\*?|[^A-Za-z]|$)", re.DOTALL)
ENVIRONMENT = re.compile(
    r"\s*\{\s*([a-zA-Z]+\*?)\s*\}(?:\s*\{(?:\*\{[0-9]{1,2}\}\{[clr]\}|[clr| ]{0,40})\})?"
)
ROW_SPACE = re.compile(r"\s*\[\s*[0-9.]+\s*(?:pt|em|ex|mm)\s*\]")
MATRICES = {
    **dict.fromkeys(("bmatrix", "pmatrix", "Bmatrix"), "begin"),
    **dict.fromkeys(("matrix", "array", "smallmatrix"), "bare"),
}
"""Environments, and whether they are `bare`: the brackets are written around them."""
SKIPPED_TEXT = """
    left right big Big bigg Bigg bigl bigr Bigl Bigr displaystyle textstyle limits quad qquad
    boxed operatorname , ; : ! > ( ) [ ] $
"""
SKIPPED = frozenset(SKIPPED_TEXT.split()) | {" ", "\n", "\t"}
SIGNS = {
    "cdot": ("op", "*"),
    "times": ("op", "*"),
    "ast": ("op", "*"),
    "div": ("op", "/"),
    "%": ("op", "%"),
    "_": ("op", "_"),
    "{": ("open", "{"),
    "}": ("close", "}"),
    "lbrace": ("open", "{"),
    "rbrace": ("close", "}"),
    "lbrack": ("open", "["),
    "rbrack": ("close", "]"),
    "langle": ("open", "("),
    "rangle": ("close", ")"),
    "lfloor": ("open", "⌊"),
    "rfloor": ("close", "⌋"),
    "lceil": ("open", "⌈"),
    "rceil": ("close", "⌉"),
    "\\": ("separator", "\n"),
    "cr": ("separator", "\n"),
    "frac": ("frac", "frac"),
    "dfrac": ("frac", "frac"),
    "tfrac": ("frac", "frac"),
    "cfrac": ("frac", "frac"),
    "emptyset": ("empty", "∅"),
    "varnothing": ("empty", "∅"),
    "top": ("transpose", "T"),
    "intercal": ("transpose", "T"),
    "infty": ("infinite", "inf"),
    "sqrt": ("function", "root"),
    "sigma": ("function", "sigmoid"),
}


def read(text: str, index: int, at: int) -> tuple[int, list[Token]]:
    """The tokens of the command at `index`, and where it ends.

    A command that spells a name comes as the token `command`.
    """
    match = COMMAND.match(text, index)
    assert match is not None
    name = match[1].rstrip("*")
    if name in ("begin", "end"):
        return environment(text, match, at)
    if name in SIGNS:
        end = match.end()
        if name == "\\" and (space := ROW_SPACE.match(text, end)):
            end = space.end()
        return end, [Token(*SIGNS[name], at)]
    if name in SKIPPED:
        return match.end(), [Token("skip", "", at)]
    if not name.isalpha():
        raise Unreadable(f"I do not know what {quoted(match[0])} means here", at)
    return match.end(), [Token("command", name, at)]


def environment(text: str, match: re.Match[str], at: int) -> tuple[int, list[Token]]:
    r"""`\begin{bmatrix}` or its end."""
    named = ENVIRONMENT.match(text, match.end())
    if named is None or named[1].rstrip("*") not in MATRICES:
        raise Unreadable(f"I do not know {quoted(match[0] + (named[0] if named else ''))}", at)
    if match[1] == "end":
        return named.end(), [Token("close", "end", at)]
    return named.end(), [Token("open", MATRICES[named[1].rstrip("*")], at)]
