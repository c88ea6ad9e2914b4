"""Sheets of lines: answers.txt, and what was written like it, as YAML, TOML or plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from dataclasses import field as slot

from examgen.answers.sheets.hints import hint_of
from examgen.answers.sheets.patterns import (
    Label,
    header_of,
    indent_of,
    is_ornament,
    is_row,
    label_of,
    part_of,
    with_bare_key,
)
from examgen.answers.sheets.sheet import Gathered, Response, Sheet, SheetFault
from examgen.answers.visible import quoted

OPENING = frozenset("([{")
BRACKET = re.compile(r"[][(){}]")
BLOCKS = frozenset(("|", "|-", "|+", ">", ">-", ">+"))
"""How YAML announces that an answer stands in the indented lines below."""
FENCES = ('"""', "'''")
"""Between what TOML has an answer of several lines."""
MOST_HINTS = 300
MOST_LINES = 10_000
"""A filled-in paper has some hundreds."""
LONGEST = 20_000
"""Characters of an answer; many fewer are read, but it must be seen that it is too long."""


@dataclass
class LineReader:
    """One pass over the lines of a sheet."""

    found: Gathered
    label: str = ""
    item: str = ""
    """The item of which only the parts' letters stand before the answers."""
    depth: int = 0
    indent: int = 0
    fence: str = ""
    adjacent: bool = False
    """Whether the line before belongs to the answer that is being read."""
    hinted: int = slot(default=0)

    def add(self, number: int, line: str) -> None:
        """Take one line in."""
        line = with_bare_key(line)
        if not line.strip() or line.lstrip().startswith("#"):
            self.note_hint(line)
            self.adjacent = False
            return
        label = self.label_in(line)
        if label is not None and self.begins_item(label):
            self.begin_item(label)
        elif label is not None and self.begins(label):
            self.begin(number, label)
        elif self.label and (self.is_within or indent_of(line) > 0):
            self.append(line)
        elif (header := header_of(line)) is not None:
            self.end()
            self.found.note_header(number, *header)
        elif not is_ornament(line):
            self.take_loose(number, line)

    @property
    def is_within(self) -> bool:
        """Whether a bracket or a quotation is open."""
        return self.depth > 0 or bool(self.fence)

    def label_in(self, line: str) -> Label | None:
        """The label at the beginning of a line, or the letter of a part of the item."""
        if (label := label_of(line)) is not None:
            return label
        if self.found.is_open and not self.found.hints and self.label.isdecimal():
            self.turn_into_item(line)
        return part_of(line, self.item) if self.item else None

    def turn_into_item(self, line: str) -> None:
        """Where the exam's labels are not known, an empty `7:` before `a: 3` is an item."""
        part, given = part_of(line, self.label), self.found.answers[self.label]
        if part is not None and part.rest.strip() and not any(each.text for each in given):
            del self.found.answers[self.label], self.found.labels[self.label]
            self.label, self.item = "", self.label

    def note_hint(self, line: str) -> None:
        """Keep what a comment says on how the answers to some labels are written."""
        if self.hinted >= MOST_HINTS or (hint := hint_of(line)) is None:
            return
        self.hinted += 1
        labels, text = hint
        for label in labels:
            if self.found.admit(label):
                self.found.hints[label] = text

    def begins_item(self, label: Label) -> bool:
        """Whether a line is the number of an item, whose parts follow by their letters."""
        if label.name in self.found.labels or label.rest.strip():
            return False
        return label.name in self.found.items and not (
            self.label and (self.is_within or (label.loose and label.indent))
        )

    def begin_item(self, label: Label) -> None:
        """Begin an item."""
        self.end()
        self.item = label.name

    def begins(self, label: Label) -> bool:
        """Whether a line that looks like a label is one, and no line of the answer before it.

        `3)` and `2.` number the lines of an answer as well as items of an exam: they begin an
        answer only where there is none yet. A label of another exam is reported, unless it
        stands within an answer.
        """
        found = self.found
        if label.name not in found.labels:
            within = self.is_within and not found.is_open
            inside = bool(self.label) and (within or label.indent > self.indent)
            loose = label.loose and not (found.is_open and not found.hints and not label.indent)
            return not loose and not inside
        filled = label.loose and any(each.text for each in found.answers.get(label.name, ()))
        return not filled

    def begin(self, number: int, label: Label) -> None:
        """Begin the answer under a label."""
        if self.item and not label.name.startswith(self.item):
            self.item = ""
        if not self.found.admit(label.name):
            self.label, self.adjacent = "", False
            self.found.warn_foreign(number, label.name)
            return
        self.label, self.depth, self.fence, self.indent = label.name, 0, "", label.indent
        rest = label.rest.strip()
        if rest.startswith(FENCES):
            self.fence = next((each for each in FENCES if opens(rest, each)), "")
        self.found.answer(label.name, "" if rest in BLOCKS else rest, number)
        self.follow(rest)

    def append(self, text: str) -> None:
        """Add a line to the answer that is being read."""
        given = self.found.answers[self.label]
        last = given[-1]
        if len(last.text) > LONGEST:
            return
        joined = f"{last.text}\n{text}" if last.text else text.strip()
        given[-1] = Response(joined.rstrip(), last.line)
        self.follow(text)
        if self.fence and last.text and self.fence in text:
            given[-1] = Response(joined.strip()[3:].removesuffix(self.fence).strip(), last.line)
            self.fence = ""

    def follow(self, text: str) -> None:
        """Count the brackets that are open after a line of the answer."""
        if brackets := BRACKET.findall(text):
            opened = sum(map(OPENING.__contains__, brackets))
            self.depth = max(0, self.depth + 2 * opened - len(brackets))
        self.adjacent = True

    def take_loose(self, number: int, line: str) -> None:
        """A line that is not indented: an answer below its label, a further row, or nothing."""
        if self.label and self.adjacent:
            empty = not self.found.answers[self.label][-1].text
            if empty or is_row(line):
                self.found.warn(number, f"taken as part of the answer to {self.label}")
                self.append(line)
                return
        self.adjacent = False
        said = f"{quoted(line.strip())} belongs to no answer and was ignored"
        self.found.warn(number, said)

    def end(self) -> None:
        """No line that follows belongs to the answer that was being read."""
        self.label, self.item, self.depth, self.fence, self.adjacent = "", "", 0, "", False


def opens(text: str, fence: str) -> bool:
    """Whether a text opens a quotation of several lines and does not close it."""
    return text.startswith(fence) and fence not in text[len(fence) :]


def read_lines(lines: Iterable[tuple[int, str]], labels: Sequence[str] | None) -> Sheet:
    """The sheet of numbered lines; raises SheetFault for more of them than any sheet has."""
    reader = LineReader(Gathered(labels))
    for count, (number, line) in enumerate(lines):
        if count == MOST_LINES:
            raise SheetFault(f"more than {MOST_LINES} lines are not read")
        reader.add(number, line)
    return reader.found.sheet()
