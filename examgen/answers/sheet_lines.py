"""What a single line of answers.txt looks like: a label, a header, a row of numbers."""

import re
from typing import NamedTuple

HEADER = re.compile(
    r"[ \t]{0,8}[-*>]{0,3}[ \t]{0,4}(exam|form|name|id)[ \t]{0,8}\*{0,2}[ \t]{0,4}[:=]", re.I
)
LABEL = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*>]{1,2}[ \t]{0,4})?"
    r"(?P<word>(?:Q|Problem|Part|Question|Item|Answer|Exercise|Nr|No)[ \t]{0,4}\.?[ \t]{0,4})?"
    r"(?P<opened>\(?)[ \t]{0,2}(?P<number>[0-9]{1,3})[ \t]{0,4}[.(-]?[ \t]{0,4}\(?[ \t]{0,2}"
    r"(?:(?P<letter>[a-z])(?![a-z0-9]))?[ \t]{0,2}"
    r"(?:\)?[ \t]{0,4}\*{0,2}[ \t]{0,4}(?P<mark>[:=])\*{0,2}|\)|\.(?=[ \t]|$))",
    re.I,
)
ROW = re.compile(r"[\s0-9.,;&+*/^()\[\]\\e-]*(?:inf[\s,;\])]*)?")
LONGEST_LABEL = 80


class Label(NamedTuple):
    """A line that looks like the beginning of an answer.

    `loose`: it could as well be a numbered line (`3) first`, `2. then`, `3 = x`).
    """

    name: str
    rest: str
    loose: bool
    indented: bool


def label_of(line: str) -> Label | None:
    """The label at the beginning of a line: `7a:`, `Q7 (a)`, `7. a)`, `Problem 7a =`, `**4**:`."""
    match = LABEL.match(line[:LONGEST_LABEL])
    if match is None:
        return None
    letter = (match["letter"] or "").lower()
    name = (match["number"].lstrip("0") or "0") + letter
    loose = match["mark"] != ":" and not letter and not match["word"]
    return Label(name, line[match.end() :], loose, bool(match["indent"]))


def header_of(line: str) -> tuple[str, str] | None:
    """The name and the text of a line such as `name: Ann`."""
    match = HEADER.match(line[:LONGEST_LABEL])
    if match is None:
        return None
    return match[1].lower(), line[match.end() :].strip().strip("*").strip()


def is_ornament(line: str) -> bool:
    """Whether a line is Markdown around the answers, or a rule between them."""
    return line.strip().startswith("```") or not line.strip().strip("-=_* ")


def is_row(line: str) -> bool:
    """Whether a line is numbers and signs alone, as a row of a matrix is."""
    return bool(ROW.fullmatch(line)) and any(character.isdecimal() for character in line)
