"""Ways to write a vector that are no brackets: `<4, -4>`, `z1 = 4, z2 = -4`, `\\binom{4}{-4}`.

Every replacement keeps the length, so that messages still point at the right character.
"""

import re

from examgen.answers.notation.normal import Normal
from examgen.answers.notation.preparing import blank

ANGLES = re.compile(r"(\s*)<([^<>]*)>(.*)", re.DOTALL)
BRACED = r"\{((?:[^{}]|\{[^{}]*\})*)\}"
COLUMN = re.compile(rf"(\s*)\\(?:d|t)?binom(\s?){BRACED}(\s?){BRACED}(.*)", re.DOTALL)
COMPONENT = re.compile(r"(?<![^\s,;(\[])[A-Za-z]_?\{?[0-9]{1,2}\}?\s?=")
FLAT = re.compile(r"\s*[(\[][^()\[\];\n]*[)\]]")
ORIENTED = re.compile(
    r"(?<=[)\]}])\s{0,9}\(\s?(?:as )?(?:an? )?(column|row)(?:[ -]?vector)?\s?\)\s{0,9}\.?\s{0,9}$",
    re.I,
)
ENVELOPED = re.compile(
    r"\{(\s{0,9}\\begin\s{0,9}\{array\}(?:(?!\\begin).)*?\\end\s{0,9}\{array\}\s{0,9})\}", re.DOTALL
)
"""`{\\begin{array} … \\end{array}}`, as formula editors write it: braces that only group."""
DASHED = re.compile(r"\s*+-[ \t][^\n]*+(?:\n\s*+-[ \t][^\n]*+)++\s*+")
DASHES = re.compile(r"[ \t]*+(?:-[ \t]+)++")


def is_dashed(text: str) -> bool:
    """Whether all of several lines begin with a dash and a blank, as lists in YAML do."""
    return "\n" in text and DASHED.fullmatch(text) is not None


def undashed(text: str) -> str:
    """The lines without the dashes before them; where some have two, these begin the rows."""
    marks = [(DASHES.match(line), line) for line in text.strip().split("\n")]
    entries = [(mark[0].count("-"), line[mark.end() :].strip()) for mark, line in marks if mark]
    if all(depth == 1 for depth, _ in entries):
        return "\n".join(entry for _, entry in entries)
    return "".join(("\n" if depth > 1 else ", ") + entry for depth, entry in entries).strip(", \n")


PLAIN = r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?"
SLASHED = re.compile(
    rf"\s*{PLAIN}(?:[ ,]{{1,3}}{PLAIN})+(?:\s/\s{PLAIN}(?:[ ,]{{1,3}}{PLAIN})+)+\s*\.?\s*"
)


def with_rows(normal: Normal) -> Normal | None:
    """The text with semicolons for slashes, if they may stand between rows: `1 2 / 3 4`."""
    text = normal.text
    if "/" not in text or not SLASHED.fullmatch(text):
        return None
    lengths = {len(re.findall(PLAIN, row)) for row in text.split("/")}
    return Normal(text.replace("/", ";"), normal.places, normal.raw) if len(lengths) == 1 else None


def tidied(normal: Normal) -> Normal:
    """The text with brackets in their place, and `^T` where it is said to be a column."""
    text = normal.text
    if match := ANGLES.fullmatch(text):
        text = f"{match[1]}({match[2]}){match[3]}"
    if "binom" in text and (match := COLUMN.fullmatch(text)):
        gap = " " * (match.start(3) - match.end(1) - 1)
        between = " " * (match.start(5) - match.end(3) - 1)
        text = f"{match[1]}{gap}[{match[3]}{between};{match[5]}]{match[6]}"
    if "\\begin" in text:
        text = ENVELOPED.sub(r" \1 ", text)
    names = COMPONENT.findall(text)
    if 1 < len(names) == text.count("=") and len(set(names)) == len(names):
        text = COMPONENT.sub(blank, text)
    if match := ORIENTED.search(text):
        flat = match[1].lower() == "column" and FLAT.fullmatch(text, 0, match.start())
        text = text[: match.start()] + ("^T" if flat else "  ") + " " * (len(match[0]) - 2)
    return Normal(text, normal.places, normal.raw)
