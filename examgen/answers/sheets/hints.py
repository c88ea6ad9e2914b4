"""The hints of answers.txt: comments such as `# 7l to 7o: an integer, e.g. 42 or 12*768`."""

from __future__ import annotations

import re

HINT = re.compile(
    r"[ \t]{0,8}#{1,3}[ \t]{0,4}(?P<first>[0-9]{1,3}[a-z]?)"
    r"(?:[ \t]{1,4}to[ \t]{1,4}(?P<last>[0-9]{1,3}[a-z]?))?:[ \t]{1,4}(?P<text>\S.*)"
)
LONGEST = 300


def hint_of(line: str) -> tuple[list[str], str] | None:
    """The labels that a comment speaks of, and what it says."""
    match = HINT.fullmatch(line[:LONGEST].rstrip())
    if match is None:
        return None
    labels = span(match["first"], match["last"] or match["first"])
    return (labels, match["text"]) if labels else None


def span(first: str, last: str) -> list[str]:
    """The labels from the first to the last: of one item, or of items without parts."""
    if first.isdecimal() and last.isdecimal():
        return [str(number) for number in range(int(first), int(last) + 1)]
    if first.isdecimal() or last.isdecimal() or first[:-1] != last[:-1]:
        return []
    return [first[:-1] + chr(code) for code in range(ord(first[-1]), ord(last[-1]) + 1)]
