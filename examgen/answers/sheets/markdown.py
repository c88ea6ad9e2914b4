"""Sheets that are the paper itself in Markdown, with the answers written into it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from examgen.answers.sheets.lines import read_lines
from examgen.answers.sheets.patterns import header_of, is_ornament, label_of
from examgen.answers.sheets.sheet import Sheet

LABEL = r"\*\*(?P<label>[0-9]{1,3}[a-z]?)\*\*"
POINTS = r"[ \t]{0,4}\([0-9.]{1,5} points?\)"
PROMPT = re.compile(rf"{LABEL}{POINTS}(?P<rest>.*)")
BOLD = re.compile(rf"{LABEL}[ \t]+(?P<rest>\S.*)")
CELL = re.compile(rf"{LABEL}(?:{POINTS})?[ \t]{{0,4}}[:=]?(?P<rest>.*)")
ITEM = re.compile(rf"#{{2,4}}[ \t]{{1,4}}(?P<label>[0-9]{{1,3}}){POINTS}[ \t]*")
ANSWERS = re.compile(r"#{1,4}[ \t]{1,4}answers?\b[ \t:]*", re.I)
ANSWER = re.compile(
    r"[ \t>*-]{0,6}\*{0,2}(?:my[ \t])?answer[ \t]?\*{0,2}[ \t]?[:=][ \t]?\*{0,2}(?P<rest>.*)", re.I
)
MARKED = re.compile(r"[ \t]{0,3}[-*][ \t]{1,3}\[[xX✓✔]\][ \t]{0,3}\*\*(?P<before>[A-Z])\*\*.*")
TICKED = re.compile(
    r"[ \t]{0,3}[-*][ \t]{1,3}(?:[✓✔☑][ \t]{0,3}\*\*(?P<before>[A-Z])\*\*"
    r"|\*\*(?P<behind>[A-Z])\*\*.{0,300}?(?:[✓✔☑]|<--?|←)[ \t]*).*"
)
LETTER = re.compile(r"[\s*_>(]{0,6}(?P<rest>[A-Z])[\s*_.)]{0,6}")
OWNER = re.compile(r"Name:(?P<name>.{0,200}?)[ \t]{1,4}Id:(?P<id>.{0,200})", re.I)
FOOTER = re.compile(r"Exam `(?P<exam>[^`]{1,60})`, form (?P<form>\S{1,60})[ \t]*")
LONGEST = 5_000
"""Characters of a prompt."""
SENTENCE = re.compile(r"[.?!]\)?[ \t]+(?=[^.?!]*(?:\.[0-9][^.?!]*)*$)")
"""The end of the last sentence before an answer."""
TELLTALE = re.compile(rf"^(?:{LABEL}{POINTS}|\|.{{0,300}}\*\*[0-9]{{1,3}}[a-z]\*\*)", re.M)


def is_paper(text: str) -> bool:
    """Whether a text is a paper of ours in Markdown."""
    return TELLTALE.search(text) is not None


def read_paper(text: str, labels: Sequence[str] | None) -> Sheet:
    """The sheet in a filled-in paper."""
    return read_lines(PaperReader().lines(uncommented(text)), labels)


def uncommented(text: str) -> str:
    """The text without its HTML comments, on the same lines; one without an end is kept."""
    kept, index = [], 0
    while (start := text.find("<!--", index)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept += [text[index:start], "\n" * text.count("\n", start, end)]
        index = end + len("-->")
    return "".join(kept) + text[index:]


@dataclass
class PaperReader:
    """One pass over a paper, which gives the lines of an answers.txt; line numbers stay."""

    label: str = ""
    place: str = "nowhere"
    """What is read: the answer below a prompt, an item's choices, the answers at the end."""

    def lines(self, text: str) -> Iterator[tuple[int, str]]:
        """The lines of an answers.txt that the paper is worth."""
        for number, line in with_whole_prompts(text.split("\n")):
            for found in self.take(line):
                yield number, found

    def take(self, line: str) -> Iterator[str]:
        """What one line of the paper says."""
        if line.startswith("#"):
            yield from self.heading(line)
        elif self.place == "answers":
            yield line
        elif (match := OWNER.fullmatch(line)) or (match := FOOTER.fullmatch(line)):
            self.place = "nowhere"
            yield from owner_lines(match)
        elif line.lstrip().startswith("|") and "**" in line:
            self.place = "nowhere"
            yield from cell_lines(line)
        elif match := PROMPT.match(line):
            yield from self.prompt(match["label"], match["rest"])
        elif (label := label_of(line)) and not label.loose:
            self.begin(label.name)
            yield line
        elif match := BOLD.match(line):
            self.begin(match["label"])
            yield f"{match['label']}: {match['rest']}"
        elif self.label and (match := ANSWER.match(line)):
            self.begin(self.label)
            yield f"{self.label}: {match['rest']}"
        else:
            yield from self.within(line)

    def heading(self, line: str) -> Iterator[str]:
        """A heading begins an item, or the answers, or something else."""
        match = ITEM.fullmatch(line)
        self.label, self.place = (match["label"], "choices") if match else ("", "nowhere")
        if match:
            yield f"{self.label}:"
        elif ANSWERS.fullmatch(line):
            self.place = "answers"

    def prompt(self, label: str, rest: str) -> Iterator[str]:
        """The prompt of a part; the answer may follow its last sentence."""
        self.begin(label)
        yield f"{label}: {behind(rest)}"

    def begin(self, label: str) -> None:
        """The answer to a label begins; that to a choice is no longer than its line."""
        if (label, self.place) != (self.label, "choices"):
            self.label, self.place = label, "answer"

    def within(self, line: str) -> Iterator[str]:
        """A line with no mark of its own, where this reader happens to be."""
        if self.place == "choices":
            if match := MARKED.fullmatch(line) or TICKED.fullmatch(line):
                yield f"{self.label}: {match['before'] or match['behind']}"
            elif match := LETTER.fullmatch(line):
                yield f"{self.label}: {match['rest']}"
        elif line.startswith(("Fill in the table", "---", "|")):
            self.place = "nowhere"
        elif self.place == "answer" and line.strip() and not is_ornament(line):
            yield f"  {line.lstrip('> ')}"
        elif self.place == "nowhere" and header_of(line):
            yield line


