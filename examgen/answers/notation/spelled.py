"""Numbers that are written in words or as calls: `minus 3`, `Fraction(5, 12)`, `⁵⁄₁₂`.

Every replacement keeps the length, so that messages still point at the right character.
"""

import re

from examgen.answers.notation.normal import Normal

MINUS = re.compile(r"(?<![A-Za-z])(?:minus|negative|neg)\s(?=[0-9.∞√π(\\]|inf)", re.I)
CALLED = re.compile(
    r"(?<![A-Za-z])(?:(?:fractions|sympy|sp)\.)?(?:Fraction|Rational|frac)"
    r"(?=\(\s{0,3}[-+]?[0-9]{1,60}\s{0,3},\s{0,3}[-+]?[0-9]{1,60}\s{0,3}\))(\([^,]*),"
)
RAISED = re.compile(r"(?<![^\s\[(,;=≈-])\^(\([0-9]{1,60}\))/(?:_(?=[0-9]))?")


def spelled(normal: Normal) -> Normal:
    """The text with signs in their place."""
    text = normal.text
    if "n" in text or "N" in text:
        text = MINUS.sub(lambda match: "-".rjust(len(match[0])), text)
    if "ra" in text or "Ra" in text:
        text = CALLED.sub(lambda match: f"{match[1]}/".rjust(len(match[0])), text)
    if "^" in text:
        text = RAISED.sub(lambda match: f" {match[1]}/".ljust(len(match[0])), text)
    return normal if text is normal.text else Normal(text, normal.places, normal.raw)
