"""What stands around an answer and is no part of it, blanked out: quotes, labels, LaTeX text.

Every replacement keeps the length, so that messages still point at the right character.
"""

import re

from examgen.answers.limits import Limits
from examgen.answers.notation.normal import Normal, normalise

STYLED = re.compile(
    r"\\(?:mathrm|mathbf|mathsf|mathit|mathbb|text|textrm|textbf|textit|operatorname|boldsymbol"
    r"|mbox)\*?\s{0,9}\{([^{}\\]*)\}"
)
QUOTED = re.compile(
    r"(?<![A-Za-z])(?:(?:np|numpy)\.)?(?:float|matrix|mat)\(\s{0,9}['\"]([^'\"()]{0,40})['\"]\s{0,9}\)"
)
KEYWORD = re.compile(
    r",\s{0,99}(?:dtype|device|requires_grad|grad_fn|order|copy|ndmin)\s{0,9}=[^,()\[\]]{0,60}"
)
LABEL_E = re.compile(r"\s*\( ?e ?\) ?:?(?=\s{1,9}(?:[^\s+*/^=!)\]-]|-\S))", re.I)
"""`(e) 1/2`: the label of a part, or the number e in brackets."""
ANSWER = re.compile(
    r"\s*(?:(?:the|my|final) )?(?:answer|ans|result|solution)\b\.? ?(?:is\b)? ?[:=]?", re.I
)
LETTERED = re.compile(
    r"\s*(?:\( ?[a-df-z] ?\)|[a-z] ?\)) ?:?(?=\s{1,9}(?:[^\s+*/^=!)\]-]|-\S))", re.I
)
NUMBERED = re.compile(
    r"\s*(?:\( ?[0-9]{1,3} ?[a-z] ?\)|[0-9]{1,3} ?[a-z] ?\)) ?:?(?=\s{1,9}\S)"
    r"|\s*[0-9]{1,3} ?[a-z]? ?:(?=\s)",
    re.I,
)
ABOUT = re.compile(r"\s*(?:about|approximately|approx\.?|roughly|circa|ca\.?)(?=[\s\d.])", re.I)
QUOTES = {'"': '"', "'": "'", "`": "`", "*": "*"}
PLACEHOLDERS = frozenset({"", "-", "--", "---", "?", "??", "???", "...", "n/a", "na", "_", "."})


def prepare(raw: str, limits: Limits, any_label: bool = True) -> Normal:
    """Normalise a text and blank out what is no part of the answer.

    A part's label is dropped if it has a number (`7a)`) and, with `any_label`, if it is a letter
    (`(a) 3`) that cannot be the answer.
    """
    normal = normalise(raw, limits)
    text = normal.text
    if "\\" in text:
        text = STYLED.sub(inside, text)
    if "=" in text:
        text = KEYWORD.sub(blank, text)
    if "'" in text or '"' in text:
        text = QUOTED.sub(inside, text)
    first = text.lstrip()[:1]
    if first in QUOTES or text[:1].isspace() or text[-1:].isspace():
        text = unquoted(text)
        first = text.lstrip()[:1]
    if first.isalnum() or first == "(":
        for pattern in (NUMBERED, *([LETTERED] if any_label else []), ANSWER):
            text = blank_prefix(text, pattern)
    return Normal(text, normal.places, raw)


def without_label_e(normal: Normal) -> Normal | None:
    """The text without what can be the label `(e)`, None if there is none."""
    if not LABEL_E.match(normal.text):
        return None
    return Normal(blank_prefix(normal.text, LABEL_E), normal.places, normal.raw)


def is_blank(text: str) -> bool:
    """Whether nothing is answered."""
    bare = text.strip(" \t\n$`*").lower()
    return bare in PLACEHOLDERS or not bare.strip("_")


def inside(match: re.Match[str]) -> str:
    """The group of a match at its place, blanks for the rest."""
    before, after = match.start(1) - match.start(), match.end() - match.end(1)
    return " " * before + match[1] + " " * after


def blank(match: re.Match[str]) -> str:
    """Blanks for all of a match."""
    return " " * len(match[0])


def blank_prefix(text: str, pattern: re.Pattern[str]) -> str:
    """The text without what the pattern matches at its beginning."""
    match = pattern.match(text)
    if match is None or not text[match.end() :].strip():
        return text
    return " " * match.end() + text[match.end() :]


def unquoted(text: str) -> str:
    """The text without Markdown emphasis or a pair of quotes around all of it."""
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    while end - start >= 2:
        width = 2 if text[start:end].startswith("**") and text[start:end].endswith("**") else 1
        if width == 1 and QUOTES.get(text[start]) != text[end - 1]:
            break
        if end - start < 2 * width:
            break
        start, end = start + width, end - width
    return " " * start + text[start:end] + " " * (len(text) - end)