def with_whole_prompts(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines with their numbers; a prompt goes on to the end of its paragraph."""
    start, prompt = 0, ""
    for number, line in enumerate(lines, 1):
        if prompt and goes_on(line) and len(prompt) < LONGEST:
            prompt = f"{prompt} {line.strip()}"
            continue
        if prompt:
            yield start, prompt
        start, prompt = (number, line) if PROMPT.match(line) else (0, "")
        if not prompt:
            yield number, line
    if prompt:
        yield start, prompt


def goes_on(line: str) -> bool:
    """Whether a line below a line of a prompt belongs to it, too."""
    label = label_of(line)
    if not line.strip() or (label and not label.loose) or ANSWER.match(line):
        return False
    return not line.startswith(("#", "|", "**", ">", "---", "```", "- "))


def behind(prompt: str) -> str:
    """What follows the last sentence of a prompt: all our prompts end in a full stop."""
    if prompt.rstrip(" \t*_$").removesuffix(")").endswith((".", "?", "!", ":")):
        return ""
    tail = SENTENCE.split(prompt, maxsplit=1)
    return tail[-1].strip() if len(tail) > 1 else ""


def owner_lines(match: re.Match[str]) -> Iterator[str]:
    """The headers in the line with the name, or in the last line of the paper."""
    for name, text in match.groupdict().items():
        yield f"{name}: {text.strip(' _*`')}"


def cell_lines(line: str) -> Iterator[str]:
    """The answers in the cells of a table."""
    for cell in re.split(r"(?<!\\)\|", line):
        if match := CELL.fullmatch(cell.strip()):
            yield f"{match['label']}: {match['rest'].replace(chr(92) + '|', '|').strip()}"
