"""The lines of answers.txt: whose they are, and what was written under each label.

Nothing is interpreted here: a response is raw text. A bad line costs nobody an answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from examgen.answers.sheet_bytes import SheetFault, decode
from examgen.answers.sheet_lines import Label, header_of, is_ornament, is_row, label_of
from examgen.answers.visible import clipped, quoted

__all__ = ["Response", "Sheet", "SheetFault", "read_sheet"]

OPENING, CLOSING = frozenset("([{"), frozenset(")]}")
INDENTS = frozenset(" \t")


@dataclass(frozen=True)
class Response:
    """The raw text under a label, and the number of the line with the label (0: no such line)."""

    text: str
    line: int


@dataclass(frozen=True)
class Sheet:
    """What one answers.txt says; `responses` has every label of the exam."""

    headers: Mapping[str, str]
    responses: Mapping[str, Response]
    warnings: tuple[str, ...]


@dataclass
class Reader:
    """One pass over the lines of a sheet."""

    labels: Sequence[str]
    headers: dict[str, str] = field(default_factory=dict)
    answers: dict[str, list[Response]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    label: str = ""
    depth: int = 0
    adjacent: bool = False
    """Whether the line before belongs to the answer that is being read."""

    def add(self, number: int, line: str) -> None:
        """Take one line in."""
        if not line.strip() or line.lstrip().startswith("#"):
            self.adjacent = False
            return
        label = label_of(line)
        if label is not None and self.begins(label):
            self.begin(number, label)
        elif self.label and (self.depth > 0 or line[0] in INDENTS):
            self.append(line)
        elif (header := header_of(line)) is not None:
            self.note_header(number, *header)
        elif not is_ornament(line):
            self.take_loose(number, line)

    def begins(self, label: Label) -> bool:
        """Whether a line that looks like a label is one, and no line of the answer before it.

        `3)` and `2.` number the lines of an answer as well as items of an exam: they begin an
        answer only where there is none yet. A label of another exam is reported, unless it
        stands within an answer.
        """
        if label.name not in self.labels:
            return not label.loose and not (self.label and (self.depth > 0 or label.indented))
        filled = any(response.text for response in self.answers.get(label.name, ()))
        return not (label.loose and filled)

    def begin(self, number: int, label: Label) -> None:
        """Begin the answer under a label."""
        if label.name not in self.labels:
            self.label, self.adjacent = "", False
            self.warn(number, f"there is no answer {quoted(label.name)} in this exam")
            return
        self.label, self.depth = label.name, 0
        self.answers.setdefault(label.name, []).append(Response("", number))
        self.append(label.rest)

    def append(self, text: str) -> None:
        """Add a line to the answer that is being read."""
        last = self.answers[self.label][-1]
        joined = f"{last.text}\n{text}" if last.text else text.strip()
        self.answers[self.label][-1] = Response(joined.rstrip(), last.line)
        for character in text:
            self.depth += (character in OPENING) - (character in CLOSING)
        self.depth = max(0, self.depth)
        self.adjacent = True

    def take_loose(self, number: int, line: str) -> None:
        """A line that is not indented: an answer below its label, a further row, or nothing."""
        if self.label and self.adjacent:
            empty = not self.answers[self.label][-1].text
            if empty or is_row(line):
                self.warn(number, f"taken as a part of the answer to {self.label}")
                self.append(line)
                return
        self.adjacent = False
        self.warn(number, f"{quoted(line.strip())} belongs to no answer and was passed over")

    def note_header(self, number: int, name: str, text: str) -> None:
        """Take in a line about whose answers these are."""
        if self.headers.get(name, text) not in ("", text) and text:
            self.warn(number, f"{name} stands here a second time; the last one counts")
        if text or name not in self.headers:
            self.headers[name] = text
        self.label, self.adjacent = "", False

    def warn(self, number: int, said: str) -> None:
        """Note what the instructor should look at."""
        self.warnings.append(f"line {number}: {said}")

    def responses(self) -> dict[str, Response]:
        """The last answer under each label that is not blank; one for every label."""
        found: dict[str, Response] = {}
        for label in self.labels:
            given = self.answers.get(label, [])
            filled = [response for response in given if response.text]
            if len(filled) > 1:
                lines = ", ".join(str(response.line) for response in filled)
                said = f"{label} is answered more than once (lines {lines}); the last one counts"
                self.warn(filled[-1].line, said)
            if not given:
                self.warnings.append(f"no line has the label {label}")
            found[label] = (filled or given or [Response("", 0)])[-1]
        return found


def read_sheet(data: bytes, labels: Sequence[str]) -> Sheet:
    """Read an answers.txt for an exam with these labels.

    Raise SheetFault for what is no answer sheet: too large, empty, binary, without any label.
    """
    reader = Reader(tuple(labels))
    for number, line in enumerate(decode(data).split("\n"), 1):
        reader.add(number, line)
    if not reader.answers and not reader.headers:
        raise SheetFault("no line has a label of this exam")
    responses = reader.responses()
    headers = {name: clipped(text, 200) for name, text in reader.headers.items()}
    return Sheet(headers, responses, tuple(reader.warnings))
