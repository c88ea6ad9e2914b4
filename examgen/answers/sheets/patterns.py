"""What a line, a heading or a key of a sheet looks like: a label, a header, a row of numbers."""

import re
from typing import NamedTuple

HEADER = re.compile(
    r"[ \t]{0,8}(?:[-*>]{1,3}[ \t]{0,4}){0,2}(exam|form|name|id)[ \t]{0,8}\*{0,2}[ \t]{0,4}[:=]",
    re.I,
)
KEY = re.compile(
    r"""(?P<before>[ \t]*(?:-[ \t]{1,4})?)(?P<mark>["'])"""
    r"(?P<key>exam|form|name|id|[0-9]{1,3}[ \t]{0,4}[.(-]?[ \t]{0,4}[a-z]?\)?|\(?[a-z]\)?)"
    r"(?P=mark)(?P<after>[ \t]{0,8}[:=])",
    re.I,
)
LABEL = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*>]{1,2}[ \t]{0,4}){0,2}"
    r"(?P<word>(?:Q|Problem|Part|Question|Item|Answer|Exercise|Nr|No)[ \t]{0,4}\.?[ \t]{0,4})?"
    r"(?P<opened>\(?)[ \t]{0,2}(?P<number>[0-9]{1,3})[ \t]{0,4}[.(-]?[ \t]{0,4}\(?[ \t]{0,2}"
    r"(?:(?P<letter>[a-z])(?![a-z0-9]))?[ \t]{0,2}"
    r"(?:\)?[ \t]{0,4}\*{0,2}[ \t]{0,4}(?P<mark>[:=])\*{0,2}|\)|\.(?=[ \t]|$))",
    re.I,
)
PART = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*>]{1,2}[ \t]{0,4}){0,2}\(?(?P<letter>[a-z])[ \t]{0,2}"
    r"(?:\)?[ \t]{0,4}\*{0,2}[ \t]{0,4}[:=]\*{0,2}|\)|\.(?=[ \t]|$))",
    re.I,
)
NAMED = re.compile(
    r"[\s*_#(\[]{0,8}(?:(?:Q|Problem|Part|Question|Item|Answer|Exercise|Nr|No)[ \t_.:-]{0,4})?"
    r"\(?(?P<number>[0-9]{1,3})"
    r"(?:(?P<between>[ \t]{0,2}[.(\[-]?[ \t]{0,2})(?P<letter>[a-z])(?![a-z0-9]))?"
    r"(?![a-z0-9]|[.,][0-9])",
    re.I,
)
ROW = re.compile(r"[\s0-9.,;&+*/^()\[\]\\e-]*(?:inf[\s,;\])]*)?")
TABLE = re.compile(r"""\[?["']?(?:answers|responses)["']?\]?[ \t]{0,4}[:=]?[ \t]{0,4}\{?""", re.I)
QUOTES = frozenset({('"', '"'), ("'", "'"), ("“", "”")})
LONGEST_LABEL = 80


class Label(NamedTuple):
    """A line that looks like the beginning of an answer.

    `loose`: it could as well be a numbered line (`3) first`, `2. then`, `3 = x`).
    """

    name: str
    rest: str
    loose: bool
    indent: int


def with_bare_key(line: str) -> str:
    """A line without the quotation marks that YAML and TOML may have around a key: `'7a': 3`."""
    match = KEY.match(line)
    if match is None:
        return line
    return f"{match['before']}{match['key']}{match['after']}{line[match.end() :]}"


def label_of(line: str) -> Label | None:
    """The label at the beginning of a line: `7a:`, `Q7 (a)`, `7. a)`, `Problem 7a =`, `**4**:`."""
    match = LABEL.match(line[:LONGEST_LABEL])
    if match is None:
        return None
    letter = (match["letter"] or "").lower()
    name = plain_number(match["number"]) + letter
    loose = match["mark"] != ":" and not letter and not match["word"]
    return Label(name, line[match.end() :], loose, len(match["indent"]))


def part_of(line: str, item: str) -> Label | None:
    """The part of an item that only its letter names, as in `a: 3` or `(b) 4`."""
    match = PART.match(line[:LONGEST_LABEL])
    if match is None:
        return None
    name = item + match["letter"].lower()
    return Label(name, line[match.end() :], False, len(match["indent"]))


def named_labels(text: str) -> list[str]:
    """The labels that a heading may name, the likeliest first: `7a`, `Q7 (a)`, `7a: Compute z`."""
    match = NAMED.match(text[:LONGEST_LABEL])
    if match is None:
        return []
    number = plain_number(match["number"])
    if not match["letter"]:
        return [number]
    whole = number + match["letter"].lower()
    return [number, whole] if match["between"].isspace() else [whole, number]


def plain_number(digits: str) -> str:
    """The number of an item without leading zeros."""
    return digits.lstrip("0") or "0"


def number_of(label: str) -> str:
    """The number of the item that a label belongs to."""
    return label.rstrip("abcdefghijklmnopqrstuvwxyz")


def indent_of(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" \t"))


def header_of(line: str) -> tuple[str, str] | None:
    """The name and the text of a line such as `name: Ann`."""
    match = HEADER.match(line[:LONGEST_LABEL])
    if match is None:
        return None
    return match[1].lower(), unquoted(line[match.end() :].strip().strip("*").strip())


def unquoted(text: str) -> str:
    """A text without the quotation marks around it, as TOML has them."""
    is_quoted = len(text) > 1 and (text[0], text[-1]) in QUOTES
    return text[1:-1].strip() if is_quoted else text


def is_ornament(line: str) -> bool:
    """Whether a line is Markdown around the answers, a rule or the beginning of a list of them."""
    bare = line.strip()
    return bare.startswith("```") or not bare.strip("-=_*.{}, ") or bool(TABLE.fullmatch(bare))


def is_row(line: str) -> bool:
    """Whether a line is numbers and signs alone, as a row of a matrix is."""
    return bool(ROW.fullmatch(line)) and any(character.isdecimal() for character in line)
