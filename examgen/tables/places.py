"""Where each key of a TOML text stands: a scanner that knows strings and brackets, no values.

It takes one step forward at a time, so that no text keeps it long; what is no TOML is left to the
TOML reader, which says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from examgen.faults import Fault

Path: TypeAlias = tuple[str | int, ...]
"""The keys from the top to a value, with the positions of tables in arrays of tables."""

DEEPEST = 8
"""Parts of a dotted key; a TOML reader takes long over deep ones."""

BARE = r"[A-Za-z0-9_-]+"
WORD = rf"(?:{BARE}|\"(?:[^\"\\\n]|\\.)*+\"|'[^'\n]*+')"
KEY = re.compile(rf"[ \t]*+({WORD}(?:[ \t]*+\.[ \t]*+{WORD})*+)[ \t]*+")
PART = re.compile(WORD)
BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*+)*+")
STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
OTHER = re.compile(r"#[^\n]*+|[^\"'#\[\]{}\n]++|[\"']")


@dataclass(frozen=True)
class Place:
    """The line of a key, and the line on which the text of its value begins."""

    line: int
    value: int


@dataclass
class Scanner:
    """One pass over a text."""

    text: str
    index: int = 0
    line: int = 1

    def places(self) -> Mapping[Path, Place]:
        """The places of all tables and keys; inline tables are not looked into."""
        found: dict[Path, Place] = {}
        counts: dict[Path, int] = {}
        table: Path = ()
        while self.skip_blank() < len(self.text):
            line = self.line
            if self.text[self.index] == "[":
                names, many = self.heading()
                table = settled(names, counts, many=many)
                if many:
                    found.setdefault(table[:-1], Place(line, line))
                found.setdefault(table, Place(line, line))
            elif names := self.key():
                self.take("=")
                begins = self.line + self.opens_with_break()
                place = Place(line, begins)
                for end in range(1, len(names) + 1):
                    found.setdefault((*table, *names[:end]), place)
                self.skip_value()
            else:
                self.skip_value()
        return found

    def skip_blank(self) -> int:
        """Go past white space, line ends and comments; where that leads."""
        match = BLANK.match(self.text, self.index)
        assert match is not None
        self.advance(match.end())
        return self.index

    def advance(self, index: int) -> None:
        """Go on to *index*, counting lines."""
        self.line += self.text.count("\n", self.index, index)
        self.index = index

    def take(self, sign: str) -> bool:
        """Go past a sign, if it is here."""
        here = self.text.startswith(sign, self.index)
        self.index += len(sign) * here
        return here

    def key(self) -> tuple[str, ...]:
        """Go past a dotted key; its parts, none where no key stands."""
        match = KEY.match(self.text, self.index)
        if match is None:
            return ()
        self.index = match.end()
        names = tuple(unquoted(each) for each in PART.findall(match[1]))
        if len(names) > DEEPEST:
            raise Fault(f"line {self.line}", f"a key of {len(names)} parts", f"at most {DEEPEST}")
        return names

    def heading(self) -> tuple[tuple[str, ...], bool]:
        """Go past `[name]` or `[[name]]`; the name, and whether it is one of many."""
        self.take("[")
        many = self.take("[")
        names = self.key()
        self.skip_value()
        return names, many

    def opens_with_break(self) -> bool:
        """Whether the value here is a long string that begins on the next line."""
        rest = self.text[self.index : self.index + 80].lstrip(" \t")
        return rest[:3] in ('"""', "'''") and rest[3:4] in ("\n", "\r")

    def skip_value(self) -> None:
        """Go to the end of the line on which the value here ends."""
        depth = 0
        while self.index < len(self.text):
            character = self.text[self.index]
            if character in "[{":
                depth += 1
            elif character in "]}":
                depth -= 1
            elif character == "\n" and depth <= 0:
                return
            match = STRING.match(self.text, self.index) or OTHER.match(self.text, self.index)
            self.advance(match.end() if match else self.index + 1)


def settled(names: tuple[str, ...], counts: dict[Path, int], *, many: bool) -> Path:
    """The path of a heading: below an array of tables, in the last one of it so far."""
    path: Path = ()
    for number, name in enumerate(names, start=1):
        path = (*path, name)
        if many and number == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def unquoted(word: str) -> str:
    """A part of a key without its quotes."""
    return word[1:-1] if word[:1] in ("'", '"') else word


@lru_cache(maxsize=4)
def places_of(text: str) -> Mapping[Path, Place]:
    """Where each table and key stands; kept, as a text is asked before and after it is read."""
    return Scanner(text).places()
