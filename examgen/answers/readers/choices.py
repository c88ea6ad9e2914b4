"""Read which option was chosen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from examgen.answers.arithmetic.balls import same
from examgen.answers.arithmetic.values import Computable
from examgen.answers.limits import STUDENT
from examgen.answers.notation.grammar import Grammar
from examgen.answers.notation.preparing import is_blank, prepare
from examgen.answers.readers.arrays import read_array
from examgen.answers.readers.indices import read_indices
from examgen.answers.readers.scalars import read_scalar
from examgen.answers.readers.shapes import read_shape
from examgen.answers.reading import BLANK, Choice, Reading, Several, Unreadable, unreadable
from examgen.answers.visible import clipped, quoted
from examgen.answers.writing import plain
from examgen.exact import Shape, equal

MARKED = re.compile(
    r"\W*+(?:(?:option|choice|letter|answer)\W{1,3})?(?:\*\*)?([A-Za-z])(?:\*\*)?\s{0,3}"
    r"(?P<mark>[).:,;\]}-]|\*\*|$|\s(?=(?:because|since|as|is)\b))",
    re.I,
)
LETTER_LIST = re.compile(r"[\W_]*[A-Za-z](?:(?:[\W_]+(?:(?:or|and)[\W_]+)?)[A-Za-z])+[\W_]*", re.I)

OTHER = re.compile(r"(?<![A-Za-z])(?:[B-HJ-Z]|A(?!\s[a-z]))(?![A-Za-z])")
"""Another letter in what is written behind one; "A" and "I" can be words."""


@dataclass(frozen=True)
class Letters:
    """The letters that may be chosen, and the options behind them."""

    options: Sequence[Choice]

    @property
    def known(self) -> str:
        """The letters, all of them where no options are given."""
        return "".join(option.letter for option in self.options) or ascii_uppercase


def read_choice(text: str, options: Sequence[Choice]) -> Reading:
    """The reading of a text as a letter; never raises."""
    try:
        normal = prepare(text, STUDENT, any_label=False)
        bare = normal.text.strip(" \t\n$`")
        if is_blank(bare):
            return BLANK
        return understand(bare, Letters(options))
    except Unreadable as fault:
        return unreadable(fault)


def understand(text: str, letters: Letters) -> Reading:
    """The option that the text names by letter, by value, or by both."""
    named = listed_letters(text, letters)
    if len(named) > 1:
        return two(tuple(named)) if len(set(named)) > 1 else chosen(named[0])
    by_letter, rest = named_letter(text, letters)
    by_value = options_of_value(text, letters)
    if by_letter and not rest:
        if by_value and by_value != [by_letter]:
            return ambiguous(by_letter, by_value[0])
        return chosen(by_letter)
    if by_letter:
        behind = options_of_value(rest, letters)
        if behind and by_letter not in behind:
            return two((by_letter, behind[0]))
        if behind or set(OTHER.findall(rest)) <= {by_letter}:
            return chosen(by_letter)
    elif len(by_value) == 1:
        return chosen(by_value[0])
    raise Unreadable(f"{quoted(text)} is none of the options {', '.join(letters.known)}", 0)


def listed_letters(text: str, letters: Letters) -> list[str]:
    """The letters of a text that is a list of options and nothing else (`A or B`)."""
    if not LETTER_LIST.fullmatch(text):
        return []
    named = [each for each in re.findall(r"[A-Z]+", text.upper()) if len(each) == 1]
    return named if all(each in letters.known for each in named) else []


def named_letter(text: str, letters: Letters) -> tuple[str, str]:
    """The letter at the beginning, and what is written behind it."""
    match = MARKED.match(text)
    if match is None or match[1].upper() not in letters.known:
        return "", text
    rest = text[match.end() :].strip(" \t\n.)*]}:")
    return match[1].upper(), rest


def options_of_value(text: str, letters: Letters) -> list[str]:
    """The letters of the options whose value or own text this is."""
    return [each.letter for each in letters.options if text and says(text, each.value)]


def says(text: str, value: Any) -> bool:
    """Whether a text is a value, in any notation."""
    if squeezed(text) == squeezed(plain(value)):
        return True
    if isinstance(value, str):
        return False
    if isinstance(value, Shape):
        return bool(read_shape(text, Grammar(grouping=False, euler=False)).value == value)
    if isinstance(value, frozenset):
        return bool(read_indices(text).value == value)
    if hasattr(value, "shape"):
        reading = read_array(text, Grammar(grouping=False))
        return hasattr(reading.value, "dtype") and equal(reading.value, value)
    reading = read_scalar(text, Grammar(whole=isinstance(value, int)))
    found = reading.value
    if reading.state != "read" or reading.alternatives or isinstance(found, Several | Computable):
        return False
    return bool(same(found, value))


def squeezed(text: str) -> str:
    """A text without white space, case and the marks around it."""
    return "".join(text.casefold().split()).strip(".$*`'\"")


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
