"""What people write around a shape: names of axes, a legend, a batch axis without a size.

Every replacement keeps the length, so that messages still point at the right character.
"""

import re

from examgen.answers.notation.normal import Normal
from examgen.answers.notation.preparing import blank

AXIS = r"(?:[NBCHWDTLKM]|batch|channels?|height|width|depth|rows?|columns?|cols?)"
NAMED = re.compile(rf"(?<![A-Za-z]){AXIS}\s?[=:]\s?(?=[0-9])", re.I)
LEGEND = re.compile(r"(?<=[0-9)\]])\s{0,9}\(\s?[A-Za-z][A-Za-z ,*_-]{0,60}\)\s{0,9}\.?\s{0,9}$")
HYPHENS = re.compile(r"(?<=[0-9])-by-(?=[0-9])")
BATCH = re.compile(
    r"(\s*[(\[]?\s{0,9})(N|B|None|bs|batch(?:[_ ]?size)?)\s{0,9}[,x*](?=\s{0,9}[0-9])", re.I
)


def tidied(normal: Normal) -> Normal:
    """The text without names of axes (`C=3`) and a legend (`(C x H x W)`)."""
    text = normal.text
    if len(NAMED.findall(text)) > 1:
        text = NAMED.sub(blank, text)
    text = HYPHENS.sub(" by ", LEGEND.sub(blank, text))
    return Normal(text, normal.places, normal.raw)


def without_batch(normal: Normal, start: int, end: int) -> tuple[Normal, str]:
    """The text without a batch axis that is named and not counted, and its name ("" for none)."""
    match = BATCH.match(normal.text, start, end)
    if match is None:
        return normal, ""
    kept = normal.text[: match.end(1)] + " " * (match.end() - match.end(1))
    return Normal(kept + normal.text[match.end() :], normal.places, normal.raw), match[2]
