"""The lines of answers.txt: whose they are, and what was written under each label.

Nothing is interpreted here: a response is raw text. A bad line costs nobody an answer.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from examgen.answers.sheet_bytes import SheetFault, decode
from examgen.answers.visible import quoted

__all__ = ["Response", "Sheet", "SheetFault", "read_sheet"]

HEADERS = ("exam", "form", "name", "id")
HEADER = re.compile(r"[ \t]*[-*]{0,3}[ \t]*(exam|form|name|id)[ \t]*\*{0,2}[ \t]*[:=](.*)", re.I)
KEY = re.compile(
    r"(?P<indent>[ \t]*)(?:[-*>][ \t]+|\*\*)?"
    r"(?:(?:Q|Problem|Part|Question|Item|Answer|Exercise)[ \t]*\.?[ \t]*)?"
    r"(?P<number>[0-9]{1,3})[ \t]*[.(-]?[ \t]*\(?[ \t]*(?P<letter>[a-z](?![a-z]))?[ \t]*\)?"
    r"(?P<mark>[ \t]*(?:\*\*)?[ \t]*[:=.)](?:\*\*)?)(?P<rest>.*)",
    re.I,
)
OPENING, CLOSING = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True)
class Response:
    """The raw text under a label, and the number of the line with the label."""

    text: str
    line: int


@dataclass(frozen=True)
class Sheet:
    """What one answers.txt says."""

    headers: Mapping[str, str]
    responses: Mapping[str, Response]
    warnings: tuple[str, ...]


@dataclass
class Lines:
    """One pass over the lines of a sheet."""

    labels: Sequence[str]
    headers: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[Response]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    label: str = ""
    depth: int = 0

    def warn(self, number: int, said: str) -> None:
        """Note what the instructor should look at."""
        self.warnings.append(f"line {number}: {said}")

    def add(self, number: int, line: str) -> None:
        """Take one line in."""
        if not line.strip():
            return
        if line.lstrip().startswith("#") or is_fence(line):
            return
        if self.key(number, line) or self.header(number, line):
            return
        if self.label and (self.depth > 0 or line[:1] in " \t" or self.goes_on(line)):
            self.append(line)
            return
        self.warn(number, f"{quoted(line.strip())} belongs to no answer and was passed over")

    def key(self, number: int, line: str) -> bool:
        """Begin an answer, if the line has a label of this exam."""
        match = KEY.fullmatch(line)
        if match is None:
            return False
        label = match["number"].lstrip("0") + (match["letter"] or "").lower()
        known = label in self.labels
        if self.label and continues(match, known, self.depth):
            return False
        if not known:
            self.label = ""
            self.warn(number, f"there is no answer {quoted(label)} in this exam")
            return True
        self.label, self.depth = label, 0
        self.answers.setdefault(label, []).append(Response("", number))
        self.append(match["rest"])
        return True

    def header(self, number: int, line: str) -> bool:
        """Take in a line about whose answers these are."""
        match = HEADER.fullmatch(line)
        if match is None or self.depth > 0:
            return False
        name, text = match[1].lower(), match[2].strip().strip("*").strip()
        if self.headers.get(name) and text and self.headers[name] != text:
            self.warn(number, f"{name} stands here a second time; the last one counts")
        if text or name not in self.headers:
            self.headers[name] = text
        self.label = ""
        return True

    def goes_on(self, line: str) -> bool:
        """Whether a line that is not indented is a row of a matrix all the same."""
        return line.lstrip()[:1] in OPENING | CLOSING or line.lstrip().startswith(("\\", "&"))

    def append(self, text: str) -> None:
        """Add a line to the answer that is being read."""
        last = self.answers[self.label][-1]
        joined = f"{last.text}\n{text}" if last.text else text.strip()
        self.answers[self.label][-1] = Response(joined.rstrip(), last.line)
        for character in text:
            self.depth += (character in OPENING) - (character in CLOSING)
        self.depth = max(0, self.depth)

    def responses(self) -> dict[str, Response]:
        """The last answer under each label that is not blank; one for every label."""
        found: dict[str, Response] = {}
        for label in self.labels:
            given = self.answers.get(label, [])
            filled = [response for response in given if response.text.strip()]
            if len(filled) > 1:
                lines = ", ".join(str(response.line) for response in filled)
                self.warnings.append(
                    f"line {filled[-1].line}: {label} is answered more than once (lines {lines}); "
                    "the last one counts"
                )
            if not given:
                self.warnings.append(f"there is no line for {label}")
            found[label] = (filled or given or [Response("", 0)])[-1]
        return found


def read_sheet(data: bytes, labels: Sequence[str]) -> Sheet:
    """Read an answers.txt for an exam with these labels; raise SheetFault if it is no such file."""
    lines = Lines(tuple(labels))
    for number, line in enumerate(decode(data).split("\n"), 1):
        lines.add(number, line)
    responses = lines.responses()
    if not lines.answers and not lines.headers:
        raise SheetFault("it has no line for any answer of this exam")
    return Sheet(lines.headers, responses, tuple(lines.warnings))


def is_fence(line: str) -> bool:
    """Whether a line is Markdown around the answers, or a horizontal rule."""
    return line.strip().startswith("```") or not line.strip().strip("-=_* ")


def continues(match: re.Match[str], known: bool, depth: int) -> bool:
    """Whether a line that looks like a label is a line of the answer before it.

    Within open brackets only a known label ends the answer; an indented number that is no label
    of this exam (`1. first`, `3 = x`) belongs to the answer.
    """
    if known:
        return False
    return depth > 0 or bool(match["indent"]) or match["mark"].strip() in (".", "=", ")")
