r"""JSON that people may have written: numbers stay text, `"\frac{1}{2}"` keeps its backslash."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from examgen.answers.sheets.sheet import SheetFault

NESTING = 60
UNIT = r"u(?![dD][89a-fA-F])[0-9a-fA-F]{4}"
PAIR = r"u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
"""Half of such a pair is no character, and no file could hold it."""
ESCAPE = re.compile(rf'\\(["\\/n]|{UNIT}|{PAIR}|[bfrt](?![A-Za-z]))|\\')
MEMBER = re.compile(r'[ \t]{0,40}[{,]?[ \t]{0,4}"(?P<key>[^"]{1,60})"[ \t]{0,4}:(?P<rest>.*)')
BETWEEN = re.compile(r',[ \t]{0,4}(?="[^"]{1,60}"[ \t]{0,4}:)')


class Members(list[tuple[str, Any]]):
    """The members of an object as they stand there: a key may come twice."""


def parse_json(text: str) -> Any:
    """What a text says in JSON: `Members`, list, str, True, False or None.

    Raises ValueError for what is no JSON, SheetFault for what is nested too deeply.
    """
    if nesting(text) > NESTING:
        raise SheetFault(f"the file is nested more than {NESTING} levels deep")
    return json.loads(
        ESCAPE.sub(lambda match: match[0] if match[1] else r"\\", text),
        strict=False,
        object_pairs_hook=Members,
        parse_int=str,
        parse_float=str,
        parse_constant=str,
    )


def nesting(text: str) -> int:
    """How deep the brackets outside of strings go."""
    depth = deepest = 0
    quoted = escaped = False
    for character in text:
        if quoted:
            quoted = escaped or character != '"'
            escaped = character == "\\" and not escaped
        elif character == '"':
            quoted = True
        else:
            depth += (character in "[{") - (character in "]}")
            deepest = max(deepest, depth)
    return deepest


def written(value: Any) -> str:
    """A value as a student would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Members):
        return "{" + ", ".join(f"{key}: {written(each)}" for key, each in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(each) for each in value) + "]"
    return str(value)


def loosened(text: str) -> Iterator[tuple[int, str]]:
    """The numbered lines of what was meant to be JSON, as lines of answers.txt."""
    for number, line in enumerate(text.split("\n"), 1):
        for member in BETWEEN.split(line):
            yield number, as_line(member)


def as_line(member: str) -> str:
    """A member of an object as a line of answers.txt; anything else as it is."""
    match = MEMBER.match(member)
    if match is None:
        return member
    rest = match["rest"].strip().removesuffix("}").rstrip().removesuffix(",").rstrip()
    return f"{match['key']}: {unquoted(rest)}"


def unquoted(text: str) -> str:
    """A text without the quotation marks around it."""
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] == '"' else text
