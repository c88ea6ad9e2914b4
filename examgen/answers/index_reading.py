"""Read a set of indices."""

import re

from examgen.answers.limits import SET_ENTRIES, STUDENT, Limits
from examgen.answers.normal import Normal
from examgen.answers.preparing import is_blank, is_name, prepare, split_sides
from examgen.answers.reading import BLANK, Reading, Several, Unreadable, unreadable
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain
from examgen.faults import nearest

WORDS = frozenset(
    """row rows column columns token tokens position positions pos entry entries index indices
    indexes output outputs input inputs only and the number numbers nr no unit units layer layers
    neuron neurons score scores point points feature features element elements item items channel
    channels vector vectors weight weights are is it set of all these both just also parameter
    parameters sample samples head heads block blocks step steps""".split()
)
NOTHING = frozenset({"none", "nothing", "empty", "∅", "neither", "emptyset", "varnothing"})
RANGE = re.compile(r"\s*(?:\.{2,3}|-|to\b|through\b|until\b)\s*[a-zA-Z]?_?\s*(?=[0-9])")
PIECE = re.compile(
    r"(?P<space>[\s,;$&]+|\\[,;:! ]|\\(?:left|right)(?![a-z]))"
    r"|(?P<bracket>\\?[{}]|[\[\]()]|\\[lr]brace(?![a-z]))"
    r"|(?P<indexed>[a-zA-Z]\s?_?\s?\{?(?=[0-9]))"
    r"|(?P<number>[0-9]+(?:st|nd|rd|th)?(?![0-9]|\.[0-9]))"
    r"|(?P<word>\\?[A-Za-z]+|∅)"
    r"|(?P<end>\.\s*$)"
)


def read_indices(text: str, limits: Limits = STUDENT) -> Reading:
    """The reading of a text as a set of indices; never raises."""
    try:
        normal = prepare(text, limits)
        if is_blank(normal.text):
            return BLANK
        found = understand(normal, limits)
    except Unreadable as fault:
        return unreadable(fault)
    if isinstance(found, Several):
        return Reading("read", found, clipped(" or ".join(found.shown)))
    return Reading("read", found, clipped(plain(found)))


def understand(normal: Normal, limits: Limits) -> frozenset[int] | Several:
    """The set behind a name, or several sets."""
    sides = split_sides(normal.text)
    while len(sides) > 1 and is_name(normal.text[sides[0][0] : sides[0][1]]):
        del sides[0]
    pieces: list[tuple[int, int]] = []
    for start, end, _ in sides:
        last = start
        for match in re.finditer(r"(?<![A-Za-z])or(?![A-Za-z])", normal.text[start:end]):
            pieces.append((last, start + match.start()))
            last = start + match.end()
        pieces.append((last, end))
    found = [read_piece(normal, start, end, limits) for start, end in pieces]
    if any(each != found[0] for each in found):
        return Several(tuple(map(plain, found)))
    return found[0]


def read_piece(normal: Normal, start: int, end: int, limits: Limits) -> frozenset[int]:
    """One set: numbers, ranges and the words that go with them."""
    text, index = normal.text, start
    found: set[int] = set()
    opened: list[str] = []
    nothing = False
    while index < end:
        match = PIECE.match(text, index, end)
        if match is None:
            raise Unreadable(
                f"I do not know what {quoted(text[index])} means here", normal.at(index)
            )
        if match.lastgroup == "number":
            index = add_range(normal, match, end, found)
            continue
        if match.lastgroup == "bracket":
            check_bracket(match, opened, normal)
        elif match.lastgroup == "word":
            nothing |= is_nothing(match[0], normal.at(index))
        index = match.end()
    if opened:
        raise Unreadable("a bracket is never closed", normal.at(end))
    if nothing and found:
        raise Unreadable("both numbers and none", normal.at(start))
    if not found and not nothing and not has_brackets(text[start:end]):
        raise Unreadable("I see no numbers", normal.at(start))
    if len(found) > (SET_ENTRIES if limits is STUDENT else limits.entries):
        raise Unreadable(f"more than {SET_ENTRIES} numbers are not read", normal.at(start))
    return frozenset(found)


def has_brackets(text: str) -> bool:
    """Whether an empty pair of brackets stands for the empty set."""
    return bool(
        re.fullmatch(r"[\s$.]*(?:\\?\{[\s\\,]*\}|\[\s*\]|\(\s*\)|\\lbrace\s*\\rbrace)[\s$.]*", text)
    )


def add_range(normal: Normal, match: re.Match[str], end: int, found: set[int]) -> int:
    """Add a number, or all from it to the one behind `-` or `to`; where reading goes on."""
    first = number(match[0], normal.at(match.start()))
    between = RANGE.match(normal.text, match.end(), end)
    last_match = PIECE.match(normal.text, between.end(), end) if between else None
    if last_match is None or last_match.lastgroup != "number":
        found.add(first)
        return match.end()
    last = number(last_match[0], normal.at(last_match.start()))
    if not first < last <= first + SET_ENTRIES:
        raise Unreadable(
            f"from {first} to {last} is no range of at most {SET_ENTRIES} numbers",
            normal.at(match.start()),
        )
    found.update(range(first, last + 1))
    return last_match.end()


def number(text: str, at: int) -> int:
    """An index."""
    digits = text.rstrip("stndrh")
    if len(digits) > 9:
        raise Unreadable(f"{quoted(text)} is no index", at)
    return int(digits)


def check_bracket(match: re.Match[str], opened: list[str], normal: Normal) -> None:
    """Note an opening bracket, match a closing one."""
    bracket = match[0].replace("\\lbrace", "{").replace("\\rbrace", "}").lstrip("\\")
    if bracket in "([{":
        opened.append(bracket)
    elif not opened or "([{".index(opened.pop()) != ")]}".index(bracket):
        # `y_{2}`: the subscript's own bracket was read with the letter.
        if bracket != "}" or "{" not in normal.text[: match.start()]:
            raise Unreadable(f"{quoted(bracket)} closes nothing", normal.at(match.start()))


def is_nothing(word: str, at: int) -> bool:
    """Whether a word says that the set is empty; words that say nothing are passed over."""
    plain_word = word.lstrip("\\").lower()
    if plain_word in NOTHING:
        return True
    if plain_word in WORDS:
        return False
    meant = nearest(plain_word[:40], sorted(WORDS | NOTHING))
    hint = f'; did you mean "{meant}"?' if meant else "; please write the numbers only"
    raise Unreadable(f"I do not know {quoted(word)}{hint}", at)
