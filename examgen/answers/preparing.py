"""What stands around an answer and is no part of it, blanked out: quotes, labels, LaTeX text.

Every replacement keeps the length, so that messages still point at the right character.
"""

import re

from examgen.answers.limits import Limits
from examgen.answers.normal import Normal, normalise

STYLED = re.compile(
    r"\\(?:mathrm|mathbf|mathsf|mathit|mathbb|text|textrm|textbf|textit|operatorname|boldsymbol"
    r"|mbox)\*?\s{0,9}\{([^{}\\]*)\}"
)
FLOAT = re.compile(r"(?<![A-Za-z])float\(\s{0,9}['\"]([^'\"()]{0,40})['\"]\s{0,9}\)")
KEYWORD = re.compile(
    r",\s{0,99}(?:dtype|device|requires_grad|grad_fn|order|copy|ndmin)\s{0,9}=[^,()\[\]]{0,60}"
)
COMMENT = re.compile(r"<!--.{0,200}?-->", re.DOTALL)
ANSWER = re.compile(
    r"\s*(?:the\s+|my\s+|final\s+)?(?:answer|ans|result|solution)\b\.?\s*(?:is\b)?\s*[:=]?", re.I
)
PART_LABEL = re.compile(
    r"\s*(?:\(\s*(?:[0-9]{1,3}\s*)?[a-df-z]\s*\)|(?:[0-9]{1,3}\s*)?[a-z]\s*\)|"
    r"[0-9]{1,3}\s*[a-z]?\s*:(?=\s))\s*:?(?=\s+[^\s+*/^=!)\]-]|\s+-\S)",
    re.I,
)
ABOUT = re.compile(r"\s*(?:about|approximately|approx\.?|roughly|circa|ca\.?)(?=[\s\d.])", re.I)
QUOTES = {'"': '"', "'": "'", "`": "`"}
PLACEHOLDERS = frozenset({"", "-", "--", "---", "?", "??", "???", "...", "n/a", "na", "_", "."})


def prepare(raw: str, limits: Limits) -> Normal:
    """Normalise a text and blank out what is no part of the answer."""
    normal = normalise(raw, limits)
    text = normal.text
    if "\\" in text:
        text = STYLED.sub(inside, text)
    if "=" in text:
        text = KEYWORD.sub(blank, text)
    if "float" in text:
        text = FLOAT.sub(inside, text)
    text = unquoted(text)
    for pattern in (PART_LABEL, ANSWER):
        text = blank_prefix(text, pattern)
    return Normal(text, normal.places, raw)


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


def split_sides(text: str) -> list[tuple[int, int, str]]:
    """The pieces between `=` and `≈` outside of brackets: begin, end and the sign before."""
    sides, depth, start, sign = [], 0, 0, ""
    for match in RELATION.finditer(text):
        piece = match[0]
        if piece in "([{":
            depth += 1
        elif piece in ")]}":
            depth -= 1
        elif depth <= 0:
            sides.append((start, match.start(), sign))
            start, sign = match.end(), "=" if "=" in piece else "≈"
    sides.append((start, len(text), sign))
    return sides


RELATION = re.compile(r"[()\[\]{}]|:?=+|≈|~|\\(?:approx|simeq|sim)(?![a-zA-Z])")
NAME = re.compile(
    r"\s*\\?[A-Za-zα-ω∂∇Δ'][A-Za-z0-9α-ω_^'|.∂∇Δ\\]*(?:\s+\\?[A-Za-zα-ω∂∇Δ][A-Za-z0-9α-ω_^'\\]*)*\s*"
)
DERIVATIVE = re.compile(r"\s*(?:d|∂|\\partial|∇)\s?\S{0,30}\s?/\s?(?:d|∂|\\partial)\s?\S{0,30}\s*")
BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")


def is_name(text: str) -> bool:
    """Whether the left side of an equation names what was asked (`x`, `W_1`, `y[1,2]`)."""
    for _ in range(4):
        shorter = BRACKETS.sub("", text)
        if shorter == text:
            break
        text = shorter
    if DERIVATIVE.fullmatch(text):
        return True
    return bool(NAME.fullmatch(text)) and ("\\frac" not in text or "partial" in text)
