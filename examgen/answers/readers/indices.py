"""Read a set of indices."""

import re
from dataclasses import dataclass, field

from examgen.answers.limits import SET_ENTRIES, STUDENT, Limits
from examgen.answers.notation.normal import Normal
from examgen.answers.notation.sides import answer_sides
from examgen.answers.notation.words import NOTHING, PLACES
from examgen.answers.readers.gathering import check_count, one_of, read_text
from examgen.answers.reading import Reading, Unreadable
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain
from examgen.faults import nearest

OR = re.compile(r"(?<![A-Za-z])or(?![A-Za-z])", re.I)
RANGE = re.compile(r"\s*(?:\.{2,3}|-|(?:to|through)(?=[\s0-9]))\s*[a-zA-Z]?_?\s*(?=[0-9])")
PIECE = re.compile(
    r"(?P<space>[\s,;$&#]+|\\[,;:! ]|\\(?:left|right)(?![a-z]))"
    r"|(?P<subscript>[a-zA-Z]\s?_\s?\{\s?(?P<inside>[0-9]{1,9})\s?\})"
    r"|(?P<indexed>[a-zA-Z]\s?_?\s?(?=[0-9]))"
    r"|(?P<open>\\\{|[\[({]|\\lbrace(?![a-z]))"
    r"|(?P<close>\\\}|[\])}]|\\rbrace(?![a-z]))"
    r"|(?P<number>[0-9]+(?:st|nd|rd|th)?(?![0-9]|\.[0-9]))"
    r"|(?P<word>\\?[A-Za-z]+|∅)"
    r"|(?P<end>\.\s*$)"
)
PAIRS = {"(": ")", "[": "]", "{": "}"}


def read_indices(text: str, limits: Limits = STUDENT) -> Reading:
    """The reading of a text as a set of indices; never raises."""
    return read_text(text, limits, lambda normal, _: understand(limits, normal))


def understand(limits: Limits, normal: Normal) -> Reading:
    """The set after a name (`I = {2, 3}`), or several."""
    found = []
    for side in answer_sides(normal):
        start = side.start
        either = list(OR.finditer(normal.text, side.start, side.end))
        check_count(either)
        for match in either:
            found.append(read_piece(normal, start, match.start(), limits))
            start = match.end()
        found.append(read_piece(normal, start, side.end, limits))
    return one_of(found)


@dataclass
class Indices:
    """One pass over the text of a set."""

    normal: Normal
    found: set[int] = field(default_factory=set)
    opened: list[str] = field(default_factory=list)
    empty: bool = False
    denied: bool = False
    brackets: int = 0
    counts: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    """How many numbers stand in each open bracket, and in each closed one that has some."""

    def take(self, match: re.Match[str], end: int) -> int:
        """Take a piece in; where the next one begins."""
        at = self.normal.at(match.start())
        if self.counts and (match["inside"] or match["number"]):
            self.counts[-1] += 1
        if match["inside"]:
            self.found.add(int(match["inside"]))
        elif match["number"]:
            return self.take_range(match, end)
        elif match["open"]:
            self.opened.append(bracket(match["open"]))
            self.counts.append(0)
            self.brackets += 1
        elif match["close"]:
            if not self.opened or PAIRS[self.opened.pop()] != bracket(match["close"]):
                raise Unreadable(f"{quoted(match[0])} closes nothing", at)
            self.groups += filter(None, [self.counts.pop()])
        elif match["word"]:
            self.denied |= match[0].lower() == "no"
            self.empty |= says_nothing(match[0], at)
        return match.end()

    def take_range(self, match: re.Match[str], end: int) -> int:
        """Take a number in, or all from it to the one after `-` or `to`."""
        at = self.normal.at(match.start())
        first = index_of(match[0], at)
        between = RANGE.match(self.normal.text, match.end(), end)
        last = PIECE.match(self.normal.text, between.end(), end) if between else None
        if last is None or not last["number"]:
            self.found.add(first)
            return match.end()
        final = index_of(last[0], self.normal.at(last.start()))
        if not first < final <= first + SET_ENTRIES:
            allowed = f"an ascending range of at most {SET_ENTRIES} numbers"
            raise Unreadable(f"from {first} to {final} is not {allowed}", at)
        self.found.update(range(first, final + 1))
        return last.end()


def bracket(text: str) -> str:
    """A bracket without its backslash."""
    return {"\\lbrace": "{", "\\rbrace": "}"}.get(text, text.lstrip("\\"))


def read_piece(normal: Normal, start: int, end: int, limits: Limits) -> Reading:
    """One set: numbers, ranges and the words that go with them."""
    indices = Indices(normal)
    index = start
    while index < end:
        match = PIECE.match(normal.text, index, end)
        if match is None:
            raise Unreadable(
                f"{quoted(normal.text[index : index + 8])} is not an index", normal.at(index)
            )
        index = indices.take(match, end)
        if len(indices.found) > (SET_ENTRIES if limits is STUDENT else limits.entries):
            raise Unreadable(f"more than {SET_ENTRIES} numbers are not read", normal.at(start))
    if indices.opened:
        raise Unreadable("a bracket is never closed", normal.at(end))
    if len(indices.groups) > 1 and max(indices.groups) > 1:
        raise Unreadable("tuples where single numbers are asked", normal.at(start))
    if indices.empty and indices.found:
        raise Unreadable("numbers and none at the same time", normal.at(start))
    if not (indices.found or indices.empty or indices.denied or indices.brackets == 1):
        raise Unreadable("I see no numbers", normal.at(start))
    value = frozenset(indices.found)
    return Reading("read", value, clipped(plain(value)))


def index_of(text: str, at: int) -> int:
    """An index."""
    digits = text.rstrip("stndrh")
    if len(digits) > 9:
        raise Unreadable(f"{quoted(text)} is not an index", at)
    return int(digits)


def says_nothing(word: str, at: int) -> bool:
    """Whether a word says that the set is empty; words that change nothing are passed over."""
    bare = word.lstrip("\\").lower()
    if bare in NOTHING:
        return True
    if bare in PLACES:
        return False
    meant = nearest(bare[:40], sorted(PLACES | NOTHING)) if len(bare) > 1 else None
    hint = f'; did you mean "{meant}"?' if meant else "; please write the numbers only"
    raise Unreadable(f"I do not know {quoted(word)}{hint}", at)
