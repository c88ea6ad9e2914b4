"""Read which option was chosen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from examgen.answers.effort import Allowance
from examgen.answers.limits import RESERVE, STUDENT
from examgen.answers.notation.preparing import is_blank, prepare
from examgen.answers.readers.options import options_that_say
from examgen.answers.reading import BLANK, Choice, Reading, Several, Unreadable, unreadable
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain

MARKED = re.compile(
    r"\W*+(?:(?:option|choice|letter|answer)\W{1,3})?(?:\*\*)?([A-Za-z])(?:\*\*)?\s{0,3}"
    r"(?P<mark>\\?[).:,;\]}?!-]|\*\*|$|(?<=\s)(?=\()|\s(?=(?:because|since|as|is)\b))",
    re.I,
)
BEHIND = re.compile(r"(.{1,200}?)\s{1,3}\(\s?(?:option\s)?([A-Za-z])\s?\)\s?\.?", re.I)
"""`e/2 (B)`: the letter behind the option's value."""
ITEM = re.compile(r"\A\(?[0-9]{1,3}\s?[).]\s{1,9}(?=\W{0,3}[A-Za-z](?![A-Za-z0-9^*/+(]))")
"""`3) B`: the item's number, once more."""
LETTER_LIST = re.compile(r"[\W_]*[A-Za-z](?:(?:[\W_]+(?:(?:or|and)[\W_]+)?)[A-Za-z])+[\W_]*", re.I)

LONE = re.compile(r"(?:(?:option|choice|letter|answer)\s{1,3})?\W?([A-Za-z])\W?", re.I)

OTHER = re.compile(r"(?<![A-Za-z])(?:[B-HJ-Z]|A(?!\s[a-z]))(?![A-Za-z])")
"""Another letter in what follows one; "A" and "I" can be words."""
HEDGED = re.compile(
    r"(?<![a-z])(?:or|maybe|perhaps|possibly|otherwise|else|not)\W{1,3}([b-hj-z]|a(?!\s[a-z]))(?![a-z0-9_^=])",
    re.I,
)
"""The same in small letters, where it cannot be a name (`b, as k = 3`)."""

DENIED = re.compile(r"is\s(?:wrong|false|incorrect|not|out)\b", re.I)
"""`B is wrong` chooses nothing."""


@dataclass(frozen=True)
class Letters:
    """The letters that may be chosen, and the options behind them."""

    options: Sequence[Choice]

    @property
    def known(self) -> str:
        """The letters, all of them where no options are given."""
        return "".join(option.letter for option in self.options) or ascii_uppercase

    def offers(self, letter: str, text: str) -> bool:
        """Whether a lone letter is one of these, or an option's own text as it is printed."""
        return letter.upper() in self.known or any(
            text == plain(option.value) for option in self.options
        )


def read_choice(text: str, options: Sequence[Choice]) -> Reading:
    """The reading of a text as a letter; never raises."""
    try:
        with Allowance(STUDENT.effort, RESERVE):
            normal = prepare(text, STUDENT, any_label=False)
            bare = normal.text.strip(" \t\n$`")
            if is_blank(bare):
                return BLANK
            return understand(ITEM.sub("", bare), Letters(options))
    except Unreadable as fault:
        return unreadable(fault)


def understand(text: str, letters: Letters) -> Reading:
    """The option that the text names by letter, by value, or by both."""
    named = listed_letters(text, letters)
    if len(named) > 1:
        return two(tuple(named)) if len(set(named)) > 1 else chosen(named[0])
    by_letter, rest = named_letter(text, letters)
    by_value = options_that_say(text, letters.options)
    if (other := LONE.fullmatch(text)) and not letters.offers(other[1], text):
        known = ", ".join(letters.known)
        raise Unreadable(f"there is no option {other[1].upper()}; the options are {known}", 0)
    if by_letter and not rest:
        if by_value and by_value != [by_letter]:
            return ambiguous(by_letter, by_value[0])
        return chosen(by_letter)
    if by_letter:
        behind = options_that_say(rest, letters.options)
        if behind and by_letter not in behind:
            return two((by_letter, behind[0]))
        if behind or (letters_in(rest) <= {by_letter} and not DENIED.match(rest)):
            return chosen(by_letter)
    elif len(by_value) == 1:
        return chosen(by_value[0])
    elif both := value_and_letter(text, letters):
        return chosen(both[0]) if len(both) == 1 else two(both)
    known = ", ".join(letters.known)
    raise Unreadable(f"{quoted(text)} is none of the options {known}; please write one letter", 0)


def value_and_letter(text: str, letters: Letters) -> tuple[str, ...]:
    """The letters that a value with a letter behind it names: one if they agree, else two."""
    match = BEHIND.fullmatch(text)
    if match is None or (letter := match[2].upper()) not in letters.known:
        return ()
    by_value = options_that_say(match[1], letters.options)
    return tuple(dict.fromkeys([*by_value, letter])) if len(by_value) == 1 else ()


def letters_in(text: str) -> set[str]:
    """The letters of further options in what stands behind one."""
    return {*OTHER.findall(text), *(each.upper() for each in HEDGED.findall(text))}


def listed_letters(text: str, letters: Letters) -> list[str]:
    """The letters of a text that is a list of options and nothing else (`A or B`)."""
    if not LETTER_LIST.fullmatch(text):
        return []
    named = [each for each in re.findall(r"[A-Z]+", text.upper()) if len(each) == 1]
    return named if all(each in letters.known for each in named) else []


def named_letter(text: str, letters: Letters) -> tuple[str, str]:
    """The letter at the beginning, and what follows it."""
    match = MARKED.match(text)
    if match is None or match[1].upper() not in letters.known:
        return "", text
    rest = text[match.end() :].lstrip(" \t\n.)*]}:?!").rstrip(" \t\n.*")
    return match[1].upper(), "" if rest in (")", "]", "}") else rest


def chosen(letter: str) -> Reading:
    """The reading of a letter."""
    return Reading("read", letter, letter)


def two(letters: tuple[str, ...]) -> Reading:
    """More than one letter."""
    return Reading("read", Several(letters), clipped(" and ".join(letters)))


def ambiguous(letter: str, other: str) -> Reading:
    """A text that is both a letter and another option's value."""
    second = Reading("read", other, other, convention="as the option's value")
    return Reading(
        "read", letter, letter, alternatives=(second,), convention="as the option's letter"
    )
